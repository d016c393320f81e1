//! Add a customer.

use access::{Cx, Done, Event, GrantScope, Params, Role, Snapshot, grant, history};
use kernel::{CustomerId, PersonId, Refused};
use portfolio::sql::person_named;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{all_fine, read_key, read_kind, read_name};
use super::{Customer, CustomerKind, NOUN, repo};

/// What is asked for a new customer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerInput {
    /// 2 to 12 capital letters and digits; never changes.
    pub key: String,
    /// Name as people say it.
    pub name: String,
    /// `unit` or `outside`.
    #[schemars(extend("enum" = CustomerKind::ALL.map(CustomerKind::word)))]
    pub kind: String,
    /// Key in the source it was imported from.
    #[serde(default)]
    pub source_key: Option<String>,
    /// Username of the relationship manager; oneself if left out.
    #[serde(default)]
    pub manager: Option<String>,
}

/// Adds a customer. The same source key with the same answers again changes nothing.
pub async fn add(cx: &mut Cx, _: &Params, input: CustomerInput) -> Result<Done, Refused> {
    let customer = read(cx, &input).await?;
    if let Some(key) = &customer.source_key
        && let Some(known) = repo::find_by_source(&mut cx.tx, key).await?
        && (Customer { id: known.id, version: known.version, ..customer.clone() }) == known
    {
        let says = format!("Customer {} is there already.", known.key);
        return Ok(
            Done::unchanged(format!("/customers/{}", known.key), known.key, says).at_version(known.version)
        );
    }
    repo::insert(cx, &customer).await?;
    let event = Event {
        noun: &NOUN,
        id: customer.id.to_string(),
        key: customer.key.clone(),
        action: "added",
        why: None,
        customer: Some(customer.id),
    };
    history::record(cx, event, &Snapshot::none()).await?;
    managed(cx, &customer, None).await?;
    let says = format!("Added customer {}, {}.", customer.key, customer.name);
    Ok(Done::changed(format!("/customers/{}", customer.key), customer.key, says).at_version(1))
}

/// Whoever is named as the manager may act for the customer; who was before may no longer.
pub(super) async fn managed(
    cx: &mut Cx,
    customer: &Customer,
    before: Option<PersonId>,
) -> Result<(), Refused> {
    let scope = GrantScope::Customer(customer.id);
    grant::follow(cx, Role::RelationshipManager, scope, before, customer.manager).await
}

/// The customer the answers describe; refused where they cannot be so.
pub(super) async fn read(cx: &mut Cx, input: &CustomerInput) -> Result<Customer, Refused> {
    let mut wrong = Vec::new();
    let mut customer = Customer {
        id: CustomerId::new(cx.uuid()),
        version: 1,
        key: read_key(&input.key, &mut wrong),
        name: read_name(&input.name, &mut wrong),
        kind: read_kind(&input.kind, &mut wrong),
        source_key: input.source_key.clone().filter(|key| !key.trim().is_empty()),
        manager: Some(cx.person()),
    };
    all_fine(wrong)?;
    if let Some(manager) = person_named(&mut cx.tx, "manager", input.manager.as_deref()).await? {
        customer.manager = Some(manager);
    }
    Ok(customer)
}
