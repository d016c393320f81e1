//! Confirm or refuse an order: the relationship manager of the customer, never who asked.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, history};
use kernel::{AgreementId, Fault, Refused};
use portfolio::answers::Answers;
use portfolio::offering;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{NOUN, Order, OrderState, repo};
use crate::agreement::{self, NewLine, Settlement};
use crate::customer;
use portfolio::sql::require_version_if_given;

/// How the agreement is settled and ended.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// `memo` (if left out) or `recharge`; an agreement there is keeps its own.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Settlement::WORDS.map(|(word, _)| word))))]
    pub settlement: Option<String>,
    /// Days' notice to end it; 0 if left out; an agreement there is keeps its own.
    #[serde(default)]
    pub notice_days: Option<String>,
}

/// Confirms an order: from its day the quantity is agreed.
pub async fn confirm(cx: &mut Cx, params: &Params, input: Confirmation) -> Result<Done, Refused> {
    let order = waiting(cx, params).await?;
    let mut answers = Answers::new();
    let settlement =
        input.settlement.as_deref().map(str::trim).filter(|word| !word.is_empty()).unwrap_or("memo");
    let settlement = answers.one_of("settlement", settlement, &Settlement::WORDS).unwrap_or(Settlement::Memo);
    let notice_days = answers.whole("notice_days", input.notice_days.as_deref(), 0, 3650);
    answers.fine()?;
    let (id, number) = agree(cx, &order, settlement, notice_days).await?;
    let says = format!("Confirmed {}: {number}.", order.number);
    let order = Order { state: OrderState::Confirmed, agreement: Some(id), ..order };
    let done = answered(cx, order, "confirmed", None).await?;
    Ok(Done { says, ..done }.with(serde_json::json!({ "agreement": number })))
}

/// The agreement of the order: the one that runs with another quantity, or a new one.
async fn agree(
    cx: &mut Cx,
    order: &Order,
    settlement: Settlement,
    notice_days: u32,
) -> Result<(AgreementId, String), Refused> {
    let running = agreement::open_on(&mut cx.tx, order.customer, order.offering, order.from).await?;
    if let Some(mut agreement) = running {
        agreement::set_quantity(cx, &mut agreement, order.quantity, order.from).await?;
        return Ok((agreement.id, agreement.number));
    }
    let scope = cx.scope(Action::ReadCustomers);
    let customer = customer::find(&mut cx.tx, &scope, order.customer).await?;
    let customer = customer.ok_or_else(|| Fault::because("an order is of no customer"))?;
    let offering = offering::find(&mut cx.tx, order.offering).await?;
    let offering = offering.ok_or_else(|| Fault::because("an order is for no offering"))?;
    let line = NewLine {
        quantity: order.quantity,
        from: order.from,
        to: None,
        notice_days,
        settlement,
        source_key: None,
    };
    let agreement = agreement::enter(cx, &customer, &offering, line).await?;
    Ok((agreement.id, agreement.number))
}

/// Why an order is refused.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderRefusal {
    /// The reason, as the customer will read it.
    pub reason: String,
}

/// Refuses an order with a reason.
pub async fn refuse(cx: &mut Cx, params: &Params, input: OrderRefusal) -> Result<Done, Refused> {
    let order = waiting(cx, params).await?;
    let mut answers = Answers::new();
    let reason = answers.needed("reason", &input.reason, 1000);
    answers.fine()?;
    let order = Order { state: OrderState::Refused, reason: Some(reason.clone()), ..order };
    answered(cx, order, "refused", Some(&reason)).await
}

/// The order, where this person may answer it and nobody has.
async fn waiting(cx: &mut Cx, params: &Params) -> Result<Order, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let order = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    cx.require_customer(Action::ConfirmOrder, order.customer)?;
    require_version_if_given(cx, order.version)?;
    order.waits()?;
    cx.require_other_person(order.asked.0, "asked for", "answer it")?;
    Ok(order)
}

async fn answered(cx: &mut Cx, order: Order, action: &str, why: Option<&str>) -> Result<Done, Refused> {
    let answered = Some((cx.person(), cx.stamp()));
    store(cx, Order { answered, ..order }, action, why).await
}

/// Stores what became of an order, and tells it.
pub(super) async fn store(
    cx: &mut Cx,
    mut order: Order,
    action: &str,
    why: Option<&str>,
) -> Result<Done, Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &order.id.to_string()).await?;
    repo::update(cx, &mut order).await?;
    let event = Event {
        noun: &NOUN,
        id: order.id.to_string(),
        key: order.number.clone(),
        action,
        why,
        customer: Some(order.customer),
    };
    history::record(cx, event, &before).await?;
    let says = format!("{} is {}.", order.number, order.state.word());
    Ok(Done::changed(format!("/orders/{}", order.number), order.number, says).at_version(order.version))
}
