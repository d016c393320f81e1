//! What pages, API and command line read of budgets.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refusal, Refused};

use super::repo::{self, Against};
use super::rules::compared;
use super::{Budget, BudgetState};
use crate::line::{self, LineKind};

/// All versions of all years.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "budget",
        caption: "Budgets".into(),
        columns: vec![
            Column::new("key", "Budget", Kind::Code).linked("/money/budget/{key}"),
            Column::new("fiscal_year", "Fiscal year", Kind::Code),
            Column::new("name", "Version", Kind::Text),
            Column::new("state", "State", Kind::State).of(BudgetState::ALL.map(BudgetState::word)),
            Column::new("cost", "Cost", Kind::Money),
            Column::new("income", "Income", Kind::Money),
            Column::new("author", "Begun by", Kind::Text),
            Column::new("approved_by", "Approved by", Kind::Text),
        ],
        sql: "select b.key, cast(b.fiscal_year as text) as fiscal_year, b.name, b.state, s.cost, s.income, a.name as author, c.name as approved_by \
              from finance_budgets b join access_people a on a.id = b.author_id \
              left join access_people c on c.id = b.approved_by \
              left join (select budget_id, \
              cast(sum(case when kind = 'cost' then amount else 0 end) as bigint) as cost, \
              cast(sum(case when kind = 'income' then amount else 0 end) as bigint) as income \
              from finance_live_budget_amounts group by budget_id) s on s.budget_id = b.id"
            .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "fiscal_year desc, key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// The amounts of one version, as files bring them in: cost and income are never added up.
