//! What pages, API and command line read of mapping rules and of how much is mapped.

use access::{Cx, Params, View, as_of};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Money, Period, Refusal, Refused};
use serde_json::json;

use super::{NOUN, RuleState, repo};
use crate::line;

/// All versions of all rules with whether they are in force this month; as of a past day those written by
/// then, in the state they had, and which was in force that month as far as one knew.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let month = Period::of(day.unwrap_or_else(|| cx.today()));
    let (state, known) = match day {
        None => ("r.state".to_owned(), "true".to_owned()),
        Some(_) => (as_of::version_state(&NOUN, "r.id", 2), as_of::told(&NOUN, "r.id", None, 2)),
    };
    let list = ListQuery {
        name: "mapping",
        caption: "Mapping rules".into(),
        columns: columns(day.is_some()),
        sql: format!(
            "with v as (select r.*, {state} as told from finance_mapping_rules r where {known}), f as ({FIRST}) \
             select 'M-' || r.number as number, r.number as rank, r.rule_version, \
             case when f.place > 1 then 'superseded' else r.told end as state, r.priority, r.account, \
             r.cost_centre, r.cost_element, r.supplier, r.description_prefix as text_prefix, r.service_present, \
             r.pool_key as pool, r.effective_from, a.name as author, \
             case when r.told = 'approved' then b.name end as approved_by, \
             coalesce(f.place = 1, false) and r.pool_key is not null as in_force \
             from v r left join f on f.id = r.id join access_people a on a.id = r.author_id left join access_people b on b.id = r.approved_by"
        ),
        binds: [Bind::from(month)].into_iter().chain(day.map(|day| as_of::end_of(day).into())).collect(),
        currency: cx.organisation.currency,
        order: "priority, rank, rule_version",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn columns(past: bool) -> Vec<Column> {
    let in_force = Column::new("in_force", "In force", Kind::Bool);
    vec![
        Column::new("number", "Rule", Kind::Code).linked("/money/mapping/{number}"),
        Column::new("rule_version", "Version", Kind::Count),
        // A version that another took the place of is told as superseded.
        Column::new("state", "State", Kind::State)
            .of(RuleState::ALL.map(RuleState::word).into_iter().chain(["superseded"])),
        Column::new("priority", "Priority", Kind::Count),
        Column::new("account", "Account", Kind::Code),
        Column::new("cost_centre", "Cost centre", Kind::Code),
        Column::new("cost_element", "Cost element", Kind::Code),
        Column::new("supplier", "Supplier", Kind::Text),
        Column::new("text_prefix", "Text starts with", Kind::Text),
        Column::new("service_present", "Names a service", Kind::Bool),
        Column::new("pool", "Cost pool", Kind::Code).linked("/money/pools/{pool}"),
        Column::new("effective_from", "In force from", Kind::Period),
        Column::new("author", "Written by", Kind::Text),
        Column::new("approved_by", "Approved by", Kind::Text),
        if past { in_force } else { in_force.hidden() },
    ]
}

/// The versions that hold in the month `$1`, those of one rule in the order of `rules::in_force`: the first is in
/// force, unless it ends the rule.
const FIRST: &str = "select id, row_number() over (partition by number \
    order by effective_from desc, rule_version desc) as place \
    from v where told = 'approved' and effective_from <= $1";

/// The newest version of one rule; as of a past day the newest written by then, in the state it had.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let day = as_of::asked(params)?;
    let rule = match day {
        None => repo::load(&mut cx.tx, params.get("number")).await?,
        Some(day) => repo::known(&mut cx.tx, params.get("number"), day).await?,
    };
    let conditions = &rule.conditions;
    Ok(View::Record(json!({
        "schema": "quarterdeck.mapping.v1",
        "id": rule.id.to_string(),
        "version": rule.version,
        "number": rule.label(),
        "rule_version": rule.rule_version,
        "state": rule.state.word(),
        "priority": rule.priority,
        "account": conditions.account,
        "cost_centre": conditions.cost_centre,
        "cost_element": conditions.cost_element,
        "supplier": conditions.supplier,
        "text_prefix": conditions.text_prefix,
        "service_present": conditions.service_present,
        "says": conditions.words(),
        "pool": rule.pool,
        "effective_from": rule.effective_from.to_string(),
        "author": rule.author.to_string(),
        "approved_by": rule.approved_by.map(|person| person.to_string()),
        "as_of": day.map(|day| day.to_string()),
    })))
}

