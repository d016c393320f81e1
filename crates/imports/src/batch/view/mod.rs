//! What pages, API and command line read of batches; `sight` says which a person sees.

mod sight;

pub(crate) use sight::NARROW;
pub(super) use sight::readable;

use access::{Cx, Params, View};
use db::{Bind, ListQuery, Tx, page_of};
use kernel::listing::{Asked, Column, Kind, Value};
use kernel::{Fault, Money, Refused};
use serde_json::json;

use super::raw::texts;
use super::{Batch, State, repo};
use crate::Known;

/// SQL: what people call the kind in `column`.
fn labels(column: &str) -> String {
    let targets = crate::targets();
    // Kinds and labels are words of our own making, so the text holds nothing a person typed.
    let cases = targets.iter().map(|target| format!("when '{}' then '{}' ", target.kind, target.label));
    let cases: String = cases.collect();
    if cases.is_empty() { column.to_owned() } else { format!("case {column} {cases}else {column} end") }
}

/// Batches, newest first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "batch",
        caption: "Import batches".into(),
        columns: columns(),
        sql: format!(
            "select 'B-' || case when b.number < 10 then '000' when b.number < 100 then '00' \
             when b.number < 1000 then '0' else '' end || cast(b.number as text) as batch, b.kind, {} as holds, \
             b.file_name as file, b.period, b.state, b.lines, b.written_lines as written, b.known_lines as known, \
             b.changed_lines as changed, b.rejected_lines as rejected, (select cast(count(*) as bigint) \
             from imports_rejects j where j.batch = b.number and j.state = 'open' and b.state = 'written') as open_rejects, \
             case when {} then b.total end as total, \
             b.currency as total_currency, b.currency, b.profile_name as profile, p.name as by, \
             coalesce(b.reverted_at, b.written_at, b.uploaded_at) as at, b.file_digest as digest, b.number \
             from imports_batches b left join access_people p \
             on p.id = coalesce(b.reverted_by, b.written_by, b.uploaded_by) where {}",
            labels("b.kind"),
            sight::read("b", cx),
            sight::seen("b", cx)
        ),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "number desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("batch", "Batch", Kind::Code).linked("/records/batches/{batch}"),
        Column::new("kind", "Kind", Kind::Code).of(crate::target::kinds()).hidden(),
        Column::new("holds", "Imports", Kind::Text),
        Column::new("file", "File", Kind::Text).linked("/records/batches/{batch}"),
        Column::new("period", "Period", Kind::Period),
        Column::new("state", "State", Kind::State).of(State::ALL.map(State::word)),
        Column::new("lines", "Lines", Kind::Count).summed(),
        Column::new("written", "Written", Kind::Count).summed().linked("/records/batches/{batch}/rows"),
        Column::new("known", "Already there", Kind::Count).summed(),
        Column::new("changed", "Changed", Kind::Count).summed(),
        Column::new("rejected", "Rejected", Kind::Count).summed().linked("/records/batches/{batch}/rejects"),
        Column::new("open_rejects", "Open", Kind::Count).summed().linked("/records/batches/{batch}/rejects"),
        Column::new("total", "In the file", Kind::Money),
        Column::new("currency", "Currency", Kind::Code),
        Column::new("profile", "Profile", Kind::Text),
        Column::new("by", "By", Kind::Text),
        Column::new("at", "At", Kind::Time),
        Column::new("digest", "SHA-256", Kind::Code).hidden(),
        Column::new("number", "Number", Kind::Count).hidden(),
    ]
}

/// One batch, with the report of its last check.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let (batch, whole) = sight::found(cx, params.get("number")).await?;
    let mends = match batch.mends {
        Some(id) => repo::find(&mut cx.tx, id).await?.map(|batch| batch.label()),
        None => None,
    };
    let (uploaded_by, written_by, reverted_by) = names(&mut cx.tx, &batch).await?;
    let mut shown = told(&batch)?;
    if whole {
        rejected(cx, &batch, &mut shown).await?;
    } else {
        WITHIN.iter().for_each(|field| shown[*field] = serde_json::Value::Null);
    }
    shown["mends"] = json!(mends);
    shown["uploaded_by"] = json!(uploaded_by);
    shown["written_by"] = json!(written_by);
    shown["reverted_by"] = json!(reverted_by);
    let report = if whole { repo::report(&mut cx.tx, batch.number).await? } else { None };
    shown["report"] = json!(report);
    Ok(View::Record(shown))
}

/// What is told of a batch, as its report is, only to who may read its rows.
const WITHIN: [&str; 6] =
    ["total", "control_total", "open_rejects", "rejects_mended", "rejects_mended_by", "rejects_set_aside"];

/// What became of its rejected lines.
async fn rejected(cx: &mut Cx, batch: &Batch, shown: &mut serde_json::Value) -> Result<(), Refused> {
    let settled = repo::settled(&mut cx.tx, batch.number).await?;
    shown["open_rejects"] = json!(repo::open_lines(&mut cx.tx, batch.number).await?);
    shown["rejects_mended"] = json!(settled.mended);
    shown["rejects_mended_by"] = json!(settled.mended_by);
    shown["rejects_set_aside"] = json!(settled.aside);
    Ok(())
}

