//! The only SQL of budgets.

use std::collections::BTreeMap;

use access::Cx;
use db::{Bind, DbError, Row, Tx};
use kernel::{BatchId, Fault, Period, Refusal, Refused};

use super::error::KEY_TAKEN;
use super::read::CellKey;
use super::{Budget, BudgetName, BudgetState};

const COLUMNS: &str = "id, version, key, fiscal_year, name, state, author_id, submitted_by, approved_by";

/// The version of that key: `2027-original`.
pub async fn load(tx: &mut Tx, key: &str) -> Result<Budget, Refused> {
    Ok(find(tx, key).await?.ok_or_else(Refusal::not_found)?)
}

/// The version of that key, if there is one.
pub(super) async fn find(tx: &mut Tx, key: &str) -> Result<Option<Budget>, Fault> {
    let sql = format!("select {COLUMNS} from finance_budgets where key = $1 for update");
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

/// All versions of all years.
pub(super) async fn all(tx: &mut Tx) -> Result<Vec<Budget>, Fault> {
    let sql = format!("select {COLUMNS} from finance_budgets order by key");
    tx.query(&sql).rows().await?.iter().map(read).collect()
}

/// The version a year is held against: revised where approved, else original where approved; until
/// then the same order of what is not approved yet (*provisional*).
pub async fn in_force(tx: &mut Tx, fiscal_year: i32) -> Result<Option<Budget>, Fault> {
    let sql = format!(
        "select {COLUMNS} from finance_budgets where fiscal_year = $1 and name in ('original', 'revised') \
         order by case when state = 'approved' then 0 else 1 end, case when name = 'revised' then 0 else 1 end limit 1"
    );
    tx.query(&sql).bind(fiscal_year).row().await?.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Budget, Fault> {
    let (name, state): (String, String) = (row.get("name")?, row.get("state")?);
    let year: i64 = row.get("fiscal_year")?;
    Ok(Budget {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        fiscal_year: i32::try_from(year).map_err(|error| Fault::new("reading a fiscal year", error))?,
        name: BudgetName::parse(&name)
            .ok_or_else(|| Fault::because(format!("no version of a budget: {name}")))?,
        state: BudgetState::parse(&state)
            .ok_or_else(|| Fault::because(format!("no state of a budget: {state}")))?,
        author: row.get("author_id")?,
        submitted_by: row.get("submitted_by")?,
        approved_by: row.get("approved_by")?,
    })
}

/// Stores a new version.
pub(super) async fn insert(cx: &mut Cx, budget: &Budget) -> Result<(), Refused> {
    let sql = "insert into finance_budgets (id, version, key, fiscal_year, name, state, author_id) \
               values ($1, $2, $3, $4, $5, $6, $7)";
    let query = cx.tx.query(sql).bind(budget.id.as_str()).bind(budget.version).bind(budget.key.as_str());
    let query = query.bind(budget.fiscal_year).bind(budget.name.words()).bind(budget.state.word());
    match query.bind(budget.author).execute().await {
        Err(DbError::Unique(_)) => Err(KEY_TAKEN.with(&[&budget.key]).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed version under its next number.
pub(super) async fn update(cx: &mut Cx, budget: &mut Budget) -> Result<(), Fault> {
    budget.version += 1;
    let sql = "update finance_budgets set version = $2, state = $3, submitted_by = $4, approved_by = $5 where id = $1";
    let query = cx.tx.query(sql).bind(budget.id.as_str()).bind(budget.version).bind(budget.state.word());
    query.bind(budget.submitted_by).bind(budget.approved_by).execute().await?;
    Ok(())
}

/// An amount that stands.
#[derive(Clone, Debug)]
pub(super) struct Standing {
    pub id: String,
    pub batch: BatchId,
    pub amount: i64,
}

/// The amounts that stand, by cell. A pool that the mapping gave is not part of the
/// cell.
pub(super) async fn cells(tx: &mut Tx, budget_id: &str) -> Result<BTreeMap<CellKey, Standing>, Fault> {
    let sql = "select id, batch_id, period, kind, case when mapping_rule is null then pool_key end as pool, cost_centre, \
               cost_element, amount from finance_live_budget_amounts where budget_id = $1";
    let rows = tx.query(sql).bind(budget_id).rows().await?;
    let read = |row: &Row| {
        let kind: String = row.get("kind")?;
        let cell = CellKey {
            period: row.get("period")?,
            income: kind == "income",
            pool: row.get("pool")?,
            cost_centre: row.get("cost_centre")?,
            cost_element: row.get("cost_element")?,
        };
        Ok((cell, Standing { id: row.get("id")?, batch: row.get("batch_id")?, amount: row.get("amount")? }))
    };
    rows.iter().map(read).collect()
}

/// Stores an amount of a batch's line; `replaces` is the one that stood there.
pub(super) struct NewAmount<'a> {
    pub budget_id: &'a str,
    pub file_line: i64,
    pub cell: &'a CellKey,
    pub amount: i64,
    pub replaces: Option<&'a str>,
}

/// Stores amounts; their ids in order.
pub(super) async fn insert_amounts(
    cx: &mut Cx,
    batch: BatchId,
    amounts: &[NewAmount<'_>],
) -> Result<Vec<String>, Fault> {
    let person = cx.person();
    let (mut ids, mut rows) = (Vec::with_capacity(amounts.len()), Vec::with_capacity(amounts.len()));
    for new in amounts {
        if let Some(replaced) = new.replaces {
            let sql = "update finance_budget_amounts set superseded_by = $2 where id = $1";
            cx.tx.query(sql).bind(replaced).bind(batch).execute().await?;
        }
        let id = cx.uuid().to_string();
        rows.push(vec![
            Bind::from(id.as_str()),
            Bind::from(new.budget_id),
            Bind::from(batch),
            Bind::from(new.file_line),
            Bind::from(person),
            Bind::from(new.cell.period),
            Bind::from(if new.cell.income { "income" } else { "cost" }),
            Bind::from(new.cell.pool.as_deref()),
            Bind::from(new.cell.cost_centre.as_deref()),
            Bind::from(new.cell.cost_element.as_deref()),
            Bind::from(new.amount),
            Bind::from(false),
        ]);
        ids.push(id);
    }
    let sql = "insert into finance_budget_amounts (id, budget_id, batch_id, file_line, raised_by, period, kind, \
               pool_key, cost_centre, cost_element, amount, reverted)";
    cx.tx.insert_many(sql, rows).await?;
    Ok(ids)
}

/// The versions a batch has amounts in.
pub(super) async fn touched(tx: &mut Tx, batch: BatchId) -> Result<Vec<Budget>, Fault> {
    let sql = format!(
        "select {COLUMNS} from finance_budgets b \
         where exists (select 1 from finance_budget_amounts a where a.budget_id = b.id and a.batch_id = $1) order by key"
    );
    tx.query(&sql).bind(batch).rows().await?.iter().map(read).collect()
}

/// Takes a batch's amounts away; those they took the place of stand again.
pub(super) async fn revert(tx: &mut Tx, batch: BatchId) -> Result<(), Fault> {
    let sql = "update finance_budget_amounts set reverted = $2 where batch_id = $1";
    tx.query(sql).bind(batch).bind(true).execute().await?;
    let sql = "update finance_budget_amounts set superseded_by = null where superseded_by = $1";
    tx.query(sql).bind(batch).execute().await?;
    Ok(())
}

/// How many amounts stand, and how many of them `person` entered.
pub(super) async fn raised(
    tx: &mut Tx,
    budget_id: &str,
    person: kernel::PersonId,
) -> Result<(i64, i64), Fault> {
    let sql = "select cast(count(*) as bigint) as amounts, \
               cast(coalesce(sum(case when raised_by = $2 then 1 else 0 end), 0) as bigint) as own \
               from finance_live_budget_amounts where budget_id = $1";
    let row = tx.query(sql).bind(budget_id).bind(person).row().await?;
    let row = row.ok_or_else(|| Fault::because("a count gave no row"))?;
    Ok((row.get("amounts")?, row.get("own")?))
}

/// Budget and actual of one pool (or of all income) in a month and in the year to date; minor units,
/// more cost and more income both positive. `None`: no data, which is not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// Of income; else of cost.
    pub income: bool,
    /// The pool; `None` for income and for what is not mapped.
    pub pool: Option<String>,
    /// The pool's name.
    pub pool_name: Option<String>,
    /// Budget of the month.
    pub month_budget: Option<i64>,
    /// Actual of the month.
    pub month_actual: Option<i64>,
    /// Budget of the year up to the month.
    pub year_budget: Option<i64>,
    /// Actual of the year up to the month.
    pub year_actual: Option<i64>,
}

/// A budget version against the actuals, for `period` and for `first` … `period`.
pub async fn against(
    tx: &mut Tx,
    budget_id: &str,
    first: Period,
    period: Period,
) -> Result<Vec<Against>, Fault> {
    let sql = "select s.kind, s.pool, p.name as pool_name, \
               cast(sum(case when s.period = $3 then s.budget end) as bigint) as month_budget, \
               cast(sum(case when s.period = $3 then s.actual end) as bigint) as month_actual, \
               cast(sum(s.budget) as bigint) as year_budget, cast(sum(s.actual) as bigint) as year_actual from ( \
               select kind, pool_key as pool, period, sum(amount) as budget, null as actual \
               from finance_live_budget_amounts where budget_id = $1 and period >= $2 and period <= $3 \
               group by kind, pool_key, period \
               union all \
               select kind, case when kind = 'cost' then pool_key end as pool, period, null as budget, \
               case when kind = 'income' then -amount else amount end as actual from ( \
               select period, kind, pool_key, sum(amount) as amount from finance_live_lines \
               where period >= $2 and period <= $3 and kind in ('cost', 'income') \
               group by period, kind, pool_key) lines) s \
               left join finance_pools p on p.key = s.pool \
               group by s.kind, s.pool, p.name order by s.kind, s.pool nulls last";
    let rows = tx.query(sql).bind(budget_id).bind(first).bind(period).rows().await?;
    let read = |row: &Row| {
        let kind: String = row.get("kind")?;
        Ok(Against {
            income: kind == "income",
            pool: row.get("pool")?,
            pool_name: row.get("pool_name")?,
            month_budget: row.get("month_budget")?,
            month_actual: row.get("month_actual")?,
            year_budget: row.get("year_budget")?,
            year_actual: row.get("year_actual")?,
        })
    };
    rows.iter().map(read).collect()
}
