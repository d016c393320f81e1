//! The rows of one table, from lines to the database.

use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::Path;

use db::{Bind, Tx};
use kernel::{Fault, Headway};
use serde_json::{Map, Value};

use super::repo;
use super::verify::unread;
use crate::export::schema::{Kind, Table};
use crate::export::write::file_of;

/// Rows handed over at a time; of stored files one, for they may be large.
const CHUNK: usize = 500;

type Row = Map<String, Value>;

/// Puts the rows of `table` in place of those that migrations begin with.
pub(super) async fn restore(
    tx: &mut Tx,
    table: &Table,
    folder: &Path,
    headway: &Headway,
) -> Result<(), Fault> {
    repo::empty(tx, table).await?;
    let path = folder.join(file_of(&table.name));
    let file = std::fs::File::open(&path).map_err(|error| unread(&path, error))?;
    let chunk = if table.columns.iter().any(|(_, kind)| *kind == Kind::Bytes) { 1 } else { CHUNK };
    let (mut ready, mut waiting) = (Vec::new(), Vec::new());
    for line in std::io::BufReader::new(file).lines() {
        let line = line.map_err(|error| unread(&path, error))?;
        let row: Row = serde_json::from_str(&line)
            .map_err(|error| Fault::new(format!("reading {}", path.display()), error))?;
        match refers(table, &row) {
            // What it names may come later in the file.
            Some(_) => waiting.push(row),
            None => ready.push(row),
        }
        if ready.len() == chunk {
            insert(tx, table, folder, std::mem::take(&mut ready), headway).await?;
        }
    }
    insert(tx, table, folder, ready, headway).await?;
    after_what_they_name(tx, table, folder, waiting, headway).await
}

/// The row of the same table that a row names.
fn refers<'r>(table: &Table, row: &'r Row) -> Option<&'r str> {
    row.get(table.to_itself.as_deref()?)?.as_str()
}

/// Rows that name others of their table, each after the one it names.
async fn after_what_they_name(
    tx: &mut Tx,
    table: &Table,
    folder: &Path,
    mut waiting: Vec<Row>,
    headway: &Headway,
) -> Result<(), Fault> {
    while !waiting.is_empty() {
        let ids: BTreeSet<String> =
            waiting.iter().filter_map(|row| Some(row.get("id")?.as_str()?.to_owned())).collect();
        let names_one = |row: &Row| refers(table, row).is_some_and(|id| ids.contains(id));
        let (later, now): (Vec<Row>, Vec<Row>) = waiting.into_iter().partition(names_one);
        if now.is_empty() {
            return Err(Fault::because(format!("rows of {} name each other in a circle", table.name)));
        }
        insert(tx, table, folder, now, headway).await?;
        waiting = later;
    }
    Ok(())
}

async fn insert(
    tx: &mut Tx,
    table: &Table,
    folder: &Path,
    rows: Vec<Row>,
    headway: &Headway,
) -> Result<(), Fault> {
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let bound = rows.iter().map(|row| binds(table, folder, row)).collect::<Result<Vec<_>, Fault>>()?;
    repo::insert(tx, table, bound).await?;
    headway.adds(count);
    Ok(())
}

/// A row as it is bound; the bytes of a stored file come from their own file.
fn binds(table: &Table, folder: &Path, row: &Row) -> Result<Vec<Bind>, Fault> {
    let bind = |(column, kind): &(String, Kind)| {
        let value = row.get(column).unwrap_or(&Value::Null);
        let strange = || Fault::because(format!("{}.{column} cannot be {value}", table.name));
        Ok(match (kind, value) {
            (Kind::Bytes, _) => {
                let path =
                    folder.join("files").join(row.get("digest").and_then(Value::as_str).unwrap_or_default());
                Bind::Bytes(Some(std::fs::read(&path).map_err(|error| unread(&path, error))?))
            }
            (Kind::Text, Value::Null) => Bind::Text(None),
            (Kind::Int, Value::Null) => Bind::Int(None),
            (Kind::Bool, Value::Null) => Bind::Bool(None),
            (Kind::Text, Value::String(text)) => Bind::Text(Some(text.clone())),
            (Kind::Int, Value::Number(number)) => Bind::Int(Some(number.as_i64().ok_or_else(strange)?)),
            (Kind::Bool, Value::Bool(yes)) => Bind::Bool(Some(*yes)),
            _ => return Err(strange()),
        })
    };
    table.columns.iter().map(bind).collect()
}
