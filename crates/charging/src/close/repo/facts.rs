//! Facts of a period that no other context hands out: batches, rates, what is open, sums of the run.

use std::collections::BTreeMap;

use db::{Row, Tx};
use kernel::{Currency, Fault, Period, PersonId, RunId};

use crate::close::{Batch, Rate};
use crate::run::is_of_pools;

/// Names of people.
pub(in crate::close) async fn names(tx: &mut Tx) -> Result<BTreeMap<String, String>, Fault> {
    let rows = tx.query("select id, name from access_people").rows().await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}

/// Ledger batches that stand with lines in the period, oldest first.
pub(in crate::close) async fn batches(tx: &mut Tx, period: Period) -> Result<Vec<Batch>, Fault> {
    // The batches of the month first: else PostgreSQL looks through the lines of every batch there is.
    let sql = "with used as materialized (select distinct batch_id from finance_live_lines where period = $1) \
               select b.number, b.control_total, b.mends, b.written_at, p.name \
               from used join imports_batches b on b.id = used.batch_id \
               left join access_people p on p.id = b.written_by where b.kind = 'gl' and b.state = 'written' \
               order by b.number";
    let rows = tx.query(sql).bind(period).rows().await?;
    let read = |row: &Row| {
        let number: i64 = row.get("number")?;
        let who: Option<String> = row.get("name")?;
        let at: Option<String> = row.get("written_at")?;
        Ok(Batch {
            label: format!("B-{number:04}"),
            controlled: row.get::<Option<String>>("control_total")?.is_some(),
            mends: row.get::<Option<String>>("mends")?.is_some(),
            who: (who.unwrap_or_default(), at.unwrap_or_default()),
        })
    };
    rows.iter().map(read).collect()
}

/// Who brought in what the period is counted from: ledger lines, driver quantities and bills.
pub(in crate::close) async fn importers(tx: &mut Tx, period: Period) -> Result<Vec<PersonId>, Fault> {
    let sql = "select b.written_by as person from imports_batches b where b.written_by is not null \
               and (b.id in (select batch_id from finance_live_lines where period = $1) \
               or b.id in (select batch_id from finance_live_quantities where period = $1)) \
               union select imported_by from usage_bills where lands = $1 and state = 'live' order by 1";
    tx.query(sql).bind(period).rows().await?.iter().map(|row| row.get("person")).collect()
}

/// Batches of the driver quantities of month `$1`.
pub(in crate::close) const QUANTITIES: &str =
    "select batch_id from finance_live_quantities where period = $1";
/// Batches of the exchange rates of month `$1`.
pub(in crate::close) const RATES: &str = "select batch_id from finance_live_rates where valid_for = $1";

/// Who wrote the newest of the batches that `of` selects, and when.
pub(in crate::close) async fn newest_import(
    tx: &mut Tx,
    of: &str,
    period: Period,
) -> Result<Option<(String, String)>, Fault> {
    let sql = format!(
        "select p.name, b.written_at from imports_batches b join access_people p on p.id = b.written_by \
         where b.written_at is not null and b.id in ({of}) order by b.written_at desc, b.number desc limit 1"
    );
    let row = tx.query(&sql).bind(period).row().await?;
    row.map(|row| Ok((row.get("name")?, row.get("written_at")?))).transpose()
}

/// Who ran the allocation last.
pub(in crate::close) async fn run_by(tx: &mut Tx, period: Period) -> Result<Option<PersonId>, Fault> {
    let sql = "select run_by from charging_runs where period = $1 and state <> 'reversed'";
    tx.query(sql).bind(period).row().await?.map(|row| row.get("run_by")).transpose()
}

/// Drivers of that month that have a quantity.
pub(in crate::close) async fn measured(tx: &mut Tx, period: Period) -> Result<Vec<String>, Fault> {
    let sql = "select distinct driver_key from finance_live_quantities where period = $1";
    tx.query(sql).bind(period).rows().await?.iter().map(|row| row.get("driver_key")).collect()
}

