//! The JSON API as a contract: its description, the shape of lists and records, what it says to a request
//! that it cannot take.

mod doors;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use access::{Method, Role};
use app::registry;
use doors::{address, blanks};
use serde_json::{Value, json};

#[test]
fn the_description_lists_exactly_what_there_is() {
    doors::tell(async |door| {
        let answer = door.ask("GET", "/api/v1/openapi.json").send().await;
        assert!(answer.status == 200 && answer.header("content-type").starts_with("application/json"));
        let description: Value = serde_json::from_slice(&answer.body).expect("it is JSON");
        assert_eq!(description["openapi"], "3.1.0");
        let mut described = BTreeSet::new();
        for (path, item) in description["paths"].as_object().unwrap() {
            for (verb, operation) in item.as_object().unwrap() {
                described.insert((verb.clone(), path.clone()));
                let named: Vec<&str> = (operation["parameters"].as_array().unwrap().iter())
                    .filter(|parameter| parameter["in"] == "path")
                    .map(|parameter| parameter["name"].as_str().unwrap())
                    .collect();
                assert_eq!(named, blanks(path), "{verb} {path}");
            }
        }
        let readings = registry::readings().map(|it| ("get".to_owned(), format!("/api/v1{}", it.path)));
        let commands = registry::commands().map(|it| {
            let verb = if it.method == Method::Post { "post" } else { "patch" };
            (verb.to_owned(), format!("/api/v1{}", it.path))
        });
        let there: BTreeSet<_> = readings.chain(commands).collect();
        assert_eq!(described, there);
        let ids = strings(&description, "operationId");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an operation's name twice");
        let refs = strings(&description, "$ref");
        assert!(refs.len() > there.len(), "answers and refusals refer to their schemas");
        for reference in refs {
            let pointer =
                reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
            assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
    });
}

/// Every text of that name, however deep.
fn strings(value: &Value, name: &str) -> Vec<String> {
    let own = value.get(name).and_then(Value::as_str).map(str::to_owned);
    let inner: Vec<&Value> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    own.into_iter().chain(inner.into_iter().flat_map(|value| strings(value, name))).collect()
}

#[test]
fn the_description_names_inputs_headers_and_who_may() {
    doors::tell(async |door| {
        let description = door.ask("GET", "/api/v1/openapi.json").send().await.json();
        for command in registry::commands() {
            let (verb, header) = match command.method {
                Method::Post => ("post", "Idempotency-Key"),
                Method::Patch => ("patch", "If-Match"),
            };
            let operation = &description["paths"][format!("/api/v1{}", command.path)][verb];
            let headers = operation["parameters"].as_array().unwrap().iter();
            let needed =
                headers.filter(|it| it["in"] == "header" && it["required"] == true).map(|it| &it["name"]);
            assert_eq!(needed.collect::<Vec<_>>(), [header], "{}", command.name);
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            assert_eq!(schema["type"], "object", "{}", command.name);
            let known = schema["properties"].as_object().map_or(0, serde_json::Map::len);
            let required = schema["required"].as_array().map_or(0, Vec::len);
            assert!(required <= known, "{}: {schema}", command.name);
            let says = operation["description"].as_str().unwrap();
            assert!(
                command.action.roles().iter().all(|role| says.contains(role.word())),
                "{}: {says}",
                command.name
            );
            let refused = operation["responses"]["4XX"]["description"].as_str().unwrap();
            assert!(
                command.refusals.iter().all(|kind| refused.contains(kind.code)),
                "{}: {refused}",
                command.name
            );
        }
        let rosa = door.who("rosa", Role::Executive).await;
        let page = door.get(&rosa, "/api").await.text();
        for path in description["paths"].as_object().unwrap().keys() {
            assert!(page.contains(path), "the page of the API does not tell of {path}");
        }
    });
}

/// Addresses of every reading in the world of the walk: name and address.
fn readings(walk: &walk::Walk) -> Vec<(&'static str, String)> {
    let values: BTreeMap<&str, &str> = [
        ("period", "2026-09"),
        ("service", "DESK"),
        ("customer", "CARE"),
        ("pool", "WORK"),
        ("username", "marta"),
        ("noun", "service"),
        ("record", "DESK"),
        ("name", "General ledger"),
        ("code", "6400"),
    ]
    .into();
    let of = |path: &'static str, blank: &str| -> String {
        let number = |of: &str| walk.number(of).to_owned();
        match (path.split('/').nth(2).unwrap_or_default(), blank) {
            ("agreements", _) => number("agreement of CARE"),
            ("orders", _) => number("order of CARE"),
            ("statements", _) => number("statement of CARE"),
            ("batches", _) => number("batch with rejects"),
            ("promises", "number") => number("promise"),
            ("rules", _) => number("rule"),
            ("mapping", _) => number("mapping"),
            ("transactions", _) => "T-1".into(),
            ("customers", _) => "CARE".into(),
            ("services" | "offerings", _) => "DESK".into(),
            ("pools", _) => "WORK".into(),
            ("drivers", _) => "SEATS".into(),
            ("budgets", _) => "2026-original".into(),
            _ => values.get(blank).copied().unwrap_or("").to_owned(),
        }
    };
    registry::readings()
        .map(|reading| {
            let filled: Vec<(&str, String)> =
                blanks(reading.path).into_iter().map(|blank| (blank, of(reading.path, blank))).collect();
            let filled: Vec<(&str, &str)> =
                filled.iter().map(|(blank, value)| (*blank, value.as_str())).collect();
            (reading.name, address(reading.path, &filled, ""))
        })
        .collect()
}

