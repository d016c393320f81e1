//! The only SQL of batches and files.

use access::Cx;
use db::{Bind, Query, Row, Tx};
use kernel::{BatchId, Currency, Fault, Money, Period, PersonId, Refusal, Refused};
use sheets::{Profile, Source};

use super::entity::{Counts, Deed, number_of};
use super::{Batch, State};
use crate::Report;

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
pub(super) async fn of_file(tx: &mut Tx, kind: &str, digest: &str) -> Result<Vec<Batch>, Fault> {
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
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let row =
        tx.query("update imports_counter set last = last + 1 where id = 1 returning last").row().await?;
    row.ok_or_else(|| Fault::because("imports have no counter"))?.get("last")
}

/// Keeps a file; the same bytes are kept once.
pub(super) async fn keep_file(tx: &mut Tx, digest: &str, bytes: &[u8]) -> Result<(), Fault> {
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

/// Stores a new batch.
pub(super) async fn insert(cx: &mut Cx, batch: &Batch) -> Result<(), Fault> {
    let blanks: Vec<String> = (1..=29).map(|n| format!("${n}")).collect();
    let sql = format!("insert into imports_batches ({COLUMNS}) values ({})", blanks.join(", "));
    values(batch).into_iter().fold(cx.tx.query(&sql), Query::bind).execute().await?;
    Ok(())
}

/// Stores a changed batch under its next version.
pub(super) async fn update(cx: &mut Cx, batch: &mut Batch) -> Result<(), Fault> {
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

/// Keeps the report of the last check.
pub(super) async fn keep_report(tx: &mut Tx, number: i64, report: &Report) -> Result<(), Fault> {
    let text = serde_json::to_string(report).map_err(|error| Fault::new("keeping a report", error))?;
    let sql = "insert into imports_reports (batch, report) values ($1, $2) \
               on conflict (batch) do update set report = excluded.report";
    tx.query(sql).bind(number).bind(text).execute().await?;
    Ok(())
}

/// The report of the last check, if it was checked.
pub(super) async fn report(tx: &mut Tx, number: i64) -> Result<Option<Report>, Fault> {
    let row = tx.query("select report from imports_reports where batch = $1").bind(number).row().await?;
    let Some(row) = row else { return Ok(None) };
    let text: String = row.get("report")?;
    serde_json::from_str(&text).map(Some).map_err(|error| Fault::new("reading a report", error))
}

/// Rejected lines nobody has brought in mended or set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRejects {
    /// The batch.
    pub batch: String,
    /// The period it is for, where it is for one.
    pub period: Option<Period>,
    /// How many lines.
    pub lines: i64,
    /// Their amounts per currency, as far as they could be read.
    pub amounts: Vec<Money>,
}

/// Open rejected lines of written batches of that kind, per batch; with `period` only of batches for
/// that period and of those that are for none.
pub async fn open_rejects(
    tx: &mut Tx,
    kind: &str,
    period: Option<Period>,
) -> Result<Vec<OpenRejects>, Fault> {
    let sql = "select b.number, b.period, j.currency, cast(count(*) as bigint) as lines, \
               cast(coalesce(sum(j.amount), 0) as bigint) as amount from imports_rejects j \
               join imports_batches b on b.number = j.batch where j.state = 'open' and b.state = 'written' \
               and b.kind = $1 and ($2 is null or b.period is null or b.period = $2) \
               group by b.number, b.period, j.currency order by b.number, j.currency";
    let rows = tx.query(sql).bind(kind).bind(period).rows().await?;
    let mut open: Vec<OpenRejects> = Vec::new();
    for row in &rows {
        let batch = super::entity::label(row.get("number")?);
        if open.last().is_none_or(|last| last.batch != batch) {
            open.push(OpenRejects { batch, period: row.get("period")?, lines: 0, amounts: Vec::new() });
        }
        let last = open.last_mut().expect("one was just pushed");
        last.lines += row.get::<i64>("lines")?;
        if let Some(currency) = row.get::<Option<Currency>>("currency")? {
            last.amounts.push(Money::of_minor(row.get("amount")?, currency));
        }
    }
    Ok(open)
}

/// How many rejected lines of a batch are open.
pub(super) async fn open_lines(tx: &mut Tx, number: i64) -> Result<i64, Fault> {
    let sql = "select cast(count(*) as bigint) as n from imports_rejects where batch = $1 and state = 'open'";
    let row = tx.query(sql).bind(number).row().await?;
    row.ok_or_else(|| Fault::because("a count gave no row"))?.get("n")
}

/// Sets the open rejected lines of a batch aside.
pub(super) async fn set_aside(tx: &mut Tx, number: i64) -> Result<(), Fault> {
    let sql = "update imports_rejects set state = 'set aside' where batch = $1 and state = 'open'";
    tx.query(sql).bind(number).execute().await?;
    Ok(())
}

/// The later batch that replaced a line of this one, if one did and stands.
pub(super) async fn replaced_by(tx: &mut Tx, number: i64) -> Result<Option<i64>, Fault> {
    let sql = "select max(replaced_by) as later from imports_rows where batch = $1";
    let row = tx.query(sql).bind(number).row().await?;
    row.ok_or_else(|| Fault::because("a maximum gave no row"))?.get("later")
}

/// Undoes what a batch did to the lines and rejects of others.
pub(super) async fn let_go(tx: &mut Tx, number: i64) -> Result<(), Fault> {
    let sql = "update imports_rows set replaced_by = null where replaced_by = $1 and batch in \
               (select replaces_batch from imports_rows where batch = $1)";
    tx.query(sql).bind(number).execute().await?;
    let sql = "update imports_rejects set state = 'open', mended_by = null where mended_by = $1";
    tx.query(sql).bind(number).execute().await?;
    Ok(())
}

/// Removes a batch that wrote nothing, with its rejected lines, and gives its number back. It was never
/// told, and is only ever called in the transaction that took the number.
pub(super) async fn give_back(tx: &mut Tx, batch: &Batch) -> Result<(), Fault> {
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
