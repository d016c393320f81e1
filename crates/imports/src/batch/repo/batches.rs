//! Batches.

use access::Cx;
use db::{Bind, Query, Row, Tx};
use kernel::{BatchId, Fault, Period, PersonId, Refusal, Refused};
use sheets::Profile;

use crate::batch::entity::{Counts, Deed, number_of};
use crate::batch::{Batch, State};

const COLUMNS: &str = "id, version, number, kind, file_name, file_digest, profile, profile_name, settled, state, lines, \
                       new_lines, known_lines, changed_lines, rejected_lines, written_lines, total, currency, \
                       control_total, period, digest, mends, uploaded_by, uploaded_at, written_by, written_at, \
                       reverted_by, reverted_at, reason";

/// The batch people call so (`B-0231`, `231`), locked where the transaction writes.
pub async fn load(tx: &mut Tx, label: &str) -> Result<Batch, Refused> {
    let number = number_of(label).ok_or_else(Refusal::not_found)?;
    let sql = format!("select {COLUMNS} from imports_batches where number = $1 for update");
    let row = tx.query(&sql).bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The batch of that id, if there is one.
pub async fn find(tx: &mut Tx, id: BatchId) -> Result<Option<Batch>, Fault> {
    let sql = format!("select {COLUMNS} from imports_batches where id = $1");
    tx.query(&sql).bind(id).row().await?.as_ref().map(read).transpose()
}

/// Written batches of that kind for that period, newest first: what the close of a period asks.
pub async fn written(tx: &mut Tx, kind: &str, period: Option<Period>) -> Result<Vec<Batch>, Fault> {
    let sql = format!(
        "select {COLUMNS} from imports_batches where kind = $1 and state = 'written' \
         and ($2 is null or period = $2) order by number desc"
    );
    tx.query(&sql).bind(kind).bind(period).rows().await?.iter().map(read).collect()
}

/// Written batches of that very file.
pub(in crate::batch) async fn of_file(tx: &mut Tx, kind: &str, digest: &str) -> Result<Vec<Batch>, Fault> {
    let sql = format!(
        "select {COLUMNS} from imports_batches where kind = $1 and file_digest = $2 and state = 'written' order by number"
    );
    tx.query(&sql).bind(kind).bind(digest).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Batch, Fault> {
    let (state, profile): (String, String) = (row.get("state")?, row.get("profile")?);
    let unread =
        |refusal: Refusal| Fault::because(format!("a stored profile cannot be read: {}", refusal.says));
    Ok(Batch {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        kind: row.get("kind")?,
        file_name: row.get("file_name")?,
        file_digest: row.get("file_digest")?,
        profile: Profile::from_toml(&profile).map_err(unread)?,
        profile_name: row.get("profile_name")?,
        settled: row.get("settled")?,
        state: State::parse(&state).ok_or_else(|| Fault::because(format!("no state of a batch: {state}")))?,
        lines: row.get("lines")?,
        counts: Counts {
            new: row.get("new_lines")?,
            known: row.get("known_lines")?,
            changed: row.get("changed_lines")?,
            rejected: row.get("rejected_lines")?,
            written: row.get("written_lines")?,
        },
        total: row.get("total")?,
        currency: row.get("currency")?,
        control_total: row.get("control_total")?,
        period: row.get("period")?,
        digest: row.get("digest")?,
        mends: row.get("mends")?,
        uploaded: deed(row, "uploaded")?.ok_or_else(|| Fault::because("a batch was uploaded by nobody"))?,
        written: deed(row, "written")?,
        reverted: deed(row, "reverted")?,
        reason: row.get("reason")?,
    })
}

fn deed(row: &Row, what: &str) -> Result<Option<Deed>, Fault> {
    let by: Option<PersonId> = row.get(&format!("{what}_by"))?;
    let at: Option<String> = row.get(&format!("{what}_at"))?;
    Ok(by.zip(at).map(|(by, at)| Deed { by, at }))
}

/// The next running number; the row is locked until the transaction ends, so there are no gaps.
pub(in crate::batch) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let row =
        tx.query("update imports_counter set last = last + 1 where id = 1 returning last").row().await?;
    row.ok_or_else(|| Fault::because("imports have no counter"))?.get("last")
}

/// Stores a new batch.
pub(in crate::batch) async fn insert(cx: &mut Cx, batch: &Batch) -> Result<(), Fault> {
    let blanks: Vec<String> = (1..=29).map(|n| format!("${n}")).collect();
    let sql = format!("insert into imports_batches ({COLUMNS}) values ({})", blanks.join(", "));
    values(batch).into_iter().fold(cx.tx.query(&sql), Query::bind).execute().await?;
    Ok(())
}

/// Stores a changed batch under its next version.
pub(in crate::batch) async fn update(cx: &mut Cx, batch: &mut Batch) -> Result<(), Fault> {
    batch.version += 1;
    let sets: Vec<String> =
        COLUMNS.split(", ").enumerate().skip(1).map(|(n, column)| format!("{column} = ${}", n + 1)).collect();
    let sql = format!("update imports_batches set {} where id = $1", sets.join(", "));
    values(batch).into_iter().fold(cx.tx.query(&sql), Query::bind).execute().await?;
    Ok(())
}

/// In the order of `COLUMNS`.
fn values(batch: &Batch) -> Vec<Bind> {
    let by = |deed: &Option<Deed>| Bind::from(deed.as_ref().map(|deed| deed.by));
    let at = |deed: &Option<Deed>| Bind::from(deed.as_ref().map(|deed| deed.at.clone()));
    vec![
        batch.id.into(),
        batch.version.into(),
        batch.number.into(),
        batch.kind.as_str().into(),
        batch.file_name.as_str().into(),
        batch.file_digest.as_str().into(),
        batch.profile.to_toml().into(),
        batch.profile_name.clone().into(),
        batch.settled.into(),
        batch.state.word().into(),
        batch.lines.into(),
        batch.counts.new.into(),
        batch.counts.known.into(),
        batch.counts.changed.into(),
        batch.counts.rejected.into(),
        batch.counts.written.into(),
        Bind::Int(batch.total),
        Bind::Text(batch.currency.map(|currency| currency.code().to_owned())),
        batch.control_total.clone().into(),
        batch.period.into(),
        batch.digest.clone().into(),
        batch.mends.into(),
        batch.uploaded.by.into(),
        batch.uploaded.at.as_str().into(),
        by(&batch.written),
        at(&batch.written),
        by(&batch.reverted),
        at(&batch.reverted),
        batch.reason.clone().into(),
    ]
}

/// Removes a batch that wrote nothing, with its rejected lines, and gives its number back. It was never
/// told, and is only ever called in the transaction that took the number.
pub(in crate::batch) async fn give_back(tx: &mut Tx, batch: &Batch) -> Result<(), Fault> {
    for sql in [
        "delete from imports_rejects where batch = $1",
        "delete from imports_batches where number = $1",
        "update imports_counter set last = last - 1 where id = 1 and last = $1",
    ] {
        tx.query(sql).bind(batch.number).execute().await?;
    }
    let sql = "delete from imports_files where digest = $1 and not exists \
               (select 1 from imports_batches where file_digest = $1)";
    tx.query(sql).bind(batch.file_digest.as_str()).execute().await?;
    Ok(())
}