pub async fn amounts(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let budget = asked_budget(cx, params.get("key")).await?;
    let list = ListQuery {
        name: "budget-amount",
        caption: format!("Amounts of budget {}", budget.key),
        columns: vec![
            Column::new("budget", "Version", Kind::Code),
            Column::new("period", "Period", Kind::Period),
            Column::new("kind", "Kind", Kind::State).of(kinds()),
            Column::new("pool", "Cost pool", Kind::Code).linked("/money/pools/{pool}"),
            Column::new("cost_centre", "Cost centre", Kind::Code),
            Column::new("cost_element", "Cost element", Kind::Code),
            Column::new("amount", "Amount", Kind::Money),
            Column::new("mapped", "Mapped to", Kind::Code).linked("/money/pools/{mapped}"),
            Column::new("batch", "Import", Kind::Code).hidden(),
            Column::new("file_line", "Line of the file", Kind::Count).hidden(),
        ],
        // A pool that the mapping gave is not one the file named.
        sql: "select b.name as budget, a.period, a.kind, case when a.mapping_rule is null then a.pool_key end as pool, \
              a.cost_centre, a.cost_element, a.amount, case when a.mapping_rule is not null then a.pool_key end as mapped, \
              a.batch_id as batch, a.file_line from finance_live_budget_amounts a \
              join finance_budgets b on b.id = a.budget_id where b.id = $1"
            .into(),
        binds: vec![Bind::from(budget.id.to_string())],
        currency: cx.organisation.currency,
        order: "period, kind, pool nulls last, cost_centre nulls last, cost_element nulls last",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One version against the actuals per pool: `period` (its newest with lines where left out) and the
/// year up to it. `key` may be a fiscal year: then the version in force.
pub async fn show(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let budget = asked_budget(cx, params.get("key")).await?;
    let calendar = cx.organisation.calendar;
    let first = calendar.first_of(budget.fiscal_year);
    let period = asked_period(cx, params, first).await?;
    let rows = repo::against(&mut cx.tx, &budget.id, first, period).await?;
    // Cost and income in one column of totals would be nonsense: then only the effect adds up.
    let one_kind = rows.iter().all(|row| row.income) || rows.iter().all(|row| !row.income);
    let columns = columns(one_kind);
    let rows = rows.iter().map(|row| binds(row, period)).collect();
    let (sql, binds) = inline(&cx.tx, &columns, rows);
    let list = ListQuery {
        name: "budget-line",
        caption: format!(
            "Budget {} ({}) against actual, {}",
            budget.key,
            budget.state.word(),
            calendar.label(period)
        ),
        columns,
        sql,
        binds,
        currency: cx.organisation.currency,
        order: "kind, pool_name nulls last",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

async fn asked_budget(cx: &mut Cx, key: &str) -> Result<Budget, Refused> {
    match key.parse::<i32>() {
        Ok(year) => Ok(repo::in_force(&mut cx.tx, year).await?.ok_or_else(Refusal::not_found)?),
        Err(_) => repo::load(&mut cx.tx, key).await,
    }
}

async fn asked_period(cx: &mut Cx, params: &Params, first: Period) -> Result<Period, Refused> {
    let last = first.plus(11);
    let period = match params.optional("period") {
        Some(text) => text.parse().map_err(|says: String| Refusal::field("period", says))?,
        None => line::newest_period(&mut cx.tx).await?.unwrap_or(last).clamp(first, last),
    };
    if period < first || period > last {
        let says = format!("{period} is not in this budget's year, {first} to {last}.");
        return Err(Refusal::field("period", says).into());
    }
    Ok(period)
}

/// What is budgeted: what is spent, and what comes in.
fn kinds() -> [&'static str; 2] {
    [LineKind::Cost, LineKind::Income].map(LineKind::word)
}

fn columns(one_kind: bool) -> Vec<Column> {
    let money = |key, label| {
        let column = Column::new(key, label, Kind::Money);
        if one_kind { column.summed() } else { column }
    };
    let lines = "/money/lines?period={period}&kind={kind}&pool={pool}";
    vec![
        Column::new("pool_name", "Cost pool", Kind::Text).linked("/money/pools/{pool}"),
        money("month_budget", "Budget, month"),
        money("month_actual", "Actual, month").linked(lines),
        money("month_variance", "Variance, month"),
        Column::new("month_share", "%", Kind::Percent),
        Column::new("month_word", "Month", Kind::State),
        money("year_budget", "Budget, year to date"),
        money("year_actual", "Actual, year to date"),
        money("year_variance", "Variance, year to date"),
        Column::new("year_share", "%", Kind::Percent),
        Column::new("year_word", "Year", Kind::State),
        Column::new("month_effect", "Effect on result, month", Kind::Money).summed().hidden(),
        Column::new("year_effect", "Effect on result, year to date", Kind::Money).summed().hidden(),
        Column::new("kind", "Kind", Kind::State).of(kinds()).hidden(),
        Column::new("pool", "Pool key", Kind::Code).hidden(),
        Column::new("period", "Period", Kind::Period).hidden(),
    ]
}

fn binds(row: &Against, period: Period) -> Vec<Bind> {
    let name = match (&row.pool_name, row.income) {
        (Some(name), _) => name.clone(),
        (None, true) => "Income".to_owned(),
        (None, false) => "Not mapped".to_owned(),
    };
    let month = part(row.month_budget, row.month_actual, row.income);
    let year = part(row.year_budget, row.year_actual, row.income);
    let [month_effect, year_effect] = [&month, &year].map(|part| part[5].clone());
    let mut binds = vec![Bind::from(name)];
    binds.extend(month.into_iter().take(5));
    binds.extend(year.into_iter().take(5));
    binds.extend([
        month_effect,
        year_effect,
        Bind::from(if row.income { "income" } else { "cost" }),
        Bind::from(row.pool.as_deref()),
        Bind::from(period),
    ]);
    binds
}

/// Budget, actual, variance, share, word, effect; no variance where there is none to state.
fn part(budget: Option<i64>, actual: Option<i64>, income: bool) -> [Bind; 6] {
    let variance = compared(budget, actual, income);
    [
        Bind::from(budget),
        Bind::from(actual),
        Bind::from(variance.map(|variance| variance.amount)),
        Bind::from(variance.and_then(|variance| variance.share)),
        Bind::from(variance.map(|variance| variance.word)),
        Bind::from(variance.map(|variance| variance.effect)),
    ]
}
