//! Change a customer's name, kind or relationship manager.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, history};
use kernel::Refused;
use portfolio::sql::person_named;
use schemars::JsonSchema;
use serde::Deserialize;

use super::add::managed;
use super::{CustomerKind, NOUN, repo};

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
    /// `unit` or `outside`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(CustomerKind::ALL.map(CustomerKind::word))))]
    pub kind: Option<String>,
    /// Username of the relationship manager.
    #[serde(default)]
    pub manager: Option<String>,
}

/// Changes a customer; unchanged if every answer is what it was.
pub async fn change(cx: &mut Cx, params: &Params, input: CustomerChange) -> Result<Done, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let mut customer = repo::load(&mut cx.tx, &scope, params.get("key")).await?;
    cx.require_customer(Action::EditCustomer, customer.id)?;
    cx.require_version(customer.version)?;
    let location = format!("/customers/{}", customer.key);
    let managed_by = customer.manager;
    let manager = person_named(&mut cx.tx, "manager", input.manager.as_deref()).await?;
    if !customer.edit(input.name.as_deref(), input.kind.as_deref(), manager)? {
        let says = format!("Customer {} is as it was.", customer.key);
        return Ok(Done::unchanged(location, customer.key, says).at_version(customer.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &customer.id.to_string()).await?;
    repo::update(cx, &mut customer).await?;
    let event = Event {
        noun: &NOUN,
        id: customer.id.to_string(),
        key: customer.key.clone(),
        action: "changed",
        why: None,
        customer: Some(customer.id),
    };
    history::record(cx, event, &before).await?;
    managed(cx, &customer, managed_by).await?;
    let says = format!("Changed customer {}.", customer.key);
    Ok(Done::changed(location, customer.key, says).at_version(customer.version))
}
