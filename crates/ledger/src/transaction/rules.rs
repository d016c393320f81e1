//! When a transaction balances (`domain.md` §3).

use kernel::{Currency, Refusal};

use super::error::{CONVERTED_TWICE, NOT_BALANCED, ONE_SIDED};
use super::{NewPosting, NewTransaction};

/// Refuses a transaction that does not balance: in the `reporting` currency always, and in the
/// original where all lines share one. An amount that came in the reporting currency is never
/// converted again.
pub fn balanced(transaction: &NewTransaction, reporting: Currency) -> Result<(), Refusal> {
    let postings = &transaction.postings;
    if postings.len() < 2 {
        return Err(ONE_SIDED.with(&[&transaction.text]));
    }
    let sum: i128 = postings.iter().map(|posting| i128::from(posting.amount)).sum();
    if sum != 0 {
        return Err(off_by(transaction, sum, reporting));
    }
    let converted_twice = |posting: &&NewPosting| {
        let original = posting.original.as_ref();
        original.is_some_and(|o| o.money.currency() == reporting && o.money.minor() != posting.amount)
    };
    if let Some(posting) = postings.iter().find(converted_twice) {
        let amount = kernel::Money::of_minor(posting.amount, reporting);
        return Err(CONVERTED_TWICE.with(&[&transaction.text, &amount.spoken()]));
    }
    match one_original(postings) {
        Some((currency, sum)) if sum != 0 => Err(off_by(transaction, sum, currency)),
        _ => Ok(()),
    }
}

/// The one original currency of all postings with the sum in it; `None` where they differ or none
/// was converted.
fn one_original(postings: &[NewPosting]) -> Option<(Currency, i128)> {
    let first = postings.first()?.original.as_ref()?.money.currency();
    let mut sum = 0;
    for posting in postings {
        let money = posting.original.as_ref()?.money;
        if money.currency() != first {
            return None;
        }
        sum += i128::from(money.minor());
    }
    Some((first, sum))
}

fn off_by(transaction: &NewTransaction, sum: i128, currency: Currency) -> Refusal {
    let shown = i64::try_from(sum).map(|minor| kernel::Money::of_minor(minor, currency).spoken());
    NOT_BALANCED
        .with(&[&transaction.text, &shown.unwrap_or_else(|_| format!("{sum} minor units of {currency}"))])
}

#[cfg(test)]
mod tests {
    use kernel::{AccountId, Money, Period};

    use super::super::{Original, Source};
    use super::*;

    fn account(n: u128) -> AccountId {
        AccountId::new(uuid::Uuid::from_u128(n))
    }

    fn of(postings: Vec<NewPosting>) -> NewTransaction {
        let period: Period = "2026-09".parse().unwrap();
        let source = Source { kind: "batch".into(), id: "b".into() };
        let (kind, text) = ("import".into(), "GL of September".into());
        NewTransaction { kind, period, day: period.last_day(), text, source, corrects: None, postings }
    }

    fn usd(amount: i64, original: i64) -> NewPosting {
        let original = Original { money: Money::of_minor(original, Currency::USD), rate: "1.1106".into() };
        NewPosting { original: Some(original), ..NewPosting::new(account(1), amount) }
    }

    fn code(postings: Vec<NewPosting>) -> Option<&'static str> {
        balanced(&of(postings), Currency::EUR).err().map(|refusal| refusal.kind.code)
    }

    #[test]
    fn debits_equal_credits_in_the_reporting_currency() {
        let eur = |amount| NewPosting::new(account(2), amount);
        assert_eq!(code(vec![eur(100), eur(-100)]), None);
        assert_eq!(code(vec![eur(100), eur(-60), eur(-40)]), None);
        assert_eq!(code(vec![eur(100), eur(-99)]), Some("not_balanced"));
        assert_eq!(code(vec![eur(i64::MAX), eur(i64::MAX), eur(-2)]), Some("not_balanced"));
        assert_eq!(code(vec![eur(0)]), Some("one_sided"));
        let refusal = balanced(&of(vec![eur(100), eur(-99)]), Currency::EUR).unwrap_err();
        assert_eq!(refusal.says, "“GL of September” is off by €0.01: debits and credits differ.");
    }

    #[test]
    fn where_all_share_one_original_currency_that_balances_too() {
        assert_eq!(code(vec![usd(90_041, 100_000), usd(-90_041, -100_000)]), None);
        assert_eq!(code(vec![usd(90_041, 100_000), usd(-90_041, -100_001)]), Some("not_balanced"));
        // A rounding line in euro: the originals no longer share one currency.
        let rounding = NewPosting::new(account(3), -1);
        assert_eq!(code(vec![usd(90_042, 100_000), usd(-90_041, -100_000), rounding]), None);
    }

    #[test]
    fn what_came_in_the_reporting_currency_is_never_converted_again() {
        let twice = Original { money: Money::of_minor(100, Currency::EUR), rate: "0.9".into() };
        let twice = NewPosting { original: Some(twice), ..NewPosting::new(account(1), 90) };
        assert_eq!(code(vec![twice, NewPosting::new(account(2), -90)]), Some("converted_twice"));
    }
}
