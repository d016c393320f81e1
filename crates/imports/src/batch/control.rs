//! The control total: what a file must add up to, as who sent it says; one amount, or one for each currency.

use std::collections::BTreeMap;

use kernel::{Currency, Decimal, Money, Refusal, typed};

use super::error::{NO_SINGLE_TOTAL, TOTALS_DIFFER};
use crate::report::{Report, Total};

/// Amounts by currency; of no currency where none is named, and then the only one.
type Amounts = BTreeMap<String, Decimal>;

/// A control total as it is kept: `7563248.11`, or `59746.50 EUR + 11550.00 USD`.
///
/// # Errors
/// It is no amount, or several without the currency of each: a sentence.
pub(super) fn read(text: &str) -> Result<String, String> {
    let amounts = amounts(text).ok_or_else(|| {
        format!("“{text}” is no amount; write it as 7563248.11, or for each currency as 59746.50 EUR + 11550.00 USD.")
    })?;
    let said = amounts.iter().map(|(currency, amount)| format!("{amount} {currency}").trim_end().to_owned());
    Ok(said.collect::<Vec<_>>().join(" + "))
}

fn amounts(text: &str) -> Option<Amounts> {
    let mut amounts = Amounts::new();
    for part in text.split('+') {
        let (words, number): (Vec<&str>, Vec<&str>) =
            part.split_whitespace().partition(|word| Currency::parse(word).is_ok());
        let currency = match words.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            _ => return None,
        };
        let amount = typed::plain_number(&number.join(" "))?.parse().ok()?;
        if amounts.insert(currency, amount).is_some() {
            return None;
        }
    }
    // What is of no currency stands alone.
    (amounts.len() == 1 || !amounts.contains_key("")).then_some(amounts)
}

/// Total − control total, in words; `None` where there is no control total or no difference. Where a file has debit
/// and credit columns, the sum of its debits is as good a control total.
pub(super) fn difference(control: Option<&str>, report: &Report) -> Result<Option<String>, Refusal> {
    let Some(control) = control else { return Ok(None) };
    let wanted = amounts(control).ok_or_else(|| Refusal::field("control_total", "It is no amount."))?;
    match wanted.get("") {
        Some(wanted) => of_one(control, *wanted, report),
        None => Ok(of_each(wanted, report)),
    }
}

fn of_one(control: &str, wanted: Decimal, report: &Report) -> Result<Option<String>, Refusal> {
    let debits: Vec<&Total> =
        report.sums.iter().filter(|sum| sum.field == "debit").map(|sum| &sum.total).collect();
    if let [only] = debits.as_slice()
        && amount(only) == Some(wanted)
    {
        return Ok(None);
    }
    let [total] = report.totals.as_slice() else {
        return Err(NO_SINGLE_TOTAL.with(&[control, &in_all(report)]));
    };
    let apart = amount(total).and_then(|amount| amount.checked_sub(wanted));
    match apart {
        Some(apart) if apart.is_zero() => Ok(None),
        Some(apart) => Ok(Some(spoken(apart, &total.currency))),
        None => Ok(Some(format!("{} against {control}", total.says))),
    }
}

/// What each currency is apart; one that only the file or only the control total has is apart by all of it.
fn of_each(wanted: Amounts, report: &Report) -> Option<String> {
    let mut apart = wanted;
    apart.values_mut().for_each(|amount| *amount = -*amount);
    for total in &report.totals {
        let of_currency = apart.entry(total.currency.clone()).or_default();
        *of_currency = of_currency.checked_add(amount(total).unwrap_or_default()).unwrap_or(Decimal::MAX);
    }
    let apart: Vec<String> = (apart.iter().filter(|(_, amount)| !amount.is_zero()))
        .map(|(currency, amount)| spoken(*amount, currency))
        .collect();
    (!apart.is_empty()).then(|| apart.join(" + "))
}

/// What the file adds up to.
fn in_all(report: &Report) -> String {
    let totals: Vec<&str> = report.totals.iter().map(|total| total.says.as_str()).collect();
    if totals.is_empty() { "nothing".to_owned() } else { totals.join(" + ") }
}

fn amount(total: &Total) -> Option<Decimal> {
    total.amount.parse().ok()
}

fn spoken(apart: Decimal, currency: &str) -> String {
    let money = Currency::parse(currency).ok().and_then(|currency| {
        let digits = apart.normalize().to_string();
        Money::parse(&digits, currency).ok()
    });
    money.map_or_else(|| apart.normalize().to_string(), |money| money.spoken())
}

/// Refuses where the total is not the control total.
pub(super) fn must_tie(report: &Report) -> Result<(), Refusal> {
    let Some(difference) = &report.difference else { return Ok(()) };
    let control = report.control_total.as_deref().unwrap_or_default();
    Err(TOTALS_DIFFER.with(&[&in_all(report), control, difference]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_total_is_one_amount_or_one_for_each_currency() {
        for (text, kept) in [
            ("7563248.11", Some("7563248.11")),
            (" 59746.50 EUR + 11550.00 USD", Some("59746.50 EUR + 11550.00 USD")),
            ("USD 11550.00+EUR 59746.50", Some("59746.50 EUR + 11550.00 USD")),
            ("-12.50 EUR", Some("-12.50 EUR")),
            ("5 + 7", None),
            ("5 EUR + 7", None),
            ("5 EUR + 7 EUR", None),
            ("EUR", None),
            ("5 EUR USD", None),
            ("much", None),
            ("", None),
        ] {
            assert_eq!(read(text).ok().as_deref(), kept, "{text}");
        }
    }

    /// By hand: a file of €59,746.50 and $11,550.00.
    #[test]
    fn each_currency_is_compared_with_its_own_total() {
        let total = |amount: &str, currency: &str, says: &str| Total {
            amount: amount.into(),
            currency: currency.into(),
            says: says.into(),
        };
        let totals = vec![total("59746.50", "EUR", "€59,746.50"), total("11550.00", "USD", "$11,550.00")];
        let report = Report { totals, ..Report::default() };
        for (control, apart) in [
            ("59746.50 EUR + 11550 USD", None),
            ("59746.50 EUR + 11540 USD", Some("$10.00")),
            ("59746.50 EUR", Some("$11,550.00")),
            ("59746.50 EUR + 11550 USD + 1 GBP", Some("−£1.00")),
        ] {
            assert_eq!(difference(Some(control), &report).unwrap().as_deref(), apart, "{control}");
        }
        let one = difference(Some("59746.50"), &report).unwrap_err();
        assert!(one.way_out.contains("59746.50 EUR + 11550.00 USD"), "{one:?}");
    }
}
