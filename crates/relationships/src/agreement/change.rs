//! Change the quantity of an agreement from a day on.

use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use chrono::NaiveDate;
use kernel::typed::day_label;
use kernel::{Quantity, Refused};
use portfolio::answers::Answers;
use portfolio::closed;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::OUTSIDE;
use super::{Agreement, NOUN, QUANTITY, repo};

/// How much from when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuantityChange {
    /// The new quantity.
    pub quantity: String,
    /// First day it holds.
    pub from_day: String,
}

/// Changes the quantity from a day on; what was before that day stays.
pub async fn change(cx: &mut Cx, params: &Params, input: QuantityChange) -> Result<Done, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let mut agreement = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    cx.require_customer(Action::ConfirmOrder, agreement.customer)?;
    cx.require_version(agreement.version)?;
    let mut answers = Answers::new();
    let quantity = answers.quantity("quantity", &input.quantity);
    let from = answers.needed_day("from_day", &input.from_day);
    answers.fine()?;
    let location = format!("/agreements/{}", agreement.number);
    if !set_quantity(cx, &mut agreement, quantity, from).await? {
        let says = format!("{} is so already from {}.", agreement.number, day_label(from));
        return Ok(Done::unchanged(location, agreement.number, says).at_version(agreement.version));
    }
    let says = format!("{}: {} from {}.", agreement.number, quantity.grouped(), day_label(from));
    Ok(Done::changed(location, agreement.number, says).at_version(agreement.version))
}

/// Sets the quantity from `from` on, up to the next one agreed; says whether that changed anything.
pub(crate) async fn set_quantity(
    cx: &mut Cx,
    agreement: &mut Agreement,
    quantity: Quantity,
    from: NaiveDate,
) -> Result<bool, Refused> {
    if !agreement.state(from).in_force() {
        return Err(OUTSIDE.with(&[&agreement.number, &day_label(from)]).into());
    }
    let held = repo::quantities(&mut cx.tx, agreement.id).await?;
    if held.iter().rev().find(|(since, _)| *since <= from).is_some_and(|(_, now)| *now == quantity) {
        return Ok(false);
    }
    let what = format!("Another quantity of {} from {}", agreement.number, day_label(from));
    closed::require_open(&mut cx.tx, &what, from).await?;
    let known = repo::quantity_from(&mut cx.tx, agreement.id, from).await?;
    let (id, version) =
        known.clone().map_or_else(|| (cx.uuid().to_string(), 1), |(id, version)| (id, version + 1));
    let before_step = match known {
        Some(_) => history::snapshot(&mut cx.tx, &QUANTITY, &id).await?,
        None => Snapshot::none(),
    };
    let before = history::snapshot(&mut cx.tx, &NOUN, &agreement.id.to_string()).await?;
    repo::save_quantity(cx, agreement.id, (&id, version), from, quantity).await?;
    if from >= agreement.quantity_from {
        (agreement.quantity, agreement.quantity_from) = (quantity, from);
    }
    repo::update(cx, agreement).await?;
    let (action, about) = (if version == 1 { "added" } else { "changed" }, Some(agreement.customer));
    let key = format!("{} from {from}", agreement.number);
    history::record(cx, Event { noun: &QUANTITY, id, key, action, why: None, customer: about }, &before_step)
        .await?;
    let (id, key) = (agreement.id.to_string(), agreement.number.clone());
    let event = Event { noun: &NOUN, id, key, action: "changed", why: None, customer: about };
    history::record(cx, event, &before).await?;
    Ok(true)
}
