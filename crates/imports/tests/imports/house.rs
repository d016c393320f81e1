//! What the stories of imports share: a house with two things to import — lines without a life of
//! their own and records with one — and the people who may.

use access::{Action, Cx, Done, Params, Role, View};
use app::Request;
use base64::Engine as _;
use db::Migration;
use imports::{
    Accepted, Change, Choices, Exchange, FieldKind, FieldSpec, Known, OnChanged, Report, Row, RunRequest,
    Settings, Target, Verdict,
};
use kernel::listing::{Asked, Listing, Value as Cell};
use kernel::{Fault, Refusal, RefusalKind, Refused, Status};
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

const IMPORTS: Migration = Migration {
    name: "0020_create_imports",
    sql: include_str!("../../../../migrations/0020_create_imports.sql"),
};

/// Tables of the two things; `closed` holds periods that take no changes.
const THINGS: Migration = Migration {
    name: "9999_create_things",
    sql: "create table test_lines (batch_id text not null, line bigint not null, account text not null, \
          amount bigint not null, currency text not null, standing boolean not null, primary key (batch_id, line));\n\
          create table test_units (key text primary key, name text not null, batch_id text not null);\n\
          create table test_closed (account text primary key);",
};

const fn field(key: &'static str, label: &'static str, kind: FieldKind, required: bool) -> FieldSpec {
    FieldSpec { key, label, aliases: &[], required, kind }
}

static LINE_FIELDS: &[FieldSpec] = &[
    FieldSpec {
        key: "day",
        label: "Date",
        aliases: &["posting date"],
        required: false,
        kind: FieldKind::Day,
    },
    field("document", "Document", FieldKind::Text, false),
    field("position", "Position", FieldKind::Text, false),
    field("account", "Account", FieldKind::Text, true),
    FieldSpec {
        key: "text",
        label: "Text",
        aliases: &["description"],
        required: false,
        kind: FieldKind::Text,
    },
    field("amount", "Amount", FieldKind::Money, true),
    field("debit", "Debit", FieldKind::Money, false),
    field("currency", "Currency", FieldKind::Currency, false),
    field("period", "Period", FieldKind::Period, false),
    field("lenient", "Take unknown accounts", FieldKind::Switch, false),
];

/// Ledger-like lines; account 7719 is unknown.
pub static LINES: Target = Target {
    kind: "lines",
    label: "Lines",
    action: Action::ImportMoney,
    reads: Action::ReadMoney,
    fields: LINE_FIELDS,
    known: Known::Batches { identity: &["document", "position"] },
    total: Some("amount"),
    check: |_, rows| Box::pin(async move { Ok(rows.iter().map(judge_line).collect()) }),
    write: |cx, exchange, accepted| Box::pin(write_lines(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    revert: |cx, exchange, _| Box::pin(revert_lines(cx, exchange)),
};

fn judge_line(row: &Row) -> Verdict {
    match row.text("account") {
        Some("7719") if row.flag("lenient") != Some(true) => {
            Verdict::Rejected("cost centre 7719 unknown".into())
        }
        _ => Verdict::New,
    }
}

async fn write_lines(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    for old in accepted.iter().filter_map(|line| line.replaces.as_ref()) {
        let sql = "update test_lines set standing = $3 where batch_id = $1 and line = $2";
        cx.tx.query(sql).bind(old.batch).bind(old.line).bind(false).execute().await?;
    }
    let sql = "insert into test_lines (batch_id, line, account, amount, currency, standing)";
    let rows = accepted.iter().map(|line| {
        let money = line.row.money("amount").unwrap();
        vec![
            exchange.id.into(),
            line.row.line.into(),
            line.row.text("account").unwrap().into(),
            money.minor().into(),
            money.currency().code().into(),
            true.into(),
        ]
    });
    cx.tx.insert_many(sql, rows.collect()).await?;
    Ok(accepted.iter().map(|_| None).collect())
}

static ACCOUNT_CLOSED: RefusalKind =
    RefusalKind { code: "test_closed", status: Status::Rule, says: "Closed.", way_out: "None." };

async fn revert_lines(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    let sql =
        "select 1 as one from test_lines l join test_closed c on c.account = l.account where l.batch_id = $1";
    if cx.tx.query(sql).bind(exchange.id).row().await?.is_some() {
        return Err(ACCOUNT_CLOSED.plain().into());
    }
    cx.tx.query("delete from test_lines where batch_id = $1").bind(exchange.id).execute().await?;
    for line in imports::written_lines(&mut cx.tx, exchange.id, 0, 10_000).await? {
        let Some(old) = line.replaces else { continue };
        let sql = "update test_lines set standing = $3 where batch_id = $1 and line = $2";
        cx.tx.query(sql).bind(old.batch).bind(old.line).bind(true).execute().await?;
    }
    Ok(())
}

static UNIT_FIELDS: &[FieldSpec] =
    &[field("key", "Key", FieldKind::Text, true), field("name", "Name", FieldKind::Text, true)];

/// Records with a key.
pub static UNITS: Target = Target {
    kind: "units",
    label: "Units",
    action: Action::ImportCustomers,
    reads: Action::ReadCustomers,
    fields: UNIT_FIELDS,
    known: Known::Records { identity: &["key"] },
    total: None,
    check: |cx, rows| Box::pin(judge_units(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write_units(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    revert: |cx, exchange, _| {
        Box::pin(async move {
            cx.tx.query("delete from test_units where batch_id = $1").bind(exchange.id).execute().await?;
            Ok(())
        })
    },
};

async fn judge_units(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let mut verdicts = Vec::new();
    for row in rows {
        let (key, name) = (row.text("key").unwrap(), row.text("name").unwrap());
        let there = cx.tx.query("select name from test_units where key = $1").bind(key).row().await?;
        verdicts.push(match there.map(|there| there.get::<String>("name")).transpose()? {
            None => Verdict::New,
            Some(old) if old == name => Verdict::Known,
            Some(old) => Verdict::Changed(vec![Change { field: "name".into(), old, new: name.into() }]),
        });
    }
    Ok(verdicts)
}

async fn write_units(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let mut records = Vec::new();
    for line in accepted {
        let (key, name) = (line.row.text("key").unwrap(), line.row.text("name").unwrap());
        let sql = if line.changes {
            "update test_units set name = $2 where key = $1 and $3 = $3"
        } else {
            "insert into test_units (key, name, batch_id) values ($1, $2, $3)"
        };
        cx.tx.query(sql).bind(key).bind(name).bind(exchange.id).execute().await?;
        records.push(Some(key.to_owned()));
    }
    Ok(records)
}

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
