//! Add a cost pool.

use access::input::or_none;
use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{PoolId, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{read_behaviour, read_purpose, read_spend};
use super::error::KEY_TAKEN;
use super::{Behaviour, NOUN, Pool, Purpose, Spend, repo};
use crate::input::{all_fine, read_key, read_words};

/// What is asked for a new cost pool.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PoolInput {
    /// 2 to 12 capital letters and digits; never changes.
    pub key: String,
    /// Name as people say it.
    pub name: String,
    /// `operating` or `capital`.
    #[schemars(extend("enum" = Spend::words()))]
    pub spend: String,
    /// `fixed` or `variable`.
    #[schemars(extend("enum" = Behaviour::words()))]
    pub behaviour: String,
    /// `run`, `grow` or `transform`; may be left out.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Purpose::words())))]
    pub purpose: Option<String>,
}

/// Adds a cost pool.
pub async fn add(cx: &mut Cx, _: &Params, input: PoolInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let pool = Pool {
        id: PoolId::new(cx.uuid()),
        version: 1,
        key: read_key(&input.key, &mut wrong),
        name: read_words("name", &input.name, &mut wrong),
        spend: read_spend(&input.spend, &mut wrong),
        behaviour: read_behaviour(&input.behaviour, &mut wrong),
        purpose: read_purpose(input.purpose.as_deref(), &mut wrong),
    };
    if repo::find(&mut cx.tx, &pool.key).await?.is_some() {
        return Err(KEY_TAKEN.with(&[&pool.key]).beside("key", wrong).into());
    }
    all_fine(wrong)?;
    repo::insert(cx, &pool).await?;
    let event = Event::of(&NOUN, pool.id, &pool.key, "added");
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Added cost pool {}, {}.", pool.key, pool.name);
    Ok(Done::changed(format!("/money/pools/{}", pool.key), pool.key, says).at_version(1))
}