/// What the batch itself knows.
fn told(batch: &Batch) -> Result<serde_json::Value, Fault> {
    let target = batch.target()?;
    let fields: Vec<serde_json::Value> = target.fields.iter().map(field).collect();
    let profile =
        serde_json::to_value(&batch.profile).map_err(|error| Fault::new("telling a profile", error))?;
    let total = batch.total.zip(batch.currency).map(|(minor, currency)| Money::of_minor(minor, currency));
    Ok(json!({
        "schema": "quarterdeck.batch.v1",
        "id": batch.id.to_string(),
        "version": batch.version,
        "batch": batch.label(),
        "kind": batch.kind,
        "label": target.label,
        "state": batch.state.word(),
        "settled": batch.settled,
        // A record is there once, a line as often as its file says it.
        "once": matches!(target.known, Known::Records { .. }),
        "file_name": batch.file_name,
        "file_digest": batch.file_digest,
        "profile_name": batch.profile_name,
        "profile": profile,
        "fields": fields,
        "period": batch.period,
        "lines": batch.lines,
        "new": batch.counts.new,
        "known": batch.counts.known,
        "changed": batch.counts.changed,
        "rejected": batch.counts.rejected,
        "written": batch.counts.written,
        "total": total,
        "control_total": batch.control_total,
        "content_digest": batch.digest,
        "uploaded_at": batch.uploaded.at,
        "written_at": batch.written.as_ref().map(|deed| &deed.at),
        "reverted_at": batch.reverted.as_ref().map(|deed| &deed.at),
        "reason": batch.reason,
    }))
}

fn field(field: &crate::FieldSpec) -> serde_json::Value {
    let holds = crate::kinds::word(field.kind);
    json!({"key": field.key, "label": field.label, "required": field.required, "holds": holds})
}

/// Names of those who uploaded, wrote and reverted it.
async fn names(
    tx: &mut Tx,
    batch: &Batch,
) -> Result<(Option<String>, Option<String>, Option<String>), Fault> {
    let sql = "select u.name as uploaded, w.name as written, r.name as reverted from imports_batches b \
               left join access_people u on u.id = b.uploaded_by left join access_people w on w.id = b.written_by \
               left join access_people r on r.id = b.reverted_by where b.id = $1";
    let row = tx.query(sql).bind(batch.id).row().await?;
    let row = row.ok_or_else(|| Fault::because("a batch is gone"))?;
    Ok((row.get("uploaded")?, row.get("written")?, row.get("reverted")?))
}

/// Rejected lines of a written batch.
pub async fn rejects(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let batch = readable(cx, params.get("number")).await?;
    let list = ListQuery {
        name: "reject",
        caption: format!("Rejected lines of {}", batch.label()),
        columns: vec![
            Column::new("line", "Line", Kind::Count),
            Column::new("reason", "Reason", Kind::Text),
            Column::new("amount", "Amount", Kind::Money),
            Column::new("currency", "Currency", Kind::Code),
            Column::new("state", "State", Kind::State).of(["open", "mended", "set aside"]),
            Column::new("cells", "As it stands in the file", Kind::Text),
        ],
        sql: "select line, reason, amount, currency as amount_currency, currency, state, cells from imports_rejects \
              where batch = $1"
            .into(),
        binds: vec![Bind::from(batch.number)],
        currency: cx.organisation.currency,
        order: "line",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// Lines a batch wrote, each as it stands in the file.
pub async fn rows_list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let batch = readable(cx, params.get("number")).await?;
    let list = ListQuery {
        name: "import-row",
        caption: format!("Lines of {}", batch.label()),
        columns: vec![
            Column::new("line", "Line", Kind::Count),
            Column::new("occurrence", "Equal line no.", Kind::Count),
            Column::new("changes", "Changed a record", Kind::Bool),
            Column::new("replaces", "Takes the place of line", Kind::Count),
            Column::new("replaced_by", "Replaced by batch", Kind::Count).linked("/records/batches/{replaced_by}"),
            Column::new("record", "Record", Kind::Code),
        ],
        sql: "select line, occurrence, changes, replaces_line as replaces, replaced_by, record from imports_rows \
              where batch = $1"
            .into(),
        binds: vec![Bind::from(batch.number)],
        currency: cx.organisation.currency,
        order: "line",
    };
    let mut listing = page_of(&mut cx.tx, &list, asked).await?;
    let count = |value: &Value| if let Value::Count(line) = value { *line } else { 0 };
    let lines: Vec<i64> = listing.rows.iter().map(|row| row.first().map_or(0, count)).collect();
    let texts = texts(&mut cx.tx, &batch, lines).await?;
    for (row, text) in listing.rows.iter_mut().zip(texts) {
        row.push(Value::Text(text.join(" | ")));
    }
    listing.columns.push(Column::new("cells", "As it stands in the file", Kind::Text));
    listing.totals.push(None);
    Ok(View::List(listing))
}
