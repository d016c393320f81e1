//! Draft a price version of an offering.

use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::typed::day_label;
use kernel::{Decimal, Price, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::NOT_PRICED;
use super::{NOUN, PriceState, PriceVersion, repo};
use crate::answers::Answers;
use crate::closed;
use crate::offering::{self, Charging};
use crate::sql::next_number;

/// What it would cost, from when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceInput {
    /// Price per unit, as exact as needed: `0.1898`.
    pub per_unit: String,
    /// Currency code; the organisation's if left out.
    #[serde(default)]
    pub currency: Option<String>,
    /// First day it holds.
    pub from_day: String,
}

/// Drafts a price. Submitting and approving are steps of their own.
pub async fn draft(cx: &mut Cx, params: &Params, input: PriceInput) -> Result<Done, Refused> {
    let offering = offering::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditPrice, offering.service)?;
    if offering.charging != Charging::Fixed {
        return Err(NOT_PRICED.with(&[&offering.key, offering.charging.word()]).into());
    }
    let mut answers = Answers::new();
    let per_unit = read_per_unit(&mut answers, &input.per_unit);
    let currency = answers.currency("currency", input.currency.as_deref(), cx.organisation.currency);
    let from = answers.needed_day("from_day", &input.from_day);
    answers.fine()?;
    closed::require_open(&mut cx.tx, &format!("A price from {}", day_label(from)), from).await?;
    let number = next_number(&mut cx.tx, "portfolio_counters", "price").await?;
    let price = PriceVersion {
        id: cx.uuid(),
        version: 1,
        number: format!("PRC-{number}"),
        offering: offering.id,
        state: PriceState::Draft,
        price: Price::new(per_unit, currency),
        from,
        editors: vec![cx.person()],
        approved: None,
    };
    repo::insert(cx, &price).await?;
    let (id, key) = (price.id.to_string(), price.number.clone());
    let event = Event { noun: &NOUN, id, key, action: "drafted", why: None, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!(
        "Drafted {} for {}: {currency} {per_unit} per {} from {}.",
        price.number,
        offering.key,
        offering.unit,
        day_label(from)
    );
    Ok(Done::changed(format!("/offerings/{}", offering.key), price.number, says).at_version(1))
}

/// A price per unit: not negative.
pub(super) fn read_per_unit(answers: &mut Answers, text: &str) -> Decimal {
    let per_unit = answers.decimal("per_unit", text);
    if per_unit.is_sign_negative() && !per_unit.is_zero() {
        answers.wrong("per_unit", "A price cannot be negative.");
    }
    per_unit
}
