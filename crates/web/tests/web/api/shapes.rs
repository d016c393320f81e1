//! Every list and record in the shape that scripts rely on.

use std::collections::BTreeSet;

use app::registry;
use serde_json::Value;

use crate::doors::{self, Answer, address, blanks};
use crate::walk;

/// What fills a blank of a path in the world of the walk.
fn value(walk: &walk::Walk, path: &str, blank: &str) -> String {
    let number = |of: &str| walk.number(of).to_owned();
    match (path.split('/').nth(2).unwrap_or_default(), blank) {
        ("agreements", _) => number("agreement of CARE"),
        ("contacts", _) => number("contact of CARE"),
        ("orders", _) => number("order of CARE"),
        ("bills", _) => number("bill"),
        (_, "supplier") => "AWS".into(),
        ("prices", _) => number("price"),
        ("statements", _) => number("statement of CARE"),
        ("batches", _) => number("batch with rejects"),
        ("promises", "number") => number("promise"),
        ("rules", _) => number("rule"),
        ("sharing", _) => number("sharing"),
        ("mapping", _) => number("mapping"),
        ("transactions", _) => "T-1".into(),
        ("drivers", _) => "SEATS".into(),
        ("budgets", _) => "2026-original".into(),
        ("customers", _) | (_, "customer") => "CARE".into(),
        ("services" | "offerings", _) | (_, "service" | "record") => "DESK".into(),
        ("{id}", "id") if path.starts_with("/jobs/") => number("job"),
        ("pools", _) | (_, "pool") => "WORK".into(),
        ("cost-centres", _) => "7700".into(),
        ("objects", _) => "LAB".into(),
        (_, "period") => "2026-09".into(),
        (_, "username") => "marta".into(),
        (_, "noun") => "service".into(),
        (_, "name") => "General ledger".into(),
        (_, "code") => "6400".into(),
        _ => String::new(),
    }
}

/// Every reading with what it is asked for in the world of the walk: its blanks, and month or words where it takes
/// them.
pub(super) async fn readings(walk: &walk::Walk) -> Vec<(&'static access::Reading, Vec<(String, String)>)> {
    let line = walk.door.texts("select id as x from charging_statement_lines").await.swap_remove(0);
    let booked = walk.door.texts("select id as x from finance_lines").await.swap_remove(0);
    let of = |reading: &'static access::Reading| {
        let filled = blanks(reading.path).into_iter().map(|blank| {
            let value = match reading.name {
                "trace show" => line.clone(),
                "line show" => booked.clone(),
                "open show" => "CARE".into(),
                _ => value(walk, reading.path, blank),
            };
            (blank.to_owned(), value)
        });
        let more = [("period", "2026-09"), ("q", "care")].into_iter();
        let more = more.filter(|(name, _)| reading.takes.contains(name));
        (reading, filled.chain(more.map(|(name, value)| (name.to_owned(), value.to_owned()))).collect())
    };
    registry::readings().map(of).collect()
}

/// Its address.
fn at(reading: &access::Reading, asked: &[(String, String)]) -> String {
    let blanks = blanks(reading.path);
    let (filled, query): (Vec<_>, Vec<_>) = (asked.iter())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .partition(|(name, _)| blanks.contains(name));
    let query: Vec<String> = query.into_iter().map(|(name, value)| format!("?{name}={value}")).collect();
    address(reading.path, &filled, "") + &query.concat()
}

/// Who reads everything, each their own part.
async fn read(walk: &walk::Walk, at: &str) -> Answer {
    for who in ["rosa", "adam"] {
        let answer = walk.door.get(walk.who(who), at).await;
        // Another's job is not found, except by an administrator.
        if ![403, 404].contains(&answer.status) {
            return answer;
        }
    }
    panic!("neither the executive nor the administrator reads {at}");
}

#[test]
fn lists_and_records_have_the_shape_that_scripts_rely_on() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let mut wrong = Vec::new();
        for (reading, asked) in readings(&walk).await {
            let at = at(reading, &asked);
            let answer = read(&walk, &at).await;
            let mut faults = misshapen(&answer);
            if answer.json().get("totals").is_some() {
                let mark = if at.contains('?') { '&' } else { '?' };
                let csv = read(&walk, &format!("{at}{mark}format=csv")).await.text();
                let names: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
                if names.iter().collect::<BTreeSet<_>>().len() != names.len() {
                    faults.push(format!("a column twice in {names:?}"));
                }
            }
            wrong.extend(faults.into_iter().map(|fault| format!("{} at {at}: {fault}", reading.name)));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

/// What is wrong with an answer: its schema, its count, its ETag, its money.
fn misshapen(answer: &Answer) -> Vec<String> {
    let body = answer.json();
    let (schema, list) = (body["schema"].as_str().unwrap_or_default(), body.get("totals").is_some());
    let mut faults = money_that_is_none(&body);
    let versioned = schema.starts_with("quarterdeck.") && schema.ends_with(".v1");
    let counted =
        !list || (schema.ends_with("-list.v1") && body["items"].is_array() && body["count"].is_u64());
    if answer.status != 200 || !body.is_object() || !versioned || !counted {
        faults.push(format!(
            "{} {schema} {}",
            answer.status,
            answer.text().chars().take(200).collect::<String>()
        ));
    }
    let tag = body["version"].as_i64().map_or(String::new(), |version| format!("\"{version}\""));
    if !list && answer.header("etag") != tag {
        faults.push(format!("ETag {:?} of version {}", answer.header("etag"), body["version"]));
    }
    faults
}

/// Objects that hold an amount and are not exactly `{"amount": "1.00", "currency": "EUR"}`.
fn money_that_is_none(value: &Value) -> Vec<String> {
    match value {
        Value::Object(map) => {
            let money = map.len() == 2 && map.contains_key("amount") && map.contains_key("currency");
            let amount = map.get("amount").and_then(Value::as_str).unwrap_or_default();
            let exact = amount.trim_start_matches('-').split_once('.').is_some_and(|(whole, cents)| {
                cents.len() == 2 && (whole.to_owned() + cents).bytes().all(|byte| byte.is_ascii_digit())
            });
            if money && !(exact && map["currency"] == "EUR") {
                return vec![value.to_string()];
            }
            map.values().flat_map(money_that_is_none).collect()
        }
        Value::Array(list) => list.iter().flat_map(money_that_is_none).collect(),
        Value::Number(number) if number.is_f64() => vec![format!("{number} is no exact number")],
        _ => Vec::new(),
    }
}