/// Foreign currencies of lines with the rate used: converted here, or by their source at a rate it names.
pub(in crate::close) async fn rates(tx: &mut Tx, period: Period, base: Currency) -> Result<Vec<Rate>, Fault> {
    let sql = "select distinct original_currency, rate, rate_source from finance_live_lines where period = $1 \
               and original_currency <> $2 and (coalesce(rate_kind, '') <> 'source' or rate is not null) \
               order by original_currency, rate, rate_source";
    let rows = tx.query(sql).bind(period).bind(base.code()).rows().await?;
    let read = |row: &Row| {
        let currency: String = row.get("original_currency")?;
        let (rate, source): (Option<String>, Option<String>) = (row.get("rate")?, row.get("rate_source")?);
        let says = rate.zip(source).map(|(rate, source)| format!("{currency}: {rate} {source}"));
        Ok(Rate { currency, says })
    };
    rows.iter().map(read).collect()
}

/// Cost lines without pool: how many, and how much.
pub(in crate::close) async fn unmapped(tx: &mut Tx, period: Period) -> Result<(i64, i64), Fault> {
    let sql = "select cast(count(*) as bigint) as n, cast(coalesce(sum(amount), 0) as bigint) as amount \
               from finance_live_lines where period = $1 and kind = 'cost' and pool_key is null";
    let row = tx.query(sql).bind(period).row().await?;
    let row = row.ok_or_else(|| Fault::because("a count gave no row"))?;
    Ok((row.get("n")?, row.get("amount")?))
}

/// Statements of the period: issued, and all.
pub(in crate::close) async fn statements(tx: &mut Tx, period: Period) -> Result<(i64, i64), Fault> {
    let sql = "select cast(coalesce(sum(case when state = 'draft' then 0 else 1 end), 0) as bigint) as issued, \
               cast(count(*) as bigint) as n from charging_statements where period = $1";
    let row = tx.query(sql).bind(period).row().await?;
    let row = row.ok_or_else(|| Fault::because("a count gave no row"))?;
    Ok((row.get("issued")?, row.get("n")?))
}

/// Sums of a run, minor units.
#[derive(Clone, Debug, Default)]
pub(in crate::close) struct Sums {
    /// Customer and what it carries.
    pub customers: BTreeMap<String, i64>,
    /// Residuals by whether they stay at a pool, and by its or the service's key.
    pub residuals: BTreeMap<(bool, String), i64>,
    /// Pool of origin and what came of it.
    pub pools: BTreeMap<String, i64>,
}

/// What a run gave to customers, kept, and took from pools.
pub(in crate::close) async fn sums(tx: &mut Tx, run: RunId) -> Result<Sums, Fault> {
    let mut sums = Sums::default();
    let sql = "select receiver, origin, cast(sum(amount) as bigint) as amount from charging_shares \
               where run_id = $1 and receiver_kind = 'customer' group by receiver, origin";
    for row in tx.query(sql).bind(run).rows().await? {
        let (customer, pool, amount) = (row.get("receiver")?, row.get("origin")?, row.get::<i64>("amount")?);
        *sums.customers.entry(customer).or_default() += amount;
        *sums.pools.entry(pool).or_default() += amount;
    }
    let sql = "select stage, node, origin, cast(sum(amount) as bigint) as amount from charging_residuals \
               where run_id = $1 group by stage, node, origin";
    for row in tx.query(sql).bind(run).rows().await? {
        let node = (is_of_pools(&row.get::<String>("stage")?), row.get("node")?);
        let (pool, amount): (String, i64) = (row.get("origin")?, row.get("amount")?);
        *sums.residuals.entry(node).or_default() += amount;
        *sums.pools.entry(pool).or_default() += amount;
    }
    Ok(sums)
}

/// Makes a run `final`, or a `draft` again, under its next version.
pub(in crate::close) async fn turn(tx: &mut Tx, run: RunId, state: &str) -> Result<(), Fault> {
    let sql = "update charging_runs set state = $2, version = version + 1 where id = $1";
    tx.query(sql).bind(run).bind(state).execute().await?;
    Ok(())
}
