//! Add a contact at a customer.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, Snapshot, history};
use kernel::{ContactId, Refused};
use portfolio::answers::Answers;
use portfolio::sql::next_number;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Contact, Influence, read_email};
use super::error::ALREADY_THERE;
use super::{NOUN, repo};
use crate::customer::{self, Customer};

/// What is asked for a new contact.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct ContactInput {
    /// Key of the customer.
    pub customer: String,
    /// Their name.
    pub name: String,
    /// What they do there: “Head of claims”.
    pub role: String,
    /// `high`, `medium` (if left out) or `low`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Influence::WORDS.map(|(word, _)| word))))]
    pub influence: Option<String>,
    /// Their e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Key in the source they were imported from.
    #[serde(default)]
    pub source_key: Option<String>,
}

/// Adds a contact. The same source key again changes nothing.
pub async fn add(cx: &mut Cx, _: &Params, input: ContactInput) -> Result<Done, Refused> {
    let (customer, mut contact) = read(cx, &input).await?;
    let location = format!("/customers/{}", customer.key);
    if let Some(key) = &contact.source_key
        && let Some(known) = repo::find_by_source(&mut cx.tx, customer.id, key).await?
    {
        let same = Contact { id: known.id, version: known.version, number: known.number.clone(), ..contact };
        if same != known {
            return Err(ALREADY_THERE.with(&[&known.number]).into());
        }
        let says = format!("{} is there already.", known.number);
        return Ok(Done::unchanged(location, known.number, says).at_version(known.version));
    }
    contact.number = format!("CON-{}", next_number(&mut cx.tx, "relationships_counters", "contact").await?);
    repo::insert(cx, &contact).await?;
    let event = Event {
        noun: &NOUN,
        id: contact.id.to_string(),
        key: contact.number.clone(),
        action: "added",
        why: None,
        customer: Some(customer.id),
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Added contact {} at {}.", contact.number, customer.key);
    Ok(Done::changed(location, contact.number, says).at_version(1))
}

/// The contact the answers describe, with its customer; refused where they cannot be so.
pub(super) async fn read(cx: &mut Cx, input: &ContactInput) -> Result<(Customer, Contact), Refused> {
    let customer = customer::named(cx, "customer", &input.customer).await?;
    cx.require_customer(Action::EditCustomer, customer.id)?;
    let mut answers = Answers::new();
    let influence =
        input.influence.as_deref().map(str::trim).filter(|word| !word.is_empty()).unwrap_or("medium");
    let contact = Contact {
        id: ContactId::new(cx.uuid()),
        version: 1,
        number: String::new(),
        customer: customer.id,
        name: answers.needed("name", &input.name, 200),
        email: read_email(&mut answers, input.email.as_deref()),
        role: answers.needed("role", &input.role, 100),
        influence: answers.one_of("influence", influence, &Influence::WORDS).unwrap_or(Influence::Medium),
        source_key: answers.words("source_key", input.source_key.as_deref(), 200),
    };
    answers.fine()?;
    Ok((customer, contact))
}
