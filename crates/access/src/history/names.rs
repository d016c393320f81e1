//! Names of people in what is read of the history. It keeps their ids, and references to personal values, so that a
//! person's data can be erased; whoever reads it is told names as they are now.

use std::collections::{BTreeMap, BTreeSet};

use db::{Query, Tx};
use kernel::listing::{Listing, Value as Cell};
use kernel::{Fault, PersonId};
use serde_json::Value;

/// Ids that are looked up at a time.
const AT_A_TIME: usize = 500;

/// Puts names in place of ids of people, and of the references of names, in the fields of the events listed. A
/// reference to anything else stays, and an id of nobody.
pub(super) async fn put(tx: &mut Tx, listing: &mut Listing) -> Result<(), Fault> {
    let Some(at) = listing.columns.iter().position(|column| column.key == "changes") else { return Ok(()) };
    let read = |row: &Vec<Cell>| serde_json::from_str::<Value>(&row[at].plain()).unwrap_or_default();
    let mut told: Vec<Value> = listing.rows.iter().map(read).collect();
    let wanted: BTreeSet<String> = told.iter_mut().flat_map(named).filter_map(|value| id_in(value)).collect();
    let names = names_of(tx, wanted.into_iter().collect()).await?;
    for (row, changes) in listing.rows.iter_mut().zip(&mut told) {
        let mut put = false;
        for value in named(changes) {
            if let Some(name) = id_in(value).and_then(|id| names.get(&id)) {
                *value = Value::String(name.clone());
                put = true;
            }
        }
        if put {
            row[at] = Cell::Text(changes.to_string());
        }
    }
    Ok(())
}

/// The values, old and new, that may stand for a person or a name.
fn named(changes: &mut Value) -> Vec<&mut Value> {
    let fields = changes.as_object_mut().into_iter().flatten();
    // An address is somebody's own; a name is what the others say.
    let fields =
        fields.filter(|(field, pair)| *field == "name" || !(pair[0].is_object() || pair[1].is_object()));
    fields.flat_map(|(_, pair)| pair.as_array_mut().into_iter().flatten()).collect()
}

/// The id of a person, or the reference of a personal value.
fn id_in(value: &Value) -> Option<String> {
    let id = value.as_str().or_else(|| value["ref"].as_str())?;
    PersonId::parse(id).map(|_| id.to_owned())
}

/// Names by the id of the person, or by the reference.
async fn names_of(tx: &mut Tx, ids: Vec<String>) -> Result<BTreeMap<String, String>, Fault> {
    let mut names = BTreeMap::new();
    for ids in ids.chunks(AT_A_TIME) {
        let blanks: Vec<String> = (1..=ids.len()).map(|place| format!("${place}")).collect();
        let blanks = blanks.join(", ");
        let sql = format!(
            "select id, name from access_people where id in ({blanks}) \
             union all select reference as id, value as name from access_personal_values where reference in ({blanks})"
        );
        let query = ids.iter().map(String::as_str).fold(tx.query(&sql), Query::bind);
        for row in query.rows().await? {
            names.insert(row.get("id")?, row.get("name")?);
        }
    }
    Ok(names)
}
