//! Writing an event: snapshot before, change, record after.

use std::fmt::Display;

use db::Tx;
use kernel::{CustomerId, Fault};
use serde_json::{Map, Value, json};

use super::{Noun, digest, sha256};
use crate::Cx;

/// A record's row at a moment: columns with their values as text. Empty: no such row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot(pub Vec<(String, Option<String>)>);

impl Snapshot {
    /// Before there was a record.
    pub fn none() -> Snapshot {
        Snapshot::default()
    }

    pub(super) fn get(&self, column: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == column)?.1.as_deref()
    }
}

/// What happened.
pub struct Event<'e> {
    /// To which kind of record.
    pub noun: &'static Noun,
    /// Which record.
    pub id: String,
    /// Its key or number, as people say it.
    pub key: String,
    /// The verb, past tense: `added`, `changed`, `approved`.
    pub action: &'e str,
    /// Why, in a person's words.
    pub why: Option<&'e str>,
    /// The customer it concerns, so that their people may read it.
    pub customer: Option<CustomerId>,
}

impl<'e> Event<'e> {
    /// What happened to a record that concerns no customer, without a reason.
    pub fn of(noun: &'static Noun, id: impl Display, key: &str, action: &'e str) -> Event<'e> {
        Event { noun, id: id.to_string(), key: key.to_owned(), action, why: None, customer: None }
    }
}

/// The row of `noun` with `id` as it is now; taken before a change.
pub async fn snapshot(tx: &mut Tx, noun: &Noun, id: &str) -> Result<Snapshot, Fault> {
    let sql = format!("select * from {} where id = $1", noun.table);
    let Some(row) = tx.query(&sql).bind(id).row().await? else { return Ok(Snapshot::none()) };
    Ok(Snapshot(row.texts()?))
}

/// Columns that say nothing to a reader of the history.
const SILENT: [&str; 2] = ["id", "version"];

/// Writes the event: reads the row after the change, tells each field old → new, chains it.
pub async fn record(cx: &mut Cx, event: Event<'_>, before: &Snapshot) -> Result<(), Fault> {
    let after = snapshot(&mut cx.tx, event.noun, &event.id).await?;
    let changes = changes(cx, event.noun, before, &after).await?;
    let state = digest::state(&mut cx.tx, event.noun, &after).await?;
    append(cx, &event, &changes.to_string(), &state).await
}

async fn changes(cx: &mut Cx, noun: &Noun, before: &Snapshot, after: &Snapshot) -> Result<Value, Fault> {
    let mut changes = Map::new();
    for (column, new) in after.0.iter().filter(|(column, _)| !SILENT.contains(&column.as_str())) {
        let (old, new) = (before.get(column), new.as_deref());
        if old == new {
            continue;
        }
        let how = Shown::of(noun, column);
        let old = shown(cx, how, old).await?;
        let new = shown(cx, how, new).await?;
        changes.insert(column.clone(), json!([old, new]));
    }
    Ok(Value::Object(changes))
}

/// How a column's values stand in the history.
#[derive(Clone, Copy)]
enum Shown {
    Plain,
    Personal,
    Secret,
}

impl Shown {
    fn of(noun: &Noun, column: &str) -> Shown {
        if noun.secret.contains(&column) {
            Shown::Secret
        } else if noun.personal.contains(&column) {
            Shown::Personal
        } else {
            Shown::Plain
        }
    }
}

/// A value for the history; a personal one is put aside and referred to, of a secret only its digest is told.
async fn shown(cx: &mut Cx, how: Shown, value: Option<&str>) -> Result<Value, Fault> {
    let Some(value) = value else { return Ok(Value::Null) };
    Ok(match how {
        Shown::Plain => json!(value),
        Shown::Secret => json!(format!("sha256 {}", sha256(&[value]))),
        Shown::Personal => {
            let reference = cx.uuid().to_string();
            let sql = "insert into access_personal_values (reference, value) values ($1, $2)";
            cx.tx.query(sql).bind(reference.as_str()).bind(value).execute().await?;
            json!({ "ref": reference })
        }
    })
}

pub(super) async fn append(cx: &mut Cx, event: &Event<'_>, changes: &str, state: &str) -> Result<(), Fault> {
    let head =
        cx.tx.query("select seq, digest from access_history_head where id = 1 for update").row().await?;
    let head = head.ok_or_else(|| Fault::because("the history has no head"))?;
    let seq = head.get::<i64>("seq")? + 1;
    let previous: String = head.get("digest")?;
    let (person, customer) = (cx.person().to_string(), event.customer.map(|id| id.to_string()));
    let (at, via) = (cx.stamp(), cx.who.actor.via.word());
    let digest = chained(&Link {
        seq,
        at: &at,
        person: &person,
        via,
        noun: event.noun.name,
        record: &event.id,
        key: &event.key,
        action: event.action,
        why: event.why,
        customer: customer.as_deref(),
        changes,
        state,
        previous: &previous,
    });
    let sql = "insert into access_history (seq, at, person_id, via, noun, record_id, record_key, action, why, \
               customer_id, changes, state_digest, previous, digest) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    let insert = cx.tx.query(sql).bind(seq).bind(at).bind(person).bind(via).bind(event.noun.name);
    let insert = insert.bind(event.id.as_str()).bind(event.key.as_str()).bind(event.action).bind(event.why);
    let insert = insert.bind(customer).bind(changes).bind(state).bind(previous).bind(digest.as_str());
    insert.execute().await?;
    let sql = "update access_history_head set seq = $1, digest = $2 where id = 1";
    cx.tx.query(sql).bind(seq).bind(digest).execute().await?;
    Ok(())
}

/// Everything a row of the history is chained over.
pub(super) struct Link<'l> {
    pub seq: i64,
    pub at: &'l str,
    pub person: &'l str,
    pub via: &'l str,
    pub noun: &'l str,
    pub record: &'l str,
    pub key: &'l str,
    pub action: &'l str,
    pub why: Option<&'l str>,
    pub customer: Option<&'l str>,
    pub changes: &'l str,
    pub state: &'l str,
    pub previous: &'l str,
}

/// SHA-256 over the row and the digest before it.
pub(super) fn chained(link: &Link<'_>) -> String {
    let seq = link.seq.to_string();
    sha256(&[
        link.previous,
        &seq,
        link.at,
        link.person,
        link.via,
        link.noun,
        link.record,
        link.key,
        link.action,
        link.why.unwrap_or("\u{0}"),
        link.customer.unwrap_or("\u{0}"),
        link.changes,
        link.state,
    ])
}
