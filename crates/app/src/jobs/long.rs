//! What is too long to wait for: such a form becomes a job, so that the page can say how far it is.

use access::{Command, Params};
use db::Tx;
use kernel::Refused;
use serde_json::Value;

use super::repo;

/// The largest import done while the browser waits. 5,000 ledger lines (300 kB) were checked in 0.3 s
/// and written in 0.9 s on SQLite, 20,000 (1.2 MB) in 0.8 s and 4.2 s (release build, two cores).
const LINES: i64 = 5_000;
const BYTES: i64 = 300_000;

/// The largest ledger of a month that is allocated while the browser waits: 213,000 lines took 0.6 s.
const LEDGER_LINES: i64 = 250_000;

/// Whether the command, asked for by a form, is better done as a job.
pub async fn is_long(tx: &mut Tx, command: &Command, params: &Params, body: &Value) -> Result<bool, Refused> {
    match command.name {
        "import check" | "import write" => {
            let batch = imports::batch::load(tx, params.get("number")).await?;
            let file = repo::file_of(tx, batch.number).await?;
            Ok(file.is_some_and(|(bytes, lines)| bytes > BYTES || lines > LINES))
        }
        "allocate run" => {
            let period = body.get("period").and_then(Value::as_str).unwrap_or("");
            Ok(repo::lines_of(tx, period.trim()).await? > LEDGER_LINES)
        }
        _ => Ok(false),
    }
}
