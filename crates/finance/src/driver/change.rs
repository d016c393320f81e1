//! Change a driver's name or source. Its unit stays: quantities would mean something else.

use access::{Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, repo};
use crate::input::{all_fine, read_words};

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriverChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
    /// New source.
    #[serde(default)]
    pub source: Option<String>,
}

/// Changes a driver; unchanged if every answer is what it was.
pub async fn change(cx: &mut Cx, params: &Params, input: DriverChange) -> Result<Done, Refused> {
    let mut driver = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_version(driver.version)?;
    let before = driver.clone();
    let mut wrong = Vec::new();
    if let Some(name) = &input.name {
        driver.name = read_words("name", name, &mut wrong);
    }
    if let Some(source) = &input.source {
        driver.source = read_words("source", source, &mut wrong);
    }
    all_fine(wrong)?;
    let location = format!("/money/drivers/{}", driver.key);
    if driver == before {
        let says = format!("Driver {} is as it was.", driver.key);
        return Ok(Done::unchanged(location, driver.key, says).at_version(driver.version));
    }
    let snapshot = history::snapshot(&mut cx.tx, &NOUN, &driver.id.to_string()).await?;
    repo::update(cx, &mut driver).await?;
    let event = Event::of(&NOUN, driver.id, &driver.key, "changed");
    history::record(cx, event, &snapshot).await?;
    let says = format!("Changed driver {}.", driver.key);
    Ok(Done::changed(location, driver.key, says).at_version(driver.version))
}
