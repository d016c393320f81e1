//! Two rates: the figures of textbooks are in `tests/cases`, here is what happens at the edges, reckoned by hand.

use allocation::{Allocation, Error, Reason, allocate, parse_model, run_json};
use serde_json::{Value, json};

/// One pool or two at a department that serves two divisions by the rule given.
fn model(pools: Value, rule: Value) -> Value {
    let mut rule = rule;
    rule["key"] = json!("R");
    rule["from"] = json!("IT");
    json!({
        "schema": "quarterdeck.allocation-model.v1",
        "currency": "EUR",
        "layers": [{"key": "service"}, {"key": "division"}],
        "pools": pools,
        "nodes": [
            {"key": "IT", "layer": "service"}, {"key": "A", "name": "Alpha", "layer": "division"},
            {"key": "B", "name": "Beta", "layer": "division"}
        ],
        "drivers": [
            {"key": "PLAN", "unit": "hours planned", "quantities": {"A": 30, "B": 10}},
            {"key": "USE", "unit": "hours", "quantities": {"A": 10, "B": 10}},
            {"key": "NONE", "unit": "hours", "quantities": {"A": 0, "B": 0}}
        ],
        "rules": [
            {"key": "P1", "from": "STAFF", "method": "even", "to": ["IT"]},
            {"key": "P2", "from": "CLOUD", "method": "even", "to": ["IT"]},
            rule
        ]
    })
}

fn pools(staff: &str, cloud: &str) -> Value {
    json!([{"key": "STAFF", "amount": staff}, {"key": "CLOUD", "amount": cloud}])
}

fn run(model: &Value) -> Result<Allocation, Error> {
    allocate(&parse_model(&model.to_string())?)
}

fn finals(result: &Allocation) -> Vec<i64> {
    result.finals.iter().map(|(_, amount)| *amount).collect()
}

fn left(result: &Allocation) -> Vec<(Reason, &str, i64)> {
    result.residuals.iter().map(|left| (left.reason, &*left.origin, left.amount)).collect()
}

fn budgeted() -> Value {
    json!({
        "method": "budgeted-rate",
        "fixed": {"budget": "400.00", "driver": "PLAN"},
        "variable": {"rate": "2.50", "driver": "USE"}
    })
}

/// 60 % by plan 30 : 10 and 40 % by use 1 : 1 make 0.65 : 0.35.
#[test]
fn a_dual_rate_shares_each_part_by_its_own_driver() {
    let rule = json!({
        "method": "dual-rate",
        "fixed": {"part": 60, "driver": "PLAN"},
        "variable": {"part": 40, "driver": "USE"}
    });
    let result = run(&model(pools("1000.00", "-200.00"), rule)).unwrap();
    assert_eq!(finals(&result), [52_000, 28_000]);
    assert!(result.residuals.is_empty());
    let step = result.steps().into_iter().find(|step| &*step.to == "A").unwrap();
    assert_eq!(
        result.sentence(&step),
        "€520.00 = 13 / 20 of €800.00, because Alpha has 30 of 40 hours planned for 3 parts of it and 10 of 20 \
         hours for 2."
    );
}

#[test]
fn a_part_whose_driver_is_missing_or_zero_stays_by_name_and_the_other_is_shared() {
    for (driver, reason) in [("NOWHERE", Reason::DriverMissing), ("NONE", Reason::DriverZero)] {
        let rule = json!({
            "method": "dual-rate",
            "fixed": {"part": 3, "driver": "PLAN"},
            "variable": {"part": 1, "driver": driver}
        });
        let result = run(&model(pools("400.00", "0.00"), rule)).unwrap();
        assert_eq!(finals(&result), [22_500, 7_500], "{driver}");
        assert_eq!(left(&result), [(reason, "STAFF", 10_000)], "{driver}");
    }
}

/// 400.00 by 30 : 10 and 2.50 × 10 each: 325.00 and 125.00, whatever the cost.
#[test]
fn budgeted_rates_charge_the_same_whatever_the_cost_and_name_the_difference() {
    for (staff, cloud, spending) in [
        ("300.00", "200.00", 5_000),
        ("300.00", "100.00", -5_000),
        ("300.00", "-100.00", -25_000),
        ("-300.00", "-100.00", -85_000),
        ("100.00", "-100.00", -45_000),
    ] {
        let result = run(&model(pools(staff, cloud), budgeted())).unwrap();
        assert_eq!(finals(&result), [32_500, 12_500], "{staff} {cloud}");
        let named: i64 = left(&result).iter().map(|(_, _, amount)| amount).sum();
        assert!(left(&result).iter().all(|(reason, _, _)| *reason == Reason::Spending), "{staff} {cloud}");
        assert_eq!(named, spending, "{staff} {cloud}");
    }
}

/// 450.00 of charges over 300.00 and 200.00 of cost: 3 : 2 of each.
#[test]
fn charges_are_traced_to_the_pools_as_these_brought_the_cost() {
    let result = run(&model(pools("300.00", "200.00"), budgeted())).unwrap();
    let of = |to: &str| {
        let lines = result.lines.iter().filter(|line| *line.to == *to);
        lines.map(|line| (&*line.origin, line.amount)).collect::<Vec<_>>()
    };
    assert_eq!(of("A"), [("CLOUD", 13_000), ("STAFF", 19_500)]);
    assert_eq!(of("B"), [("CLOUD", 5_000), ("STAFF", 7_500)]);
    assert_eq!(left(&result), [(Reason::Spending, "CLOUD", 2_000), (Reason::Spending, "STAFF", 3_000)]);
    let step = result.steps().into_iter().find(|step| &*step.to == "A").unwrap();
    assert_eq!(
        result.sentence(&step),
        "€325.00 = charged out of €500.00, because budgeted rates charge Alpha 30 of 40 hours planned at €300.00 \
         and 10 of 20 hours at €25.00."
    );
}

