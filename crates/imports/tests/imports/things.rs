//! Two things to import: lines without a life of their own, and records with one.

use access::{Action, Cx};
use db::Migration;
use imports::{Accepted, Change, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict};
use kernel::{RefusalKind, Refused, Status};

/// Tables of the two things; `closed` holds periods that take no changes.
pub const THINGS: Migration = Migration {
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
    hints: imports::Hints::NONE,
    check: |_, rows| Box::pin(async move { Ok(rows.iter().map(judge_line).collect()) }),
    write: |cx, exchange, accepted| Box::pin(write_lines(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: Some(|cx, exchange| Box::pin(may_revert_lines(cx, exchange))),
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

async fn may_revert_lines(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    let sql =
        "select 1 as one from test_lines l join test_closed c on c.account = l.account where l.batch_id = $1";
    match cx.tx.query(sql).bind(exchange.id).row().await? {
        Some(_) => Err(ACCOUNT_CLOSED.plain().into()),
        None => Ok(()),
    }
}

async fn revert_lines(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    cx.tx.query("delete from test_lines where batch_id = $1").bind(exchange.id).execute().await?;
    for line in imports::written_lines(&mut cx.tx, exchange.id, 0, 10_000).await? {
        let Some(old) = line.replaces else { continue };
        let sql = "update test_lines set standing = $3 where batch_id = $1 and line = $2";
        cx.tx.query(sql).bind(old.batch).bind(old.line).bind(true).execute().await?;
    }
    Ok(())
}

static UNIT_FIELDS: &[FieldSpec] = &[
    field("key", "Key", FieldKind::Text, true),
    field("name", "Name", FieldKind::Text, true),
    field("make_keys", "Make keys of the names", FieldKind::Switch, false),
];

/// Records with a key.
pub static UNITS: Target = Target {
    kind: "units",
    label: "Units",
    action: Action::ImportCustomers,
    reads: Action::ReadCustomers,
    fields: UNIT_FIELDS,
    known: Known::Records { identity: &["key"] },
    total: None,
    hints: imports::Hints { keys: Some(imports::Keys::OF_NAMES), ..imports::Hints::NONE },
    check: |cx, rows| Box::pin(judge_units(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write_units(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
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
