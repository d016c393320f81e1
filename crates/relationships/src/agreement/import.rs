//! Agreements as something that can be imported: each row is an agreement entered, or its quantity or
//! last day changed.

use access::{Action, Cx, Params};
use chrono::NaiveDate;
use imports::{
    Accepted, Change, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict, at_line, judged,
};
use kernel::typed::day_label;
use kernel::{Quantity, Refusal, Refused, Scope};
use portfolio::closed;
use portfolio::import::{brought_in, field, needed, other_origin};
use portfolio::offering::Offering;

use super::add::{read, require_free};
use super::end::require_uncharged;
use super::error::OVERLAPS;
use super::take_back::take_back;
use super::{Agreement, AgreementEnd, AgreementInput, NewLine, QuantityChange, add, change, end, repo};
use crate::customer::Customer;

static FIELDS: &[FieldSpec] = &[
    field("number", "Agreement", FieldKind::Text, &["agreement number"]),
    needed("customer", "Customer", FieldKind::Text, &["customer key", "unit"]),
    needed("offering", "Offering", FieldKind::Text, &["offering key"]),
    needed("quantity", "Quantity", FieldKind::Quantity, &["agreed quantity", "volume"]),
    needed("from_day", "From", FieldKind::Day, &["first day", "start", "start date", "valid from"]),
    field("to_day", "To", FieldKind::Day, &["last day", "end", "end date", "valid to"]),
    field("quantity_from", "Quantity holds from", FieldKind::Day, &["quantity from", "changed from"]),
    field("notice_days", "Notice, days", FieldKind::Text, &["notice", "notice period"]),
    field("settlement", "Settlement", FieldKind::Text, &["settlement mode"]),
    field("source_key", "Key in its source", FieldKind::Text, &["source id", "external id", "contract"]),
];

/// Agreements; known by number, by key in their source, else by customer, offering and first day.
pub static IMPORT: Target = Target {
    kind: "agreements",
    label: "Agreements",
    action: Action::ImportCustomers,
    reads: Action::ReadCustomers,
    fields: FIELDS,
    known: Known::Records { identity: &["customer", "offering", "from_day"] },
    total: None,
    hints: imports::Hints::NONE,
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, why| Box::pin(revert(cx, exchange, why)),
};

fn input_of(row: &Row) -> AgreementInput {
    AgreementInput {
        customer: row.said("customer").unwrap_or_default(),
        offering: row.said("offering").unwrap_or_default(),
        quantity: row.said("quantity").unwrap_or_default(),
        from_day: row.said("from_day").unwrap_or_default(),
        to_day: row.said("to_day"),
        notice_days: row.said("notice_days"),
        settlement: row.said("settlement"),
        source_key: row.said("source_key"),
    }
}

/// Days of one customer and offering that a row of the chunk takes.
type Taken = (kernel::CustomerId, kernel::OfferingId, NaiveDate, Option<NaiveDate>, i64);

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let mut verdicts = Vec::with_capacity(rows.len());
    let mut taken: Vec<Taken> = Vec::new();
    for row in rows {
        let verdict = judge(cx, row, &mut taken).await;
        verdicts.push(judged(verdict)?);
    }
    Ok(verdicts)
}

async fn judge(cx: &mut Cx, row: &Row, taken: &mut Vec<Taken>) -> Result<Verdict, Refused> {
    let (customer, offering, line) = read(cx, &input_of(row)).await?;
    let Some(known) = known(cx, row, &customer, &offering, &line).await? else {
        require_free(cx, &customer, &offering, &line).await?;
        let same = |other: &&Taken| {
            (other.0, other.1) == (customer.id, offering.id)
                && line.to.is_none_or(|to| other.2 <= to)
                && other.3.is_none_or(|to| line.from <= to)
        };
        if let Some(other) = taken.iter().find(same) {
            return Ok(Verdict::Rejected(format!("line {} takes the same in those days", other.4)));
        }
        taken.push((customer.id, offering.id, line.from, line.to, row.line));
        return Ok(Verdict::New);
    };
    if let Some(why) = fixed(row, &known, &line) {
        return Ok(Verdict::Rejected(why));
    }
    let moves = moves(cx, row, &known, &line).await?;
    if let Some(to) = moves.to {
        require_end(cx, &known, to).await?;
    }
    let mut changes = Vec::new();
    let mut say = |field: &str, old: String, new: String| {
        changes.push(Change { field: field.to_owned(), old, new });
    };
    if let Some((old, new, _)) = moves.quantity {
        say("quantity", old.plain(), new.plain());
    }
    if let Some(to) = moves.to {
        say("to_day", known.to.map(|day| day.to_string()).unwrap_or_default(), to.to_string());
    }
    Ok(if changes.is_empty() { Verdict::Known } else { Verdict::Changed(changes) })
}

