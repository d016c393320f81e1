//! Add a driver.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{DriverId, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::KEY_TAKEN;
use super::{Driver, NOUN, repo};
use crate::input::{all_fine, read_key, read_words};

/// What is asked for a new driver.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriverInput {
    /// 2 to 12 capital letters and digits; never changes.
    pub key: String,
    /// Name as people say it.
    pub name: String,
    /// What is counted: `seats`, `GB`; never changes.
    pub unit: String,
    /// Where its quantities come from.
    pub source: String,
}

/// Adds a driver.
pub async fn add(cx: &mut Cx, _: &Params, input: DriverInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let driver = Driver {
        id: DriverId::new(cx.uuid()),
        version: 1,
        key: read_key(&input.key, &mut wrong),
        name: read_words("name", &input.name, &mut wrong),
        unit: read_words("unit", &input.unit, &mut wrong),
        source: read_words("source", &input.source, &mut wrong),
    };
    if repo::find(&mut cx.tx, &driver.key).await?.is_some() {
        return Err(KEY_TAKEN.with(&[&driver.key]).beside("key", wrong).into());
    }
    all_fine(wrong)?;
    repo::insert(cx, &driver).await?;
    let event = Event::of(&NOUN, driver.id, &driver.key, "added");
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Added driver {}, {} in {}.", driver.key, driver.name, driver.unit);
    Ok(Done::changed(format!("/money/drivers/{}", driver.key), driver.key, says).at_version(1))
}
