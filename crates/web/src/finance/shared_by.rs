//! The rules on a trace's way, each with what it shared by: a driver's quantity, a weight, or evenly.

use parts::{Cell, Markup, html};
use serde_json::Value;

use super::field;
use super::trace::grouped;
use crate::page::text;

/// How the pool's cost came to the service: each step's rule and driver value, through the services between.
pub(super) fn shared_by(part: &Value) -> Cell {
    let steps: Vec<&Value> = part.get("path").and_then(Value::as_array).into_iter().flatten().collect();
    let through = steps.len() > 1;
    let bill = part["bills"].as_array().and_then(|bills| bills.first()).map_or("", |bill| text(bill, "bill"));
    Cell::new(html! {
        @for step in &steps {
            div title=(text(step, "sentence")) {
                @if through { (text(step, "from")) " → " (text(step, "to")) ": " }
                (ruled(text(step, "rule"), if text(step, "from_kind") == "pool" { bill } else { "" }))
                @let by = by(step);
                @if !by.is_empty() { span .muted { " " (by) } }
            }
        }
    })
}

/// A rule by its label, linked, or the bill that took its place; lines that name a service themselves follow none.
fn ruled(rule: &str, bill: &str) -> Markup {
    html! {
        @if !bill.is_empty() { a href={ "/money/bills/" (bill) } { (rule) } } @else if rule.starts_with("R-") {
            a href=(rule_at(rule)) { (rule) }
        } @else { (rule) }
    }
}

/// The address of the version of a rule that was followed: `R-14 v2` → `/money/rules/R-14?version=2`.
pub(super) fn rule_at(rule: &str) -> String {
    let mut words = rule.split(' ');
    let number = words.next().unwrap_or(rule);
    match words.next().and_then(|word| word.strip_prefix('v')) {
        Some(version) => format!("/money/rules/{number}?version={version}"),
        None => format!("/money/rules/{number}"),
    }
}

/// What a step shared by: `843 / 2,831 seats`, the weight of the sum of weights, or `even over 6`. A fraction too
/// long to read is left to the sentence, and so is all of it.
fn by(step: &Value) -> String {
    let measured = (text(step, "quantity"), text(step, "quantity_total"));
    if !measured.0.is_empty() {
        return format!("{} / {} {}", grouped(measured.0), grouped(measured.1), text(step, "unit"));
    }
    let ratio = step.get("share").unwrap_or(&Value::Null);
    let (own, all) = (field(ratio, "numerator"), field(ratio, "denominator"));
    match text(step, "method") {
        _ if own.is_empty() || own == all || own.len() > 9 || all.len() > 9 => String::new(),
        "even" if own == "1" => format!("even over {}", grouped(&all)),
        _ => format!("{} / {}", grouped(&own), grouped(&all)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_method_says_what_it_shared_by() {
        let step = |method: &str, own: &str, all: &str| json!({"method": method, "share": {"numerator": own, "denominator": all}});
        for (step, said) in [
            (json!({"quantity": "122", "quantity_total": "1357", "unit": "seats"}), "122 / 1,357 seats"),
            (step("even", "1", "6"), "even over 6"),
            (step("fixed", "843", "2831"), "843 / 2,831"),
            (step("fixed", "1", "1"), ""),
            (step("reciprocal", "12345678901", "98765432109"), ""),
        ] {
            assert_eq!(by(&step), said);
        }
        assert_eq!(rule_at("R-14 v2"), "/money/rules/R-14?version=2");
        assert_eq!(rule_at("R-14"), "/money/rules/R-14");
    }
}
