//! Another's record and none are answered alike.

use serde_json::{Value, json};

use crate::doors::{self, Door};
use crate::walk::{self, Walk};

/// A question about somebody else's record and the same about none: the answers must not differ.
struct Twin {
    who: &'static str,
    method: &'static str,
    path: String,
    body: Value,
    foreign: String,
}

/// What is read: by the API and by pages.
const READ: [(&str, &str); 25] = [
    ("/api/v1/relationships/customers/<key>", "SALES"),
    ("/api/v1/relationships/orders/<key>", "order of SALES"),
    ("/api/v1/relationships/agreements/<key>", "agreement of SALES"),
    ("/api/v1/relationships/catalogue?customer=<key>", "SALES"),
    ("/api/v1/finance/statements/<key>", "statement of SALES"),
    ("/api/v1/finance/trace/<key>", "line of SALES"),
    ("/api/v1/finance/statement-lines?statement=<key>", "statement of SALES"),
    ("/api/v1/finance/focus?filter=BillingAccountId%3D<key>", "SALES"),
    ("/api/v1/finance/focus?dataset=invoice-detail&q=<key>", "SALES"),
    ("/api/v1/access/history/customer/<key>", "SALES"),
    ("/api/v1/access/history/agreement/<key>", "agreement of SALES"),
    ("/api/v1/access/history/statement/<key>", "statement of SALES"),
    ("/api/v1/relationships/customers?filter=key%3D<key>", "SALES"),
    ("/api/v1/relationships/customers?q=<key>", "SALES"),
    ("/api/v1/relationships/contacts?filter=customer%3D<key>", "SALES"),
    ("/api/v1/relationships/orders?q=<key>", "SALES"),
    ("/api/v1/finance/statements?filter=customer%3D<key>", "SALES"),
    ("/customers/<key>", "SALES"),
    ("/customers/<key>/edit", "SALES"),
    ("/orders/<key>", "order of SALES"),
    ("/agreements/<key>", "agreement of SALES"),
    ("/money/statements/<key>", "statement of SALES"),
    ("/catalogue?customer=<key>", "SALES"),
    ("/customers.csv?key=<key>", "SALES"),
    ("/customers.json?q=<key>", "SALES"),
];

/// What is changed: who, method, address, body, whose.
fn changed() -> [(&'static str, &'static str, &'static str, Value, &'static str); 10] {
    let wish = json!({"customer": "<key>", "offering": "PRINT", "quantity": "1", "from_day": "2026-11-01"});
    let known = json!({"customer": "<key>", "name": "Somebody", "role": "Head"});
    let (mine, no) = (json!({"name": "Mine"}), json!({"reason": "No"}));
    let (quantity, end) =
        (json!({"quantity": "3", "from_day": "2026-12-01"}), json!({"to_day": "2027-12-31"}));
    let (order, agreement) = ("order of SALES", "agreement of SALES");
    [
        ("elif", "POST", "/relationships/orders", wish.clone(), "SALES"),
        ("elif", "POST", "/finance/statements/<key>/accept", json!({}), "statement of SALES"),
        ("nora", "POST", "/relationships/agreements", wish, "SALES"),
        ("nora", "POST", "/relationships/contacts", known, "SALES"),
        ("nora", "PATCH", "/relationships/customers/<key>", mine.clone(), "SALES"),
        ("nora", "PATCH", "/relationships/contacts/<key>", mine, "contact of SALES"),
        ("nora", "POST", "/relationships/orders/<key>/confirm", json!({}), order),
        ("nora", "POST", "/relationships/orders/<key>/refuse", no, order),
        ("nora", "PATCH", "/relationships/agreements/<key>", quantity, agreement),
        ("nora", "PATCH", "/relationships/agreements/<key>/end", end, agreement),
    ]
}

fn twins(walk: &Walk, line: &str) -> Vec<Twin> {
    let foreign = |of: &str| match of {
        "SALES" => of.to_owned(),
        "line of SALES" => line.to_owned(),
        _ => walk.number(of).to_owned(),
    };
    let read = READ.iter().flat_map(|(path, of)| {
        ["elif", "nora"].map(|who| Twin {
            who,
            method: "GET",
            path: (*path).to_owned(),
            body: Value::Null,
            foreign: foreign(of),
        })
    });
    let changes = changed().into_iter().map(|(who, method, path, body, of)| Twin {
        who,
        method,
        path: format!("/api/v1{path}"),
        body,
        foreign: foreign(of),
    });
    read.chain(changes).collect()
}

#[test]
fn another_customers_record_is_answered_like_one_that_does_not_exist() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let line = foreign_line(&door).await;
        let head = door.head().await;
        for twin in twins(&walk, &line) {
            let mut answers = Vec::new();
            for key in [twin.foreign.clone(), missing(&twin.foreign)] {
                let path = twin.path.replace("<key>", &key);
                let body: Value =
                    serde_json::from_str(&twin.body.to_string().replace("<key>", &key)).unwrap();
                let ask =
                    door.ask(twin.method, path).by(walk.who(twin.who)).keyed().header("if-match", "\"1\"");
                let answer =
                    if twin.method == "GET" { ask.send().await } else { ask.json(&body).send().await };
                // What was asked may be said again; a form's token is new on every page.
                let said = without_token(&answer.text().replace(&key, "KEY"));
                answers.push((answer.status, answer.header("etag").to_owned(), said));
            }
            let which = format!("{} {} {} by {}", twin.method, twin.path, twin.foreign, twin.who);
            assert_eq!(answers[0], answers[1], "{which}");
            assert!([200, 403, 404, 422].contains(&answers[0].0), "{which}: {:?}", answers[0]);
        }
        assert_eq!(door.head().await, head);
    });
}

/// Like the key, but nobody's.
fn missing(key: &str) -> String {
    match key.split_once('-') {
        None => "SALEZ".into(),
        Some(_) if key.len() == 36 => "0199a000-0000-7000-8000-000000000000".into(),
        Some((series, _)) => format!("{series}-99"),
    }
}

fn without_token(page: &str) -> String {
    let mut parts = page.split("name=\"_token\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "TOKEN" + part.split_once('"').map_or("", |(_, rest)| rest))
}

/// The id of a line of the other customer's statement.
async fn foreign_line(door: &Door) -> String {
    let sql = "select l.id as x from charging_statement_lines l join charging_statements s on s.id = l.statement_id \
               join relationships_customers c on c.id = s.customer_id where c.key = 'SALES' and l.amount <> 0";
    door.texts(sql).await.swap_remove(0)
}
