//! Edit a price version while it is a draft.

use access::{Action, Cx, Done, Event, Params, history};
use kernel::typed::day_label;
use kernel::{Fault, Price, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::draft::read_per_unit;
use super::{NOUN, PriceState, repo};
use crate::answers::Answers;
use crate::closed;
use crate::offering;

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct PriceChange {
    /// Price per unit.
    #[serde(default)]
    pub per_unit: Option<String>,
    /// Currency code.
    #[serde(default)]
    pub currency: Option<String>,
    /// First day it holds.
    #[serde(default)]
    pub from_day: Option<String>,
}

/// Edits a draft; whoever does may not approve it.
pub async fn edit(cx: &mut Cx, params: &Params, input: PriceChange) -> Result<Done, Refused> {
    let known = repo::load(&mut cx.tx, params.get("number")).await?;
    let offering = offering::find(&mut cx.tx, known.offering).await?;
    let offering = offering.ok_or_else(|| Fault::because("a price is for no offering"))?;
    cx.require_service(Action::EditPrice, offering.service)?;
    cx.require_version(known.version)?;
    known.needs(PriceState::Draft, "edited")?;
    let mut answers = Answers::new();
    let mut price = known.clone();
    let per_unit = match &input.per_unit {
        Some(text) => read_per_unit(&mut answers, text),
        None => known.price.per_unit(),
    };
    let currency = answers.currency("currency", input.currency.as_deref(), known.price.currency());
    price.price = Price::new(per_unit, currency);
    if let Some(text) = &input.from_day {
        price.from = answers.needed_day("from_day", text);
    }
    answers.fine()?;
    closed::require_open(&mut cx.tx, &format!("A price from {}", day_label(price.from)), price.from).await?;
    let location = format!("/offerings/{}", offering.key);
    if price == known {
        let says = format!("Price {} is as it was.", price.number);
        return Ok(Done::unchanged(location, price.number, says).at_version(price.version));
    }
    price.written_by(cx.person());
    let before = history::snapshot(&mut cx.tx, &NOUN, &price.id.to_string()).await?;
    repo::update(cx, &mut price).await?;
    let event = Event {
        noun: &NOUN,
        id: price.id.to_string(),
        key: price.number.clone(),
        action: "changed",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Changed price {}.", price.number);
    Ok(Done::changed(location, price.number, says).at_version(price.version))
}