/// The agreement a row is about. A number alone may be another organisation's: it counts for the same
/// customer and offering.
async fn known(
    cx: &mut Cx,
    row: &Row,
    customer: &Customer,
    offering: &Offering,
    line: &NewLine,
) -> Result<Option<Agreement>, Refused> {
    let same = |known: &Agreement| (known.customer, known.offering) == (customer.id, offering.id);
    if let Some(number) = row.text("number")
        && let Some(known) = repo::find_by_number(&mut cx.tx, &Scope::All, number).await?
        && same(&known)
    {
        return Ok(Some(known));
    }
    if let Some(key) = &line.source_key
        && let Some(known) = repo::find_by_source(&mut cx.tx, &Scope::All, key).await?
    {
        return Ok(Some(known));
    }
    let open = repo::open_on(&mut cx.tx, customer.id, offering.id, line.from).await?;
    Ok(open.filter(|known| known.from == line.from && line.source_key.is_none()))
}

/// Why a row cannot be about the agreement: what it says of it never changes.
fn fixed(row: &Row, known: &Agreement, line: &NewLine) -> Option<String> {
    let (from, notice) = (known.from.to_string(), known.notice_days.to_string());
    let (said_from, said_notice) = (line.from.to_string(), row.said("notice_days"));
    other_origin("its first day", Some(&from), Some(&said_from))
        .or_else(|| other_origin("its notice", Some(&notice), said_notice.as_deref()))
        .or_else(|| other_origin("its settlement", Some(known.settlement.word()), row.text("settlement")))
        .or_else(|| {
            other_origin("its key in its source", known.source_key.as_deref(), row.text("source_key"))
        })
}

/// What of an agreement a row would move.
struct Moves {
    /// Quantity before and after, and the first day it holds.
    quantity: Option<(Quantity, Quantity, NaiveDate)>,
    /// The last day.
    to: Option<NaiveDate>,
}

/// A quantity holds from the day the row names, else from today on.
async fn moves(cx: &mut Cx, row: &Row, known: &Agreement, line: &NewLine) -> Result<Moves, Refused> {
    let day = row.day("quantity_from").unwrap_or_else(|| cx.today().max(known.from));
    let held = repo::quantities(&mut cx.tx, known.id).await?;
    let held = held.iter().rev().find(|(since, _)| *since <= day).map_or(known.quantity, |(_, held)| *held);
    let quantity = (held != line.quantity).then_some((held, line.quantity, day));
    if quantity.is_some() && !known.state(day).in_force() {
        let says =
            format!("{} is not in force on {}; name the day it holds from.", known.number, day_label(day));
        return Err(Refusal::field("quantity", says).into());
    }
    if quantity.is_some() {
        let what = format!("Another quantity of {} from {}", known.number, day_label(day));
        closed::require_open(&mut cx.tx, &what, day).await?;
    }
    Ok(Moves { quantity, to: line.to.filter(|to| known.to != Some(*to)) })
}

async fn require_end(cx: &mut Cx, known: &Agreement, to: NaiveDate) -> Result<(), Refused> {
    let (who, what) = (known.customer, known.offering);
    let other = repo::overlapping(&mut cx.tx, who, what, known.from, Some(to), Some(known.id)).await?;
    match other {
        Some(other) => Err(OVERLAPS.with(&["The customer", "it", &other.number]).into()),
        None => require_uncharged(cx, known, to).await,
    }
}

async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let mut numbers = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let written = write_one(cx, exchange, accepted).await;
        numbers.push(Some(written.map_err(|refused| at_line(accepted.row.line, refused))?));
    }
    Ok(numbers)
}

async fn write_one(cx: &mut Cx, exchange: &Exchange, accepted: &Accepted) -> Result<String, Refused> {
    let input = input_of(&accepted.row);
    if !accepted.changes {
        return Ok(add(cx, &Params::default(), input).await?.key);
    }
    let (customer, offering, line) = read(cx, &input).await?;
    let known = known(cx, &accepted.row, &customer, &offering, &line).await?;
    let known = known.ok_or_else(Refusal::not_found)?;
    let moves = moves(cx, &accepted.row, &known, &line).await?;
    let at = Params([("number".to_owned(), known.number.clone())].into());
    cx.expected = Some(known.version);
    let done = move_on(cx, &at, moves, &format!("{}, {}", exchange.number, exchange.file_name)).await;
    cx.expected = None;
    done.map(|()| known.number)
}

async fn move_on(cx: &mut Cx, at: &Params, moves: Moves, file: &str) -> Result<(), Refused> {
    if let Some((_, quantity, from)) = moves.quantity {
        let input = QuantityChange { quantity: quantity.plain(), from_day: from.to_string() };
        cx.expected = change(cx, at, input).await?.version;
    }
    if let Some(to) = moves.to {
        // A file does not say that both sides agree to less notice; its batch stands for it.
        let input = AgreementEnd { to_day: to.to_string(), why: Some(format!("as {file} says")) };
        end(cx, at, input).await?;
    }
    Ok(())
}

async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for number in brought_in(cx, exchange).await? {
        take_back(cx, exchange, &number, why).await?;
    }
    Ok(())
}
