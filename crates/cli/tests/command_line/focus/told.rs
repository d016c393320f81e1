//! The datasets of a month as readings give them, and what they must add up to from other readings.

use std::collections::BTreeMap;
use std::path::Path;

use access::Role;
use charging::statement::focus::{Bundle, Dataset, Row, Truth, Version, columns};
use kernel::listing::Listing;
use kernel::{Currency, Money};
use testkit::Person;

/// All datasets of `period` in 1.4, and their truth.
pub fn told(period: &str) -> (Bundle, Truth) {
    testkit::runtime().block_on(async {
        let house = testkit::larkfield().await;
        let auditor = house.person("auditor", &[Role::Auditor]).await;
        (bundle(&auditor, period).await, truth(&auditor, period).await)
    })
}

/// Debits of the recharge journal of `period`, cents.
pub fn booked(period: &str) -> i64 {
    let debits = testkit::runtime().block_on(async {
        let house = testkit::larkfield().await;
        let auditor = house.person("auditor", &[Role::Auditor]).await;
        rows(&auditor.lists("journal list", &[("period", period)]).await, ["debit"])
    });
    debits.iter().filter(|[debit]| !debit.is_empty()).map(|[debit]| minor(debit)).sum()
}

async fn bundle(who: &Person, period: &str) -> Bundle {
    let mut rows = Vec::new();
    for dataset in Version::V1_4.datasets() {
        let params = [("period", period), ("dataset", dataset.word())];
        rows.push(table(&who.lists("statement focus", &params).await, *dataset));
    }
    let [charges, invoices, periods] = rows.try_into().expect("1.4 has three datasets");
    Bundle { charges, invoices, periods }
}

fn table(listing: &Listing, dataset: Dataset) -> Vec<Row> {
    let row = |row: &Vec<kernel::listing::Value>| {
        let values = columns(dataset, Version::V1_4)
            .map(|column| (column.name, listing.value(row, column.name).expect("its columns").plain()));
        values.filter(|(_, value)| !value.is_empty()).collect()
    };
    listing.rows.iter().map(row).collect()
}

/// From statements, their lines and the run's shares: none of it is what the export read.
async fn truth(who: &Person, period: &str) -> Truth {
    let mut truth = Truth {
        currency: Currency::EUR,
        period: period.parse().unwrap(),
        customers: BTreeMap::new(),
        invoices: BTreeMap::new(),
        origins: None,
    };
    for row in rows(&who.lists("statement list", &[]).await, ["period", "customer", "number", "total"]) {
        if row[0] == period {
            truth.customers.insert(row[1].clone(), minor(&row[3]));
            truth.invoices.insert(row[2].clone(), minor(&row[3]));
        }
    }
    let mut origins: BTreeMap<String, i64> = BTreeMap::new();
    let shares = who.lists("share list", &[("period", period)]).await;
    for row in rows(&shares, ["receiver_kind", "stage", "sender", "amount"]) {
        if row[0] == "customer" {
            let sender = if row[1] == "pools" { "direct" } else { row[2].as_str() };
            *origins.entry(sender.to_owned()).or_default() += minor(&row[3]);
        }
    }
    let lines = who.lists("statement lines", &[("period", period)]).await;
    for row in rows(&lines, ["model", "gone", "service", "cost"]) {
        if row[0] != "at cost" && row[1] == "no" {
            *origins.entry(row[2].clone()).or_default() -= minor(&row[3]);
        }
    }
    origins.retain(|_, origin| *origin != 0);
    Truth { origins: Some(origins), ..truth }
}

fn rows<const N: usize>(listing: &Listing, columns: [&str; N]) -> Vec<[String; N]> {
    let cell = |row: &[kernel::listing::Value], key: &str| listing.value(row, key).expect(key).plain();
    listing.rows.iter().map(|row| columns.map(|key| cell(row, key))).collect()
}

/// Cents.
pub fn minor(amount: &str) -> i64 {
    Money::parse(amount, Currency::EUR).expect(amount).minor()
}

/// Writes the files of a bundle into a new folder; `left_out` are columns nobody writes.
pub fn write(bundle: &Bundle, folder: &Path, left_out: &[&str]) {
    std::fs::create_dir_all(folder).unwrap();
    for dataset in Version::V1_4.datasets() {
        let names: Vec<&str> = columns(*dataset, Version::V1_4)
            .map(|column| column.name)
            .filter(|name| !left_out.contains(name))
            .collect();
        let quoted = |name: &&str, row: &Row| {
            format!("\"{}\"", row.get(name).map_or("", String::as_str).replace('"', "\"\""))
        };
        let line =
            |row: &Row| names.iter().map(|name| quoted(name, row)).collect::<Vec<_>>().join(",") + "\n";
        let text = names.join(",") + "\n" + &bundle.rows(*dataset).iter().map(line).collect::<String>();
        std::fs::write(folder.join(format!("{}.csv", dataset.id())), text).unwrap();
    }
}
