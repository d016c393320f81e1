//! Ask for an offering.

use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::{OrderId, Refusal, Refused, Scope, typed};
use portfolio::answers::Answers;
use portfolio::offering::{self, Offering};
use portfolio::service::{self, ServiceState};
use portfolio::sql::next_number;
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::ENDING;
use super::{NOUN, Order, OrderState, repo};
use crate::agreement;
use crate::customer::{self, Customer};

/// What is asked for.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct OrderInput {
    /// Key of the customer; one's own if left out.
    #[serde(default)]
    pub customer: Option<String>,
    /// Key of the offering.
    pub offering: String,
    /// How much in all from that day on.
    pub quantity: String,
    /// From which day; today or later.
    pub from_day: String,
    /// Anything to say about it.
    #[serde(default)]
    pub note: Option<String>,
}

/// Asks for an offering. One that is taken already is asked for with its new quantity.
pub async fn add(cx: &mut Cx, _: &Params, input: OrderInput) -> Result<Done, Refused> {
    let customer = asking(cx, input.customer.as_deref()).await?;
    cx.require_customer(Action::PlaceOrder, customer.id)?;
    let mut answers = Answers::new();
    let quantity = answers.quantity("quantity", &input.quantity);
    let from = answers.needed_day("from_day", &input.from_day);
    let note = answers.words("note", input.note.as_deref(), 1000);
    answers.fine()?;
    if from < cx.today() {
        return Err(Refusal::field("from_day", "Ask for today or a later day.").into());
    }
    let offering = offered(cx, input.offering.trim()).await?;
    let taken = agreement::open_on(&mut cx.tx, customer.id, offering.id, from).await?.is_some();
    let state = service::state_on(&mut cx.tx, offering.service, from).await?;
    if state != Some(ServiceState::Operational) && !taken {
        return Err(ENDING.with(&[&offering.key]).into());
    }
    let order = Order {
        id: OrderId::new(cx.uuid()),
        version: 1,
        number: format!("ORD-{}", next_number(&mut cx.tx, "relationships_counters", "order").await?),
        customer: customer.id,
        offering: offering.id,
        quantity,
        from,
        note,
        state: OrderState::Asked,
        asked: (cx.person(), cx.stamp()),
        answered: None,
        reason: None,
        agreement: None,
    };
    repo::insert(cx, &order).await?;
    let event = Event {
        noun: &NOUN,
        id: order.id.to_string(),
        key: order.number.clone(),
        action: "asked",
        why: None,
        customer: Some(customer.id),
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let (many, from) = (quantity.grouped(), typed::day_label(from));
    let says = format!(
        "{}: {many} {} of {} from {from}. Your relationship manager answers.",
        order.number, offering.unit, offering.key
    );
    Ok(Done::changed(format!("/orders/{}", order.number), order.number, says).at_version(1))
}

/// The customer named, or the only one the person may order for.
async fn asking(cx: &mut Cx, key: Option<&str>) -> Result<Customer, Refused> {
    if let Some(key) = key.map(str::trim).filter(|key| !key.is_empty()) {
        return customer::named(cx, "customer", key).await;
    }
    let scope = cx.scope(Action::PlaceOrder);
    let only = match &scope {
        Scope::Customers(own) if own.len() == 1 => own.first().copied(),
        _ => None,
    };
    let unsaid = || Refused::from(Refusal::field("customer", "Say for which customer."));
    let only = only.ok_or_else(unsaid)?;
    customer::find(&mut cx.tx, &scope, only).await?.ok_or_else(unsaid)
}

/// An offering customers can see: one of a complete service. Any other answers as if it were not there.
async fn offered(cx: &mut Cx, key: &str) -> Result<Offering, Refused> {
    let none = || Refusal::field("offering", format!("There is no offering “{key}” in the catalogue."));
    let offering = offering::find_by_key(&mut cx.tx, key).await?.ok_or_else(none)?;
    let menu = service::on_menu(&mut cx.tx, cx.now.date_naive()).await?;
    if menu.iter().any(|service| service.id == offering.service) { Ok(offering) } else { Err(none().into()) }
}
