//! One command by one person on one day.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::{Cx, Done, GrantScope, Organisation, Params, Role, View, Who, person, system};
use chrono::NaiveDate;
use kernel::listing::{Asked, Listing};
use kernel::{Fault, FixedClock, PersonId, Refused, SeededChance, Via};
use serde_json::Value;

use super::morning;
use crate::{House, Request, registry};

/// Tells the story: a house whose clock stands on the day told, and whose ids repeat.
pub(super) struct Teller {
    /// The house.
    pub house: House,
    clock: Arc<FixedClock>,
    people: BTreeMap<String, PersonId>,
    told: u64,
}

impl Teller {
    /// Begins on `day`.
    pub fn new(house: &House, day: NaiveDate) -> Teller {
        let clock = Arc::new(FixedClock::at(day.and_time(chrono::NaiveTime::MIN).and_utc()));
        let house = house.clone().with(clock.clone(), Arc::new(SeededChance::new(4)));
        Teller { house, clock, people: BTreeMap::new(), told: 0 }
    }

    /// Turns to `day`.
    pub fn on(&mut self, day: NaiveDate) -> Result<(), Fault> {
        self.clock.set(morning(day)?);
        Ok(())
    }

    /// Who is known by that sign-in name.
    pub fn knows(&mut self, username: &str, id: PersonId) {
        self.people.insert(username.to_owned(), id);
    }

    async fn who(&self, username: &str) -> Result<Who, Fault> {
        let nobody = || Fault::because(format!("the story knows no {username}"));
        let id = self.people.get(username).copied().ok_or_else(nobody)?;
        let mut tx = self.house.db.read().await?;
        let now = self.house.clock.now();
        person::who(&mut tx, id, Via::Session, Some(now)).await?.ok_or_else(nobody)
    }

    /// `username` does `command`.
    pub async fn does(&mut self, username: &str, command: &str, body: Value) -> Result<Done, Refused> {
        self.does_to(username, command, &[], None, body).await
    }

    /// Quarterdeck does `command` by its own schedule.
    pub async fn by_itself(&mut self, command: &str) -> Result<Done, Refused> {
        let row = registry::command(command);
        let row = row.ok_or_else(|| Fault::because(format!("the story asks for a command {command}")))?;
        self.told += 1;
        let key = Some(format!("story-{}", self.told));
        let request = Request { body: serde_json::json!({}), key, ..Request::default() };
        crate::run(&self.house, row, system::who(row.action), request).await
    }

    /// `username` does `command` to what `params` name, changing `version`.
    pub async fn does_to(
        &mut self,
        username: &str,
        command: &str,
        params: &[(&str, &str)],
        version: Option<i64>,
        body: Value,
    ) -> Result<Done, Refused> {
        let row = registry::command(command);
        let row = row.ok_or_else(|| Fault::because(format!("the story asks for a command {command}")))?;
        self.told += 1;
        let params = params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let key = Some(format!("story-{}", self.told));
        let request = Request { params: Params(params), body, key, expected: version };
        let done = crate::run(&self.house, row, self.who(username).await?, request).await;
        done.map_err(|refused| match refused {
            Refused::Refusal(refusal) => {
                let fields: String =
                    refusal.fields.iter().map(|field| format!(" {}: {}", field.field, field.says)).collect();
                Fault::because(format!("{username}, {command}: {}{fields}", refusal.says)).into()
            }
            fault => fault,
        })
    }

    /// A whole list as `username` reads it.
    pub async fn lists(&self, username: &str, reading: &str) -> Result<Listing, Refused> {
        let row = registry::reading(reading);
        let row = row.ok_or_else(|| Fault::because(format!("the story asks for a reading {reading}")))?;
        match crate::read(&self.house, row, self.who(username).await?, Params::default(), Asked::default())
            .await?
        {
            View::List(listing) => Ok(listing),
            View::Record(_) => Err(Fault::because(format!("{reading} is no list")).into()),
        }
    }

    /// A transaction in which the organisation is still being set up, by `username` where known: for
    /// what nobody can hold a scoped role for yet.
    pub async fn founding(&self, username: Option<&str>) -> Result<Cx, Fault> {
        let mut tx = self.house.db.read().await?;
        let organisation: Organisation = self.house.organisation(&mut tx).await?;
        drop(tx);
        let known = username.and_then(|username| self.people.get(username).copied());
        let person =
            known.unwrap_or_else(|| PersonId::new(self.house.chance.uuid_v7(self.house.clock.now())));
        crate::setup::founding_context(&self.house, person, organisation).await
    }

    /// Gives a role while setting up.
    pub async fn grant(&self, username: &str, role: Role, scope: GrantScope) -> Result<(), Refused> {
        let mut cx = self.founding(None).await?;
        access::grant::give_confirmed(&mut cx, username, role, scope).await?;
        cx.tx.commit().await?;
        Ok(())
    }
}
