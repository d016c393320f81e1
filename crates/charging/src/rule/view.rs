//! What pages, API and command line read of rules.

use access::{Cx, Params, View, as_of};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refused};
use serde_json::json;

use super::{Method, NOUN, Rule, RuleState, SenderKind, repo};

/// The states as lists tell them: a version that another took the place of is superseded.
pub(crate) fn told_states() -> impl Iterator<Item = &'static str> {
    RuleState::words().into_iter().chain(["superseded"])
}

/// Every version of every rule with whether it is in force this month; as of a past day those written
/// by then, in the state they had, and which was in force that month as far as one knew.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let month = Period::of(day.unwrap_or_else(|| cx.today()));
    let in_force = Column::new("in_force", "In force", Kind::Bool);
    let (state, known) = match day {
        None => ("r.state".to_owned(), "true".to_owned()),
        Some(_) => (as_of::version_state(&NOUN, "r.id", 2), as_of::told(&NOUN, "r.id", None, 2)),
    };
    let list = ListQuery {
        name: "rule",
        caption: "Rules of the cost model".into(),
        columns: vec![
            Column::new("number", "Rule", Kind::Code).linked("/money/rules/{number}"),
            Column::new("rule_version", "Version", Kind::Count),
            Column::new("name", "Name", Kind::Text).linked("/money/rules/{number}"),
            Column::new("sender_kind", "From", Kind::Text).of(SenderKind::words()),
            Column::new("sender", "Sender", Kind::Code),
            Column::new("method", "By", Kind::Text).of(Method::words()),
            Column::new("driver", "Driver", Kind::Code),
            Column::new("effective_from", "In force from", Kind::Period),
            Column::new("state", "State", Kind::State).of(told_states()),
            Column::new("author", "Written by", Kind::Text),
            Column::new("approver", "Approved by", Kind::Text),
            if day.is_some() { in_force } else { in_force.hidden() },
        ],
        sql: format!(
            "with v as (select r.*, {state} as told from charging_rules r where {known}), f as ({FIRST}) \
             select case when r.number < 10 then 'R-0' else 'R-' end || cast(r.number as text) as number, \
             r.rule_version, r.name, r.sender_kind, r.sender, r.method, r.driver, r.effective_from, \
             case when f.place > 1 then 'superseded' else r.told end as state, \
             a.name as author, case when r.told = 'approved' then p.name end as approver, \
             coalesce(f.place = 1, false) as in_force \
             from v r left join f on f.id = r.id left join access_people a on a.id = r.author_id left join access_people p on p.id = r.approved_by"
        ),
        binds: [Bind::from(month)].into_iter().chain(day.map(|day| as_of::end_of(day).into())).collect(),
        currency: cx.organisation.currency,
        order: "number, rule_version",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// The versions that hold in the month `$1`, those of one sender in the order of `rules::in_force`: the first
/// is in force. One pass over all, since comparing each with each is too much for thousands of rules.
const FIRST: &str = "select id, row_number() over (partition by sender_kind, sender \
    order by effective_from desc, rule_version desc, number desc) as place \
    from v where told = 'approved' and effective_from <= $1";

/// One version of a rule: the newest, or the one asked for by `version`; as of a past day the newest
/// written by then, in the state it had.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let rule = match day {
        None => repo::load(&mut cx.tx, params.get("number"), params.get("version")).await?,
        Some(day) => repo::known(&mut cx.tx, params.get("number"), params.get("version"), day).await?,
    };
    let superseded = day.is_none() && superseded(cx, &rule).await?;
    let receivers: Vec<_> =
        rule.receivers.iter().map(|r| json!({ "to": r.to, "weight": r.weight.plain() })).collect();
    Ok(View::Record(json!({
        "schema": "quarterdeck.rule.v1",
        "id": rule.id.to_string(),
        "version": rule.version,
        "number": rule.label(),
        "rule_version": rule.rule_version,
        "state": rule.state.word(),
        "superseded": superseded,
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
        "as_of": day.map(|day| day.to_string()),
    })))
}

/// Whether another approved version took its place this month.
async fn superseded(cx: &mut Cx, rule: &Rule) -> Result<bool, Refused> {
    let month = Period::of(cx.today());
    if rule.state != RuleState::Approved || rule.effective_from > month {
        return Ok(false);
    }
    let in_force = repo::in_force_in(&mut cx.tx, month).await?;
    Ok(in_force.iter().all(|standing| standing.id != rule.id))
}
