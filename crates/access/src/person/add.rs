//! Add a person: invited until they choose a password.

use db::DbError;
use kernel::{PersonId, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::invite::linked;
use super::repo::{self, Person};
use super::{NOUN, invite};
use crate::{Cx, Done, Event, Params, Snapshot, history};

/// What is asked for a new person.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonInput {
    /// What they sign in with: small letters, digits, dots; 2 to 40.
    pub username: String,
    /// Their name.
    pub name: String,
    /// Mail address.
    #[serde(default)]
    pub email: Option<String>,
}

/// Adds a person and makes their one-time link, which is in the answer once and never again.
pub async fn add(cx: &mut Cx, _: &Params, input: PersonInput) -> Result<Done, Refused> {
    let username = input.username.trim().to_owned();
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
    if !(2..=40).contains(&username.len()) || !username.bytes().all(fits) {
        return Err(
            Refusal::field("username", "Enter 2 to 40 small letters, digits, dots or hyphens.").into()
        );
    }
    if input.name.trim().is_empty() {
        return Err(Refusal::field("name", "Enter the person's name.").into());
    }
    let email = mail_address(input.email.as_deref())?;
    let person = Person {
        id: PersonId::new(cx.uuid()),
        version: 1,
        username,
        name: input.name.trim().to_owned(),
        state: "invited".into(),
        password_hash: None,
    };
    match repo::insert(&mut cx.tx, &person, email).await {
        Err(DbError::Unique(_)) => {
            let says = format!("There is somebody called “{}” already.", person.username);
            return Err(Refusal::field("username", says).into());
        }
        other => other?,
    }
    let event = Event {
        noun: &NOUN,
        id: person.id.to_string(),
        key: person.username.clone(),
        action: "invited",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let link = invite(cx, person.id).await?;
    let done = format!("Invited {}.", person.name);
    Ok(linked(&person, &done, &link))
}

/// A mail address as it was typed, none where nothing was. Whether somebody reads it only a mail would tell; what
/// has no `@` between two parts is none for sure.
fn mail_address(typed: Option<&str>) -> Result<Option<&str>, Refusal> {
    let typed = typed.map(str::trim).filter(|typed| !typed.is_empty());
    let is_one = |typed: &str| {
        let parts = typed.rsplit_once('@');
        parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
            && !typed.contains(char::is_whitespace)
    };
    match typed {
        Some(typed) if !is_one(typed) => {
            let says =
                format!("“{typed}” is no mail address: write it as in ana@example.org, or leave it out.");
            Err(Refusal::field("email", says))
        }
        typed => Ok(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::mail_address;

    #[test]
    fn what_is_no_mail_address_is_refused_at_its_field_and_blanks_are_none() {
        for wrong in ["ana", "@example.org", "ana@", "ana m@example.org"] {
            let refused = mail_address(Some(wrong)).unwrap_err();
            assert_eq!(refused.fields[0].field, "email", "{wrong}");
        }
        assert_eq!(mail_address(Some(" ana@example.org ")), Ok(Some("ana@example.org")));
        assert_eq!((mail_address(Some(" ")), mail_address(None)), (Ok(None), Ok(None)));
    }
}
