//! What the stories of the ledger share: a house with its tables, a finance manager, postings.

use access::{Cx, Params, Role, View};
use app::Request;
use db::Migration;
use kernel::listing::{Asked, Listing, Value as Cell};
use kernel::{Currency, Money, Refused};
use ledger::{Class, NewPosting, NewTransaction, Posted, Source};
use serde_json::Value;
use testkit::{Person, TestHouse};

/// The ledger's own migration, applied where the house does not know it yet.
const MIGRATION: Migration = Migration {
    name: "0030_create_ledger",
    sql: include_str!("../../../../migrations/0030_create_ledger.sql"),
};

/// A finance manager in a house with a ledger.
pub async fn finance(house: &TestHouse) -> Person {
    house.house.db.migrate(&[MIGRATION]).await.unwrap();
    house.person("priya", &[Role::FinanceManager]).await
}

/// A transaction of one period over `(account code, cost centre, minor units)`, posted and kept.
pub async fn posts(
    who: &Person,
    period: &str,
    postings: &[(&str, Option<&str>, i64)],
) -> Result<Posted, Refused> {
    let mut cx = who.cx().await;
    let posted = try_post(&mut cx, period, postings).await?;
    cx.tx.commit().await.unwrap();
    Ok(posted)
}

/// The same, left to the caller to keep.
pub async fn try_post(
    cx: &mut Cx,
    period: &str,
    postings: &[(&str, Option<&str>, i64)],
) -> Result<Posted, Refused> {
    let mut new = Vec::new();
    for (code, cost_centre, amount) in postings {
        let class = if *code == "clearing" { Class::Balance } else { Class::Cost };
        let account = ledger::ensure(cx, code, code, class).await?;
        new.push(NewPosting::new(account.id, *amount).of(cost_centre.map(str::to_owned)));
    }
    let period: kernel::Period = period.parse().unwrap();
    let transaction = NewTransaction {
        kind: "import".into(),
        period,
        day: period.last_day(),
        text: format!("Lines of {period}"),
        source: Source { kind: "batch".into(), id: period.to_string() },
        corrects: None,
        postings: new,
    };
    ledger::post(cx, transaction).await
}

/// Runs one of the ledger's commands by its name.
pub async fn does(
    who: &Person,
    name: &str,
    params: &[(&str, &str)],
    body: Value,
    expected: Option<i64>,
) -> Result<access::Done, Refused> {
    let command = ledger::COMMANDS.iter().find(|command| command.name == name).unwrap();
    let request =
        Request { params: filled(params), body: body.clone(), key: Some(body.to_string()), expected };
    app::run(&who.house.house, command, who.who().await, request).await
}

/// Reads one of the ledger's views by its name.
pub async fn reads(who: &Person, name: &str, params: &[(&str, &str)]) -> Result<View, Refused> {
    let reading = ledger::READINGS.iter().find(|reading| reading.name == name).unwrap();
    app::read(&who.house.house, reading, who.who().await, filled(params), Asked::default()).await
}

/// A list of the ledger by its name.
pub async fn lists(who: &Person, name: &str, params: &[(&str, &str)]) -> Listing {
    match reads(who, name, params).await.unwrap() {
        View::List(listing) => listing,
        View::Record(_) => panic!("{name} is a record"),
    }
}

/// The euro amounts of `columns` in the row whose first column is `key`.
pub fn amounts(listing: &Listing, key: &str, columns: &[&str]) -> Vec<String> {
    let row = listing.rows.iter().find(|row| row[0].plain() == key).unwrap_or_else(|| panic!("no row {key}"));
    columns.iter().map(|column| listing.value(row, column).map(Cell::plain).unwrap_or_default()).collect()
}

fn filled(params: &[(&str, &str)]) -> Params {
    Params(params.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

/// Cents as money.
pub fn euro(minor: i64) -> Money {
    Money::of_minor(minor, Currency::EUR)
}
