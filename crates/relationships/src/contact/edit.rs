//! Edit a contact.

use access::input::or_none;
use access::{Action, Cx, Done, Event, Params, history};
use kernel::{Fault, Refusal, Refused};
use portfolio::answers::Answers;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{Contact, Influence, read_email};
use super::{NOUN, repo};
use crate::customer;

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct ContactChange {
    /// Their name.
    #[serde(default)]
    pub name: Option<String>,
    /// What they do there.
    #[serde(default)]
    pub role: Option<String>,
    /// `high`, `medium` or `low`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Influence::WORDS.map(|(word, _)| word))))]
    pub influence: Option<String>,
    /// Their e-mail address; blank removes it.
    #[serde(default)]
    pub email: Option<String>,
}

/// Edits a contact; unchanged if every answer is what it was.
pub async fn edit(cx: &mut Cx, params: &Params, input: ContactChange) -> Result<Done, Refused> {
    let scope = cx.scope(Action::ReadCustomers);
    let known = repo::load(&mut cx.tx, &scope, params.get("number")).await?;
    cx.require_customer(Action::EditCustomer, known.customer)?;
    cx.require_version(known.version)?;
    let mut contact = read_change(&known, &input)?;
    let customer = customer::find(&mut cx.tx, &scope, contact.customer).await?;
    let customer = customer.ok_or_else(|| Fault::because("a contact is at no customer"))?;
    let location = format!("/customers/{}", customer.key);
    if contact == known {
        let says = format!("{} is as it was.", contact.number);
        return Ok(Done::unchanged(location, contact.number, says).at_version(contact.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &contact.id.to_string()).await?;
    repo::update(cx, &mut contact).await?;
    let event = Event {
        noun: &NOUN,
        id: contact.id.to_string(),
        key: contact.number.clone(),
        action: "changed",
        why: None,
        customer: Some(contact.customer),
    };
    history::record(cx, event, &before).await?;
    let says = format!("Changed contact {}.", contact.number);
    Ok(Done::changed(location, contact.number, says).at_version(contact.version))
}

/// The contact as it would be with the answers; refused where they cannot be so.
pub(super) fn read_change(known: &Contact, input: &ContactChange) -> Result<Contact, Refusal> {
    let mut answers = Answers::new();
    let mut contact = known.clone();
    if let Some(name) = &input.name {
        contact.name = answers.needed("name", name, 200);
    }
    if let Some(role) = &input.role {
        contact.role = answers.needed("role", role, 100);
    }
    if let Some(influence) = &input.influence {
        contact.influence =
            answers.one_of("influence", influence, &Influence::WORDS).unwrap_or(known.influence);
    }
    if input.email.is_some() {
        contact.email = read_email(&mut answers, input.email.as_deref());
    }
    answers.fine()?;
    Ok(contact)
}
