//! Lines of a file as they stand there.

use access::Cx;
use db::Tx;
use kernel::{BatchId, Refused};
use sheets::{Reader, Source};

use super::{Batch, repo};
use crate::reading::waiting;

/// A line of a file as it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawLine {
    /// The batch, `B-0231`.
    pub batch: String,
    /// What the file was called.
    pub file: String,
    /// Each cell under its column's name. Empty where the file has no such line.
    pub cells: Vec<(String, String)>,
}

/// One line of a batch's file as it stands there: the end of every trace.
pub async fn raw_line(cx: &mut Cx, batch: BatchId, line: i64) -> Result<Option<RawLine>, Refused> {
    let Some(batch) = repo::find(&mut cx.tx, batch).await? else { return Ok(None) };
    let source = repo::file(&mut cx.tx, &batch.file_digest).await?;
    let profile = batch.profile.clone();
    let (label, file) = (batch.label(), batch.file_name);
    let cells = waiting(move || named_cells(&source, &profile, line)).await?;
    Ok(Some(RawLine { batch: label, file, cells }))
}

fn named_cells(
    source: &Source,
    profile: &sheets::Profile,
    line: i64,
) -> Result<Vec<(String, String)>, Refused> {
    let reader = Reader::open(source, &profile.dialect, &profile.formats)?;
    let names: Vec<String> = reader.columns().iter().map(|column| column.name.clone()).collect();
    let cells = cells_of(source, profile, &[line])?.pop().unwrap_or_default();
    let name = |place: usize| names.get(place).cloned().unwrap_or_else(|| format!("column {}", place + 1));
    Ok(cells.into_iter().enumerate().map(|(place, text)| (name(place), text)).collect())
}

/// The cells of those lines, in their order; empty where there is no such line.
pub(super) async fn texts(tx: &mut Tx, batch: &Batch, lines: Vec<i64>) -> Result<Vec<Vec<String>>, Refused> {
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let source = repo::file(tx, &batch.file_digest).await?;
    let profile = batch.profile.clone();
    waiting(move || cells_of(&source, &profile, &lines)).await
}

fn cells_of(source: &Source, profile: &sheets::Profile, lines: &[i64]) -> Result<Vec<Vec<String>>, Refused> {
    let last = lines.iter().copied().max().and_then(|line| u64::try_from(line).ok()).unwrap_or(0);
    let mut found = std::collections::HashMap::new();
    for raw in Reader::open(source, &profile.dialect, &profile.formats)? {
        let raw = raw?;
        if raw.line > last {
            break;
        }
        if let Some(line) = i64::try_from(raw.line).ok().filter(|line| lines.contains(line)) {
            found.insert(line, raw.cells.iter().map(|cell| cell.text().into_owned()).collect());
        }
    }
    Ok(lines.iter().map(|line| found.remove(line).unwrap_or_default()).collect())
}
