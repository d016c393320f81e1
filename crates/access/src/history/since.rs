//! When a record was told of, and whether anything was told since its last event: cheap to ask, where looking at
//! what it might have moved is not.

use db::Tx;
use kernel::Fault;

use crate::Noun;

/// When a record was first told of, and when last.
pub async fn span(tx: &mut Tx, noun: &Noun, id: &str) -> Result<Option<(String, String)>, Fault> {
    let sql =
        "select min(at) as first, max(at) as last from access_history where noun = $1 and record_id = $2";
    let row = tx.query(sql).bind(noun.name).bind(id).row().await?;
    let row = row.ok_or_else(|| Fault::because("min gave no row"))?;
    Ok(row.get::<Option<String>>("first")?.zip(row.get("last")?))
}

/// What of all that is told moves nothing.
pub struct Harmless<'h> {
    /// Kinds of record of which nothing does.
    pub nouns: &'h [&'h str],
    /// Kinds of record that another one of would, but not a change of one that is there.
    pub changed: &'h [&'h str],
}

/// Whether, after the last event of any record of `noun` in the set `ids` (SQL that selects ids, with `bind` at
/// `$1`), anything was told but what is harmless.
pub async fn told_since(
    tx: &mut Tx,
    noun: &str,
    (ids, bind): (&str, &str),
    harmless: &Harmless<'_>,
) -> Result<bool, Fault> {
    let last = format!(
        "select coalesce(max(h.seq), 0) as seq from access_history h where h.noun = '{noun}' and h.record_id in ({ids})"
    );
    let last = tx.query(&last).bind(bind).row().await?.ok_or_else(|| Fault::because("max gave no row"))?;
    let sql = format!(
        "select exists (select 1 from access_history h where h.seq > $1 and h.noun not in ({}) \
         and not (h.action = 'changed' and h.noun in ({}))) as told",
        quoted(harmless.nouns),
        quoted(harmless.changed)
    );
    let row = tx.query(&sql).bind(last.get::<i64>("seq")?).row().await?;
    row.ok_or_else(|| Fault::because("exists gave no row"))?.get("told")
}

/// SQL: kinds of record, one beside the other.
fn quoted(nouns: &[&str]) -> String {
    nouns.iter().map(|noun| format!("'{noun}'")).collect::<Vec<_>>().join(", ")
}
