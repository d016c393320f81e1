//! What pages, API and command line read of rules.

use access::{Cx, Params, View};
use db::{ListQuery, page_of};
use kernel::Refused;
use kernel::listing::{Asked, Column, Kind};
use serde_json::json;

use super::repo;

/// Every version of every rule.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "rule",
        caption: "Rules of the cost model".into(),
        columns: vec![
            Column::new("number", "Rule", Kind::Code).linked("/money/rules/{number}"),
            Column::new("rule_version", "Version", Kind::Count),
            Column::new("name", "Name", Kind::Text).linked("/money/rules/{number}"),
            Column::new("sender_kind", "From", Kind::Text),
            Column::new("sender", "Sender", Kind::Code),
            Column::new("method", "By", Kind::Text),
            Column::new("driver", "Driver", Kind::Code),
            Column::new("effective_from", "In force from", Kind::Period),
            Column::new("state", "State", Kind::State),
            Column::new("author", "Written by", Kind::Text),
            Column::new("approver", "Approved by", Kind::Text),
        ],
        sql: "select case when r.number < 10 then 'R-0' else 'R-' end || cast(r.number as text) as number, \
              r.rule_version, r.name, r.sender_kind, r.sender, r.method, r.driver, r.effective_from, r.state, \
              a.name as author, p.name as approver from charging_rules r \
              left join access_people a on a.id = r.author_id left join access_people p on p.id = r.approved_by"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "number, rule_version",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One version of a rule: the newest, or the one asked for by `version`.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let rule = repo::load(&mut cx.tx, params.get("number"), params.get("version")).await?;
    let receivers: Vec<_> =
        rule.receivers.iter().map(|r| json!({ "to": r.to, "weight": r.weight.plain() })).collect();
    Ok(View::Record(json!({
        "schema": "quarterdeck.rule.v1",
        "id": rule.id.to_string(),
        "version": rule.version,
        "number": rule.label(),
        "rule_version": rule.rule_version,
        "state": rule.state.word(),
        "name": rule.name,
        "sender_kind": rule.sender_kind.word(),
        "sender": rule.sender,
        "method": rule.method.word(),
        "driver": rule.driver,
        "receivers": receivers,
        "effective_from": rule.effective_from.to_string(),
        "why": rule.why,
        "author": rule.author.to_string(),
        "approved_by": rule.approved_by.map(|person| person.to_string()),
    })))
}
