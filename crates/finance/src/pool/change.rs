//! Change a cost pool's name or kind of cost.

use access::input::or_none;
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Behaviour, NOUN, Purpose, Spend, repo};

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoolChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
    /// `operating` or `capital`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Spend::words())))]
    pub spend: Option<String>,
    /// `fixed` or `variable`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Behaviour::words())))]
    pub behaviour: Option<String>,
    /// `run`, `grow` or `transform`; empty takes it away.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Purpose::words().into_iter().chain([""]))))]
    pub purpose: Option<String>,
}

/// Changes a cost pool; unchanged if every answer is what it was.
pub async fn change(cx: &mut Cx, params: &Params, input: PoolChange) -> Result<Done, Refused> {
    let mut pool = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_version(pool.version)?;
    let location = format!("/money/pools/{}", pool.key);
    let (name, spend) = (input.name.as_deref(), input.spend.as_deref());
    if !pool.edit(name, spend, input.behaviour.as_deref(), input.purpose.as_deref())? {
        let says = format!("Cost pool {} is as it was.", pool.key);
        return Ok(Done::unchanged(location, pool.key, says).at_version(pool.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &pool.id.to_string()).await?;
    repo::update(cx, &mut pool).await?;
    let event = Event::of(&NOUN, pool.id, &pool.key, "changed");
    history::record(cx, event, &before).await?;
    let says = format!("Changed cost pool {}.", pool.key);
    Ok(Done::changed(location, pool.key, says).at_version(pool.version))
}