async fn asked_period(cx: &mut Cx, params: &Params) -> Result<Period, Refused> {
    match params.optional("period") {
        Some(text) => Ok(text.parse().map_err(|says: String| Refusal::field("period", says))?),
        None => Ok(line::newest_period(&mut cx.tx).await?.unwrap_or_else(|| Period::of(cx.today()))),
    }
}

/// The meter of a period: the newest with lines where none is asked for.
pub async fn coverage(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period = asked_period(cx, params).await?;
    let coverage = repo::coverage(&mut cx.tx, period).await?;
    let money = |minor| Money::of_minor(minor, cx.organisation.currency);
    let says = match coverage.share() {
        None => format!("There is no spend in {} yet.", period.label()),
        Some(share) => {
            let percent = (share * kernel::Decimal::ONE_HUNDRED).normalize();
            format!("{percent} % of spend mapped.")
        }
    };
    Ok(View::Record(json!({
        "schema": "quarterdeck.coverage.v1",
        "period": period.to_string(),
        "says": says,
        "share": coverage.share().map(|share| share.to_string()),
        "total": money(coverage.total),
        "mapped": money(coverage.mapped),
        "unmapped": money(coverage.unmapped()),
        "lines": coverage.lines,
        "unmapped_lines": coverage.unmapped_lines,
    })))
}

/// The codes of a period that no rule fits, largest amount first, each with the pool that lines of
/// the same account, else of the same cost element, mostly went to: a proposal for a rule.
pub async fn unmapped(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = asked_period(cx, params).await?;
    let list = ListQuery {
        name: "unmapped",
        caption: format!("Not mapped in {}", period.label()),
        columns: vec![
            Column::new("account", "Account", Kind::Code).linked("/money/mapping/new?account={account}"),
            Column::new("account_name", "Name", Kind::Text),
            Column::new("cost_element", "Cost element", Kind::Code),
            Column::new("lines", "Lines", Kind::Count)
                .summed()
                .linked("/money/lines?period={period}&account={account}"),
            Column::new("amount", "Amount", Kind::Money).summed(),
            Column::new("proposed", "Proposed pool", Kind::Code)
                .linked("/money/mapping/new?account={account}&pool={proposed}"),
            Column::new("period", "Period", Kind::Period).hidden(),
        ],
        sql: UNMAPPED.into(),
        binds: vec![Bind::from(period), Bind::from(period.plus(-LOOKED_BACK))],
        currency: cx.organisation.currency,
        order: "abs(amount) desc, account, cost_element",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Months before the period that a proposal is drawn from.
const LOOKED_BACK: i32 = 3;

const UNMAPPED: &str = "\
    with open_codes as ( \
      select period, account_code, cost_element, cast(count(*) as bigint) as lines, cast(sum(amount) as bigint) as amount \
      from finance_live_lines where period = $1 and kind = 'cost' and pool_key is null \
      group by period, account_code, cost_element), \
    by_account as ( \
      select account_code, pool_key, row_number() over (partition by account_code order by sum(amount) desc, pool_key) as place \
      from finance_live_lines where period >= $2 and period <= $1 and kind = 'cost' and pool_key is not null \
      and account_code in (select account_code from open_codes) group by account_code, pool_key), \
    by_element as ( \
      select cost_element, pool_key, row_number() over (partition by cost_element order by sum(amount) desc, pool_key) as place \
      from finance_live_lines where period >= $2 and period <= $1 and kind = 'cost' and pool_key is not null \
      and cost_element in (select cost_element from open_codes) group by cost_element, pool_key) \
    select o.period, o.account_code as account, a.name as account_name, o.cost_element, o.lines, o.amount, \
    coalesce(c.pool_key, e.pool_key) as proposed \
    from open_codes o left join ledger_accounts a on a.code = o.account_code \
    left join by_account c on c.account_code = o.account_code and c.place = 1 \
    left join by_element e on e.cost_element = o.cost_element and e.place = 1";
