//! Differences reckoned by hand.

use super::*;
use relationships::agreement::Settlement;

fn charge(
    service: &str,
    model: Charging,
    rule: &str,
    units: i64,
    price: Option<&str>,
    amount: i64,
) -> Charge {
    Charge {
        service: Some(service.into()),
        offering: Some(service.into()),
        rule: Some(rule.into()),
        price_number: None,
        model,
        incomplete: false,
        settlement: Settlement::Memo,
        quantity: Some(Quantity::of_units(units)),
        unit: None,
        unit_price: price.map(|price| price.parse().unwrap()),
        amount,
        cost: amount,
        weight: 0,
        gone: false,
    }
}

type Case = (&'static str, Option<Charge>, Option<Charge>, &'static [(&'static str, i64)]);

fn cases() -> [Case; 7] {
    let (cost, fixed, free) = (Charging::AtCost, Charging::Fixed, Charging::NotCharged);
    [
        (
            "one seat more at 33.33…, the rest is cost",
            Some(charge("A", cost, "R-1 v1", 3, Some("33.3333"), 10_000)),
            Some(charge("A", cost, "R-1 v1", 4, Some("30"), 12_000)),
            &[("volume", 3_333), ("cost", -1_333)],
        ),
        (
            "eight more at 26.28, and the price rises by 0.72",
            Some(charge("A", fixed, "R-1 v1", 80, Some("26.28"), 210_240)),
            Some(charge("A", fixed, "R-1 v2", 88, Some("27.00"), 237_600)),
            &[("volume", 21_024), ("price", 6_336)],
        ),
        (
            "another version of the rule is a whole line",
            Some(charge("A", cost, "R-1 v1", 3, None, 10_000)),
            Some(charge("A", cost, "R-1 v2", 4, None, 12_000)),
            &[("rule", 2_000)],
        ),
        (
            "from a price to no charge",
            Some(charge("A", fixed, "R-1 v1", 2, Some("5"), 1_000)),
            Some(charge("A", free, "R-1 v1", 2, None, 0)),
            &[("rule", -1_000)],
        ),
        ("new", None, Some(charge("A", cost, "R-1 v1", 2, None, 700)), &[("new", 700)]),
        ("gone", Some(charge("A", cost, "R-1 v1", 2, None, 700)), None, &[("gone", -700)]),
        ("gone without a charge is silent", Some(charge("A", free, "R-1 v1", 2, None, 0)), None, &[]),
    ]
}

#[test]
fn each_line_says_why_it_changed_and_the_parts_add_up() {
    for (says, before, now, expected) in cases() {
        let total = |charge: &Option<Charge>| charge.as_ref().map_or(0, |charge| charge.amount);
        let difference = total(&now) - total(&before);
        let before: Vec<Charge> = before.into_iter().collect();
        let told = compared(Currency::EUR, &before, now.into_iter().collect()).unwrap();
        let parts: Vec<_> =
            told.iter().flat_map(|(_, parts)| parts.named()).filter(|(_, part)| *part != 0).collect();
        assert_eq!(parts, expected, "{says}");
        assert_eq!(told.iter().map(|(_, parts)| parts.sum()).sum::<i64>(), difference, "{says}");
    }
}

#[test]
fn a_charge_that_is_no_more_stands_without_amount_and_only_for_one_month() {
    let before = [charge("A", Charging::AtCost, "R-1 v1", 2, None, 700)];
    let told = compared(Currency::EUR, &before, Vec::new()).unwrap();
    assert_eq!((told[0].0.gone, told[0].0.amount, told[0].0.quantity), (true, 0, None));
    let kept: Vec<Charge> = told.into_iter().map(|(charge, _)| charge).collect();
    assert_eq!(compared(Currency::EUR, &kept, Vec::new()).unwrap(), []);
    let back = compared(Currency::EUR, &kept, before.to_vec()).unwrap();
    assert_eq!(back[0].1, Parts { new: 700, ..Parts::default() }, "what comes back is new");
}
