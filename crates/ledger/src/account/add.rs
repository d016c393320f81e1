//! Add an account.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{AccountId, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::{all_fine, read_class, read_code, read_name};
use super::error::CODE_TAKEN;
use super::{Account, Class, NOUN, repo};

/// What is asked for a new account.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountInput {
    /// Code as the corporate ledger writes it; never changes.
    pub code: String,
    /// Name.
    pub name: String,
    /// `cost`, `income`, `asset` or `balance`.
    #[schemars(extend("enum" = Class::ALL.map(Class::word)))]
    pub class: String,
}

/// Adds an account.
pub async fn add(cx: &mut Cx, _: &Params, input: AccountInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let code = read_code(&input.code, &mut wrong);
    let name = read_name(&input.name, &mut wrong);
    let class = read_class(&input.class, &mut wrong);
    if repo::by_code(&mut cx.tx, &code).await?.is_some() {
        return Err(CODE_TAKEN.with(&[&code]).beside("code", wrong).into());
    }
    all_fine(wrong)?;
    let account = store(cx, code, name, class).await?;
    let says = format!("Added account {}, {}.", account.code, account.name);
    let location = format!("/money/ledger/accounts/{}", account.code);
    Ok(Done::changed(location, account.code, says).at_version(1))
}

/// The account of that code; added with this name and class if there is none. For accounts that a
/// context posts on by itself. One that is there keeps its name and class.
pub async fn ensure(cx: &mut Cx, code: &str, name: &str, class: Class) -> Result<Account, Refused> {
    if let Some(account) = repo::by_code(&mut cx.tx, code).await? {
        return Ok(account);
    }
    let mut wrong = Vec::new();
    let (code, name) = (read_code(code, &mut wrong), read_name(name, &mut wrong));
    all_fine(wrong)?;
    store(cx, code, name, class).await
}

async fn store(cx: &mut Cx, code: String, name: String, class: Class) -> Result<Account, Refused> {
    let account = Account { id: AccountId::new(cx.uuid()), version: 1, code, name, class };
    repo::insert(cx, &account).await?;
    let event = Event {
        noun: &NOUN,
        id: account.id.to_string(),
        key: account.code.clone(),
        action: "added",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(account)
}
