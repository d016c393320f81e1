//! The digest of a record as it is: its row and the rows that belong to it.
//!
//! What is written today begins with `2:`. Events of earlier versions hold a digest of the row alone; they
//! are still compared as they were written.

use db::{Bind, Tx};
use kernel::Fault;
use sha2::{Digest, Sha256};

use super::{Child, ChildKey, Noun, Snapshot, sha256};

const SECOND: &str = "2:";
/// Rows of a child read at a time.
const PAGE: i64 = 2000;

/// Digest of the record of `noun` whose row is `row`, as it is now.
pub(super) async fn state(tx: &mut Tx, noun: &Noun, row: &Snapshot) -> Result<String, Fault> {
    if *row == Snapshot::none() {
        return Ok(none());
    }
    let mut parts = told_columns(noun, row);
    for child in noun.children {
        parts.push(child.table.to_owned());
        parts.push(rows_of(tx, child, row).await?);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(format!("{SECOND}{}", sha256(&parts)))
}

/// Whether `stored` says that there is no such record any more.
pub(super) fn is_none(stored: &str) -> bool {
    stored == none() || stored == sha256(&[])
}

/// Whether the record is what an event said it to be.
pub(super) async fn fits(tx: &mut Tx, noun: &Noun, row: &Snapshot, stored: &str) -> Result<bool, Fault> {
    if stored.starts_with(SECOND) {
        return Ok(state(tx, noun, row).await? == stored);
    }
    Ok(first(noun, row, stored))
}

fn none() -> String {
    format!("{SECOND}{}", sha256(&[]))
}

/// Columns with their values: nothing of what is personal, secrets as their digest, no column without a value,
/// so that a column added later changes no record.
fn told_columns(noun: &Noun, row: &Snapshot) -> Vec<String> {
    let mut parts = Vec::new();
    for (column, value) in row.0.iter().filter(|(column, _)| !noun.personal.contains(&column.as_str())) {
        let Some(value) = value else { continue };
        parts.push(column.clone());
        let secret = noun.secret.contains(&column.as_str());
        parts.push(if secret { sha256(&[value]) } else { value.clone() });
    }
    parts
}

/// The digest as it was before `2:`. Columns added since stand last and without a value: it knew none of them.
fn first(noun: &Noun, row: &Snapshot, stored: &str) -> bool {
    let hidden = |column: &str| noun.personal.contains(&column) || noun.secret.contains(&column);
    let mut columns: Vec<(&str, Option<&str>)> =
        row.0.iter().map(|(c, v)| (c.as_str(), v.as_deref())).collect();
    loop {
        let told = columns.iter().filter(|(column, _)| !hidden(column));
        let parts: Vec<&str> = told.flat_map(|(column, value)| [*column, value.unwrap_or("\u{0}")]).collect();
        if sha256(&parts) == stored {
            return true;
        }
        match columns.pop() {
            Some((_, None)) => {}
            _ => return false,
        }
    }
}

/// Digest of all rows of one child of a record, in the order of their key; read page by page, since an import
/// has half a million.
async fn rows_of(tx: &mut Tx, child: &Child, row: &Snapshot) -> Result<String, Fault> {
    let named = row.get(child.of).ok_or_else(|| Fault::because("a record lacks what its rows name"))?;
    // Numbers name a record by its number, not as text.
    let parent = match named.parse::<i64>() {
        Ok(number) if child.of != "id" => Bind::from(number),
        _ => Bind::from(named),
    };
    let (key, mut after) = match child.key {
        ChildKey::Text(key) => (key, Bind::from("")),
        ChildKey::Number(key) => (key, Bind::from(i64::MIN)),
    };
    let sql = format!(
        "select * from {} where {} = $1 and {key} > $2 order by {key} limit {PAGE}",
        child.table, child.parent
    );
    let mut hash = Sha256::new();
    loop {
        let rows = tx.query(&sql).bind(parent.clone()).bind(after.clone()).rows().await?;
        let Some(last) = rows.last() else { break };
        after = match child.key {
            ChildKey::Text(key) => Bind::from(last.get::<String>(key)?),
            ChildKey::Number(key) => Bind::from(last.get::<i64>(key)?),
        };
        for row in rows {
            for (column, value) in row.texts()? {
                if let Some(value) = value.filter(|_| !child.without.contains(&column.as_str())) {
                    hash.update(sha256(&[&column, &value]));
                }
            }
            hash.update("\n");
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    static KNOWN: Noun =
        Noun { name: "person", table: "people", personal: &["name"], secret: &["password"], children: &[] };

    fn row(columns: &[(&str, Option<&str>)]) -> Snapshot {
        Snapshot(columns.iter().map(|(c, v)| ((*c).to_owned(), v.map(str::to_owned))).collect())
    }

    /// An event of an earlier version still fits after a migration added a column, and only then.
    #[test]
    fn a_digest_of_before_fits_the_row_it_was_made_of_and_new_columns_without_a_value() {
        let stored = sha256(&["id", "1", "state", "\u{0}"]);
        let then = [("id", Some("1")), ("name", Some("Ana")), ("state", None), ("password", Some("x"))];
        assert!(first(&KNOWN, &row(&then), &stored));
        let added = [then.as_slice(), &[("since", None)]].concat();
        assert!(first(&KNOWN, &row(&added), &stored));
        let filled = [then.as_slice(), &[("since", Some("2026"))]].concat();
        assert!(!first(&KNOWN, &row(&filled), &stored));
        assert!(!first(&KNOWN, &row(&[("id", Some("2")), ("state", None)]), &stored));
    }

    #[test]
    fn a_secret_is_covered_by_its_digest_and_a_name_is_not() {
        let told = |password, name| {
            told_columns(&KNOWN, &row(&[("name", Some(name)), ("password", Some(password))]))
        };
        assert_eq!(told("x", "Ana"), told("x", "Ben"));
        assert_ne!(told("x", "Ana"), told("y", "Ana"));
        assert!(!told("x", "Ana").contains(&"x".to_owned()));
    }
}
