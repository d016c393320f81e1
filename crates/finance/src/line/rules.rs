//! Reading one line of a ledger file: what it counts as, when, and how much in our currency. Every
//! reason to reject it is a sentence without its stop, as the list of rejected lines shows it.

use std::collections::{BTreeMap, BTreeSet};

use imports::Row;
use kernel::{Currency, Money, Period};
use ledger::Class;

use super::entity::{Conversion, LineKind, NewLine};
use crate::period::{Landing, Periods};
use crate::rate::Applied;
use crate::receivers::Receivers;

/// What a line is read against.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// The reporting currency.
    pub base: Currency,
    /// Accounts by code and, where no code is like it, by name: files often name them so.
    pub accounts: BTreeMap<String, (String, Class)>,
    /// Registered cost centres; empty: none is registered, so any code is taken.
    pub cost_centres: BTreeSet<String>,
    /// States of the periods.
    pub periods: Periods,
    /// Average rates; what is not there has no rate.
    pub rates: BTreeMap<(Currency, Period), Applied>,
    /// Services and customers.
    pub receivers: Receivers,
}

/// The month a line belongs to: the one given, else that of its day of posting.
pub(super) fn period_of(row: &Row) -> Option<Period> {
    row.period("period").or_else(|| row.day("posted_on").map(Period::of))
}

/// The amount as the source wrote it, debit positive: the one column, or debit less credit.
pub(super) fn original_of(row: &Row) -> Result<Money, String> {
    if let Some(amount) = row.money("amount") {
        return Ok(amount);
    }
    match (row.money("debit"), row.money("credit")) {
        (None, None) => Err("no amount".into()),
        (Some(debit), None) => Ok(debit),
        (None, Some(credit)) => Ok(credit.negated()),
        (Some(debit), Some(credit)) => debit.minus(credit).map_err(|error| error.to_string()),
    }
}

/// Reads a line, or says why it cannot be written.
pub(super) fn read(row: &Row, known: &Known) -> Result<NewLine, String> {
    let own = period_of(row).ok_or("neither a posting date nor a period")?;
    let landing = known.periods.landing(own).map_err(|refusal| sentence(&refusal.says))?;
    let (account, kind) = read_account(row, known)?;
    let cost_centre = read_cost_centre(row, known)?;
    let original = original_of(row)?;
    let (amount, conversion) = convert(row, known, original, own)?;
    let day = row.day("posted_on");
    let text = |field: &str| row.text(field).map(str::to_owned);
    let Landing { period, corrects } = landing;
    Ok(NewLine {
        period,
        corrects,
        posted_on: day.unwrap_or_else(|| own.last_day()),
        period_assumed: row.period("period").is_some() && !day.is_some_and(|day| own.contains(day)),
        kind,
        account,
        account_name: text("account_name"),
        cost_centre,
        cost_element: text("cost_element"),
        supplier: text("supplier"),
        document: text("document"),
        document_line: text("document_line"),
        description: text("description"),
        service: known.receivers.service(row.text("service"))?,
        customer: known.receivers.customer(row.text("customer"))?,
        estimate: row.flag("estimate").unwrap_or(false),
        original,
        amount,
        conversion,
    })
}

fn sentence(says: &str) -> String {
    says.trim_end_matches('.').to_owned()
}

fn read_account(row: &Row, known: &Known) -> Result<(String, LineKind), String> {
    let account = row.text("account").ok_or("no account")?;
    let told = match row.text("kind") {
        None => None,
        Some(word) => Some(
            LineKind::parse(&word.to_lowercase())
                .ok_or_else(|| format!("kind “{word}” is none of cost, income, asset, balance"))?,
        ),
    };
    match (known.accounts.get(account), told) {
        (Some((code, class)), None) => Ok((code.clone(), LineKind::of(*class))),
        (Some((code, _)), Some(kind)) => Ok((code.clone(), kind)),
        (None, told) if row.flag("create_accounts").unwrap_or(false) => {
            if code_for(account).is_none() {
                return Err(format!("account {account} cannot be given a code"));
            }
            Ok((account.to_owned(), told.unwrap_or(LineKind::Cost)))
        }
        (None, _) => Err(format!("account {account} unknown")),
    }
}

/// The longest code the ledger takes.
const LONGEST_CODE: usize = 40;

