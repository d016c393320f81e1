//! The only SQL of variances: figures come from `finance`, explanations and the policy are kept here.

use std::collections::BTreeMap;

use access::Cx;
use db::Tx;
use finance::budget::{self, BudgetName, BudgetState};
use kernel::{Fault, FiscalCalendar, Period};

use super::{Cause, Explanation, Policy, State};

/// What stands for all income, and for cost that no pool has.
const INCOME: &str = "income";
const UNMAPPED: &str = "unmapped";

/// One pool's month, or that of all income.
#[derive(Clone, Debug)]
pub struct Row {
    /// Key of the pool, `income` or `unmapped`.
    pub pool: String,
    /// Its name.
    pub name: String,
    /// Of income; else of cost.
    pub income: bool,
    /// Budget, minor units; `None`: nothing was budgeted.
    pub budget: Option<i64>,
    /// Actual, minor units.
    pub actual: Option<i64>,
    /// Why.
    pub explanation: Option<Explanation>,
}

/// The variances of a period against the approved original budget of its year; `None` where there is
/// no such budget.
pub async fn of_period(
    tx: &mut Tx,
    calendar: FiscalCalendar,
    period: Period,
) -> Result<Option<Vec<Row>>, kernel::Refused> {
    let key = BudgetName::Original.key(calendar.year_of(period));
    let budget = match budget::load(tx, &key).await {
        Ok(budget) if budget.state == BudgetState::Approved => budget,
        Ok(_) | Err(kernel::Refused::Refusal(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let mut explanations = explanations(tx, period).await?;
    let compared = budget::against(tx, &budget.id, period, period).await?;
    let rows = compared.into_iter().map(|row| {
        let (pool, name) = match (row.income, row.pool, row.pool_name) {
            (true, ..) => (INCOME.to_owned(), "Income".to_owned()),
            (false, None, _) => (UNMAPPED.to_owned(), "Not mapped".to_owned()),
            (false, Some(pool), name) => (pool.clone(), name.unwrap_or(pool)),
        };
        let explanation = explanations.remove(&pool);
        Row {
            pool,
            name,
            income: row.income,
            budget: row.month_budget,
            actual: row.month_actual,
            explanation,
        }
    });
    Ok(Some(rows.collect()))
}

async fn explanations(tx: &mut Tx, period: Period) -> Result<BTreeMap<String, Explanation>, Fault> {
    let rows =
        tx.query("select * from charging_variances where period = $1 for update").bind(period).rows().await?;
    let told = rows.iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    Ok(told.into_iter().map(|told| (told.pool.clone(), told)).collect())
}

/// What was confirmed of the months from `first` to `last`, oldest first.
pub(super) async fn confirmed(tx: &mut Tx, first: Period, last: Period) -> Result<Vec<Explanation>, Fault> {
    let sql = "select * from charging_variances where state = 'confirmed' and period >= $1 and period <= $2 \
               order by period, pool";
    let rows = tx.query(sql).bind(first).bind(last).rows().await?;
    rows.iter().map(read).collect()
}

/// What pools are called.
pub(super) async fn pool_names(tx: &mut Tx) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.query("select key, name from finance_pools").rows().await?;
    rows.iter().map(|row| Ok((row.get("key")?, row.get("name")?))).collect()
}

fn read(row: &db::Row) -> Result<Explanation, Fault> {
    let (cause, state): (String, String) = (row.get("cause")?, row.get("state")?);
    let unknown = |word: &str| Fault::because(format!("no word of a variance: {word}"));
    Ok(Explanation {
        id: row.get("id")?,
        version: row.get("version")?,
        period: row.get("period")?,
        pool: row.get("pool")?,
        cause: Cause::parse(&cause).ok_or_else(|| unknown(&cause))?,
        text: row.get("note")?,
        amount: row.get("amount")?,
        state: State::parse(&state).ok_or_else(|| unknown(&state))?,
        proposed_by: row.get("proposed_by")?,
        proposed_at: row.get("proposed_at")?,
        confirmed_by: row.get("confirmed_by")?,
        confirmed_at: row.get("confirmed_at")?,
    })
}

/// Stores an explanation under its next version.
pub(super) async fn save(cx: &mut Cx, told: &mut Explanation) -> Result<(), Fault> {
    told.version += 1;
    let sql = "insert into charging_variances (id, version, period, pool, cause, note, amount, state, proposed_by, \
               proposed_at, confirmed_by, confirmed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
               on conflict (id) do update set version = excluded.version, cause = excluded.cause, \
               note = excluded.note, amount = excluded.amount, state = excluded.state, \
               proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at, \
               confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at";
    let query =
        cx.tx.query(sql).bind(told.id.as_str()).bind(told.version).bind(told.period).bind(told.pool.as_str());
    let query =
        query.bind(told.cause.word()).bind(told.text.as_str()).bind(told.amount).bind(told.state.word());
    let query = query.bind(told.proposed_by).bind(told.proposed_at.as_str()).bind(told.confirmed_by);
    query.bind(told.confirmed_at.clone()).execute().await?;
    Ok(())
}

/// The policy of the close, if somebody set one.
pub(super) async fn policy(tx: &mut Tx) -> Result<Option<Policy>, Fault> {
    let sql = "select version, variance_amount, variance_share, variances_block from charging_policy";
    let Some(row) = tx.query(sql).row().await? else { return Ok(None) };
    Ok(Some(Policy {
        version: row.get("version")?,
        amount: row.get("variance_amount")?,
        share: row.get("variance_share")?,
        blocks: row.get("variances_block")?,
    }))
}

/// Stores the one policy.
pub(super) async fn save_policy(cx: &mut Cx, id: &str, policy: &Policy) -> Result<(), Fault> {
    let person = cx.person();
    let sql = "insert into charging_policy (id, version, variance_amount, variance_share, variances_block, set_by) \
               values ($1, $2, $3, $4, $5, $6) on conflict (id) do update set version = excluded.version, \
               variance_amount = excluded.variance_amount, variance_share = excluded.variance_share, \
               variances_block = excluded.variances_block, set_by = excluded.set_by";
    let query = cx.tx.query(sql).bind(id).bind(policy.version).bind(policy.amount).bind(policy.share);
    query.bind(policy.blocks).bind(person).execute().await?;
    Ok(())
}
