//! Reading one line of a ledger file: what it counts as, when, and how much in our currency. Every
//! reason to reject it is a sentence without its stop, as the list of rejected lines shows it.

use std::collections::{BTreeMap, BTreeSet};

use imports::{Row, Verdict};
use kernel::{Currency, Money, Period};
use ledger::Class;

use super::account::read_account;
use super::entity::{Conversion, NewLine};
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

/// The month a line belongs to: the closed one it corrects, the one given, else that of its day of posting.
pub(super) fn period_of(row: &Row) -> Option<Period> {
    let given = row.period("corrects").or(row.period("period"));
    given.or_else(|| row.day("posted_on").map(Period::of))
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

impl NewLine {
    /// What is told of a good line: that it came late, and where it goes.
    pub(super) fn verdict(&self) -> Verdict {
        match self.corrects {
            None => Verdict::New,
            Some(closed) => Verdict::Noted(format!(
                "{} is closed, so it is counted in {} and says what it corrects",
                closed.label(),
                self.period.label()
            )),
        }
    }
}

fn sentence(says: &str) -> String {
    says.trim_end_matches('.').to_owned()
}

fn read_cost_centre(row: &Row, known: &Known) -> Result<Option<String>, String> {
    match row.text("cost_centre") {
        Some(code) if !known.cost_centres.is_empty() && !known.cost_centres.contains(code) => {
            Err(format!("cost centre {code} unknown"))
        }
        code => Ok(code.map(str::to_owned)),
    }
}

/// The amount in the reporting currency `base`, where the source tells it.
pub(super) fn reporting_of(row: &Row, base: Currency) -> Result<Option<Money>, String> {
    let told = row.decimal("reporting_amount").map(|told| Money::parse(&told.normalize().to_string(), base));
    told.transpose().map_err(|error| error.to_string())
}

/// The amount in the reporting currency: as it came, as the source converted it, else by the average
/// of the month it belongs to. What came in the reporting currency is never converted again.
fn convert(row: &Row, known: &Known, original: Money, month: Period) -> Result<(Money, Conversion), String> {
    let told = reporting_of(row, known.base)?;
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
        let said = |field: &str| row.text(field).map(str::to_owned);
        return Ok((told, Conversion::BySource { rate: said("rate"), source: said("rate_source") }));
    }
    let rate = known.rates.get(&(original.currency(), month));
    let rate = rate.ok_or_else(|| format!("no rate for {} in {month}", original.currency()))?;
    let amount = rate.convert(original).map_err(|error| error.to_string())?;
    Ok((amount, Conversion::Average { rate: rate.shown().to_string(), source: rate.says() }))
}
