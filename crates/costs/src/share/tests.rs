//! Tables of months: services with their direct cost, what nothing matched, and what each then carries.

use super::*;
use crate::plan::cells::Cell;

fn amount(text: &str) -> i256 {
    cost::of_text(text).unwrap()
}

fn carried(services: &[&str], unmatched: &str) -> Result<Vec<i64>, String> {
    let services: Vec<(u32, i256)> =
        services.iter().zip(0..).map(|(text, code)| (code, amount(text))).collect();
    let unmatched = amount(unmatched);
    let total = services.iter().fold(unmatched, |sum, (_, cost)| sum.wrapping_add(*cost));
    Direct { services, unmatched, total }.amounts(2).map(|(whole, amounts)| {
        assert_eq!(amounts.iter().sum::<i64>(), whole, "parts add up");
        amounts
    })
}

/// Worked by hand.
#[test]
fn a_month_is_split_over_its_services_with_what_nothing_matched() {
    let cases: &[(&[&str], &str, &[i64])] = &[
        // 100 cents over 1 : 1 : 1: the cent left goes to the first key.
        (&["1", "1", "1"], "-2", &[34, 33, 33]),
        // 10.005 rounds once, half away from zero, to 10.01; by itself each 3.335 would have become 3.34.
        (&["3.335", "3.335", "3.335"], "0", &[334, 334, 333]),
        (&["-3.335", "-3.335", "-3.335"], "0", &[-334, -334, -333]),
        // 20 that nothing matched, shared 3 : 1.
        (&["60", "20"], "20", &[7_500, 2_500]),
        // A service without cost carries nothing of it.
        (&["60", "0", "20"], "20", &[7_500, 0, 2_500]),
        // A credit of one service stays with it; the other two share what nothing matched.
        (&["60", "-10.004", "20"], "20", &[7_500, -1_000, 2_500]),
        // A month of credits with one small cost is the mirror image.
        (&["-60", "10.004", "-20"], "-20", &[-7_500, 1_000, -2_500]),
        // What nothing matched is a credit larger than the cost.
        (&["3", "1"], "-8", &[-300, -100]),
        (&["0", "0"], "0.004", &[0, 0]),
        (&[], "0.004", &[]),
        // 28 decimals and billions in one sum: the weights are beyond 128 bits.
        (
            &["9999999999", "9999999999.0000000000000000000000000001"],
            "0.01",
            &[999_999_999_900, 1_000_000_000_000 - 99],
        ),
    ];
    for (services, unmatched, expected) in cases {
        assert_eq!(carried(services, unmatched).unwrap(), *expected, "{services:?} {unmatched}");
    }
}

#[test]
fn a_month_that_no_rule_matches_at_all_is_refused() {
    let says = carried(&["0"], "12.5").unwrap_err();
    assert_eq!(
        says,
        "no service has a cost to share 12.50 by, 12.50 of it matched by no rule. Add a rule for its tags or accounts."
    );
    assert_eq!(carried(&["99999999999999999999"], "0").unwrap_err(), TOO_LARGE);
}

fn drivers(units: &[(u32, u32, i64)]) -> Drivers {
    let named = |name: &str| (0..3).map(|code| format!("{name}-{code}")).collect();
    let mut drivers = Drivers {
        file: "drivers.csv".into(),
        services: named("svc"),
        customers: named("cust"),
        ..Drivers::default()
    };
    for (service, customer, units) in units {
        drivers.units.entry((*service, january())).or_default().push((*customer, *units));
    }
    drivers
}

fn january() -> Month {
    Month::parse("2026-01").unwrap()
}

fn totals(costs: &[(u32, &str)]) -> Totals {
    let cells =
        costs.iter().map(|(service, text)| ((january(), *service), Cell { sum: amount(text), rows: 1 }));
    Totals { cells: cells.collect(), without_cost: 0 }
}

#[test]
fn a_service_is_split_over_its_customers_and_no_cent_is_lost() {
    let drivers = drivers(&[(0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 1, 0), (1, 2, 5)]);
    let shared = carrying(&totals(&[(0, "0.60"), (1, "0.20"), (3, "0.20")]), &drivers, 2).unwrap();
    let lines: Vec<(u32, u32, i64)> = lines(&shared.services, &drivers, 2)
        .unwrap()
        .iter()
        .map(|line| (line.customer, line.service, line.cents))
        .collect();
    assert_eq!(lines, [(0, 0, 25), (1, 0, 25), (1, 1, 0), (2, 0, 25), (2, 1, 25)]);
    assert_eq!(
        (spoken(shared.total), spoken(shared.unmatched), shared.cents),
        ("1.00".into(), "0.20".into(), 100)
    );
}

#[test]
fn cost_that_nobody_can_carry_is_refused_by_name() {
    let drivers = drivers(&[(1, 0, 0), (1, 1, 0)]);
    let share = |totals: Totals| lines(&carrying(&totals, &drivers, 2).unwrap().services, &drivers, 2);
    let says = share(totals(&[(0, "1.5"), (1, "-2")])).unwrap_err().0;
    assert_eq!(
        says,
        "drivers.csv: svc-0 in 2026-01 has 1.50 to share and no units; svc-1 in 2026-01 has -2.00 to share and units \
         that sum to zero. Add their units, or give the rows to another service."
    );
    let free = share(totals(&[(0, "0.001"), (1, "0.002")])).unwrap();
    assert_eq!(free.len(), 2, "nothing to share needs no units");
}

/// Worked by hand: yen have no decimals, Kuwaiti dinars three (ISO 4217).
#[test]
fn amounts_are_rounded_to_what_their_currency_has() {
    for (currency, cents, told) in [
        (Some("JPY"), 1_235, "1235"),
        (Some("KWD"), 1_234_568, "1234.568"),
        (Some("EUR"), 123_457, "1234.57"),
        (Some("tokens"), 123_457, "1234.57"),
        (None, 123_457, "1234.57"),
    ] {
        let digits = digits(currency);
        let carrying = carrying(&totals(&[(0, "1234.5678")]), &drivers(&[]), digits).unwrap();
        assert_eq!((carrying.cents, money(carrying.cents, digits).as_str()), (cents, told), "{currency:?}");
    }
    assert_eq!((money(-5, 3), money(-5, 2), money(-5, 0)), ("-0.005".into(), "-0.05".into(), "-5".into()));
}
