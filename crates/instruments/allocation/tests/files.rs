//! Models as files: the examples come out as their textbooks print; what is wrong is named with its place.

use std::path::Path;

use allocation::{parse_model, run_json};
use serde_json::Value;

fn example(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)).unwrap()
}

fn amounts(result: &Value, list: &str, key: &str, amount: &str) -> Vec<(String, String)> {
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    result[list].as_array().unwrap().iter().map(|row| (text(row, key), text(row, amount))).collect()
}

/// Values as in `engines.md` §1.
#[test]
fn the_examples_come_out_as_printed() {
    for (file, first, second) in [
        ("robinson_direct.json", ("ASSY", "6098850.00"), ("MACH", "7653300.00")),
        ("robinson_step_down.json", ("ASSY", "5451350.00"), ("MACH", "8300800.00")),
        ("robinson_reciprocal.json", ("ASSY", "5565125.00"), ("MACH", "8187025.00")),
        ("arbon.json", ("FIN", "615000.00"), ("PREP", "327500.00")),
    ] {
        let result = run_json(&example(file)).unwrap();
        assert_eq!(result["schema"], "quarterdeck.allocation.v1");
        let expected = [first, second].map(|(key, amount)| (key.to_owned(), amount.to_owned()));
        assert_eq!(amounts(&result, "receivers", "key", "amount"), expected, "{file}");
        assert_eq!(result["residuals"], Value::Array(Vec::new()));
        for row in result["control"].as_array().unwrap() {
            assert_eq!(row["difference"], "0.00", "{file}");
        }
    }
}

#[test]
fn the_reciprocal_example_gives_the_gross_costs_and_exact_shares() {
    let result = run_json(&example("robinson_reciprocal.json")).unwrap();
    let gross = [("IS", "2767500.00"), ("PM", "6576750.00")].map(|(k, a)| (k.to_owned(), a.to_owned()));
    assert_eq!(amounts(&result, "solved", "node", "gross"), gross);
    // 0.8 ÷ 0.98 of what maintenance costs leaves the loop at maintenance, 0.2 × 0.9 ÷ 0.98 at systems.
    let lines = result["lines"].as_array().unwrap();
    let of_maintenance =
        lines.iter().filter(|line| line["stage"] == "support-reciprocal" && line["from"] == "PM");
    let shares: Vec<[&Value; 3]> = of_maintenance
        .map(|line| [&line["to"], &line["share"]["numerator"], &line["share"]["denominator"]])
        .collect();
    assert_eq!(shares, [["IS", "9", "49"], ["PM", "40", "49"]]);
}

#[test]
fn a_driver_line_carries_quantity_total_and_share() {
    let result = run_json(&example("arbon.json")).unwrap();
    let line = (result["lines"].as_array().unwrap().iter())
        .find(|line| line["from"] == "EQUIP" && line["to"] == "PREP" && line["origin"] == "C-EQUIP")
        .unwrap();
    let expected = serde_json::json!({
        "stage": "service-3", "origin": "C-EQUIP", "from": "EQUIP", "to": "PREP", "rule": "R-8",
        "method": "driver", "share": {"numerator": "1", "denominator": "4"},
        "basis": {"driver": "HOURS", "unit": "machine hours", "quantity": "10000", "total": "40000", "unused": "0"},
        "amount": "9000.00",
    });
    assert_eq!(*line, expected);
}

const SMALL: &str = r#"{"schema": "quarterdeck.allocation-model.v1", "currency": "EUR",
    "layers": [{"key": "service"}, {"key": "customer"}],
    "pools": [{"key": "FAC", "amount": "1200.00"}],
    "nodes": [{"key": "MAIL", "layer": "service"}, {"key": "A", "layer": "customer"}],
    "drivers": [{"key": "SEATS", "unit": "seats", "quantities": {"A": 3}}],
    "rules": [{"key": "R-1", "from": "FAC", "method": "driver", "driver": "SEATS"}]}"#;

