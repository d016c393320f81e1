//! What the stories of imports share: a house with two things to import, and the people who may.

use access::{Done, Params, Role, View};
use app::Request;
use base64::Engine as _;
use db::Migration;
use imports::{Choices, OnChanged, Report, RunRequest, Settings};
use kernel::listing::{Asked, Listing, Value as Cell};
use kernel::{Fault, Refusal, Refused};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

use super::things::{LINES, THINGS, UNITS};

const IMPORTS: Migration = Migration {
    name: "0020_create_imports",
    sql: include_str!("../../../../migrations/0020_create_imports.sql"),
};

/// A finance manager in a house that can import lines and units.
pub async fn finance(house: &TestHouse) -> Person {
    house.house.db.migrate(&[IMPORTS, THINGS]).await.unwrap();
    imports::register(&[&LINES, &UNITS]);
    house.person("priya", &[Role::FinanceManager]).await
}

/// A file of lines as text, imported in one step and kept.
pub async fn imports(who: &Person, name: &str, text: &str) -> Result<Report, Refused> {
    run(who, request("lines", name, text)).await
}

/// An import in one step.
pub fn request(kind: &str, name: &str, text: &str) -> RunRequest {
    RunRequest { kind: kind.into(), file_name: name.into(), bytes: text.into(), ..RunRequest::default() }
}

/// Runs it and keeps what it wrote.
pub async fn run(who: &Person, request: RunRequest) -> Result<Report, Refused> {
    let mut cx = who.cx().await;
    let report = imports::run(&mut cx, request, &mut |_| {}).await?;
    cx.tx.commit().await.unwrap();
    Ok(report)
}

/// The same with a choice for changed lines.
pub fn replacing(request: RunRequest) -> RunRequest {
    RunRequest { choices: Choices { changed: OnChanged::Replace, ..Choices::default() }, ..request }
}

/// The same with a value for the whole file.
pub fn with(request: RunRequest, set: impl FnOnce(&mut Settings)) -> RunRequest {
    let mut request = request;
    set(&mut request.settings);
    request
}

/// What a report counts: new, known, changed, rejected.
pub fn counts(report: &Report) -> [i64; 4] {
    [report.new.lines, report.known.lines, report.changed.lines, report.rejected.lines]
}

/// Lines that stand, and their sum in cents.
pub async fn standing(who: &Person) -> (i64, i64) {
    let mut cx = who.cx().await;
    let sql = "select cast(count(*) as bigint) as n, cast(coalesce(sum(amount), 0) as bigint) as total \
               from test_lines where standing = $1";
    let row = cx.tx.query(sql).bind(true).row().await.unwrap().unwrap();
    (row.get("n").unwrap(), row.get("total").unwrap())
}

/// Runs one of the imports' commands by its name.
pub async fn does(
    who: &Person,
    name: &str,
    number: &str,
    body: Value,
    expected: Option<i64>,
) -> Result<Done, Refused> {
    let command = imports::COMMANDS.iter().find(|command| command.name == name).unwrap();
    let key = Some(format!(
        "{name} {number} {body} {}",
        who.house.house.chance.uuid_v7(who.house.house.clock.now())
    ));
    let request = Request { params: at(number), body, key, expected };
    app::run(&who.house.house, command, who.who().await, request).await
}

/// Takes a batch back.
pub async fn reverts(who: &Person, number: &str) -> Result<Done, Refused> {
    does(who, "batch revert", number, json!({"reason": "Wrong file"}), None).await
}

/// Uploads a file and gives its batch.
pub async fn uploads(who: &Person, name: &str, text: &str) -> Result<Done, Refused> {
    let file = base64::engine::general_purpose::STANDARD.encode(text);
    does(who, "import upload", "", json!({"kind": "lines", "file": file, "file_name": name}), None).await
}

/// Reads one of the imports' views by its name.
pub async fn reads(who: &Person, name: &str, number: &str) -> Result<View, Refused> {
    let reading = imports::READINGS.iter().find(|reading| reading.name == name).unwrap();
    app::read(&who.house.house, reading, who.who().await, at(number), Asked::default()).await
}

/// A record of imports by its name.
pub async fn sees(who: &Person, name: &str, number: &str) -> Value {
    match reads(who, name, number).await.unwrap() {
        View::Record(record) => record,
        View::List(_) => panic!("{name} is a list"),
    }
}

/// A list of imports by its name.
pub async fn lists(who: &Person, name: &str, number: &str) -> Listing {
    match reads(who, name, number).await.unwrap() {
        View::List(listing) => listing,
        View::Record(_) => panic!("{name} is a record"),
    }
}

/// The texts of one column.
pub fn column(listing: &Listing, key: &str) -> Vec<String> {
    listing.rows.iter().map(|row| listing.value(row, key).map(Cell::plain).unwrap_or_default()).collect()
}

fn at(number: &str) -> Params {
    Params(["number", "name"].map(|name| (name.to_owned(), number.to_owned())).into())
}

/// The refusal behind a refused command.
pub fn refusal(refused: Refused) -> Refusal {
    match refused {
        Refused::Refusal(refusal) => refusal,
        Refused::Fault(fault) => panic!("{}", Fault::chain(&fault)),
    }
}
