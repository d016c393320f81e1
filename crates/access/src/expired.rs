//! What has had its time: sessions and one-time links that ended, and answers kept for retries.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use db::Tx;
use kernel::Fault;

/// How long an answer is kept for whoever sends the same request again: 30 days. A client that tries
/// again tries within minutes; a month also serves one that was switched off over its holidays.
pub const KEPT: TimeDelta = TimeDelta::days(30);

/// How many rows were removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// Sessions that ended.
    pub sessions: i64,
    /// One-time links too old to be used.
    pub invitations: i64,
    /// Answers kept for retries.
    pub retries: i64,
}

/// Removes all of it.
pub async fn remove(tx: &mut Tx, now: DateTime<Utc>) -> Result<Removed, Fault> {
    let at = |moment: DateTime<Utc>| moment.to_rfc3339_opts(SecondsFormat::Millis, true);
    Ok(Removed {
        sessions: count(tx, "delete from access_sessions where expires_at <= $1", at(now)).await?,
        invitations: count(tx, "delete from access_invitations where expires_at <= $1", at(now)).await?,
        retries: count(tx, "delete from access_idempotency where claimed_at <= $1", at(now - KEPT)).await?,
    })
}

async fn count(tx: &mut Tx, sql: &str, until: String) -> Result<i64, Fault> {
    let removed = tx.query(sql).bind(until).execute().await?;
    i64::try_from(removed).map_err(|error| Fault::new("counting what was removed", error))
}
