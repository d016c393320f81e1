//! Lines written: one row each, for knowing them again.

use std::collections::HashMap;

use access::Cx;
use db::{Bind, Row as DbRow, Tx};
use kernel::{BatchId, Fault, Refused};

use super::known::{self, Standing};
use super::rejects::mend;
use crate::WrittenRow;
use crate::batch::pass::Writing;

/// A line that was written.
pub(in crate::batch) struct Taken {
    pub line: i64,
    pub content: String,
    pub occurrence: i64,
    pub identity: Option<String>,
    pub changes: bool,
    pub replaces: Option<Standing>,
    /// The rejected line of an earlier batch it brings in mended.
    pub mends: Option<i64>,
}

/// Stores lines the target has written, with the records it gave for them.
pub(in crate::batch) async fn store_taken(
    cx: &mut Cx,
    writing: &Writing<'_>,
    taken: Vec<Taken>,
    records: Vec<Option<String>>,
) -> Result<(), Refused> {
    if records.len() != taken.len() {
        let says =
            format!("{} gave {} records for {} rows", writing.exchange.kind, records.len(), taken.len());
        return Err(Fault::because(says).into());
    }
    let mut highest = HashMap::new();
    if writing.choices.add_known {
        let contents = taken.iter().map(|line| line.content.as_str());
        highest = known::highest(&mut cx.tx, writing.exchange.kind, contents).await?;
    }
    undo(cx, writing, &taken).await?;
    let rows = taken.into_iter().zip(records).map(|(line, record)| {
        // Written once more: it comes after every equal line that stands.
        let before = highest.get(&line.content).copied().unwrap_or(0);
        let replaces = line.replaces.map(|there| (there.number, there.row.line)).unzip();
        vec![
            writing.number.into(),
            line.line.into(),
            line.content.into(),
            (before + line.occurrence).into(),
            line.identity.into(),
            record.into(),
            line.changes.into(),
            Bind::Int(replaces.0),
            Bind::Int(replaces.1),
        ]
    });
    let sql = "insert into imports_rows \
               (batch, line, content, occurrence, identity, record, changes, replaces_batch, replaces_line)";
    Ok(cx.tx.insert_many(sql, rows.collect()).await?)
}

/// What taken lines do to earlier ones: those they replace no longer stand, those they mend are closed.
async fn undo(cx: &mut Cx, writing: &Writing<'_>, taken: &[Taken]) -> Result<(), Fault> {
    for line in taken {
        if let Some(there) = &line.replaces {
            let sql = "update imports_rows set replaced_by = $1 where batch = $2 and line = $3";
            cx.tx.query(sql).bind(writing.number).bind(there.number).bind(there.row.line).execute().await?;
        }
        if let (Some(batch), Some(rejected)) = (writing.mends, line.mends) {
            mend(&mut cx.tx, writing.number, batch, Some(rejected)).await?;
        }
    }
    Ok(())
}

/// A line of a written batch, as its target needs it to take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenLine {
    /// Its line in the file.
    pub line: i64,
    /// What the target returned for it.
    pub record: Option<String>,
    /// Whether it changed a record that was there.
    pub changes: bool,
    /// The line whose place it took.
    pub replaces: Option<WrittenRow>,
}

/// Lines a batch wrote, after line `after`, at most `limit`; oldest first.
pub async fn written_lines(
    tx: &mut Tx,
    batch: BatchId,
    after: i64,
    limit: i64,
) -> Result<Vec<WrittenLine>, Fault> {
    let sql = "select r.line, r.record, r.changes, o.id as old_batch, r.replaces_line, old.record as old_record \
               from imports_batches b join imports_rows r on r.batch = b.number \
               left join imports_batches o on o.number = r.replaces_batch \
               left join imports_rows old on old.batch = r.replaces_batch and old.line = r.replaces_line \
               where b.id = $1 and r.line > $2 order by r.line limit $3";
    tx.query(sql).bind(batch).bind(after).bind(limit).rows().await?.iter().map(read).collect()
}

fn read(row: &DbRow) -> Result<WrittenLine, Fault> {
    let old: Option<BatchId> = row.get("old_batch")?;
    let line: Option<i64> = row.get("replaces_line")?;
    let record: Option<String> = row.get("old_record")?;
    let replaces = old.zip(line).map(|(batch, line)| WrittenRow { batch, line, record });
    Ok(WrittenLine {
        line: row.get("line")?,
        record: row.get("record")?,
        changes: row.get("changes")?,
        replaces,
    })
}

/// The later batch that replaced a line of this one, if one did and stands.
pub(in crate::batch) async fn replaced_by(tx: &mut Tx, number: i64) -> Result<Option<i64>, Fault> {
    let sql = "select max(replaced_by) as later from imports_rows where batch = $1";
    let row = tx.query(sql).bind(number).row().await?;
    row.ok_or_else(|| Fault::because("a maximum gave no row"))?.get("later")
}

/// Undoes what a batch did to the lines and rejects of others.
pub(in crate::batch) async fn let_go(tx: &mut Tx, number: i64) -> Result<(), Fault> {
    let sql = "update imports_rows set replaced_by = null where replaced_by = $1 and batch in \
               (select replaces_batch from imports_rows where batch = $1)";
    tx.query(sql).bind(number).execute().await?;
    let sql = "update imports_rejects set state = 'open', mended_by = null where mended_by = $1";
    tx.query(sql).bind(number).execute().await?;
    Ok(())
}
