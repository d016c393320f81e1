//! Reading one line of a ledger file, as tables.

use imports::{Cell, Row};
use kernel::{Currency, Decimal, Money, Period};
use ledger::Class;

use super::entity::{Conversion, LineKind};
use super::rules::{Known, read};
use crate::period::{PeriodState, Periods};
use crate::rate::{Applied, Quoted, RateKind};
use crate::receivers::Receivers;

fn euro(text: &str) -> Cell {
    Cell::Money(Money::parse(text, Currency::EUR).unwrap())
}

fn dollar(text: &str) -> Cell {
    Cell::Money(Money::parse(text, Currency::USD).unwrap())
}

fn text(text: &str) -> Cell {
    Cell::Text(text.into())
}

fn day(text: &str) -> Cell {
    Cell::Day(text.parse().unwrap())
}

fn known() -> Known {
    let states =
        [("2024-08", PeriodState::Closed), ("2024-09", PeriodState::Open), ("2024-10", PeriodState::Future)];
    let september: Period = "2024-09".parse().unwrap();
    let rate = Applied::given(
        Currency::USD,
        Currency::EUR,
        RateKind::Average,
        Quoted::PerBase,
        "1.1106".parse().unwrap(),
        "ECB, mean of 21 days",
    );
    Known {
        base: Currency::EUR,
        accounts: [
            ("6400", "6400", Class::Cost),
            ("Licences", "6400", Class::Cost),
            ("8000", "8000", Class::Income),
            ("0400", "0400", Class::Asset),
            ("1600", "1600", Class::Balance),
        ]
        .map(|(named, code, class)| (named.to_owned(), (code.to_owned(), class)))
        .into(),
        cost_centres: ["4100".to_owned()].into(),
        periods: Periods(states.map(|(period, state)| (period.parse().unwrap(), state)).into()),
        rates: [((Currency::USD, september), rate)].into(),
        receivers: Receivers { services: ["CARE".to_owned()].into(), ..Receivers::default() },
    }
}

