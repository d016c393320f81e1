//! Two months of a statement, their difference in parts that add up; values reckoned by hand.

use allocation::difference::{Cause, Difference, DifferenceError, StatementLine, difference};
use kernel::{Currency, Money, MoneyError, Price, Quantity};

fn line(service: &str, rule: &str, quantity: &str, price: Option<&str>, amount: &str) -> StatementLine {
    StatementLine {
        service: service.to_owned(),
        offering: "Standard".to_owned(),
        rule: rule.to_owned(),
        quantity: Quantity::parse(quantity).unwrap(),
        unit_price: price.map(|price| Price::parse(price, Currency::EUR).unwrap()),
        amount: Money::parse(amount, Currency::EUR).unwrap(),
    }
}

fn parts(before: &[StatementLine], after: &[StatementLine]) -> Vec<(&'static str, String)> {
    let difference = difference(Currency::EUR, before, after).unwrap();
    check(&difference);
    let shown = |(cause, amount): (&Cause, &Money)| (cause.code(), amount.plain());
    difference.changes.iter().flat_map(|change| change.parts.iter().map(shown)).collect()
}

/// The parts of every change, and the totals, add up to after − before.
fn check(difference: &Difference) {
    let mut whole = 0;
    for change in &difference.changes {
        let sum: i64 = change.parts.values().map(Money::minor).sum();
        assert_eq!(sum, change.after.minor() - change.before.minor(), "{change:?}");
        whole += sum;
    }
    assert_eq!(difference.total.values().map(Money::minor).sum::<i64>(), whole);
}

#[test]
fn each_cause_is_told_from_the_others() {
    for (says, before, after, expected) in [
        (
            "8 seats more at 26.28, and the price rises by 0.72: (88 − 80) × 26.28 = 210.24, 88 × 0.72 = 63.36",
            line("WORK", "r1", "80", Some("26.28"), "2102.40"),
            line("WORK", "r1", "88", Some("27.00"), "2376.00"),
            vec![("volume", "210.24"), ("price", "63.36")],
        ),
        (
            "at cost: 100.00 for 3, then 120.00 for 4: one more at 33.33…, the rest is cost",
            line("MAIL", "r1", "3", None, "100.00"),
            line("MAIL", "r1", "4", None, "120.00"),
            vec![("volume", "33.33"), ("cost", "-13.33")],
        ),
        (
            "half a cent is rounded away from zero: −1 × 0.005 = −0.01",
            line("SMS", "r1", "2", Some("0.005"), "0.01"),
            line("SMS", "r1", "1", Some("0.005"), "0.01"),
            vec![("volume", "-0.01"), ("price", "0.01")],
        ),
        (
            "another rule version is a whole line",
            line("WORK", "r1", "80", None, "2102.40"),
            line("WORK", "r2", "88", None, "2376.00"),
            vec![("rule", "273.60")],
        ),
        (
            "from cost to a price is another charging model, a whole line",
            line("WORK", "r1", "80", None, "2102.40"),
            line("WORK", "r1", "80", Some("30.00"), "2400.00"),
            vec![("rule", "297.60")],
        ),
        (
            "at cost from no units there is no price to value the volume at",
            line("NEW", "r1", "0", None, "0.00"),
            line("NEW", "r1", "5", None, "50.00"),
            vec![("cost", "50.00")],
        ),
        (
            "nothing changed",
            line("WORK", "r1", "80", None, "2102.40"),
            line("WORK", "r1", "80", None, "2102.40"),
            vec![],
        ),
    ] {
        let expected: Vec<(&str, String)> =
            expected.into_iter().map(|(cause, amount)| (cause, amount.to_owned())).collect();
        assert_eq!(parts(&[before], &[after]), expected, "{says}");
    }
}

#[test]
fn new_and_gone_are_whole_lines() {
    let (old, new) = (line("OLD", "r1", "5", None, "50.00"), line("NEW", "r1", "7", Some("10.00"), "70.00"));
    assert_eq!(parts(&[old], &[new]), [("new", "70.00".to_owned()), ("gone", "-50.00".to_owned())]);
}

#[test]
fn a_second_rule_beside_the_first_is_a_changed_rule_not_a_new_service() {
    let first = line("WORK", "r1", "80", Some("10.00"), "800.00");
    let second = line("WORK", "surcharge", "1", Some("25.00"), "25.00");
    assert_eq!(
        parts(std::slice::from_ref(&first), &[second.clone(), first.clone()]),
        [("rule", "25.00".to_owned())]
    );
    assert_eq!(parts(&[second, first.clone()], &[first]), [("rule", "-25.00".to_owned())]);
}

#[test]
fn parts_add_up_for_any_amounts_and_the_order_of_lines_changes_nothing() {
    let mut before = Vec::new();
    let mut after = Vec::new();
    for n in 0_i64..400 {
        let price = (n % 3 == 0).then_some("1.2345");
        let quantity = |k: i64| Quantity::of_millionths((n * k * 7_919) % 9_999_991).plain();
        let amount = |k: i64| Money::of_minor((n * k * 104_729) % 1_000_003 - 300_000, Currency::EUR).plain();
        let rule = |k: i64| if n % k == 0 { "r2" } else { "r1" };
        let service = format!("S{n}");
        if n % 10 != 1 {
            before.push(line(&service, "r1", &quantity(3), price, &amount(5)));
        }
        if n % 10 != 2 {
            after.push(line(&service, rule(7), &quantity(11), price, &amount(13)));
        }
    }
    let forwards = difference(Currency::EUR, &before, &after).unwrap();
    check(&forwards);
    assert!(forwards.total.values().all(|amount| amount.minor() != 0), "every cause occurs");
    before.reverse();
    after.rotate_left(17);
    assert_eq!(difference(Currency::EUR, &before, &after).unwrap(), forwards);
}

#[test]
fn a_line_twice_and_a_foreign_currency_are_refused() {
    let twice = [line("WORK", "r1", "1", None, "1.00"), line("WORK", "r1", "2", None, "2.00")];
    let error = difference(Currency::EUR, &twice, &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Service WORK, offering Standard, rule r1: one statement has this line twice."
    );
    let mixed = difference(Currency::USD, &twice[..1], &[]).unwrap_err();
    assert_eq!(mixed, DifferenceError::Money(MoneyError::Mixed(Currency::USD, Currency::EUR)));
}
