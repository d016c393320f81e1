//! An open, migrated database with clock and chance: what every door of the product stands on.

use std::sync::Arc;

use access::{Cx, Organisation, Who, organisation};
use chrono::{DateTime, Utc};
use db::{Db, Tx};
use kernel::{Chance, Clock, DemoClock, Fault, Headway, SystemChance, SystemClock};

use crate::MIGRATIONS;

/// The house.
#[derive(Clone)]
pub struct House {
    /// The database.
    pub db: Db,
    /// What time it is; the demo has its own.
    pub clock: Arc<dyn Clock>,
    /// Where ids and secrets come from.
    pub chance: Arc<dyn Chance>,
    /// How far the long commands of this process are.
    pub headway: Headway,
}

impl House {
    /// Opens and migrates the database; a demo database brings its own clock.
    pub async fn open(url: &str) -> Result<House, Fault> {
        let db = Db::open(url).await?;
        db.migrate(MIGRATIONS).await?;
        imports::register(&crate::registry::targets());
        let mut tx = db.read().await?;
        let clock: Arc<dyn Clock> = match organisation::load(&mut tx).await?.and_then(|found| found.demo) {
            Some((story, loaded)) => Arc::new(DemoClock::new(moment(&story)?, moment(&loaded)?)),
            None => Arc::new(SystemClock),
        };
        Ok(House { db, clock, chance: Arc::new(SystemChance), headway: Headway::default() })
    }

    /// The same house under another clock and chance: tests, and the demo while it loads.
    #[must_use]
    pub fn with(self, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> House {
        House { clock, chance, ..self }
    }

    /// The context of one use case in `tx`.
    pub async fn context(&self, mut tx: Tx, who: Who, expected: Option<i64>) -> Result<Cx, Fault> {
        let organisation = self.organisation(&mut tx).await?;
        let (now, chance, headway) = (self.clock.now(), self.chance.clone(), self.headway.clone());
        Ok(Cx { tx, who, now, chance, organisation, expected, headway })
    }

    /// The organisation, or a fault that says what to do where there is none yet.
    pub async fn organisation(&self, tx: &mut Tx) -> Result<Organisation, Fault> {
        let founded = organisation::load(tx).await?;
        founded.ok_or_else(|| Fault::because("the database has no organisation yet: run `quarterdeck init`"))
    }
}

fn moment(text: &str) -> Result<DateTime<Utc>, Fault> {
    let read = DateTime::parse_from_rfc3339(text);
    read.map(|at| at.with_timezone(&Utc)).map_err(|error| Fault::new("reading the demo's clock", error))
}