fn line(cells: &[(&'static str, Cell)]) -> Row {
    let mut all =
        vec![("account", text("6400")), ("posted_on", day("2024-09-12")), ("amount", euro("10.00"))];
    for (key, cell) in cells {
        all.retain(|(there, _)| there != key);
        all.push((*key, cell.clone()));
    }
    Row::new(2, all)
}

#[test]
fn a_line_that_cannot_be_written_says_why_in_the_users_words() {
    for (cells, why) in [
        (vec![("account", text("7719"))], "account 7719 unknown"),
        (vec![("cost_centre", text("7719"))], "cost centre 7719 unknown"),
        (vec![("service", text("CARX"))], "service CARX unknown"),
        (vec![("customer", text("CARE"))], "customer CARE unknown"),
        (vec![("posted_on", day("2024-10-01"))], "Oct 2024 is future"),
        (vec![("posted_on", day("2030-01-01"))], "Jan 2030 is not open yet"),
        (vec![("posted_on", Cell::Blank)], "neither a posting date nor a period"),
        (vec![("amount", Cell::Blank)], "no amount"),
        (vec![("kind", text("expense"))], "kind “expense” is none of cost, income, asset, balance"),
        (
            vec![("amount", Cell::Money(Money::parse("1.00", Currency::parse("GBP").unwrap()).unwrap()))],
            "no rate for GBP in 2024-09",
        ),
        (
            vec![("reporting_amount", Cell::Decimal("9.99".parse().unwrap()))],
            "amount 10.00 and amount in EUR 9.99 differ",
        ),
        (
            vec![("amount", dollar("1.00")), ("reporting_amount", Cell::Decimal("0.901".parse().unwrap()))],
            "“0.901” has more digits than EUR (2)",
        ),
    ] {
        assert_eq!(read(&line(&cells), &known()).unwrap_err(), why);
    }
}

#[test]
fn a_late_line_is_counted_in_the_open_period_and_says_where_it_belongs() {
    let late = read(&line(&[("posted_on", day("2024-08-30"))]), &known()).unwrap();
    assert_eq!(
        (late.period.to_string(), late.corrects.unwrap().to_string()),
        ("2024-09".into(), "2024-08".into())
    );
    assert_eq!(late.posted_on.to_string(), "2024-08-30");
}

#[test]
fn a_period_given_for_the_file_is_assumed_unless_the_lines_own_day_lies_in_it() {
    let period = Cell::Period("2024-09".parse().unwrap());
    for (posted, assumed, on) in [
        (Cell::Blank, true, "2024-09-30"),
        (day("2024-09-12"), false, "2024-09-12"),
        (day("2011-05-01"), true, "2011-05-01"),
    ] {
        let line = read(&line(&[("period", period.clone()), ("posted_on", posted)]), &known()).unwrap();
        assert_eq!((line.period_assumed, line.posted_on.to_string().as_str()), (assumed, on));
    }
}

#[test]
fn debit_is_positive_and_credit_negative_in_one_column_or_two() {
    for (cells, cents) in [
        (vec![("amount", euro("-5.00"))], -500),
        (vec![("amount", Cell::Blank), ("debit", euro("5.00"))], 500),
        (vec![("amount", Cell::Blank), ("credit", euro("683.23")), ("debit", euro("0.00"))], -68_323),
    ] {
        assert_eq!(read(&line(&cells), &known()).unwrap().amount.minor(), cents);
    }
}

#[test]
fn the_kind_is_that_of_the_account_unless_the_file_says_otherwise() {
    for (account, told, kind) in [
        ("6400", None, LineKind::Cost),
        ("8000", None, LineKind::Income),
        ("0400", None, LineKind::Asset),
        ("1600", None, LineKind::Balance),
        ("1600", Some("Cost"), LineKind::Cost),
    ] {
        let told = told.map_or(Cell::Blank, text);
        assert_eq!(read(&line(&[("account", text(account)), ("kind", told)]), &known()).unwrap().kind, kind);
    }
    let new = [("account", text("7719")), ("create_accounts", text("income"))];
    assert_eq!(read(&line(&new), &known()).unwrap().kind, LineKind::Income);
}

#[test]
fn an_account_is_found_by_its_name_too() {
    assert_eq!(read(&line(&[("account", text("Licences"))]), &known()).unwrap().account, "6400");
}

/// `faults.md`, “Converted with the rate of the day it was loaded”.
#[test]
fn only_what_the_source_did_not_convert_is_converted_and_by_the_months_average() {
    let converted = read(&line(&[("amount", dollar("1000.00"))]), &known()).unwrap();
    assert_eq!(
        (converted.amount.plain().as_str(), converted.original.plain().as_str()),
        ("900.41", "1000.00")
    );
    let source = "USD per 1 EUR, ECB, mean of 21 days";
    assert_eq!(converted.conversion, Conversion::Average { rate: "1.1106".into(), source: source.into() });
    let told: Decimal = "914.75".parse().unwrap();
    let told =
        read(&line(&[("amount", dollar("1000.00")), ("reporting_amount", Cell::Decimal(told))]), &known());
    let told = told.unwrap();
    let unnamed = Conversion::BySource { rate: None, source: None };
    assert_eq!((told.amount.plain().as_str(), told.conversion), ("914.75", unnamed));
    let told = Cell::Decimal("914.75".parse().unwrap());
    let named = [
        ("amount", dollar("1000.00")),
        ("reporting_amount", told),
        ("rate", text("1.0932")),
        ("rate_source", text("treasury")),
    ];
    let named = read(&line(&named), &known()).unwrap();
    let says = Conversion::BySource { rate: Some("1.0932".into()), source: Some("treasury".into()) };
    assert_eq!(
        (named.amount.plain().as_str(), named.conversion),
        ("914.75", says),
        "as told, at the rate it names"
    );
    assert_eq!(read(&line(&[]), &known()).unwrap().conversion, Conversion::None);
}
