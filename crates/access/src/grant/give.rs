//! Give a role.

use kernel::{CustomerId, GrantId, Refusal, Refused, ServiceId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::repo::{self, Stored};
use super::{NOUN, needs_confirmation};
use crate::{Cx, Done, Event, GrantScope, Params, Role, Snapshot, history, person};

/// What is asked for a grant.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantInput {
    /// Username of who gets it.
    pub username: String,
    /// The role, in words: `finance manager`.
    pub role: String,
    /// `organisation`, `customer` or `service`.
    pub scope: String,
    /// Id of the customer or service.
    #[serde(default)]
    pub scope_id: Option<String>,
}

/// Gives a role; active at once, or asked for until an executive confirms.
pub async fn give(cx: &mut Cx, _: &Params, input: GrantInput) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let role = Role::parse(input.role.trim()).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        Refusal::field("role", format!("Choose one of: {}.", roles.join(", ")))
    })?;
    let scope = read_scope(role, &input)?;
    let holder = person::id_of_username(&mut cx.tx, input.username.trim(), "username").await?;
    cx.require_other_person(holder, "would give the role to", "give it to you")?;
    let state = if needs_confirmation(role) { "asked" } else { "active" };
    let grant = Stored::new(cx, holder, role, state);
    store(cx, &grant, scope, input.username.trim(), None).await?;
    let says = match state {
        "asked" => {
            format!("Asked for {} for {}: an executive has to confirm it.", role.word(), input.username)
        }
        _ => format!("{} is now {}.", input.username, role.word()),
    };
    let location = format!("/records/people/{}", input.username.trim());
    Ok(Done::changed(location, grant.id.to_string(), says).at_version(1).with(json!({ "state": state })))
}

/// Gives a role that counts at once: only for setting up a database, where nobody is there yet to
/// confirm (`quarterdeck init`, packs and the demo).
pub async fn give_confirmed(
    cx: &mut Cx,
    username: &str,
    role: Role,
    scope: GrantScope,
) -> Result<GrantId, Refused> {
    let holder = person::id_of_username(&mut cx.tx, username, "username").await?;
    let grant = Stored::new(cx, holder, role, "active");
    store(cx, &grant, scope, username, None).await?;
    Ok(grant.id)
}

/// Keeps a new grant for `scope`, held by the person of that `username`.
pub(super) async fn store(
    cx: &mut Cx,
    grant: &Stored,
    scope: GrantScope,
    username: &str,
    why: Option<&str>,
) -> Result<(), Refused> {
    repo::insert(cx, grant, scope).await?;
    let action = if grant.state == "asked" { "asked for" } else { "granted" };
    let key = format!("{username}: {}", grant.role.word());
    let event = Event { noun: &NOUN, id: grant.id.to_string(), key, action, why, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(())
}

fn read_scope(role: Role, input: &GrantInput) -> Result<GrantScope, Refusal> {
    let id = input.scope_id.as_deref().unwrap_or("");
    let wrong = |says: &str| Refusal::field("scope", says);
    match input.scope.trim() {
        "organisation" if role.may_be_organisation_wide() => Ok(GrantScope::Organisation),
        "organisation" => {
            Err(wrong("A customer representative is always of one customer: choose “customer”."))
        }
        "customer" => {
            CustomerId::parse(id).map(GrantScope::Customer).ok_or_else(|| wrong("Name the customer's id."))
        }
        "service" => {
            ServiceId::parse(id).map(GrantScope::Service).ok_or_else(|| wrong("Name the service's id."))
        }
        _ => Err(wrong("Choose “organisation”, “customer” or “service”.")),
    }
}
