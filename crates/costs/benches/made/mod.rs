//! A bill of our own to measure on, laid out as the bench wants it.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array, RecordBatch, StringArray};

use crate::bills::{Cost, Folder, Tag, account_rules, batch, parquet, rows, tag_rules, units};

const ROWS: usize = 1_000_000;
const FILES: u64 = 2;

/// Makes it; it goes away with what is returned.
pub fn bill() -> Folder {
    let folder = Folder::new("bench");
    std::fs::create_dir_all(folder.0.join("usage")).expect("a folder can be made there");
    for file in 0..FILES {
        let rows = rows(ROWS, file);
        let path = folder.path(&format!("usage/part-{file}.parquet"));
        parquet(&path, &batch(&rows, Cost::Narrow, Tag::Column), ROWS / 2, true);
    }
    let words = |words: Vec<String>| Arc::new(StringArray::from(words)) as ArrayRef;
    let write = |name: &str, columns: Vec<(&str, ArrayRef)>| {
        parquet(
            &folder.path(name),
            &RecordBatch::try_from_iter(columns).expect("columns of one length"),
            ROWS,
            true,
        );
    };
    for (name, heading, rules) in [
        ("rules_tag.parquet", "tag_app", tag_rules()),
        ("rules_account.parquet", "SubAccountId", account_rules()),
    ] {
        let (looked_at, services) = rules.into_iter().unzip();
        write(name, vec![(heading, words(looked_at)), ("service", words(services))]);
    }
    let units = units();
    let column = |of: fn(&(String, String, String)) -> &String| {
        words(units.keys().map(|key| of(key).clone()).collect())
    };
    let columns = vec![
        ("service", column(|key| &key.0)),
        ("customer", column(|key| &key.1)),
        ("month", column(|key| &key.2)),
        ("units", Arc::new(Int64Array::from_iter_values(units.values().copied())) as ArrayRef),
    ];
    write("drivers.parquet", columns);
    folder
}
