//! The only SQL of periods.

use access::Cx;
use db::{Row, Tx};
use kernel::{Fault, Period, Refusal, Refused};

use super::error::NOT_OPEN;
use super::{FiscalPeriod, PeriodState, Periods};

const COLUMNS: &str = "id, version, period, fiscal_year, state, locked";

/// The period, if it is known.
pub async fn find(tx: &mut Tx, period: Period) -> Result<Option<FiscalPeriod>, Fault> {
    let sql = format!("select {COLUMNS} from finance_periods where period = $1 for update");
    tx.query(&sql).bind(period).row().await?.as_ref().map(read).transpose()
}

/// The period; not found where it is unknown or no month.
pub async fn load(tx: &mut Tx, period: &str) -> Result<FiscalPeriod, Refused> {
    let period: Period = period.parse().map_err(|_| Refusal::not_found())?;
    Ok(find(tx, period).await?.ok_or_else(Refusal::not_found)?)
}

/// The states of all periods.
pub async fn states(tx: &mut Tx) -> Result<Periods, Fault> {
    let rows = tx.query("select period, state from finance_periods order by period").rows().await?;
    let known = rows.iter().map(|row| Ok((row.get("period")?, state_of(row)?)));
    Ok(Periods(known.collect::<Result<_, Fault>>()?))
}

/// Refuses unless `period` takes facts; holds its row until the transaction ends, so that it is not
/// closed meanwhile.
pub async fn require_open(tx: &mut Tx, period: Period) -> Result<(), Refused> {
    match find(tx, period).await?.map(|found| found.state) {
        Some(state) if state.takes_facts() => Ok(()),
        other => {
            let word = other.map_or("not open yet", PeriodState::word);
            Err(NOT_OPEN.with(&[&period.label(), word]).into())
        }
    }
}

fn state_of(row: &Row) -> Result<PeriodState, Fault> {
    let word: String = row.get("state")?;
    PeriodState::parse(&word).ok_or_else(|| Fault::because(format!("no state of a period: {word}")))
}

fn read(row: &Row) -> Result<FiscalPeriod, Fault> {
    let year: i64 = row.get("fiscal_year")?;
    Ok(FiscalPeriod {
        id: row.get("id")?,
        version: row.get("version")?,
        period: row.get("period")?,
        fiscal_year: i32::try_from(year).map_err(|error| Fault::new("reading a fiscal year", error))?,
        state: state_of(row)?,
        locked: row.get("locked")?,
    })
}

/// Stores a new period.
pub(super) async fn insert(cx: &mut Cx, period: &FiscalPeriod) -> Result<(), Fault> {
    let sql = "insert into finance_periods (id, version, period, fiscal_year, state, locked) \
               values ($1, $2, $3, $4, $5, $6)";
    let query = cx.tx.query(sql).bind(period.id.as_str()).bind(period.version).bind(period.period);
    let query = query.bind(period.fiscal_year).bind(period.state.word()).bind(period.locked);
    query.execute().await?;
    Ok(())
}

/// Stores a changed period under its next version.
pub(super) async fn update(cx: &mut Cx, period: &mut FiscalPeriod) -> Result<(), Fault> {
    period.version += 1;
    let sql = "update finance_periods set version = $2, state = $3, locked = $4 where id = $1";
    let query = cx.tx.query(sql).bind(period.id.as_str()).bind(period.version).bind(period.state.word());
    query.bind(period.locked).execute().await?;
    Ok(())
}
