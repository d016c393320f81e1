//! Rejected lines of written batches: open until mended or set aside.

use access::Cx;
use db::{Bind, Tx};
use kernel::{BatchId, Currency, Fault, Money, Period, Refused};

use crate::batch::Batch;
use crate::batch::entity::label;
use crate::lines::Line;
use crate::reading::Figure;
use crate::report::RejectedLine;
use crate::tally::cells;

/// A line that was not.
pub(in crate::batch) struct Rejected {
    pub line: Line,
    pub reason: String,
    pub total: Option<Figure>,
}

/// Stores lines that could not be written.
pub(in crate::batch) async fn store_rejected(
    cx: &mut Cx,
    number: i64,
    rejected: Vec<Rejected>,
) -> Result<(), Refused> {
    let mut rows = Vec::with_capacity(rejected.len());
    for Rejected { line, reason, total } in rejected {
        let cells =
            serde_json::to_string(&cells(&line)).map_err(|error| Fault::new("keeping a line", error))?;
        let at = i64::try_from(line.raw.line).map_err(|error| Fault::new("counting lines", error))?;
        let currency = total.and_then(|figure| figure.currency);
        let amount = currency.and(total).map(|figure| figure.value);
        rows.push(vec![
            number.into(),
            at.into(),
            cells.into(),
            reason.into(),
            Bind::Int(amount),
            Bind::Text(currency.map(|currency| currency.code().to_owned())),
            "open".into(),
        ]);
    }
    let sql = "insert into imports_rejects (batch, line, cells, reason, amount, currency, state)";
    Ok(cx.tx.insert_many(sql, rows).await?)
}

/// Marks open rejected lines of `batch` as mended by `number`: one line, or all.
pub(in crate::batch) async fn mend(
    tx: &mut Tx,
    number: i64,
    batch: BatchId,
    line: Option<i64>,
) -> Result<(), Fault> {
    let sql = "update imports_rejects set state = 'mended', mended_by = $1 where state = 'open' \
               and batch = (select number from imports_batches where id = $2) and ($3 is null or line = $3)";
    tx.query(sql).bind(number).bind(batch).bind(line).execute().await?;
    Ok(())
}

/// Open rejected lines of a batch as they stood in the file.
pub(in crate::batch) async fn open_rejected(tx: &mut Tx, batch: &Batch) -> Result<Vec<RejectedLine>, Fault> {
    let sql =
        "select line, cells, reason from imports_rejects where batch = $1 and state = 'open' order by line";
    let rows = tx.query(sql).bind(batch.number).rows().await?;
    let line = |row: &db::Row| {
        let cells: String = row.get("cells")?;
        let cells =
            serde_json::from_str(&cells).map_err(|error| Fault::new("reading a rejected line", error))?;
        Ok(RejectedLine { line: row.get("line")?, cells, reason: row.get("reason")? })
    };
    rows.iter().map(line).collect()
}

/// Rejected lines nobody has brought in mended or set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRejects {
    /// The batch.
    pub batch: String,
    /// The period it is for, where it is for one.
    pub period: Option<Period>,
    /// How many lines.
    pub lines: i64,
    /// Their amounts per currency, as far as they could be read.
    pub amounts: Vec<Money>,
}

/// Open rejected lines of written batches of that kind, per batch; with `period` only of batches for
/// that period and of those that are for none.
pub async fn open_rejects(
    tx: &mut Tx,
    kind: &str,
    period: Option<Period>,
) -> Result<Vec<OpenRejects>, Fault> {
    let sql = "select b.number, b.period, j.currency, cast(count(*) as bigint) as lines, \
               cast(coalesce(sum(j.amount), 0) as bigint) as amount from imports_rejects j \
               join imports_batches b on b.number = j.batch where j.state = 'open' and b.state = 'written' \
               and b.kind = $1 and ($2 is null or b.period is null or b.period = $2) \
               group by b.number, b.period, j.currency order by b.number, j.currency";
    let rows = tx.query(sql).bind(kind).bind(period).rows().await?;
    let mut open: Vec<OpenRejects> = Vec::new();
    for row in &rows {
        let batch = label(row.get("number")?);
        if open.last().is_none_or(|last| last.batch != batch) {
            open.push(OpenRejects { batch, period: row.get("period")?, lines: 0, amounts: Vec::new() });
        }
        let last = open.last_mut().expect("one was just pushed");
        last.lines += row.get::<i64>("lines")?;
        if let Some(currency) = row.get::<Option<Currency>>("currency")? {
            last.amounts.push(Money::of_minor(row.get("amount")?, currency));
        }
    }
    Ok(open)
}

/// How many rejected lines of a batch are open; of one that does not count, none is.
pub(in crate::batch) async fn open_lines(tx: &mut Tx, number: i64) -> Result<i64, Fault> {
    let sql = "select cast(count(*) as bigint) as n from imports_rejects j join imports_batches b \
               on b.number = j.batch where j.batch = $1 and j.state = 'open' and b.state = 'written'";
    let row = tx.query(sql).bind(number).row().await?;
    row.ok_or_else(|| Fault::because("a count gave no row"))?.get("n")
}

/// What became of rejected lines: how many a later batch brought in mended, and how many were set aside.
pub(in crate::batch) struct Settled {
    pub mended: i64,
    pub mended_by: Vec<String>,
    pub aside: i64,
}

/// What became of the rejected lines of a batch that are not open any more.
pub(in crate::batch) async fn settled(tx: &mut Tx, number: i64) -> Result<Settled, Fault> {
    let sql = "select state, mended_by, cast(count(*) as bigint) as n from imports_rejects \
               where batch = $1 and state <> 'open' group by state, mended_by order by mended_by";
    let mut settled = Settled { mended: 0, mended_by: Vec::new(), aside: 0 };
    let rows = tx.query(sql).bind(number).rows().await?;
    for row in &rows {
        let lines: i64 = row.get("n")?;
        match row.get::<Option<i64>>("mended_by")? {
            Some(by) => {
                settled.mended += lines;
                settled.mended_by.push(label(by));
            }
            None => settled.aside += lines,
        }
    }
    Ok(settled)
}

/// Sets the open rejected lines of a batch aside.
pub(in crate::batch) async fn set_aside(tx: &mut Tx, number: i64) -> Result<(), Fault> {
    let sql = "update imports_rejects set state = 'set aside' where batch = $1 and state = 'open'";
    tx.query(sql).bind(number).execute().await?;
    Ok(())
}