/// 400.00 over 50 hours is 8.00 an hour: 240.00 and 80.00; 80.00 of the budget reach nobody.
#[test]
fn a_rate_reckoned_from_another_quantity_leaves_volume() {
    for (over, charged, volume) in [("50", [24_000, 8_000], 8_000), ("32", [37_500, 12_500], -10_000)] {
        let rule = json!({
            "method": "budgeted-rate", "fixed": {"budget": "400.00", "driver": "PLAN", "over": over}
        });
        let result = run(&model(pools("400.00", "0.00"), rule)).unwrap();
        assert_eq!(finals(&result), charged, "{over}");
        assert_eq!(left(&result), [(Reason::Volume, "STAFF", volume)], "{over}");
    }
}

#[test]
fn a_pool_that_cost_nothing_still_charges_its_rates() {
    let mut direct = model(pools("0.00", "0.00"), budgeted());
    direct["rules"] = json!([
        {"key": "R", "from": "STAFF", "method": "budgeted-rate", "variable": {"rate": "2.50", "driver": "USE"}}
    ]);
    let result = run(&direct).unwrap();
    assert_eq!(finals(&result), [2_500, 2_500]);
    assert_eq!(left(&result), [(Reason::Spending, "STAFF", -5_000)]);
}

#[test]
fn the_result_as_a_file_tells_both_rates() {
    let result = run_json(&model(pools("300.00", "200.00"), budgeted()).to_string()).unwrap();
    let line = result["lines"].as_array().unwrap().iter().find(|line| line["to"] == "B").unwrap();
    let expected = json!({
        "fixed": {
            "driver": "PLAN", "unit": "hours planned", "quantity": "10", "total": "40", "unused": "0",
            "charge": "100.00"
        },
        "variable": {
            "driver": "USE", "unit": "hours", "quantity": "10", "total": "20", "unused": "0", "charge": "25.00"
        }
    });
    assert_eq!(line["method"], "budgeted-rate");
    assert_eq!(line["basis"], expected);
}

#[test]
fn what_is_wrong_with_a_rate_is_said_with_its_place() {
    let part = |part: &str, driver: &str| json!({"part": part, "driver": driver});
    for (rule, says) in [
        (
            json!({"method": "dual-rate", "fixed": part("60", "PLAN")}),
            "rule R: method dual-rate needs the field “variable”.",
        ),
        (
            json!({"method": "dual-rate", "fixed": part("-1", "PLAN"), "variable": part("1", "USE")}),
            "rule R: a part of its cost is negative.",
        ),
        (
            json!({"method": "dual-rate", "fixed": {"budget": "1.00", "driver": "PLAN"}, "variable": part("1", "USE")}),
            "rule R, fixed: “budget” has no meaning here.",
        ),
        (
            json!({"method": "budgeted-rate"}),
            "rule R: method budgeted-rate needs the field “fixed”, “variable” or both.",
        ),
        (
            json!({"method": "budgeted-rate", "variable": {"rate": "-2", "driver": "USE"}}),
            "rule R: a budget or a rate is negative.",
        ),
        (
            json!({"method": "budgeted-rate", "fixed": {"budget": "1.00", "driver": "PLAN", "over": 0}}),
            "rule R: the quantity its rate is reckoned from is not above zero.",
        ),
        (
            json!({"method": "budgeted-rate", "variable": {"rate": "9000000000000000", "driver": "USE"}}),
            "The amounts of the pools together are too large to keep.",
        ),
        (
            json!({"method": "even", "to": ["A"], "fixed": part("60", "PLAN")}),
            "rule R: method even has no field “fixed”.",
        ),
    ] {
        let error = run(&model(pools("1.00", "0.00"), rule)).unwrap_err();
        assert_eq!(error.to_string(), says);
    }
}

/// A layer that is solved together shares costs that are yet to be found; a dual rate can, a budgeted rate cannot.
#[test]
fn loops_take_dual_rates_and_refuse_budgeted_ones() {
    let looped = |rule: Value| {
        let mut looped = model(pools("5400.00", "3600.00"), rule);
        looped["layers"][0]["sharing"] = json!("reciprocal");
        looped["nodes"].as_array_mut().unwrap().push(json!({"key": "HR", "layer": "service"}));
        looped["drivers"][0]["quantities"] = json!({"A": 30, "B": 10, "HR": 40});
        looped["rules"]
            .as_array_mut()
            .unwrap()
            .push(json!({"key": "H", "from": "HR", "method": "fixed", "weights": {"IT": 1, "A": 1, "B": 2}}));
        run(&looped)
    };
    assert_eq!(
        looped(budgeted()).unwrap_err().to_string(),
        "rule R: budgeted rates cannot serve a layer that is solved together; use a dual rate at actual cost."
    );
    // IT gives HR 0.8 × ½ = 0.4, A 0.8 × 3 ⁄ 8 + 0.2 × ½ = 0.4 and B 0.8 × 1 ⁄ 8 + 0.2 × ½ = 0.2; HR gives IT ¼.
    // IT = 9,000 ÷ (1 − 0.4 ÷ 4) = 10,000, HR = 4,000; A has 4,000 + 1,000, B 2,000 + 2,000.
    let dual = json!({
        "method": "dual-rate", "fixed": {"part": 80, "driver": "PLAN"}, "variable": {"part": 20, "driver": "USE"}
    });
    let result = looped(dual).unwrap();
    let gross: Vec<_> = result.solved.iter().map(|solved| solved.gross.of(1).unwrap()).collect();
    assert_eq!(gross, [400_000, 1_000_000], "HR and IT");
    assert_eq!(finals(&result), [500_000, 400_000]);
}
