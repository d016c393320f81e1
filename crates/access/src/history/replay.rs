//! The rows of a table as the history told them at a moment.

use std::collections::BTreeMap;

use db::Tx;
use kernel::Fault;
use serde_json::{Map, Value};

use super::attempt::REFUSED;
use super::{Noun, digest};

/// The rows of `noun` there were before the stamp `before`, by id: every event till then applied in its
/// order. A row's version is how many of them changed it. Values are texts; a personal value, which the
/// history only refers to, is left out.
pub async fn replay(tx: &mut Tx, noun: &Noun, before: &str) -> Result<Vec<Map<String, Value>>, Fault> {
    let sql = "select record_id, changes, state_digest from access_history \
               where noun = $1 and at < $2 and action <> $3 order by seq";
    let events = tx.query(sql).bind(noun.name).bind(before).bind(REFUSED).rows().await?;
    let mut rows: BTreeMap<String, (i64, Map<String, Value>)> = BTreeMap::new();
    for event in events {
        let id: String = event.get("record_id")?;
        if digest::is_none(&event.get::<String>("state_digest")?) {
            rows.remove(&id);
            continue;
        }
        let changes = changes_of(&event.get::<String>("changes")?)?;
        let (version, row) =
            rows.entry(id.clone()).or_insert_with(|| (0, Map::from_iter([("id".into(), id.into())])));
        *version += i64::from(!changes.is_empty());
        row.extend(changes.into_iter().filter(|(_, new)| !new.is_object()));
    }
    let whole = |(version, mut row): (i64, Map<String, Value>)| {
        row.insert("version".into(), version.to_string().into());
        row
    };
    Ok(rows.into_values().map(whole).collect())
}

/// Each field's new value.
fn changes_of(text: &str) -> Result<Vec<(String, Value)>, Fault> {
    let wrong = || Fault::because(format!("the history tells changes in no known way: {text}"));
    let Ok(Value::Object(changes)) = serde_json::from_str(text) else { return Err(wrong()) };
    let new = |(field, change): (String, Value)| match change {
        Value::Array(both) if both.len() == 2 => {
            Ok((field, both.into_iter().next_back().unwrap_or_default()))
        }
        _ => Err(wrong()),
    };
    changes.into_iter().map(new).collect()
}
