//! The only SQL of closed months.

use chrono::NaiveDate;
use db::Tx;
use kernel::{Fault, Period};

/// The first and the last closed month from that day's on.
pub(super) async fn closed_from(tx: &mut Tx, from: NaiveDate) -> Result<Option<(Period, Period)>, Fault> {
    let sql =
        "select min(period) as first, max(period) as last from portfolio_closed_months where period >= $1";
    let row = tx.query(sql).bind(Period::of(from)).row().await?;
    let row = row.ok_or_else(|| Fault::because("min gave no row"))?;
    let month = |column: &str| row.get::<Option<Period>>(column);
    Ok(month("first")?.zip(month("last")?))
}
