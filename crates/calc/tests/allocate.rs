//! `calc allocate`, as said on the command line.

mod said;

use said::{refused, rows};
use serde_json::{Value, json};

const EXAMPLES: &str = "crates/instruments/allocation/examples";

fn amount(rows: &[serde_json::Map<String, Value>], stage: &str, place: (&str, &str)) -> Vec<String> {
    let meant = rows.iter().filter(|row| row["stage"] == stage && row[place.0] == place.1);
    meant.map(|row| row["amount"].as_str().unwrap().to_owned()).collect()
}

/// Horngren, Datar & Rajan, 14th ed., ch. 15: Sand Hill Company on practical capacity.
#[test]
fn dual_rates_charge_what_the_textbook_prints_and_name_the_rest() {
    let (answer, rows) = rows(&format!("calc allocate {EXAMPLES}/sand_hill_dual_rate.json"));
    assert_eq!(amount(&rows, "pools", ("to", "MICRO")), ["3080000.00"]);
    assert_eq!(amount(&rows, "pools", ("to", "PERI")), ["1240000.00"]);
    assert_eq!(amount(&rows, "residual", ("from", "CCD")), ["1080000.00", "120000.00"]);
    let reasons: Vec<&Value> =
        answer.json["residuals"].as_array().unwrap().iter().map(|left| &left["reason"]).collect();
    assert_eq!(reasons, ["unused_capacity", "spending"]);
}

#[test]
fn a_small_loop_is_exact_and_needs_no_remark() {
    let (answer, _) = rows(&format!("calc allocate {EXAMPLES}/robinson_reciprocal.json"));
    assert_eq!(answer.json["solutions"][0]["method"], "exact");
    assert!(answer.notes.is_empty(), "{:?}", answer.notes);
}

/// A ring of 201 in which each gives half to the next.
#[test]
fn a_loop_too_large_to_be_exact_says_how_near_it_is() {
    let key = |at: usize| format!("S{:03}", at % 201);
    let rules = (0..201).map(
        |at| json!({"key": format!("R{at:03}"), "from": key(at), "method": "even", "to": [key(at + 1), "C"]}),
    );
    let nodes = (0..201).map(|at| json!({"key": key(at), "layer": "service"}));
    let model = json!({
        "schema": "quarterdeck.allocation-model.v1", "currency": "EUR",
        "layers": [{"key": "service", "sharing": "reciprocal"}, {"key": "customer"}],
        "pools": [{"key": "P", "amount": "100.00"}],
        "nodes": nodes.chain([json!({"key": "C", "layer": "customer"})]).collect::<Vec<_>>(),
        "rules": rules.chain([json!({"key": "O", "from": "P", "method": "even", "to": ["S000"]})]).collect::<Vec<_>>(),
    });
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("ring.json");
    std::fs::write(&file, model.to_string()).unwrap();
    let (answer, _) = rows(&format!("calc allocate {}", file.display()));
    assert!(
        answer.notes[0].starts_with("service-reciprocal: 201 nodes solved to within 2^-"),
        "{:?}",
        answer.notes
    );
}

#[test]
fn a_rate_without_its_driver_is_refused_with_its_place() {
    let text = r#"{"schema": "quarterdeck.allocation-model.v1", "currency": "EUR", "layers": [{"key": "customer"}],
"pools": [{"key": "P", "amount": 1}], "nodes": [{"key": "A", "layer": "customer"}],
"rules": [{"key": "R", "from": "P", "method": "budgeted-rate", "fixed": {"budget": 1}}]}"#;
    assert_eq!(refused("allocate", text, ""), "FILE: line 3, column 85: missing field `driver`.");
}
