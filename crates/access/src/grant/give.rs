//! Give a role.

use kernel::{CustomerId, GrantId, Refusal, Refused, ServiceId};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::repo::{self, Stored};
use super::{NOUN, needs_confirmation};
use crate::error::SAME_PERSON;
use crate::{Cx, Done, Event, GrantScope, Params, Role, Snapshot, history, person};

/// What is asked for a grant.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantInput {
    /// Username of who gets it.
    pub username: String,
    /// The role, in words: `finance manager`.
    #[schemars(extend("enum" = Role::ALL.map(Role::word)))]
    pub role: String,
    /// `organisation`, `customer` or `service`.
    #[schemars(extend("enum" = GrantScope::KINDS))]
    pub scope: String,
    /// Key of the customer or service, or its id.
    #[serde(default)]
    pub scope_id: Option<String>,
}

/// What is said to who would give a role to themselves.
const TO_ONESELF: &str = "Somebody else has to give you a role: nobody gives one to themselves.";

/// Gives a role; active at once, or asked for until an executive confirms.
pub async fn give(cx: &mut Cx, _: &Params, input: GrantInput) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let role = Role::parse(input.role.trim()).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
        Refusal::field("role", format!("Choose one of: {}.", roles.join(", ")))
    })?;
    let scope = read_scope(cx, role, &input).await?;
    let holder = person::id_of_username(&mut cx.tx, input.username.trim(), "username").await?;
    if holder == cx.person() {
        return Err(Refusal { says: TO_ONESELF.to_owned(), ..SAME_PERSON.plain() }.into());
    }
    let first = is_first_executive(cx, role, scope).await?;
    let state = if needs_confirmation(role) && !first { "asked" } else { "active" };
    let grant = Stored::new(cx, holder, role, state);
    let why = first.then_some("No executive was there who could have confirmed it.");
    store(cx, &grant, scope, why).await?;
    let says = match state {
        "asked" => {
            format!("Asked for {} for {}: an executive has to confirm it.", role.word(), input.username)
        }
        _ if first => format!(
            "{} is now executive: there was none who could have confirmed it. The history says so.",
            input.username
        ),
        _ => format!("{} is now {}.", input.username, role.word()),
    };
    let location = format!("/records/people/{}", input.username.trim());
    Ok(Done::changed(location, grant.id.to_string(), says).at_version(1).with(json!({ "state": state })))
}

/// Whether this is the executive by whom all others are confirmed: the first, of the whole organisation, where
/// nobody holds the role who is not shut out. Somebody has to begin, as the administrator of `init` does.
async fn is_first_executive(cx: &mut Cx, role: Role, scope: GrantScope) -> Result<bool, Refused> {
    let fits = role == Role::Executive && scope == GrantScope::Organisation;
    Ok(fits && !repo::is_held(&mut cx.tx, role).await?)
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
    store(cx, &grant, scope, None).await?;
    Ok(grant.id)
}

/// Keeps a new grant for `scope`.
pub(super) async fn store(
    cx: &mut Cx,
    grant: &Stored,
    scope: GrantScope,
    why: Option<&str>,
) -> Result<(), Refused> {
    repo::insert(cx, grant, scope).await?;
    let action = if grant.state == "asked" { "asked for" } else { "granted" };
    let key = repo::key_of(&mut cx.tx, grant.id).await?;
    let event = Event { noun: &NOUN, id: grant.id.to_string(), key, action, why, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(())
}

async fn read_scope(cx: &mut Cx, role: Role, input: &GrantInput) -> Result<GrantScope, Refused> {
    let named = input.scope_id.as_deref().map_or("", str::trim);
    let kind = input.scope.trim();
    if kind == "organisation" {
        if role.may_be_organisation_wide() {
            return Ok(GrantScope::Organisation);
        }
        let says = "A customer representative is always of one customer: choose “customer”.";
        return Err(Refusal::field("scope", says).into());
    }
    if !["customer", "service"].contains(&kind) {
        return Err(Refusal::field("scope", "Choose “organisation”, “customer” or “service”.").into());
    }
    let id = repo::scope_id(&mut cx.tx, kind, named).await?.unwrap_or_default();
    let scope = match kind {
        "customer" => CustomerId::parse(&id).map(GrantScope::Customer),
        _ => ServiceId::parse(&id).map(GrantScope::Service),
    };
    Ok(scope.ok_or_else(|| match named {
        "" => Refusal::field("scope_id", format!("Name the {kind} by its key.")),
        _ => Refusal::field("scope_id", format!("There is no {kind} “{named}”.")),
    })?)
}
