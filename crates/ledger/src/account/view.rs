//! What pages, API and command line read of accounts.

use access::{Cx, Params, View, as_of};
use db::{ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Refusal, Refused};
use serde_json::json;

use super::{Class, NOUN, repo};

/// The chart of accounts; of a past day, those there were by then, under the names of today.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let known = day.map_or_else(|| "true".to_owned(), |_| as_of::told(&NOUN, "l.id", None, 1));
    let list = ListQuery {
        name: "account",
        caption: "Accounts".into(),
        columns: vec![
            Column::new("code", "Code", Kind::Code).linked("/money/ledger/accounts/{code}"),
            Column::new("name", "Name", Kind::Text).linked("/money/ledger/accounts/{code}"),
            Column::new("class", "Class", Kind::State).of(Class::ALL.map(Class::word)),
        ],
        sql: format!("select l.code, l.name, l.class from ledger_accounts l where {known}"),
        binds: day.map(|day| as_of::end_of(day).into()).into_iter().collect(),
        currency: cx.organisation.currency,
        order: "code",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One account; on a past day not found where it was added later.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let account = repo::load(&mut cx.tx, params.get("code")).await?;
    let day = as_of::asked(params)?;
    if let Some(day) = day
        && !repo::known(&mut cx.tx, account.id, day).await?
    {
        return Err(Refusal::not_found().into());
    }
    Ok(View::Record(json!({
        "schema": "quarterdeck.account.v1",
        "id": account.id.to_string(),
        "version": account.version,
        "code": account.code,
        "name": account.name,
        "class": account.class.word(),
        "in_use": repo::in_use(&mut cx.tx, account.id, day).await?,
        "as_of": day.map(|day| day.to_string()),
    })))
}
