//! What these stories share: people, files in and lists out.

use access::{Done, Role};
use base64::Engine as _;
use kernel::Refused;
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

/// Somebody who may bring everything in, and one person each for money.
pub async fn ana(house: &TestHouse) -> Person {
    house.person("ana", &[Role::PortfolioManager, Role::RelationshipManager, Role::FinanceManager]).await
}

/// Imports a file in one step with settings.
pub async fn run(who: &Person, kind: &str, file: &str, settings: Value) -> Result<Value, Refused> {
    let mut body = json!({ "kind": kind, "file_name": format!("{kind}.csv"),
        "file": base64::engine::general_purpose::STANDARD.encode(file) });
    let settings = settings.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(settings);
    Ok(who.does("import run", body).await?.body)
}

/// Imports a file as it is; its report.
pub async fn imports(who: &Person, kind: &str, file: &str) -> Value {
    match run(who, kind, file, json!({})).await {
        Ok(report) => report,
        Err(refused) => panic!("{kind}: {refused:?}"),
    }
}

/// New, known, changed, rejected.
pub fn counts(report: &Value) -> [i64; 4] {
    ["new", "known", "changed", "rejected"].map(|group| report[group]["lines"].as_i64().unwrap())
}

/// Why lines were rejected, by line.
pub fn reasons(report: &Value) -> Vec<String> {
    let mut reasons: Vec<(i64, String)> = (report["reasons"].as_array().unwrap().iter())
        .map(|reason| (reason["line"].as_i64().unwrap(), reason["says"].as_str().unwrap().to_owned()))
        .collect();
    reasons.sort();
    reasons.into_iter().map(|(line, says)| format!("{line}: {says}")).collect()
}

/// Changes of a report: `line field: old → new`.
pub fn changes(report: &Value) -> Vec<String> {
    let mut said = Vec::new();
    for changed in report["changes"].as_array().unwrap() {
        for change in changed["changes"].as_array().unwrap() {
            let word = |name: &str| change[name].as_str().unwrap().to_owned();
            said.push(format!("{} {}: {} → {}", changed["line"], word("field"), word("old"), word("new")));
        }
    }
    said
}

/// Takes a batch back.
pub async fn reverts(who: &Person, batch: &str) -> Result<Done, Refused> {
    who.does_to("batch revert", &[("number", batch)], json!({ "reason": "wrong file" }), None).await
}

/// A list as the CSV its page and the command line give.
pub async fn csv(who: &Person, list: &str) -> String {
    sheets::write_csv(&who.lists(list, &[]).await, sheets::CsvStyle::default())
}

/// A list as the workbook its page gives, imported as it is; its report.
pub async fn imports_workbook(who: &Person, kind: &str, list: &str) -> Value {
    let book = sheets::write_xlsx(&who.lists(list, &[]).await).unwrap();
    let file = base64::engine::general_purpose::STANDARD.encode(book);
    let body = json!({ "kind": kind, "file_name": format!("{kind}.xlsx"), "file": file });
    match who.does("import run", body).await {
        Ok(done) => done.body,
        Err(refused) => panic!("{kind}: {refused:?}"),
    }
}

/// Columns of a list as words.
pub async fn rows(who: &Person, list: &str, columns: &[&str]) -> Vec<String> {
    let listing = who.lists(list, &[]).await;
    let row = |row: &Vec<kernel::listing::Value>| {
        columns.iter().map(|key| listing.value(row, key).unwrap().plain()).collect::<Vec<_>>().join(" | ")
    };
    listing.rows.iter().map(row).collect()
}

/// Every record is what its last event left.
pub async fn history_tells_all(house: &TestHouse) {
    let mut tx = house.house.db.read().await.unwrap();
    let found = access::history::check(&mut tx, &app::registry::nouns()).await.unwrap();
    assert_eq!(found, [], "every record is what its last event left");
}
