//! What the stories of this crate share: imports without files, and closing a period by hand.

use std::collections::BTreeMap;

use finance::period::{self, PeriodStep};
use imports::{Accepted, Cell, Exchange, Row, Target, Verdict, WrittenRow};
use kernel::{BatchId, Currency, Money, Period, Quantity, Refused};
use testkit::Person;

/// Words.
pub fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

/// A day.
pub fn day(text: &str) -> Cell {
    Cell::Day(text.parse().unwrap())
}

/// A month.
pub fn month(text: &str) -> Cell {
    Cell::Period(text.parse().unwrap())
}

/// An amount: `12.50 EUR`.
pub fn money(text: &str) -> Cell {
    let (amount, code) = text.split_once(' ').unwrap();
    Cell::Money(Money::parse(amount, Currency::parse(code).unwrap()).unwrap())
}

/// A quantity.
pub fn quantity(text: &str) -> Cell {
    Cell::Quantity(Quantity::parse(text).unwrap())
}

/// A decimal.
pub fn decimal(text: &str) -> Cell {
    Cell::Decimal(text.parse().unwrap())
}

/// Rows of a file, numbered from line 2.
pub fn rows(lines: impl IntoIterator<Item = Vec<(&'static str, Cell)>>) -> Vec<Row> {
    lines.into_iter().zip(2..).map(|(cells, line)| Row::new(line, cells)).collect()
}

/// A line of account, day and amount.
pub fn line(account: &str, on: &str, amount: &str) -> Vec<(&'static str, Cell)> {
    vec![("account", text(account)), ("posted_on", day(on)), ("amount", money(amount))]
}

/// What can be imported under that word.
pub fn target(kind: &str) -> &'static Target {
    finance::TARGETS.iter().find(|target| target.kind == kind).unwrap()
}

/// What is thought of the rows.
pub async fn checks(person: &Person, kind: &str, rows: &[Row]) -> Vec<Verdict> {
    let mut cx = person.cx().await;
    let mut verdicts = Vec::new();
    for chunk in rows.chunks(imports::CHUNK) {
        verdicts.extend((target(kind).check)(&mut cx, chunk).await.unwrap());
    }
    verdicts
}

/// Writes the rows as a batch; `replaces` gives, by line, the record a row takes the place of.
pub async fn imports_over(
    person: &Person,
    kind: &'static str,
    rows: Vec<Row>,
    replaces: &BTreeMap<i64, String>,
) -> Result<(Exchange, Vec<Option<String>>), Refused> {
    let mut cx = person.cx().await;
    let id = BatchId::new(cx.uuid());
    let exchange = Exchange { id, number: "B-0001".into(), kind, file_name: "file.csv".into(), period: None };
    let replaced = |record: &String| WrittenRow { batch: id, line: 1, record: Some(record.clone()) };
    let accepted: Vec<Accepted> = rows
        .into_iter()
        .map(|row| Accepted { replaces: replaces.get(&row.line).map(replaced), changes: false, row })
        .collect();
    let mut records = Vec::new();
    for chunk in accepted.chunks(imports::CHUNK) {
        records.extend((target(kind).write)(&mut cx, &exchange, chunk).await?);
    }
    (target(kind).finish)(&mut cx, &exchange).await?;
    cx.tx.commit().await?;
    Ok((exchange, records))
}

/// Writes the rows as a batch.
pub async fn imports(person: &Person, kind: &'static str, rows: Vec<Row>) -> Exchange {
    imports_over(person, kind, rows, &BTreeMap::new()).await.unwrap().0
}

/// Takes a batch back.
pub async fn reverts(person: &Person, exchange: &Exchange) -> Result<(), Refused> {
    let (mut cx, target) = (person.cx().await, target(exchange.kind));
    if let Some(asks) = target.may_revert {
        asks(&mut cx, exchange).await?;
    }
    (target.revert)(&mut cx, exchange, "wrong file").await?;
    cx.tx.commit().await?;
    Ok(())
}

/// Moves a period through `steps`.
pub async fn moves(person: &Person, month: &str, steps: &[PeriodStep]) {
    let mut cx = person.cx().await;
    let mut found = period::load(&mut cx.tx, month).await.unwrap();
    for step in steps {
        period::step(&mut cx, &mut found, *step, None).await.unwrap();
    }
    cx.tx.commit().await.unwrap();
}

/// Closes a period for good.
pub async fn closes(person: &Person, month: &str) {
    moves(person, month, &[PeriodStep::Review, PeriodStep::SoftClose, PeriodStep::Close]).await;
}

/// The period's ledger total: the sum of its cost lines.
pub async fn ledger_total(person: &Person, month: &str) -> i64 {
    let month: Period = month.parse().unwrap();
    finance::line::ledger_total(&mut person.cx().await.tx, month).await.unwrap()
}

/// What the general ledger holds on `account` in `month`: debit positive.
pub async fn booked(person: &Person, account: &str, month: &str) -> i64 {
    let mut cx = person.cx().await;
    let base = cx.organisation.currency;
    let filter = ledger::Filter::of(month.parse().unwrap());
    let balances = ledger::trial_balance(&mut cx.tx, base, &filter).await.unwrap();
    balances.of(account).map_or(0, |line| line.movement.minor())
}