/// A code for an account that a file names: the name itself where it can be a code, else its letters
/// and digits with dashes between: `Grants to schools` → `GRANTS-TO-SCHOOLS`. `None` where nothing is
/// left of it.
pub(super) fn code_for(named: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-._/".contains(c);
    if named.len() <= LONGEST_CODE && named.chars().all(fits) {
        return Some(named.to_owned());
    }
    let words = named.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let code = words.collect::<Vec<_>>().join("-").to_ascii_uppercase();
    // Room is left for a number, where two names give one code.
    let code = code[..code.len().min(LONGEST_CODE - 4)].trim_end_matches('-').to_owned();
    (!code.is_empty()).then_some(code)
}

fn read_cost_centre(row: &Row, known: &Known) -> Result<Option<String>, String> {
    match row.text("cost_centre") {
        Some(code) if !known.cost_centres.is_empty() && !known.cost_centres.contains(code) => {
            Err(format!("cost centre {code} unknown"))
        }
        code => Ok(code.map(str::to_owned)),
    }
}

/// The amount in the reporting currency: as it came, as the source converted it, else by the average
/// of the month it belongs to. What came in the reporting currency is never converted again.
fn convert(row: &Row, known: &Known, original: Money, month: Period) -> Result<(Money, Conversion), String> {
    let told = row.decimal("reporting_amount");
    let told = told.map(|told| {
        Money::parse(&told.normalize().to_string(), known.base).map_err(|error| error.to_string())
    });
    let told = told.transpose()?;
    if original.currency() == known.base {
        return match told {
            Some(told) if told != original => Err(format!(
                "amount {} and amount in {} {} differ",
                original.plain(),
                known.base,
                told.plain()
            )),
            _ => Ok((original, Conversion::None)),
        };
    }
    if let Some(told) = told {
        return Ok((told, Conversion::BySource));
    }
    let rate = known.rates.get(&(original.currency(), month));
    let rate = rate.ok_or_else(|| format!("no rate for {} in {month}", original.currency()))?;
    let amount = rate.convert(original).map_err(|error| error.to_string())?;
    Ok((amount, Conversion::Average { rate: rate.shown().to_string(), source: rate.says() }))
}

#[cfg(test)]
mod tests {
    use imports::Cell;
    use kernel::Decimal;

    use super::*;
    use crate::period::PeriodState;
    use crate::rate::{Quoted, RateKind};

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
        let states = [
            ("2024-08", PeriodState::Closed),
            ("2024-09", PeriodState::Open),
            ("2024-10", PeriodState::Future),
        ];
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
                vec![
                    ("amount", dollar("1.00")),
                    ("reporting_amount", Cell::Decimal("0.901".parse().unwrap())),
                ],
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
            assert_eq!(
                read(&line(&[("account", text(account)), ("kind", told)]), &known()).unwrap().kind,
                kind
            );
        }
        let new = [("account", text("7719")), ("create_accounts", Cell::Flag(true))];
        assert_eq!(read(&line(&new), &known()).unwrap().kind, LineKind::Cost);
    }

    #[test]
    fn an_account_is_found_by_its_name_too_and_a_new_one_gets_a_code_of_its_name() {
        assert_eq!(read(&line(&[("account", text("Licences"))]), &known()).unwrap().account, "6400");
        for (named, code) in [
            ("62510000", Some("62510000")),
            ("IT-4.1/2", Some("IT-4.1/2")),
            ("Marketing & Advertising", Some("MARKETING-ADVERTISING")),
            ("EXP - CURRENT GRANTS TO LOCAL GOVERNMENT", Some("EXP-CURRENT-GRANTS-TO-LOCAL-GOVERNME")),
            ("Büro", Some("B-RO")),
            ("–", None),
        ] {
            assert_eq!(code_for(named).as_deref(), code, "{named}");
        }
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
        assert_eq!(
            converted.conversion,
            Conversion::Average { rate: "1.1106".into(), source: source.into() }
        );
        let told: Decimal = "914.75".parse().unwrap();
        let told = read(
            &line(&[("amount", dollar("1000.00")), ("reporting_amount", Cell::Decimal(told))]),
            &known(),
        );
        let told = told.unwrap();
        assert_eq!((told.amount.plain().as_str(), told.conversion), ("914.75", Conversion::BySource));
        assert_eq!(read(&line(&[]), &known()).unwrap().conversion, Conversion::None);
    }
}
