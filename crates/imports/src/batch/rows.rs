//! The only SQL of single lines: what was written, what was rejected.

use std::collections::{BTreeMap, HashMap};

use access::Cx;
use db::{Bind, Row as DbRow, Tx};
use kernel::{BatchId, Fault, Refused};
use sha2::{Digest, Sha256};
use sheets::Reader;

use super::known::{self, Standing};
use super::pass::Writing;
use super::repo;
use crate::lines::{Job, Line};
use crate::reading::{Figure, Reading, waiting};
use crate::tally::cells;
use crate::{Row, Target, WrittenRow};

/// A line that was written.
pub(super) struct Taken {
    pub line: i64,
    pub content: String,
    pub occurrence: i64,
    pub identity: Option<String>,
    pub changes: bool,
    pub replaces: Option<Standing>,
    /// The rejected line of an earlier batch it brings in mended.
    pub mends: Option<i64>,
}

/// A line that was not.
pub(super) struct Rejected {
    pub line: Line,
    pub reason: String,
    pub total: Option<Figure>,
}

/// Digest over contents in their order.
#[derive(Default)]
pub(super) struct Contents(Sha256);

impl Contents {
    pub(super) fn add(&mut self, content: &str) {
        self.0.update(content.as_bytes());
    }

    pub(super) fn finish(self) -> String {
        self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Stores lines the target has written, with the records it gave for them.
pub(super) async fn store(
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
    for line in &taken {
        if let Some(there) = &line.replaces {
            let sql = "update imports_rows set replaced_by = $1 where batch = $2 and line = $3";
            cx.tx.query(sql).bind(writing.number).bind(there.number).bind(there.row.line).execute().await?;
        }
        if let (Some(batch), Some(rejected)) = (writing.mends, line.mends) {
            mend(&mut cx.tx, writing.number, batch, Some(rejected)).await?;
        }
    }
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

/// Marks open rejected lines of `batch` as mended by `number`: one line, or all.
pub(super) async fn mend(tx: &mut Tx, number: i64, batch: BatchId, line: Option<i64>) -> Result<(), Fault> {
    let sql = "update imports_rejects set state = 'mended', mended_by = $1 where state = 'open' \
               and batch = (select number from imports_batches where id = $2) and ($3 is null or line = $3)";
    tx.query(sql).bind(number).bind(batch).bind(line).execute().await?;
    Ok(())
}

/// Stores lines that could not be written.
pub(super) async fn store_rejected(cx: &mut Cx, number: i64, rejected: Vec<Rejected>) -> Result<(), Refused> {
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

/// Values of written lines, read again from the files they came in.
pub(super) async fn values(
    cx: &mut Cx,
    target: &'static Target,
    wanted: &[WrittenRow],
) -> Result<HashMap<(BatchId, i64), Row>, Refused> {
    let mut by_batch: BTreeMap<BatchId, Vec<i64>> = BTreeMap::new();
    for row in wanted {
        by_batch.entry(row.batch).or_default().push(row.line);
    }
    let mut values = HashMap::new();
    for (id, lines) in by_batch {
        let batch =
            repo::find(&mut cx.tx, id).await?.ok_or_else(|| Fault::because("a written line has no batch"))?;
        let source = repo::file(&mut cx.tx, &batch.file_digest).await?;
        let job = Job { target, source, profile: batch.profile, reporting: cx.organisation.currency };
        let rows = waiting(move || pick(&job, &lines)).await?;
        values.extend(rows.into_iter().map(|row| ((id, row.line), row)));
    }
    Ok(values)
}

fn pick(job: &Job, lines: &[i64]) -> Result<Vec<Row>, Refused> {
    let mut reader = Reader::open(&job.source, &job.profile.dialect, &job.profile.formats)?;
    let reading = Reading::new(job.target, job.profile.bind(reader.columns())?, job.reporting)?;
    let mut rows = Vec::new();
    for raw in &mut reader {
        let raw = raw?;
        if lines.iter().any(|line| u64::try_from(*line) == Ok(raw.line))
            && let Ok(row) = reading.typed(&raw).row
        {
            rows.push(row);
        }
    }
    Ok(rows)
}
