//! Values of lines written before, read again from the files they came in: a batch keeps its file and
//! how it was read, so no value is kept twice.

use std::collections::{BTreeMap, HashMap};

use access::Cx;
use kernel::{BatchId, Fault, Refused};
use sheets::Reader;

use super::repo;
use crate::lines::Job;
use crate::reading::{Reading, waiting};
use crate::{Row, Target, WrittenRow};

/// Values of written lines, read again from the files they came in.
pub(super) async fn of(
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
