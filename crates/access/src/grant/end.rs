//! End a grant.

use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::NOUN;
use super::repo::{self, Stored};
use crate::{Cx, Done, Event, Params, history};

/// Why a role ends.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndGrant {
    /// The reason, for the history.
    #[serde(default)]
    pub why: Option<String>,
}

/// Ends a grant.
pub async fn end(cx: &mut Cx, params: &Params, input: EndGrant) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let grant = repo::load(&mut cx.tx, params.get("id")).await?;
    if grant.state == "ended" {
        let says = format!("The grant of {} ended before.", grant.role.word());
        return Ok(Done::unchanged("/records/grants", grant.id.to_string(), says).at_version(grant.version));
    }
    let grant = ended(cx, grant, input.why.as_deref()).await?;
    let says = format!("Ended the grant of {}.", grant.role.word());
    Ok(Done::changed("/records/grants", grant.id.to_string(), says).at_version(grant.version))
}

/// Ends a grant that counts.
pub(super) async fn ended(cx: &mut Cx, mut grant: Stored, why: Option<&str>) -> Result<Stored, Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &grant.id.to_string()).await?;
    grant.state = "ended".into();
    repo::update(cx, &mut grant, None).await?;
    let key = repo::key_of(&mut cx.tx, grant.id).await?;
    let event = Event { noun: &NOUN, id: grant.id.to_string(), key, action: "ended", why, customer: None };
    history::record(cx, event, &before).await?;
    Ok(grant)
}
