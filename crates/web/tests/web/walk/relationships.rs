//! Two customers with contacts, orders, agreements and a representative each. Everything of a customer
//! bears a mark of its own, so that a trace of it is known wherever it turns up.

use access::Role;
use serde_json::json;

use super::{Walk, key};

pub(super) async fn tell(walk: &mut Walk) {
    for (customer, name) in [("CARE", "Careful Customers"), ("SALES", "Selling Streets")] {
        walk.does("marta", "customer add", json!({"key": customer, "name": name, "kind": "unit"})).await;
    }
    walk.does_to("marta", "customer edit", &[("key", "SALES")], json!({"name": "Salesfolk United"})).await;
    walk.own("elif", Role::CustomerRepresentative, "CARE").await;
    walk.own("jonas", Role::CustomerRepresentative, "SALES").await;
    walk.own("nora", Role::RelationshipManager, "CARE").await;
    walk.own("ravi", Role::Receiver, "CARE").await;
    walk.own("ines", Role::FundingSource, "CARE").await;
    for (customer, name, of) in
        [("CARE", "Carla Ojo", "contact of CARE"), ("SALES", "Sigrun Vale", "contact of SALES")]
    {
        let body = json!({"customer": customer, "name": name, "role": "Head of claims", "influence": "low",
            "email": format!("{}@example.org", name[..5].to_lowercase())});
        let contact = walk.does("marta", "contact add", body).await;
        walk.known.insert(of, key(&contact));
    }
    let contact = walk.number("contact of SALES").to_owned();
    walk.does_to("marta", "contact edit", &[("number", &contact)], json!({"role": "Head of streets"})).await;
    orders(walk).await;
    agreements(walk).await;
}

async fn orders(walk: &mut Walk) {
    for (who, of, quantity, note) in [
        ("elif", "order of CARE", "31", "Careful wish"),
        ("jonas", "order of SALES", "4717", "Streetwise wish"),
        ("jonas", "order refused", "4719", "Streetwise dream"),
        ("jonas", "order withdrawn", "4721", "Streetwise whim"),
    ] {
        let body = json!({"offering": "PRINT", "quantity": quantity, "from_day": "2026-11-01", "note": note});
        let order = walk.does(who, "order add", body).await;
        walk.known.insert(of, key(&order));
    }
    let order = walk.number("order of SALES").to_owned();
    walk.does_to("marta", "order confirm", &[("number", &order)], json!({"settlement": "recharge"})).await;
    let order = walk.number("order refused").to_owned();
    walk.does_to("marta", "order refuse", &[("number", &order)], json!({"reason": "Twice in one week"}))
        .await;
    let order = walk.number("order withdrawn").to_owned();
    walk.does_to("jonas", "order withdraw", &[("number", &order)], json!({})).await;
}

async fn agreements(walk: &mut Walk) {
    for (customer, offering, quantity, settlement, of) in [
        ("CARE", "DESK", "30", "memo", "agreement of CARE"),
        ("SALES", "DESK", "70", "recharge", "agreement of SALES"),
        ("CARE", "PRINT", "1200", "recharge", "print of CARE"),
    ] {
        let body = json!({"customer": customer, "offering": offering, "quantity": quantity,
            "from_day": "2026-01-01", "settlement": settlement});
        let agreement = walk.does("marta", "agreement add", body).await;
        walk.known.insert(of, key(&agreement));
    }
    let agreement = walk.number("agreement of SALES").to_owned();
    let at = [("number", agreement.as_str())];
    walk.does_to("marta", "agreement change", &at, json!({"quantity": "4723", "from_day": "2026-11-01"}))
        .await;
    walk.does_to(
        "marta",
        "agreement end",
        &at,
        json!({"to_day": "2027-12-31", "why": "They build their own"}),
    )
    .await;
}
