//! Charge retention, cost to win and keep, health and what is at risk: worked by hand, to the cent.

mod common;

use common::{close, near};
use kernel::{Currency, Money, Quantity};
use perception::Level;
use retention::{
    ChargeChange, Charged, CohortCount, Comparison, Component, CostToKeep, Curve, Health, Offer, RiskTable,
    Stake, charge_at_risk, charge_retention, cost_to_keep, cost_to_win, customer_retention, observed_value,
    value_at_risk, voluntary_share, win_to_keep,
};

fn eur(text: &str) -> Money {
    Money::parse(text, Currency::EUR).unwrap()
}

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn change(customer: &str, before: &str, after: &str) -> ChargeChange {
    ChargeChange { customer: customer.to_owned(), before: eur(before), after: eur(after) }
}

/// 1,000 before: A stays, B grows by 50, C shrinks by 100, D (200) leaves; E is new and in neither rate.
#[test]
fn gross_retention_forgets_growth_and_both_forget_the_new() {
    let rows = [
        change("A", "300.00", "300.00"),
        change("B", "250.00", "300.00"),
        change("C", "250.00", "150.00"),
        change("D", "200.00", "0.00"),
        change("E", "0.00", "500.00"),
    ];
    let retention = charge_retention(Currency::EUR, &rows).unwrap();
    let shown =
        [retention.start, retention.lost, retention.shrunk, retention.grown, retention.new, retention.end];
    assert_eq!(
        shown.map(|money| money.plain()),
        ["1000.00", "200.00", "100.00", "50.00", "500.00", "1250.00"]
    );
    near(retention.gross().unwrap(), 0.70, 1e-15, "gross");
    near(retention.net().unwrap(), 0.75, 1e-15, "net");
    let fresh = charge_retention(Currency::EUR, &rows[4..]).unwrap();
    assert_eq!((fresh.gross(), fresh.net()), (None, None));
}

#[test]
fn wrong_charges_are_named() {
    let says = |rows: &[ChargeChange]| charge_retention(Currency::EUR, rows).unwrap_err().to_string();
    let twice = [change("A", "1.00", "1.00"), change("A", "2.00", "2.00")];
    assert_eq!(says(&twice), "Row 2, customer: A is there twice: add up what one customer is charged.");
    let negative = [change("A", "-1.00", "1.00")];
    assert_eq!(
        says(&negative),
        "Row 1, before: a charge is not negative: leave credits to their own period."
    );
    let foreign = [ChargeChange { after: Money::zero(Currency::USD), ..change("A", "1.00", "1.00") }];
    assert!(says(&foreign).starts_with("Row 1, after: "), "{}", says(&foreign));
}

#[test]
fn customer_retention_is_end_less_new_by_start() {
    let kept = customer_retention(40, 5, 41).unwrap();
    assert_eq!((kept.some(), kept.all()), (36, 40));
    near(kept.share(), 0.9, 1e-15, "share");
    let says = |start, new, end| customer_retention(start, new, end).unwrap_err().to_string();
    assert_eq!(says(40, 5, 4), "5 of 4 customers cannot be new.");
    assert_eq!(says(40, 0, 41), "41 customers kept of 40 cannot be: count those of the start only.");
}

#[test]
fn a_captive_customers_voluntary_share() {
    near(voluntary_share(eur("30.00"), eur("120.00")).unwrap().unwrap(), 0.25, 1e-15, "share");
    assert_eq!(voluntary_share(eur("0.00"), eur("0.00")), Ok(None));
    assert!(voluntary_share(eur("130.00"), eur("120.00")).is_err());
}

/// `demo.md`: a keep-offer costs €11; at 20 % saved it would be €55 per subscriber kept. Winning one costs €84.
#[test]
fn the_cost_to_keep_is_by_customers_kept_because_of_it() {
    let offer = |comparison| Offer { spend: eur("11000.00"), customers: 1000, stayed: 900, comparison };
    let unmeasured = cost_to_keep(&offer(None), Level::NINETY_FIVE).unwrap();
    assert_eq!(unmeasured.to_string(), "€11.00, offer cost, effect not measured");
    let compared = |stayed, customers| {
        cost_to_keep(&offer(Some(Comparison { customers, stayed })), Level::NINETY_FIVE).unwrap()
    };
    let measured = compared(350, 500);
    assert_eq!(measured.to_string(), "€55.00 per customer kept because of it");
    let CostToKeep::Measured { kept, effect, .. } = measured else { panic!("{measured:?}") };
    assert_eq!(kept, Quantity::of_units(200));
    assert!(effect.lower > 0.15 && effect.upper < 0.25, "{effect:?}");
    assert_eq!(compared(7, 8).to_string(), "€440.00 per customer kept because of it, not certain");
    let none = "€11.00, offer cost; no more stayed with the offer than without";
    assert_eq!(compared(450, 500).to_string(), none);
    assert_eq!(compared(470, 500).to_string(), none);

    let win = cost_to_win(eur("8400.00"), 100).unwrap();
    assert_eq!(win.plain(), "84.00");
    close(win_to_keep(win, &measured).unwrap().unwrap(), 84.0 / 55.0, 1e-15, "win ÷ keep");
    assert_eq!(
        win_to_keep(win, &unmeasured).unwrap_err().to_string(),
        "The effect of the offer was not measured: its cost is not a cost to keep."
    );
    assert!(cost_to_win(eur("8400.00"), 0).is_err());
    assert!(cost_to_keep(&Offer { stayed: 1001, ..offer(None) }, Level::NINETY_FIVE).is_err());
}

