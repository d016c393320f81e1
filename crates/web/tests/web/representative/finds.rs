//! Everything they may ask, and every page they may open, searched for what is not theirs.

use std::collections::BTreeSet;

use access::Who;
use app::registry;

use crate::doors::{self, Door, address, blanks};
use crate::walk::{self, Walk};

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
