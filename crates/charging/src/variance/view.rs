//! What pages, API and command line read of variances.

use std::collections::BTreeMap;

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use finance::line::LineKind;
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Period, Refused};

use super::policy::{self, Policy};
use super::repo::{self, Row};
use super::rules::needs_explanation;
use super::{Cause, State};

/// Per pool: actual, approved original budget, variance, and why. Without such a budget the list is
/// empty and says so.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = crate::run::period(cx, params).await?;
    let currency = cx.organisation.currency;
    let policy = policy::in_force(&mut cx.tx, currency).await?;
    let rows = repo::of_period(&mut cx.tx, cx.organisation.calendar, period).await?;
    let against = if rows.is_some() { "the original budget" } else { "no budget: none is approved" };
    let rows = rows.unwrap_or_default();
    // Cost and income in one total would be nonsense: then only the effect on the result adds up.
    let one_kind = rows.iter().all(|row| row.income) || rows.iter().all(|row| !row.income);
    let columns = columns(one_kind);
    let names = names(cx).await?;
    let (sql, binds) =
        inline(&cx.tx, &columns, rows.iter().map(|row| binds(row, period, &policy, &names)).collect());
    let list = ListQuery {
        name: "variance",
        caption: format!(
            "Variances of {} against {against}; from {} on a cause is needed",
            period.label(),
            policy.words(currency)
        ),
        columns,
        sql,
        binds,
        currency,
        order: "kind, name",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn columns(one_kind: bool) -> Vec<Column> {
    let money = |key, label| {
        let column = Column::new(key, label, Kind::Money);
        if one_kind { column.summed() } else { column }
    };
    vec![
        Column::new("name", "Cost pool", Kind::Text),
        money("budget", "Budget"),
        money("actual", "Actual").linked("/money/lines?period={period}&kind={kind}&pool={pool}"),
        money("variance", "Variance"),
        Column::new("share", "%", Kind::Percent),
        Column::new("word", "Is", Kind::State),
        Column::new("effect", "Effect on result", Kind::Money).summed(),
        Column::new("needed", "Needs a cause", Kind::Bool),
        Column::new("cause", "Cause", Kind::State).of(Cause::WORDS.map(|(word, _)| word)),
        Column::new("text", "Why", Kind::Text),
        Column::new("state", "State", Kind::State).of(State::ALL.map(State::word)),
        Column::new("proposed_by", "Explained by", Kind::Text),
        Column::new("confirmed_by", "Confirmed by", Kind::Text),
        Column::new("kind", "Kind", Kind::State)
            .of([LineKind::Cost, LineKind::Income].map(LineKind::word))
            .hidden(),
        Column::new("pool", "Pool key", Kind::Code).hidden(),
        Column::new("period", "Period", Kind::Period).hidden(),
    ]
}

fn binds(row: &Row, period: Period, policy: &Policy, names: &BTreeMap<String, String>) -> Vec<Bind> {
    let variance = row.variance();
    let needed = variance.map(|variance| needs_explanation(policy, row.budget.unwrap_or(0), variance.amount));
    let told = row.explanation.as_ref();
    let name = |id: kernel::PersonId| names.get(&id.to_string()).cloned();
    let state = told.zip(variance).map(|(told, variance)| told.state_for(variance.amount));
    vec![
        Bind::from(row.name.as_str()),
        Bind::from(row.budget),
        Bind::from(row.actual),
        Bind::from(variance.map(|variance| variance.amount)),
        Bind::from(variance.and_then(|variance| variance.share)),
        Bind::from(variance.map(|variance| variance.word)),
        Bind::from(variance.map(|variance| variance.effect)),
        Bind::from(needed),
        Bind::from(told.map(|told| told.cause.word())),
        Bind::from(told.map(|told| told.text.clone())),
        Bind::from(state.map(State::word)),
        Bind::from(told.and_then(|told| name(told.proposed_by))),
        Bind::from(told.and_then(|told| told.confirmed_by).and_then(name)),
        Bind::from(if row.income { "income" } else { "cost" }),
        Bind::from(row.pool.as_str()),
        Bind::from(period),
    ]
}

pub(super) async fn names(cx: &mut Cx) -> Result<BTreeMap<String, String>, Fault> {
    let rows = cx.tx.query("select id, name from access_people").rows().await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}
