//! Which lines stand: written by a batch that is not reverted, and not replaced by a later line.

use std::collections::{HashMap, HashSet};

use db::{Query, Row, Tx};
use kernel::Fault;

use crate::WrittenRow;
use crate::batch::entity::label;

/// A line that stands, with the label of its batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub row: WrittenRow,
    pub label: String,
    pub number: i64,
}

/// `cross join` keeps SQLite from starting at the batches, which would read all their rows.
const STANDS: &str = "from imports_rows r cross join imports_batches b where b.number = r.batch \
                      and b.kind = $1 and b.state = 'written' and r.replaced_by is null";

/// Of these contents, those that stand with their occurrences. The lines of a batch that is being
/// written do not count: it is not yet in state written.
pub(in crate::batch) async fn standing(
    tx: &mut Tx,
    kind: &str,
    contents: impl Iterator<Item = &str>,
) -> Result<HashSet<(String, i64)>, Fault> {
    let rows = among(tx, "r.content, r.occurrence", "r.content", kind, contents).await?;
    rows.iter().map(|row| Ok((row.get("content")?, row.get("occurrence")?))).collect()
}

/// Of these identities, those of which exactly one line stands.
pub(in crate::batch) async fn standing_named(
    tx: &mut Tx,
    kind: &str,
    identities: impl Iterator<Item = &str>,
) -> Result<HashMap<String, Standing>, Fault> {
    let rows = among(tx, &format!("r.identity, {STANDING}"), "r.identity", kind, identities).await?;
    let mut found: HashMap<String, Option<Standing>> = HashMap::new();
    for row in &rows {
        let standing = read_standing(row)?;
        found.entry(row.get("identity")?).and_modify(|twice| *twice = None).or_insert(Some(standing));
    }
    Ok(found.into_iter().filter_map(|(identity, standing)| Some((identity, standing?))).collect())
}

const STANDING: &str = "r.line, r.record, b.id, b.number";

/// The line a target found by the id a file names.
pub(in crate::batch) async fn standing_at(tx: &mut Tx, row: WrittenRow) -> Result<Standing, Fault> {
    let batch = super::find(tx, row.batch).await?;
    let number = batch.ok_or_else(|| Fault::because("a written line has no batch"))?.number;
    Ok(Standing { row, label: label(number), number })
}

fn read_standing(row: &Row) -> Result<Standing, Fault> {
    let number: i64 = row.get("number")?;
    let written = WrittenRow { batch: row.get("id")?, line: row.get("line")?, record: row.get("record")? };
    Ok(Standing { row: written, label: label(number), number })
}

/// The highest occurrence of these contents that stands, for lines added once more.
pub(super) async fn highest(
    tx: &mut Tx,
    kind: &str,
    contents: impl Iterator<Item = &str>,
) -> Result<HashMap<String, i64>, Fault> {
    let rows = among(tx, "r.content, r.occurrence", "r.content", kind, contents).await?;
    let mut highest = HashMap::new();
    for row in &rows {
        let count: &mut i64 = highest.entry(row.get("content")?).or_default();
        *count = (*count).max(row.get("occurrence")?);
    }
    Ok(highest)
}

async fn among(
    tx: &mut Tx,
    columns: &str,
    column: &str,
    kind: &str,
    values: impl Iterator<Item = &str>,
) -> Result<Vec<Row>, Fault> {
    let values: HashSet<&str> = values.collect();
    if values.is_empty() {
        return Ok(Vec::new());
    }
    let blanks: Vec<String> = (2..values.len() + 2).map(|n| format!("${n}")).collect();
    let sql = format!("select {columns} {STANDS} and {column} in ({})", blanks.join(", "));
    let query = values.into_iter().fold(tx.query(&sql).bind(kind), Query::bind);
    Ok(query.rows().await?)
}
