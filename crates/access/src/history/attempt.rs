//! An attempt that was refused because somebody else was faster, or had to be somebody else: told in the
//! history of its record, which stays as it is.
//!
//! The refused transaction is gone when this is written, so it has one of its own. The event stands in the
//! chain with the digest of the record's row as it is, so that `db check` finds the row to be what its last
//! event left. No value of the attempt is kept: whoever tried had it refused.

use std::collections::BTreeMap;

use kernel::{Fault, Refusal};
use serde_json::json;

use super::record::{append, snapshot};
use super::{Event, Noun, Snapshot, digest};
use crate::error::{SAME_PERSON, STALE};
use crate::{Command, Cx};

/// What the event is called.
pub(super) const REFUSED: &str = "refused";
/// The kind of record of an attempt at what has no history, so that it is told all the same.
static ATTEMPT: Noun = Noun { name: "attempt", table: "", personal: &[], secret: &[], children: &[] };

/// Whether a refusal leaves a trace: a stale version and the segregation of persons do, and nothing else,
/// so that nobody fills the history with mistakes.
pub fn is_told(refusal: &Refusal) -> bool {
    [STALE.code, SAME_PERSON.code].contains(&refusal.kind.code)
}

/// Tells that the person's `command` on what `blanks` name was refused. The same attempt again, with
/// nothing in between, leaves no second event.
pub async fn tell_refused(
    cx: &mut Cx,
    nouns: &[&'static Noun],
    command: &Command,
    blanks: &BTreeMap<String, String>,
    refusal: &Refusal,
) -> Result<(), Fault> {
    let (noun, id, key) = match found(cx, nouns, command, blanks).await? {
        Some(found) => found,
        None => {
            let key = blanks.values().cloned().collect::<Vec<_>>().join(" ");
            (&ATTEMPT, format!("{} {key}", command.name), key)
        }
    };
    let state =
        if noun.table.is_empty() { Snapshot::none() } else { snapshot(&mut cx.tx, noun, &id).await? };
    let changes = json!({ "command": ["", command.name] }).to_string();
    let event = Event { noun, id, key, action: REFUSED, why: Some(&refusal.says), customer: None };
    if repeats(cx, &event, &changes).await? {
        return Ok(());
    }
    let state = digest::state(&mut cx.tx, noun, &state).await?;
    append(cx, &event, &changes, &state).await
}

/// The record a command's blanks name, by what the history calls it: the newest of that key among the kinds
/// of record that the command's first word names.
async fn found(
    cx: &mut Cx,
    nouns: &[&'static Noun],
    command: &Command,
    blanks: &BTreeMap<String, String>,
) -> Result<Option<(&'static Noun, String, String)>, Fault> {
    let word = command.name.split(' ').next().unwrap_or_default();
    let mut names: Vec<String> = blanks.values().rev().cloned().collect();
    names.insert(0, blanks.values().cloned().collect::<Vec<_>>().join(" "));
    for noun in nouns.iter().copied().filter(|noun| noun.name.split(' ').any(|part| part == word)) {
        for name in names.iter().filter(|name| !name.is_empty()) {
            let sql = "select record_id, record_key from access_history where noun = $1 \
                       and (record_key = $2 or record_id = $2) order by seq desc limit 1";
            if let Some(row) = cx.tx.query(sql).bind(noun.name).bind(name.as_str()).row().await? {
                return Ok(Some((noun, row.get("record_id")?, row.get("record_key")?)));
            }
        }
    }
    Ok(None)
}

/// Whether the last thing told of the record is this very attempt of this person.
async fn repeats(cx: &mut Cx, event: &Event<'_>, changes: &str) -> Result<bool, Fault> {
    let sql = "select person_id, action, why, changes from access_history where noun = $1 and record_id = $2 \
               order by seq desc limit 1";
    let Some(row) = cx.tx.query(sql).bind(event.noun.name).bind(event.id.as_str()).row().await? else {
        return Ok(false);
    };
    let (person, why): (String, Option<String>) = (row.get("person_id")?, row.get("why")?);
    let same = person == cx.person().to_string() && why.as_deref() == event.why;
    Ok(same && row.get::<String>("action")? == REFUSED && row.get::<String>("changes")? == changes)
}
