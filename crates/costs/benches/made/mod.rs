//! Bills of our own to measure on.

use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray};

use crate::bills::{Cost, Folder, Tag, account_rules, batch, csv, gzip, parquet, rows, tag_rules, units};

const ROWS: usize = 1_000_000;
const FILES: u64 = 2;

/// A bill laid out as the bench wants it; it goes away with what is returned.
pub fn bill() -> Folder {
    let folder = Folder::new("bench");
    std::fs::create_dir_all(folder.0.join("usage")).expect("a folder can be made there");
    for file in 0..FILES {
        let path = folder.path(&format!("usage/part-{file}.parquet"));
        parquet(&path, &batch(&rows(ROWS, file), Cost::Narrow, Tag::Column), ROWS / 2, true);
    }
    let words = |words: Vec<String>| Arc::new(StringArray::from(words)) as ArrayRef;
    for (name, heading, rules) in [
        ("rules_tag.parquet", "tag_app", tag_rules()),
        ("rules_account.parquet", "SubAccountId", account_rules()),
    ] {
        let (looked_at, services) = rules.into_iter().unzip();
        write(&folder, name, [(heading, words(looked_at)), ("service", words(services))]);
    }
    let units = units();
    let column = |of: fn(&(String, String, String)) -> &String| {
        words(units.keys().map(|key| of(key).clone()).collect())
    };
    let columns = [
        ("service", column(|key| &key.0)),
        ("customer", column(|key| &key.1)),
        ("month", column(|key| &key.2)),
        ("units", Arc::new(Int64Array::from_iter_values(units.values().copied())) as ArrayRef),
    ];
    write(&folder, "drivers.parquet", columns);
    folder
}

fn write<const N: usize>(folder: &Folder, name: &str, columns: [(&str, ArrayRef); N]) {
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    parquet(&folder.path(name), &batch, ROWS, true);
}

/// The same million rows in every way they come, each a folder `usage` of its own beside the tables.
pub fn kinds() -> Vec<(&'static str, Folder)> {
    let rows = rows(ROWS, 7);
    let parquets = [
        ("decimal of 18 digits", Cost::Narrow, Tag::Column),
        ("decimal of 38 digits", Cost::Decimal(38, 18), Tag::Column),
        ("DOUBLE", Cost::Float, Tag::Column),
        ("cost as text", Cost::Text, Tag::Column),
        ("tags as JSON", Cost::Narrow, Tag::Json),
        ("tags as a map", Cost::Narrow, Tag::Map),
    ];
    let mut kinds = Vec::new();
    for (name, cost, tag) in parquets {
        let folder = tables(name);
        parquet(&folder.path("usage/part.parquet"), &batch(&rows, cost, tag), ROWS / 2, true);
        kinds.push((name, folder));
    }
    for (name, packed) in [("CSV", false), ("CSV, gzip", true)] {
        let (folder, text) = (tables(name), csv(&rows));
        match packed {
            true => gzip(&folder.path("usage/part.csv.gz"), &text),
            false => drop(folder.write("usage/part.csv", &text)),
        }
        kinds.push((name, folder));
    }
    kinds
}

fn tables(name: &str) -> Folder {
    let folder = Folder::new(&name.replace([' ', ','], "-"));
    std::fs::create_dir_all(folder.0.join("usage")).expect("a folder can be made there");
    folder.tables();
    folder
}

/// SAP's case: 100 segments of 2 senders, each shared over the same 50,000 receivers.
pub fn lines() -> Folder {
    const SERVICES: i32 = 200;
    const CUSTOMERS: i32 = 50_000;
    let folder = tables("lines");
    let services: Vec<String> = (0..SERVICES).map(|one| format!("svc-{one:03}")).collect();
    let rules: String = services.iter().map(|service| format!("app-{service},{service}\n")).collect();
    folder.write("tags.csv", &format!("tag_app,service\n{rules}"));
    folder.write("accounts.csv", "SubAccountId,service\n");
    let bill =
        services.iter().zip(1..).map(|(service, cost)| format!("{cost}000.55,2026-01-01,1,app-{service}\n"));
    let head = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n";
    folder.write("usage/part.csv", &format!("{head}{}", bill.collect::<String>()));
    let customers: ArrayRef =
        Arc::new((0..CUSTOMERS).map(|one| Some(format!("cust-{one:05}"))).collect::<StringArray>());
    let words = |keys: Vec<i32>, words: &ArrayRef| {
        let keys = Int32Array::from(keys);
        Arc::new(DictionaryArray::try_new(keys, words.clone()).expect("keys of these words")) as ArrayRef
    };
    let (services, month): (ArrayRef, ArrayRef) =
        (Arc::new(StringArray::from(services)), Arc::new(StringArray::from(vec!["2026-01"])));
    let all = || (0..SERVICES).flat_map(|service| (0..CUSTOMERS).map(move |customer| (service, customer)));
    let columns = [
        ("service", words(all().map(|(service, _)| service).collect(), &services)),
        ("customer", words(all().map(|(_, customer)| customer).collect(), &customers)),
        ("month", words(all().map(|_| 0).collect(), &month)),
        (
            "units",
            Arc::new(Int64Array::from_iter_values(all().map(|(s, c)| i64::from(1 + (s * 31 + c * 17) % 997))))
                as ArrayRef,
        ),
    ];
    write(&folder, "drivers.parquet", columns);
    folder
}
