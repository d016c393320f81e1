//! Files kept, and the reports of checks.

use db::Tx;
use kernel::Fault;
use sheets::Source;

use crate::Report;

/// Keeps a file; the same bytes are kept once.
pub(in crate::batch) async fn keep_file(tx: &mut Tx, digest: &str, bytes: &[u8]) -> Result<(), Fault> {
    let known = tx.query("select digest from imports_files where digest = $1").bind(digest).row().await?;
    if known.is_some() {
        return Ok(());
    }
    let size = i64::try_from(bytes.len()).map_err(|error| Fault::new("measuring a file", error))?;
    let sql = "insert into imports_files (digest, size, content) values ($1, $2, $3) on conflict (digest) do nothing";
    tx.query(sql).bind(digest).bind(size).bind(bytes.to_vec()).execute().await?;
    Ok(())
}

/// The file of that digest.
pub(crate) async fn file(tx: &mut Tx, digest: &str) -> Result<Source, Fault> {
    let row = tx.query("select content from imports_files where digest = $1").bind(digest).row().await?;
    let row = row.ok_or_else(|| Fault::because(format!("the file {digest} is not kept")))?;
    Ok(Source::of_bytes(row.get::<Vec<u8>>("content")?))
}

/// Keeps the report of the last check.
pub(in crate::batch) async fn keep_report(tx: &mut Tx, number: i64, report: &Report) -> Result<(), Fault> {
    let text = serde_json::to_string(report).map_err(|error| Fault::new("keeping a report", error))?;
    let sql = "insert into imports_reports (batch, report) values ($1, $2) \
               on conflict (batch) do update set report = excluded.report";
    tx.query(sql).bind(number).bind(text).execute().await?;
    Ok(())
}

/// The report of the last check, if it was checked.
pub(in crate::batch) async fn report(tx: &mut Tx, number: i64) -> Result<Option<Report>, Fault> {
    let row = tx.query("select report from imports_reports where batch = $1").bind(number).row().await?;
    let Some(row) = row else { return Ok(None) };
    let text: String = row.get("report")?;
    serde_json::from_str(&text).map(Some).map_err(|error| Fault::new("reading a report", error))
}
