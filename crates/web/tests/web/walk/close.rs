//! The month is run, reviewed, closed, re-opened, closed again and sent as statements.

use serde_json::json;

use super::Walk;

pub(super) async fn tell(walk: &mut Walk) {
    let month = json!({"period": "2026-09"});
    let at = [("period", "2026-09")];
    // Imports and approvals map by themselves, so only lines from elsewhere are left to a run by hand.
    walk.door.alter("update finance_lines set pool_key = null where account_code = '6400'").await;
    walk.does("priya", "mapping run", month.clone()).await;
    let policy = json!({"amount": "100", "percent": "2", "blocks": "yes"});
    walk.does("priya", "close-policy set", policy).await;
    walk.does_to("priya", "period review", &at, json!({})).await;
    walk.does_to("priya", "close no-detail", &at, json!({"reason": "No bill is itemised"})).await;
    let except = json!({"batch": walk.number("batch with rejects"), "amount": "7.00", "reason": "Not ours"});
    walk.does_to("priya", "close except", &at, except).await;
    walk.does("priya", "allocate run", month.clone()).await;
    let work = [("period", "2026-09"), ("pool", "WORK")];
    walk.does_to("priya", "variance explain", &work, json!({"cause": "volume", "text": "Overtime"})).await;
    walk.does_to("henrik", "variance confirm", &work, json!({})).await;
    walk.does_to("rosa", "period sign", &at, json!({})).await;
    walk.does_to("henrik", "period close", &at, json!({})).await;
    walk.does_to("priya", "period reopen", &at, json!({"reason": "A late bill"})).await;
    walk.does_to("rosa", "period reopen", &at, json!({})).await;
    walk.does_to("rosa", "period sign", &at, json!({})).await;
    walk.does_to("henrik", "period close", &at, json!({})).await;
    statements(walk).await;
    walk.does_to("henrik", "period finish", &at, json!({})).await;
}

async fn statements(walk: &mut Walk) {
    let month = json!({"period": "2026-09"});
    walk.does("priya", "statement draft", month.clone()).await;
    walk.does("priya", "statement issue", month).await;
    let all = walk.door.get(walk.who("priya"), "/api/v1/finance/statements").await.json();
    for (customer, of) in [("CARE", "statement of CARE"), ("SALES", "statement of SALES")] {
        let items = all["items"].as_array().unwrap();
        let found = items.iter().find(|row| row["customer"] == customer).unwrap_or_else(|| panic!("{all}"));
        walk.known.insert(of, found["number"].as_str().unwrap().to_owned());
    }
    let number = walk.number("statement of CARE").to_owned();
    walk.does_to("elif", "statement accept", &[("number", &number)], json!({"note": "Fine"})).await;
    walk.door.house.at("2026-11-05T09:30:00Z");
    walk.does("priya", "statement lapse", json!({})).await;
    walk.door.house.at(testkit::MORNING);
}