fn component(name: &str, reason: &str, weight: u32, points: &str) -> Component {
    Component { name: name.to_owned(), reason: reason.to_owned(), weight, points: quantity(points) }
}

/// (35 × 60 + 25 × 100 + 40 × 57.5) ÷ 100 = 69.
#[test]
fn health_tells_its_reasons_before_the_number() {
    let health = Health::new(&[
        component("usage", "20 % less than last quarter", 35, "60"),
        component("promises", "all kept", 25, "100"),
        component("sentiment", "score 15", 40, "57.5"),
    ])
    .unwrap();
    assert_eq!(
        health.to_string(),
        "sentiment: score 15 (−17 of 40); usage: 20 % less than last quarter (−14 of 35); promises: all kept (−0 of 25); \
         health 69 of 100"
    );
    assert_eq!(health.score, Quantity::of_units(69));
}

#[test]
fn health_of_two_components_or_six_or_with_points_beyond_is_refused() {
    let some =
        |count: usize| (0..count).map(|at| component(&at.to_string(), "", 1, "50")).collect::<Vec<_>>();
    let says = |components: &[Component]| Health::new(components).unwrap_err().to_string();
    assert_eq!(says(&some(2)), "Health has three to five components; there are 2.");
    assert_eq!(says(&some(6)), "Health has three to five components; there are 6.");
    let mut beyond = some(3);
    beyond[1].points = quantity("100.000001");
    assert_eq!(says(&beyond), "Row 2, points: points lie between 0 and 100.");
    let mut weightless = some(3);
    weightless[2].weight = 0;
    assert_eq!(says(&weightless), "Row 3, weight: a weight is above 0: leave out what does not count.");
    assert_eq!(says(&vec![some(1)[0].clone(); 3]), "Row 2, name: 0 is there twice.");
}

/// 1,200.00 × 31 % = 372.00; 99.99 × 33.33 % = 33.326667 → 33.33; full health risks nothing.
#[test]
fn charge_at_risk_is_weighted_by_health_and_adds_up() {
    let charged = |customer: &str, charge: &str, health: &str| Charged {
        customer: customer.to_owned(),
        charge: eur(charge),
        health: quantity(health),
    };
    let rows = [charged("B", "99.99", "66.67"), charged("C", "500.00", "100"), charged("A", "1200.00", "69")];
    let risk = charge_at_risk(Currency::EUR, &rows).unwrap();
    let shown: Vec<_> = risk.customers.iter().map(|(name, money)| (name.as_str(), money.plain())).collect();
    let expected =
        [("A", "372.00"), ("B", "33.33"), ("C", "0.00")].map(|(name, money)| (name, money.to_owned()));
    assert_eq!(shown, expected);
    assert_eq!(risk.total.plain(), "405.33");
    let beyond = charge_at_risk(Currency::EUR, &[charged("A", "1.00", "101")]).unwrap_err().to_string();
    assert_eq!(beyond, "Row 1, health: health lies between 0 and 100.");
}

#[test]
fn value_at_risk_is_weighted_by_the_probability_of_leaving() {
    let stake = |customer: &str, value: &str, leaving: &str| Stake {
        customer: customer.to_owned(),
        value: eur(value),
        leaving: quantity(leaving),
    };
    let rows = [stake("A", "10000.00", "0.125"), stake("B", "80000.00", "0.02"), stake("C", "0.01", "0.5")];
    let risk = value_at_risk(Currency::EUR, &rows).unwrap();
    assert_eq!(risk.total.plain(), "2850.01", "1,250.00 + 1,600.00 + half a cent, away from zero");
    assert_eq!(risk.customers[0].0, "B");
    assert!(value_at_risk(Currency::EUR, &[stake("A", "1.00", "1.5")]).is_err());
}

/// 10 a year while there; 1,000 → 800 → 600, at 25 %: 10 × (1 + .8 ÷ 1.25 + .6 ÷ 1.5625) = 20.24.
#[test]
fn what_a_cohort_was_worth_so_far_is_its_curve_discounted() {
    let counts =
        [(1.0, 1000, 200), (2.0, 800, 200)].map(|(time, at_risk, left)| CohortCount { time, at_risk, left });
    let curve = Curve::new(&RiskTable::of_counts(&counts).unwrap(), Level::NINETY_FIVE);
    let value = observed_value(&curve, 10.0, 1.0, 0.25).unwrap();
    close(value.value, 20.24, 1e-14, "value");
    assert_eq!(value.periods, 3);
    near(value.still_there, 0.6, 1e-15, "still there");
    assert!(observed_value(&curve, 10.0, 0.0, 0.25).is_err());
}
