//! Submit a drafted price, or give a submitted one back to its editors.

use access::route::Nothing;
use access::{Action, Cx, Done, Event, Params, history};
use kernel::{Fault, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, PriceState, PriceVersion, repo};
use crate::answers::Answers;
use crate::offering::{self, Offering};
use crate::sql::require_version_if_given;

/// Submits a draft for another person to approve.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let (mut price, offering) = load(cx, params).await?;
    cx.require_service(Action::EditPrice, offering.service)?;
    require_version_if_given(cx, price.version)?;
    if price.state == PriceState::Submitted {
        let says = format!("Price {} is submitted already.", price.number);
        let location = format!("/offerings/{}", offering.key);
        return Ok(Done::unchanged(location, price.number, says).at_version(price.version));
    }
    price.needs(PriceState::Draft, "submitted")?;
    price.written_by(cx.person());
    step(cx, price, &offering, PriceState::Submitted, "submitted", None).await
}

/// Why it is given back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnPrice {
    /// What is to be mended.
    pub why: String,
}

/// Gives a submitted price back: it is a draft again.
pub async fn give_back(cx: &mut Cx, params: &Params, input: ReturnPrice) -> Result<Done, Refused> {
    let (price, offering) = load(cx, params).await?;
    require_version_if_given(cx, price.version)?;
    price.needs(PriceState::Submitted, "given back")?;
    let mut answers = Answers::new();
    let why = answers.needed("why", &input.why, 500);
    answers.fine()?;
    step(cx, price, &offering, PriceState::Draft, "given back", Some(&why)).await
}

pub(super) async fn load(cx: &mut Cx, params: &Params) -> Result<(PriceVersion, Offering), Refused> {
    let price = repo::load(&mut cx.tx, params.get("number")).await?;
    let offering = offering::find(&mut cx.tx, price.offering).await?;
    Ok((price, offering.ok_or_else(|| Fault::because("a price is for no offering"))?))
}

/// Brings the price to `state` and tells the history.
pub(super) async fn step(
    cx: &mut Cx,
    mut price: PriceVersion,
    offering: &Offering,
    state: PriceState,
    action: &str,
    why: Option<&str>,
) -> Result<Done, Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &price.id.to_string()).await?;
    price.state = state;
    repo::update(cx, &mut price).await?;
    let event = Event {
        noun: &NOUN,
        id: price.id.to_string(),
        key: price.number.clone(),
        action,
        why,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Price {} of {} is {}.", price.number, offering.key, price.state.word());
    Ok(Done::changed(format!("/offerings/{}", offering.key), price.number, says).at_version(price.version))
}
