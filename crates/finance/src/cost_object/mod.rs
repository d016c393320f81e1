//! A cost object: what carries cost and is no service in the catalogue yet, such as a service being
//! built. Its cost is kept central, as a named residual of every run.

use access::{Cx, Done, Event, Noun, Params, Snapshot, View, history};
use db::{DbError, ListQuery, Tx, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

/// How the history names it.
pub static NOUN: Noun = Noun { name: "cost object", table: "finance_objects", personal: &[] };

/// What is asked for a cost object.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectInput {
    /// 2 to 12 capital letters and digits.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// Adds a cost object.
pub async fn add(cx: &mut Cx, _: &Params, input: ObjectInput) -> Result<Done, Refused> {
    let (key, name) = (input.key.trim(), input.name.trim());
    let fits = (2..=12).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !fits {
        return Err(Refusal::field("key", "Enter a key of 2 to 12 capital letters and digits.").into());
    }
    if name.is_empty() {
        return Err(Refusal::field("name", "Enter a name.").into());
    }
    if portfolio::service::find_by_key(&mut cx.tx, key).await?.is_some() {
        return Err(Refusal::field("key", format!("“{key}” is a service already.")).into());
    }
    let id = cx.uuid().to_string();
    let sql = "insert into finance_objects (id, version, key, name) values ($1, 1, $2, $3)";
    match cx.tx.query(sql).bind(id.as_str()).bind(key).bind(name).execute().await {
        Err(DbError::Unique(_)) => return Err(Refusal::field("key", format!("“{key}” is taken.")).into()),
        other => drop(other?),
    }
    let event = Event { noun: &NOUN, id, key: key.into(), action: "added", why: None, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(Done::changed("/money/objects", key, format!("Added cost object {key}, {name}.")).at_version(1))
}

/// Keys of all cost objects.
pub(crate) async fn all_keys(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    let rows = tx.query("select key from finance_objects order by key").rows().await?;
    rows.iter().map(|row| row.get("key")).collect()
}

/// Cost objects.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "cost-object",
        caption: "Cost objects kept central".into(),
        columns: vec![Column::new("key", "Key", Kind::Code), Column::new("name", "Name", Kind::Text)],
        sql: "select key, name from finance_objects".into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "key",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
