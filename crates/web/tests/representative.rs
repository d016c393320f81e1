//! What a customer's representative can find out: of another customer nothing, by no door, and of their own
//! nothing that is ours.

mod doors;
mod walk;

use std::collections::BTreeSet;

use access::Who;
use app::registry;
use doors::{Door, address, blanks};
use serde_json::{Value, json};
use walk::Walk;

/// A question about somebody else's record and the same about none: the answers must not differ.
struct Twin {
    who: &'static str,
    method: &'static str,
    path: String,
    body: Value,
    foreign: String,
}

fn twins(walk: &Walk, line: &str) -> Vec<Twin> {
    let number = |of: &str| walk.number(of).to_owned();
    let ask = |who, method, path: &str, body, foreign| Twin { who, method, path: path.into(), body, foreign };
    let get = |who, path: &str, foreign: String| ask(who, "GET", path, Value::Null, foreign);
    let api = |path: &str| format!("/api/v1{path}");
    let mut twins = Vec::new();
    for who in ["elif", "nora"] {
        let (order, agreement) = (number("order of SALES"), number("agreement of SALES"));
        let statement = number("statement of SALES");
        for (path, foreign) in [
            ("/relationships/customers/<key>", "SALES"),
            ("/relationships/orders/<key>", &order),
            ("/relationships/agreements/<key>", &agreement),
            ("/relationships/catalogue?customer=<key>", "SALES"),
            ("/finance/statements/<key>", &statement),
            ("/finance/trace/<key>", line),
            ("/finance/statement-lines?statement=<key>", &statement),
            ("/access/history/customer/<key>", "SALES"),
            ("/access/history/agreement/<key>", &agreement),
            ("/access/history/statement/<key>", &statement),
            ("/relationships/customers?filter=key%3D<key>", "SALES"),
            ("/relationships/customers?q=<key>", "SALES"),
            ("/relationships/contacts?filter=customer%3D<key>", "SALES"),
            ("/relationships/orders?q=<key>", "SALES"),
            ("/finance/statements?filter=customer%3D<key>", "SALES"),
        ] {
            twins.push(get(who, &api(path), foreign.to_owned()));
        }
        for (path, foreign) in [
            ("/customers/<key>", "SALES"),
            ("/customers/<key>/edit", "SALES"),
            ("/orders/<key>", &order),
            ("/agreements/<key>", &agreement),
            ("/money/statements/<key>", &statement),
            ("/catalogue?customer=<key>", "SALES"),
            ("/customers.csv?key=<key>", "SALES"),
            ("/customers.json?q=<key>", "SALES"),
        ] {
            twins.push(get(who, path, foreign.to_owned()));
        }
    }
    let (contact, agreement) = (number("contact of SALES"), number("agreement of SALES"));
    let order = number("order of SALES");
    let wish = json!({"customer": "<key>", "offering": "PRINT", "quantity": "1", "from_day": "2026-11-01"});
    let known = json!({"customer": "<key>", "name": "Somebody", "role": "Head"});
    let quantity = json!({"quantity": "3", "from_day": "2026-12-01"});
    twins.extend([
        ask("elif", "POST", &api("/relationships/orders"), wish.clone(), "SALES".into()),
        ask(
            "elif",
            "POST",
            &api("/finance/statements/<key>/accept"),
            json!({}),
            number("statement of SALES"),
        ),
        ask("nora", "POST", &api("/relationships/agreements"), wish, "SALES".into()),
        ask("nora", "POST", &api("/relationships/contacts"), known, "SALES".into()),
        ask("nora", "PATCH", &api("/relationships/customers/<key>"), json!({"name": "Mine"}), "SALES".into()),
        ask("nora", "PATCH", &api("/relationships/contacts/<key>"), json!({"name": "Mine"}), contact),
        ask("nora", "POST", &api("/relationships/orders/<key>/confirm"), json!({}), order.clone()),
        ask("nora", "POST", &api("/relationships/orders/<key>/refuse"), json!({"reason": "No"}), order),
        ask("nora", "PATCH", &api("/relationships/agreements/<key>"), quantity, agreement.clone()),
        ask(
            "nora",
            "PATCH",
            &api("/relationships/agreements/<key>/end"),
            json!({"to_day": "2027-12-31"}),
            agreement,
        ),
    ]);
    twins
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

/// Words, numbers, ids and amounts of the other customer, and of the inside of money, read from the
/// database; what one's own customer has as well is no secret.
async fn secrets(door: &Door) -> BTreeSet<String> {
    let of = |key: &str| {
        let customer = format!("(select id from relationships_customers where key = '{key}')");
        [
            format!("select key as x from relationships_customers where key = '{key}'"),
            format!("select name as x from relationships_customers where key = '{key}'"),
            format!("select id as x from relationships_customers where key = '{key}'"),
            format!("select name as x from relationships_contacts where customer_id = {customer}"),
            format!("select email as x from relationships_contacts where customer_id = {customer}"),
            format!("select id as x from relationships_contacts where customer_id = {customer}"),
            format!("select id as x from relationships_orders where customer_id = {customer}"),
            format!("select note as x from relationships_orders where customer_id = {customer}"),
            format!("select id as x from relationships_agreements where customer_id = {customer}"),
            format!("select id as x from charging_statements where customer_id = {customer}"),
            format!("select number as x from charging_statements where customer_id = {customer}"),
            format!(
                "select l.id as x from charging_statement_lines l join charging_statements s on s.id = l.statement_id \
                 where s.customer_id = {customer}"
            ),
        ]
    };
    let mut found = BTreeSet::new();
    for sql in of("SALES") {
        let words = door.texts(&sql).await;
        assert!(!words.is_empty(), "{sql} finds nothing to look for");
        found.extend(words);
    }
    for sql in of("CARE") {
        for own in door.texts(&sql).await {
            found.remove(&own);
        }
    }
    // 1,000.00 + 50.00 of work by seats 3:1, then 300.00 of paper; desks 30:70: by hand, not by the product.
    for amount in ["551.25", "787.50", "562.50", "262.50", "1350.00", "1050.00", "1,350.00", "1,050.00"] {
        found.insert(amount.to_owned());
    }
    found.extend(["4723", "4,723", "4717", "4,717", "4719", "4,719"].map(str::to_owned));
    found
}

/// Every value a blank or a query could be given: keys, numbers and ids of everybody's records.
async fn values(door: &Door, walk: &Walk) -> Vec<String> {
    let mut values: BTreeSet<String> = walk.known.values().cloned().collect();
    let keys = [
        "CARE", "SALES", "DESK", "PRINT", "NET", "WORK", "GOODS", "SEATS", "6400", "2026-09", "R-01", "marta",
    ];
    values.extend(keys.map(str::to_owned));
    for table in ["relationships_customers", "charging_statements", "charging_statement_lines"] {
        values.extend(door.texts(&format!("select id as x from {table}")).await);
    }
    values.into_iter().collect()
}

/// Every address of the API that `who` may ask, under every value; lists also as files, filtered and sorted.
fn addresses(values: &[String], who: &Who) -> Vec<String> {
    let mut all = Vec::new();
    for reading in registry::readings().filter(|reading| who.reach(reading.action).any()) {
        let names = blanks(reading.path);
        let at = |value: &str| match names.as_slice() {
            [noun, _] if *noun == "noun" => Vec::from(
                [
                    "customer",
                    "contact",
                    "order",
                    "agreement",
                    "statement",
                    "agreement quantity",
                    "service",
                    "price",
                ]
                .map(|noun| address(reading.path, &[("noun", noun)], value)),
            ),
            _ => vec![address(reading.path, &[], value)],
        };
        let paths: Vec<String> =
            if names.is_empty() { at("") } else { values.iter().flat_map(|v| at(v)).collect() };
        for path in paths {
            if names.is_empty() {
                all.extend(["csv", "excel-csv"].map(|format| format!("{path}?format={format}&per=all")));
                all.extend(
                    ["q=s", "q=Sales", "filter=customer%3DSALES", "sort=-customer", "per=1&page=2"]
                        .map(|q| format!("{path}?{q}")),
                );
            }
            for take in reading.takes {
                all.extend(values.iter().map(|value| format!("{path}?{take}={value}")));
            }
            all.push(path);
        }
    }
    all
}

/// What an answer holds of the secrets, beside what was asked for by name.
fn leaks(secrets: &BTreeSet<String>, asked: &str, said: &str) -> Vec<String> {
    let lower = said.to_lowercase();
    let told = |secret: &&String| lower.contains(&secret.to_lowercase()) && !asked.contains(secret.as_str());
    secrets.iter().filter(told).cloned().collect()
}

#[test]
fn a_representative_finds_nothing_of_another_customer_and_nothing_behind_their_own_charges() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let (secrets, values) = (secrets(&door).await, values(&door, &walk).await);
        let rosa = door.get(walk.who("rosa"), "/api/v1/finance/statement-lines").await;
        assert!(
            !leaks(&secrets, "", &rosa.text()).is_empty(),
            "who may see it finds it: the search is none in vain"
        );
        for username in ["elif", "ravi", "ines"] {
            let who = walk.who(username);
            let mut read = 0;
            for at in addresses(&values, who) {
                let answer = door.get(who, &at).await;
                assert!(answer.status < 500, "{username} {at}: {}", answer.text());
                read += usize::from(answer.status == 200);
                let found = leaks(&secrets, &at, &answer.text());
                assert!(found.is_empty(), "{username} finds {found:?} at {at}: {}", answer.text());
            }
            assert!(read > 10, "{username} reads something at all");
        }
    });
}

#[test]
fn pages_lead_a_representative_to_nothing_of_another_customer() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let secrets = secrets(&door).await;
        let pages = doors::crawl(&door, walk.who("elif"), 400).await;
        assert!(pages.len() > 10, "{:?}", pages.keys());
        let mut wrong = Vec::new();
        for (path, reached) in &pages {
            let (found, status) = (leaks(&secrets, path, &reached.answer.text()), reached.answer.status);
            if !found.is_empty() || status >= 400 {
                wrong.push(format!(
                    "{path}, linked from {}, answers {status} and tells {found:?}",
                    reached.from
                ));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

#[test]
fn what_we_think_of_a_customers_people_stays_ours() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let at = ["contacts", "customers/CARE"].map(|of| format!("/api/v1/relationships/{of}"));
        let told = format!("/api/v1/access/history/contact/{}", walk.number("contact of CARE"));
        for (who, may) in [("nora", true), ("marta", true), ("elif", false)] {
            for path in at.iter().chain([&told]) {
                let said = door.get(walk.who(who), path).await.text();
                assert_eq!(said.contains("\"low"), may, "{who} {path}: {said}");
            }
        }
    });
}