#[test]
fn what_is_wrong_with_a_file_is_said_in_a_sentence_with_its_place() {
    assert!(run_json(SMALL).is_ok());
    for (from, to, says) in [
        (r#""EUR","#, r#""EUR", "rows": 1,"#, "line 1, column 71: unknown field `rows`"),
        (
            "allocation-model.v1",
            "allocation-model.v9",
            "schema: “quarterdeck.allocation-model.v9” is not “quarterdeck.allocation-model.v1”.",
        ),
        (r#""EUR""#, r#""eur""#, "currency: “eur” is no three-letter currency code."),
        (
            r#""1200.00""#,
            "1200.00",
            "line 3, column 46: invalid type: floating point `1200.0`, expected a whole number, or a decimal in quotes such as \"12.5\".",
        ),
        (r#""1200.00""#, r#""12.005""#, "pool FAC, amount: “12.005” has more digits than EUR (2)."),
        (
            r#"{"A": 3}"#,
            r#"{"A": "x"}"#,
            "driver SEATS, A: “x” is no number with at most six digits after the dot.",
        ),
        (r#"{"A": 3}"#, r#"{"A": 3, "A": 4}"#, "A is there twice"),
        (r#"{"A": 3}"#, r#"{"A": -3}"#, "driver SEATS: A has a negative quantity."),
        (r#"{"A": 3}"#, r#"{"Z": 3}"#, "driver SEATS: there is no receiver Z."),
        (
            r#""driver": "SEATS"}"#,
            r#""driver": "SEATS", "to": ["MAIL"]}"#,
            "rule R-1: driver SEATS says nothing about MAIL.",
        ),
        (r#""method": "driver""#, r#""method": "even""#, "rule R-1: method even needs the field “to”."),
        (
            r#""driver": "SEATS"}"#,
            r#""driver": "SEATS", "weights": {}}"#,
            "rule R-1: method driver has no field “weights”.",
        ),
        (r#""from": "FAC""#, r#""from": "RENT""#, "rule R-1: there is no pool or node RENT to send from."),
        (r#""from": "FAC""#, r#""from": "A""#, "rule R-1: A is in the last layer, which only receives."),
        (r#""key": "A""#, r#""key": "FAC""#, "pool or node FAC: the key is there twice."),
        (
            r#""key": "A", "layer": "customer""#,
            r#""key": "A", "layer": "unit""#,
            "node A: there is no layer unit.",
        ),
        (
            r#"{"key": "service"}"#,
            r#"{"key": "service", "sharing": {"step-down": ["A"]}}"#,
            "layer service: A is not in it.",
        ),
        (r#""1200.00""#, r#""92233720368547758.08""#, "pool FAC, amount: the amount is too large to keep."),
    ] {
        let text = SMALL.replacen(from, to, 1);
        assert_ne!(text, SMALL, "{from}");
        let error = run_json(&text).unwrap_err().to_string();
        assert!(error.contains(says), "{error}\nshould say\n{says}");
    }
}

#[test]
fn rules_that_contradict_each_other_are_refused() {
    let model = |layers: &str, rules: &str| {
        format!(
            r#"{{"schema": "quarterdeck.allocation-model.v1", "currency": "EUR", "layers": [{layers}, {{"key": "customer"}}],
            "pools": [], "nodes": [{{"key": "T", "layer": "tower"}}, {{"key": "S", "layer": "service"}},
            {{"key": "U", "layer": "service"}}, {{"key": "A", "layer": "customer"}}], "rules": [{rules}]}}"#
        )
    };
    let plain = r#"{"key": "tower"}, {"key": "service"}"#;
    let steps = r#"{"key": "tower"}, {"key": "service", "sharing": {"step-down": ["S"]}}"#;
    for (layers, rules, says) in [
        (
            plain,
            r#"{"key": "R", "from": "S", "method": "even", "to": ["T"]}"#,
            "rule R: S would send back to T.",
        ),
        (
            plain,
            r#"{"key": "R", "from": "S", "method": "central"}, {"key": "Q", "from": "S", "method": "central"}"#,
            "rule R: S already has rule Q.",
        ),
        (
            plain,
            r#"{"key": "R", "from": "S", "method": "even", "to": ["A", "A"]}"#,
            "rule R: A is named twice; add its rows up.",
        ),
        (
            steps,
            r#"{"key": "R", "from": "U", "method": "even", "to": ["S", "A"]}"#,
            "layer service: U serves others of its layer but has no place in the order.",
        ),
    ] {
        assert_eq!(run_json(&model(layers, rules)).unwrap_err().to_string(), says);
    }
}

#[test]
fn a_model_that_is_written_and_read_again_is_the_same() {
    let robinson = ["robinson_direct.json", "robinson_step_down.json", "robinson_reciprocal.json"];
    for file in robinson.into_iter().chain(["arbon.json", "sand_hill_dual_rate.json"]) {
        let model = parse_model(&example(file)).unwrap();
        assert_eq!(parse_model(&model.to_json().to_string()).as_ref(), Ok(&model), "{file}");
    }
}

#[test]
fn the_example_reads_into_the_model_it_says() {
    let model = parse_model(&example("arbon.json")).unwrap();
    assert_eq!(model.pools.iter().map(|pool| pool.amount).sum::<i64>(), 94_250_000);
    assert_eq!((model.nodes.len(), model.rules.len()), (5, 8));
}
