//! Sentences and parts, from the mock and by hand.

use super::*;
use relationships::agreement::Settlement;

fn seats(amount: i64, sent: i64) -> Reached {
    Reached {
        pool: "CLOUD".into(),
        named: None,
        supplier: None,
        sender: "CARE".into(),
        rule: "R-14 v3".into(),
        method: "driver".into(),
        share: ("122".into(), "1357".into()),
        driver: Some("SEATS".into()),
        unit: Some("seats".into()),
        quantity: Some((Quantity::of_units(122), Quantity::of_units(1357))),
        amount,
        sent,
    }
}

/// The panel of the mock: seven pools, each split by largest remainder.
const PANEL: [(i64, i64); 7] = [
    (2_169_542, 24_131_706),
    (1_064_489, 11_840_255),
    (550_663, 6_125_000),
    (396_309, 4_408_128),
    (278_761, 3_100_640),
    (180_841, 2_011_490),
    (79_832, 887_970),
];

#[test]
fn the_sentence_of_the_mock_comes_from_its_pools() {
    let reached: Vec<Reached> = PANEL.iter().map(|(amount, sent)| seats(*amount, *sent)).collect();
    assert_eq!(
        cost_sentence(&reached, "Business Sales", Currency::EUR).unwrap(),
        "€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales has 122 of 1,357 seats."
    );
    assert_eq!(rounding(&reached), Some(0));
}

/// 122 / 1,357 of 10.00 + 10.00 is 1.80 (1.7981); pool by pool it is 0.90 + 0.90.
#[test]
fn a_rounding_is_named_where_splitting_by_pool_made_one() {
    let reached = [seats(90, 1_000), seats(90, 1_000)];
    assert_eq!(rounding(&reached), Some(0));
    let third = |amount, sent| Reached { share: ("1".into(), "3".into()), ..seats(amount, sent) };
    let reached = [third(34, 100), third(34, 100)];
    assert_eq!(rounding(&reached), Some(1), "0.34 twice, where a third of 2.00 is 0.67");
    assert!(cost_sentence(&reached, "BS", Currency::EUR).unwrap().ends_with("seats; rounding €0.01."));
}

#[test]
fn long_shares_are_said_in_percent() {
    let of = |n: &str, d: &str| fraction(&(n.into(), d.into()));
    assert_eq!((of("3", "8"), of("5", "5")), ("3 / 8".to_owned(), "all".to_owned()));
    assert_eq!(of("122000000000", "1357000000000"), "8.9904 %");
    assert_eq!(of(&format!("122{}", "0".repeat(40)), &format!("1357{}", "0".repeat(40))), "8.9904 %");
    assert_eq!(of("1", &format!("1357{}", "0".repeat(40))), "0.0000 %");
}

fn charge(model: Charging, units: Option<i64>, price: Option<&str>, amount: i64) -> Charge {
    Charge {
        service: Some("CARE".into()),
        offering: None,
        rule: None,
        price_number: None,
        model,
        incomplete: false,
        settlement: Settlement::Memo,
        quantity: units.map(Quantity::of_units),
        unit: Some("seats".into()),
        unit_price: price.map(|price| price.parse().unwrap()),
        amount,
        cost: amount,
        weight: 0,
        gone: false,
    }
}

#[test]
fn a_customer_reads_the_basis_of_the_charge() {
    for (charge, says) in [
        (charge(Charging::Fixed, Some(88), Some("26.28"), 231_264), "€2,312.64 = 88 seats × €26.28."),
        (
            charge(Charging::AtCost, Some(122), Some("386.9211"), 4_720_437),
            "€47,204.37 for 122 seats, charged at cost and shared by seats: ≈ €386.9211 each.",
        ),
        (charge(Charging::AtCost, None, None, 5), "€0.05, charged at cost and shared by seats."),
        (charge(Charging::NotCharged, Some(1), None, 0), "Not charged."),
    ] {
        assert_eq!(charge_sentence(&charge, Currency::EUR, Some("shared by seats")), says);
    }
    let agreed = Reached { driver: Some("agreed quantity".into()), ..seats(1, 1) };
    assert_eq!(shared_by(&agreed), "shared by the seats each customer agreed to");
    for (method, says) in [("even", "shared evenly"), ("fixed", "shared by fixed weights")] {
        assert_eq!(shared_by(&Reached { method: method.into(), ..seats(1, 1) }), says);
    }
}

#[test]
fn what_an_amount_is_followed_into_adds_up_credits_included() {
    for (amount, weights, expected) in [
        (100, vec![1, 1, 1], vec![33, 34, 33]),
        (-100, vec![2, 1], vec![-67, -33]),
        (90, vec![600, -100, 400], vec![60, -10, 40]),
        (0, vec![5, -5], vec![0, 0]),
        (7, vec![3], vec![7]),
    ] {
        let parts = spread(amount, &weights).unwrap();
        assert_eq!(parts, expected, "{amount} over {weights:?}");
        assert_eq!(parts.iter().sum::<i64>(), amount);
    }
    assert!(spread(1, &[5, -5]).is_err());
}
