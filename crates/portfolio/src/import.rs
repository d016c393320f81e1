//! What the nouns of this context share when they are imported: fields, differences, and taking a batch
//! back.
//!
//! A blank cell says nothing: it leaves what is there as it is. A batch is taken back whole or not at all:
//! records it brought in and nobody changed or used since are removed, and the history keeps what they
//! were; one that changed records that were there before is refused, since those have a life of their own.

use access::{Cx, person};
use imports::{Change, Exchange, FieldKind, FieldSpec, WrittenLine};
use kernel::{Fault, Refusal, RefusalKind, Refused, Status};

use crate::service::{self, Service};

/// Records the batch changed were there before it.
pub static CHANGED_RECORDS: RefusalKind = RefusalKind {
    code: "batch_changed_records",
    status: Status::Rule,
    says: "{0} changed {1}, which was there before.",
    way_out: "Change {1} back by hand; its history says what it was.",
};

/// Somebody changed the record since.
pub static CHANGED_SINCE: RefusalKind = RefusalKind {
    code: "record_changed_since",
    status: Status::Rule,
    says: "{0} cannot be taken back: {1} was changed since.",
    way_out: "Keep it and end or retire {1}, or change it back first.",
};

/// Something names the record.
pub static IN_USE: RefusalKind = RefusalKind {
    code: "record_in_use",
    status: Status::Rule,
    says: "{0} cannot be taken back: {1} is used by {2}.",
    way_out: "Take that back first, or keep {1} and end or retire it.",
};

/// All of them, for the catalogue.
pub static REFUSALS: &[&RefusalKind] = &[&CHANGED_RECORDS, &CHANGED_SINCE, &IN_USE];

/// A field of a target.
pub const fn field(
    key: &'static str,
    label: &'static str,
    kind: FieldKind,
    aliases: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, label, aliases, required: false, kind }
}

/// A field no row may lack.
pub const fn needed(
    key: &'static str,
    label: &'static str,
    kind: FieldKind,
    aliases: &'static [&'static str],
) -> FieldSpec {
    FieldSpec { key, label, aliases, required: true, kind }
}

/// The username of whom a row names, by username or name; as it stands where nobody is called so, for
/// the use case to refuse.
pub async fn person_said(cx: &mut Cx, said: Option<String>) -> Result<Option<String>, Fault> {
    let Some(said) = said else { return Ok(None) };
    Ok(Some(person::username_said(&mut cx.tx, &said).await?.unwrap_or(said)))
}

/// The service a file names: by key as written, else without what keys never hold (`009-000000704` is
/// `009000000704`).
pub async fn service_said(cx: &mut Cx, named: &str) -> Result<Option<Service>, Fault> {
    if let Some(found) = service::find_by_key(&mut cx.tx, named).await? {
        return Ok(Some(found));
    }
    let bare = named.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    service::find_by_key(&mut cx.tx, &bare.collect::<String>()).await
}

/// The fields whose values differ; both sides in the same order.
pub fn differences(old: Vec<(&'static str, String)>, new: Vec<(&'static str, String)>) -> Vec<Change> {
    let pairs = old.into_iter().zip(new).filter(|((_, old), (_, new))| old != new);
    pairs.map(|((field, old), (_, new))| Change { field: field.to_owned(), old, new }).collect()
}

/// Where a record came from never changes: the reason to reject a row that says otherwise.
pub fn other_origin(what: &str, there: Option<&str>, said: Option<&str>) -> Option<String> {
    let (there, said) = (there.unwrap_or(""), said?);
    (there != said).then(|| format!("{what} is “{there}” and stays, the file says “{said}”"))
}

/// How many lines of a batch are looked at in one go.
const PAGE: i64 = 500;

/// The records a batch brought in, newest line first; refused where it changed one that was there.
pub async fn brought_in(cx: &mut Cx, exchange: &Exchange) -> Result<Vec<String>, Refused> {
    let (mut records, mut after) = (Vec::new(), 0);
    loop {
        let lines: Vec<WrittenLine> = imports::written_lines(&mut cx.tx, exchange.id, after, PAGE).await?;
        let Some(last) = lines.last() else { break };
        after = last.line;
        for line in lines {
            let record = line.record.ok_or_else(|| Fault::because("a line wrote no record"))?;
            if line.changes {
                return Err(CHANGED_RECORDS.with(&[&exchange.number, &record]).into());
            }
            records.push(record);
        }
    }
    records.reverse();
    Ok(records)
}

/// Refuses where somebody changed the record since, or something uses it.
pub fn untouched(exchange: &Exchange, key: &str, version: i64, uses: Option<String>) -> Result<(), Refusal> {
    if let Some(uses) = uses {
        return Err(IN_USE.with(&[&exchange.number, key, &uses]));
    }
    if version > 1 { Err(CHANGED_SINCE.with(&[&exchange.number, key])) } else { Ok(()) }
}
