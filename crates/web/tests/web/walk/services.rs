//! Two services taken over, what customers can take of them, prices, promises.

use serde_json::json;

use super::{Walk, key};

pub(super) async fn tell(walk: &mut Walk) {
    for (service, name, kind) in [
        ("DESK", "Desktop Support", "core"),
        ("PRINT", "Managed Print", "core"),
        ("NET", "Network", "supporting"),
    ] {
        let body = json!({"key": service, "name": name, "kind": kind, "owner": "olga",
            "relationship_manager": "marta", "first_day": "2020-01-01"});
        walk.does("yuki", "service take-over", body).await;
    }
    let desk = [("key", "DESK")];
    let value = json!({"value_proposition": "Every desk works"});
    walk.does_to("yuki", "service edit", &desk, value).await;
    let depends = json!({"kind": "depends on", "other": "NET"});
    walk.does_to("yuki", "service relate", &desk, depends).await;
    let relation = walk.door.get(walk.who("yuki"), "/api/v1/portfolio/services/DESK").await.json();
    let relation = relation["relations"][0]["id"].as_str().unwrap().to_owned();
    walk.does_to("yuki", "service unrelate", &[("id", &relation)], json!({})).await;
    walk.known.insert("relation", relation);
    let offering = |service: &str, unit: &str, charging: &str| json!({"service": service, "unit": unit, "charging": charging});
    walk.does("yuki", "offering add", offering("DESK", "seat", "at cost")).await;
    walk.does("yuki", "offering add", offering("PRINT", "page", "fixed")).await;
    walk.does_to("yuki", "offering edit", &desk, json!({"name": "A desk"})).await;
    for service in ["DESK", "PRINT"] {
        let level = json!({"measure": "Availability", "level": "99.5 %", "unit": "%", "value": "99.5"});
        walk.does_to("yuki", "target set", &[("key", service)], level).await;
    }
    let level = json!({"measure": "Answer", "level": "in a minute"});
    walk.does_to("yuki", "target set", &desk, level).await;
    walk.does_to("yuki", "target remove", &desk, json!({"measure": "Answer"})).await;
    prices(walk).await;
    promises(walk).await;
}

async fn prices(walk: &mut Walk) {
    let price = json!({"per_unit": "0.0451", "from_day": "2026-01-01"});
    let price = key(&walk.does_to("priya", "price draft", &[("key", "PRINT")], price).await);
    let at = [("number", price.as_str())];
    walk.does_to("priya", "price edit", &at, json!({"per_unit": "0.0452"})).await;
    walk.does_to("priya", "price submit", &at, json!({})).await;
    walk.does_to("henrik", "price return", &at, json!({"why": "Say why it rose"})).await;
    walk.does_to("priya", "price submit", &at, json!({})).await;
    walk.does_to("henrik", "price approve", &at, json!({})).await;
    walk.known.insert("price", price);
    let later = json!({"per_unit": "0.0499", "from_day": "2027-01-01"});
    let later = key(&walk.does_to("priya", "price draft", &[("key", "PRINT")], later).await);
    walk.known.insert("price drafted", later);
}

async fn promises(walk: &mut Walk) {
    let desk = [("key", "DESK")];
    let level = json!({"name": "Availability", "measure": "service level", "due": "monthly from 2026-09",
        "promised": "99.5", "unit": "%"});
    let promise = key(&walk.does_to("yuki", "promise add", &desk, level).await);
    let measured = json!({"about": "2026-09", "value": "99.1", "source": "The probe"});
    walk.does_to("yuki", "promise measure", &[("number", &promise)], measured).await;
    let cost = json!({"name": "Yearly cost", "measure": "yearly cost", "due": "FY26", "promised": "1000"});
    let wrong = key(&walk.does_to("yuki", "promise add", &desk, cost).await);
    walk.does_to("yuki", "promise withdraw", &[("number", &wrong)], json!({"why": "Typed wrongly"})).await;
    walk.known.insert("promise", promise);
    walk.known.insert("promise withdrawn", wrong);
}
