//! What pages, API and command line read of accounts.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::repo;

/// The chart of accounts.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "account",
        caption: "Accounts".into(),
        columns: vec![
            Column::new("code", "Code", Kind::Code).linked("/money/ledger/accounts/{code}"),
            Column::new("name", "Name", Kind::Text).linked("/money/ledger/accounts/{code}"),
            Column::new("class", "Class", Kind::State),
        ],
        sql: "select code, name, class from ledger_accounts".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "code",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One account.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let account = repo::load(&mut cx.tx, params.get("code")).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.account.v1",
        "id": account.id.to_string(),
        "version": account.version,
        "code": account.code,
        "name": account.name,
        "class": account.class.word(),
        "in_use": repo::in_use(&mut cx.tx, account.id).await?,
    })))
}
