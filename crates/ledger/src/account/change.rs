//! Change an account's name, or its class while nothing is posted on it.

use access::input::or_none;
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Class, NOUN, repo};

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
    /// `cost`, `income`, `asset` or `balance`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(Class::ALL.map(Class::word))))]
    pub class: Option<String>,
}

/// Changes an account; unchanged if every answer is what it was.
pub async fn change(cx: &mut Cx, params: &Params, input: AccountChange) -> Result<Done, Refused> {
    let mut account = repo::load(&mut cx.tx, params.get("code")).await?;
    cx.require_version(account.version)?;
    let in_use = repo::in_use(&mut cx.tx, account.id, None).await?;
    let location = format!("/money/ledger/accounts/{}", account.code);
    if !account.edit(input.name.as_deref(), input.class.as_deref(), in_use)? {
        let says = format!("Account {} is as it was.", account.code);
        return Ok(Done::unchanged(location, account.code, says).at_version(account.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &account.id.to_string()).await?;
    repo::update(cx, &mut account).await?;
    let event = Event {
        noun: &NOUN,
        id: account.id.to_string(),
        key: account.code.clone(),
        action: "changed",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    let says = format!("Changed account {}.", account.code);
    Ok(Done::changed(location, account.code, says).at_version(account.version))
}
