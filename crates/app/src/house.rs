//! An open, migrated database with clock and chance: what every door of the product stands on.

use std::path::PathBuf;
use std::sync::Arc;

use access::{Cx, Organisation, Who, organisation};
use chrono::{DateTime, Utc};
use db::{Db, Tx};
use kernel::{
    Chance, Clock, DemoClock, Fault, Headway, RefusalKind, Refused, Status, SystemChance, SystemClock,
};

use crate::MIGRATIONS;

/// There is no database where one was named.
pub static NO_DATABASE: RefusalKind = RefusalKind {
    code: "no_database",
    status: Status::NotFound,
    says: "There is no database of Quarterdeck at {0}.",
    way_out: "Run `quarterdeck init`, or name another with --db.",
};

/// All of them, for the catalogue.
pub(crate) static REFUSALS: &[&RefusalKind] = &[&NO_DATABASE];

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
    /// Where checkpoints of the history go, if they do.
    pub checkpoints: Option<PathBuf>,
}

impl House {
    /// Opens and migrates the database, which is made if it is not there; a demo database brings its own clock.
    ///
    /// # Errors
    /// Its server cannot be reached.
    pub async fn open(url: &str) -> Result<House, Refused> {
        Ok(House::over(Db::open(url).await?).await?)
    }

    /// Opens a database that is there: nothing is made by looking at it.
    ///
    /// # Errors
    /// There is none, or its server cannot be reached.
    pub async fn open_there(url: &str) -> Result<House, Refused> {
        let nothing = || NO_DATABASE.with(&[&db::shown(url)]);
        if db::file_of(url).is_some_and(|file| !file.exists()) {
            return Err(nothing().into());
        }
        let db = Db::open(url).await?;
        if !db.has_schema().await? {
            return Err(nothing().into());
        }
        Ok(House::over(db).await?)
    }

    async fn over(db: Db) -> Result<House, Fault> {
        db.migrate(MIGRATIONS).await?;
        imports::register(&crate::registry::targets());
        let mut tx = db.read().await?;
        let clock: Arc<dyn Clock> = match organisation::load(&mut tx).await?.and_then(|found| found.demo) {
            Some((story, loaded)) => Arc::new(DemoClock::new(moment(&story)?, moment(&loaded)?)),
            None => Arc::new(SystemClock),
        };
        Ok(House {
            db,
            clock,
            chance: Arc::new(SystemChance),
            headway: Headway::default(),
            checkpoints: None,
        })
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