/// Who reads everything, each their own part.
async fn read(walk: &walk::Walk, at: &str) -> doors::Answer {
    for who in ["rosa", "adam"] {
        let answer = walk.door.get(walk.who(who), at).await;
        if answer.status != 403 {
            return answer;
        }
    }
    panic!("neither the executive nor the administrator reads {at}");
}

#[test]
fn lists_and_records_have_the_shape_that_scripts_rely_on() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let line = door.texts("select id as x from charging_statement_lines").await.swap_remove(0);
        let mut wrong = Vec::new();
        for (name, at) in readings(&walk) {
            let at = match name {
                "trace show" => format!("/api/v1/finance/trace/{line}"),
                _ if registry::reading(name).unwrap().takes.contains(&"period") => {
                    format!("{at}?period=2026-09")
                }
                _ => at,
            };
            let answer = read(&walk, &at).await;
            let body = answer.json();
            let schema = body["schema"].as_str().unwrap_or_default();
            let list = body.get("items").is_some();
            let versioned = schema.starts_with("quarterdeck.") && schema.ends_with(".v1");
            let shaped = match list {
                true => schema.ends_with("-list.v1") && body["items"].is_array() && body["count"].is_u64(),
                false => body.is_object(),
            };
            if answer.status != 200 || !versioned || !shaped {
                wrong.push(format!(
                    "{name} at {at}: {} {schema} {}",
                    answer.status,
                    &answer.text()[..answer.text().len().min(200)]
                ));
            }
            let tag = body["version"].as_i64().map_or(String::new(), |version| format!("\"{version}\""));
            if !list && answer.header("etag") != tag {
                wrong.push(format!(
                    "{name}: ETag {:?} of version {}",
                    answer.header("etag"),
                    body["version"]
                ));
            }
            if list {
                let mark = if at.contains('?') { '&' } else { '?' };
                let csv = read(&walk, &format!("{at}{mark}format=csv")).await.text();
                let names: Vec<&str> = csv.lines().next().unwrap_or_default().split(',').collect();
                if names.iter().collect::<BTreeSet<_>>().len() != names.len() {
                    wrong.push(format!("{name}: a column twice in {names:?}"));
                }
            }
            wrong.extend(money_that_is_none(&body).into_iter().map(|it| format!("{name}: {it}")));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
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

#[test]
fn a_list_is_filtered_sorted_paged_and_given_as_files_with_the_same_rows() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let at = "/api/v1/relationships/customers";
        let keys = async |query: &str| -> (Vec<String>, i64) {
            let body = door.get(walk.who("marta"), format!("{at}?{query}")).await.json();
            let items = body["items"].as_array().unwrap_or_else(|| panic!("{query}: {body}")).clone();
            let keys = items.iter().map(|item| item["key"].as_str().unwrap().to_owned()).collect();
            (keys, body["count"].as_i64().unwrap())
        };
        assert_eq!(keys("").await, (vec!["CARE".into(), "SALES".into()], 2));
        assert_eq!(keys("sort=-key").await.0, ["SALES", "CARE"]);
        assert_eq!(keys("per=1&page=2").await, (vec!["SALES".into()], 2));
        assert_eq!(keys("key=SALES").await, (vec!["SALES".into()], 1));
        assert_eq!(keys("filter=key%3DCARE").await, (vec!["CARE".into()], 1));
        assert_eq!(keys("q=united").await, (vec!["SALES".into()], 1));
        let file = async |format: &str| door.get(walk.who("marta"), format!("{at}?format={format}")).await;
        let csv = file("csv").await;
        assert!(csv.header("content-type").starts_with("text/csv"));
        assert!(csv.header("content-disposition").contains("customer-list.csv"));
        let lines: Vec<String> = csv.text().lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(
            lines[1].starts_with("CARE,Careful Customers,")
                && lines[2].starts_with("SALES,Salesfolk United,")
        );
        assert!(
            file("excel-csv").await.body.starts_with("\u{feff}".as_bytes()),
            "a spreadsheet is told it is UTF-8"
        );
        assert!(file("xlsx").await.body.starts_with(b"PK"));
        for (query, field) in [
            ("format=pdf", "format"),
            ("sort=mood", "sort"),
            ("filter=mood%3Dgood", "filter"),
            ("mood=good", "mood"),
        ] {
            let answer = door.get(walk.who("marta"), format!("{at}?{query}")).await;
            assert_eq!(answer.status, 422, "{query}: {}", answer.text());
            assert!(
                answer.text().contains(field) || answer.text().contains("mood"),
                "{query}: {}",
                answer.text()
            );
        }
    });
}

#[test]
fn what_cannot_be_taken_is_said_as_json_with_a_way_out() {
    doors::tell(async |door| {
        let marta = door.who("marta", Role::RelationshipManager).await;
        let at = "/api/v1/relationships/customers";
        let post = |body: &str| {
            let ask = door.ask("POST", at).by(&marta).keyed().header("content-type", "application/json");
            ask.raw(body)
        };
        for body in [
            "{",
            "[]",
            "7",
            "\"text\"",
            "{\"key\": 7, \"name\": \"Care\", \"kind\": \"unit\"}",
            "{\"key\": null}",
            "\u{0}",
        ] {
            let answer = post(body).send().await;
            let said = answer.json();
            assert_eq!(answer.status, 422, "{body}: {}", answer.text());
            assert_eq!(said["schema"], "quarterdeck.refusal.v1", "{body}");
            assert!(["code", "says", "way_out"].iter().all(|name| !said[name].as_str().unwrap().is_empty()));
            assert_eq!(said["fields"].as_array().unwrap().len(), 1, "{body}: {said}");
        }
        for path in ["/api/v1/nothing", "/api/v1", "/api/v2/relationships/customers"] {
            for method in ["GET", "POST"] {
                let ask = door.ask(method, path).by(&marta).keyed();
                let answer =
                    if method == "GET" { ask.send().await } else { ask.json(&json!({})).send().await };
                assert_eq!((answer.status, answer.code().as_str()), (404, "not_found"), "{method} {path}");
            }
        }
        let wrong_way = door.ask("DELETE", at).by(&marta).send().await;
        assert_eq!(wrong_way.status, 405);
        assert_eq!(door.value("select count(*) as n from relationships_customers").await, 0);
    });
}
