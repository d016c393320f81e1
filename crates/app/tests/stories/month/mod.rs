//! What the stories of a month share: a small September in a house of its own. One pool that a desktop
//! service is made of, shared by seats over three customers, and one pool that stays central.
//!
//! The desktop's figures are those of `demo.md` 4.7 and the mock of the cost flow: €525,051.89 over 1,357
//! seats, of which Business Sales has 122 and so carries €47,204.37.

#![allow(dead_code, reason = "each story uses its part")]

use access::{Done, Role};
use base64::Engine as _;
use kernel::Refused;
use serde_json::{Value, json};
use testkit::{Person, TestHouse};

/// The month.
pub const MONTH: &str = "2026-09";
/// Blanks of its paths.
pub const AT: [(&str, &str); 1] = [("period", MONTH)];

/// The people of the month.
pub struct People {
    /// Finance: imports and runs.
    pub priya: Person,
    /// Finance: approves and closes.
    pub henrik: Person,
    /// Executive.
    pub tomas: Person,
    /// Portfolio manager.
    pub yuki: Person,
}

/// Imports a file in one step.
pub async fn imports(person: &Person, kind: &str, csv: &str, control: Option<&str>) -> Result<Done, Refused> {
    let file = base64::engine::general_purpose::STANDARD.encode(csv);
    let mut body = json!({"kind": kind, "file_name": format!("{kind}.csv"), "file": file, "encoding": "UTF-8",
        "delimiter": "comma", "decimal_mark": "point", "thousands_mark": "none", "date_order": "Y-M-D"});
    if let Some(control) = control {
        body["control_total"] = json!(control);
    }
    person.does("import run", body).await
}

/// Lines of the general ledger: document, account, amount.
pub fn ledger(lines: &[(&str, &str, &str)]) -> String {
    let rows = lines
        .iter()
        .map(|(document, account, amount)| format!("{document},1,2026-09-15,{account},{amount},EUR\n"));
    format!("document,document_line,posted_on,account,amount,currency\n{}", rows.collect::<String>())
}

/// Writes, submits and has approved what has a number: a rule of the cost model or of the mapping.
async fn approved(people: &People, noun: &str, body: Value) {
    let done = people.priya.does(&format!("{noun} add"), body).await.unwrap();
    let at = [("number", done.key.as_str())];
    people.priya.does_to(&format!("{noun} submit"), &at, json!({}), None).await.unwrap();
    people.henrik.does_to(&format!("{noun} approve"), &at, json!({}), None).await.unwrap();
}

/// The organisation before September's ledger comes in.
pub async fn organisation(house: &TestHouse) -> People {
    let people = People {
        priya: house.person("priya", &[Role::FinanceManager]).await,
        henrik: house.person("henrik", &[Role::FinanceManager]).await,
        tomas: house.person("tomas", &[Role::Executive]).await,
        yuki: house.person("yuki", &[Role::PortfolioManager]).await,
    };
    let marta = house.person("marta", &[Role::RelationshipManager]).await;
    people.yuki.does("service take-over", json!({"key": "DESK", "name": "Desktop"})).await.unwrap();
    for (key, name) in [("CARE", "Customer Care"), ("BS", "Business Sales"), ("FIN", "Finance & Corporate")] {
        marta.does("customer add", json!({"key": key, "name": name, "kind": "unit"})).await.unwrap();
    }
    let priya = &people.priya;
    priya.does("period open", json!({"from": MONTH, "to": "2026-10"})).await.unwrap();
    for (code, pool, name) in [("6400", "CLOUD", "Cloud"), ("7700", "OTHER", "Other")] {
        let account = json!({"code": code, "name": name, "class": "cost"});
        priya.does("account add", account).await.unwrap();
        let pool_input = json!({"key": pool, "name": name, "spend": "operating", "behaviour": "variable"});
        priya.does("pool add", pool_input).await.unwrap();
        approved(&people, "mapping", json!({"account": code, "pool": pool, "effective_from": "2025-10"}))
            .await;
    }
    let driver = json!({"key": "SEATS", "name": "Seats", "unit": "seats", "source": "HR"});
    priya.does("driver add", driver).await.unwrap();
    let cloud = json!({"name": "Cloud is the desktop", "sender_kind": "pool", "sender": "CLOUD", "method": "fixed",
        "receivers": "DESK:1", "effective_from": "2025-10"});
    let desk = json!({"name": "Desktop by seats", "sender_kind": "service", "sender": "DESK", "method": "driver",
        "driver": "SEATS", "effective_from": "2025-10"});
    for rule in [cloud, desk] {
        approved(&people, "rule", rule).await;
    }
    people
}

/// How many seats each has.
pub const SEATS: &str =
    "driver,period,customer,quantity\nSEATS,2026-09,CARE,1140\nSEATS,2026-09,BS,122\nSEATS,2026-09,FIN,95\n";

/// September with its ledger and usage in, in review, run, and without detail: ready to be signed.
pub async fn september(house: &TestHouse) -> People {
    let people = organisation(house).await;
    let priya = &people.priya;
    let lines = ledger(&[("1", "6400", "525051.89"), ("2", "7700", "100.00")]);
    imports(priya, "gl", &lines, Some("525151.89")).await.unwrap();
    imports(priya, "drivers", SEATS, None).await.unwrap();
    priya.does_to("period review", &AT, json!({}), None).await.unwrap();
    let reason = json!({"reason": "the ledger names every supplier"});
    priya.does_to("close no-detail", &AT, reason, None).await.unwrap();
    priya.does("allocate run", json!({"period": MONTH})).await.unwrap();
    people
}

/// September, signed and soft-closed.
pub async fn closed(house: &TestHouse) -> People {
    let people = september(house).await;
    people.tomas.does_to("period sign", &AT, json!({}), None).await.unwrap();
    people.henrik.does_to("period close", &AT, json!({}), None).await.unwrap();
    people
}

/// Numbers of the blocking steps that are open.
pub async fn open(person: &Person) -> Vec<u64> {
    let close = person.sees("close show", &AT).await;
    close["open"].as_array().unwrap().iter().map(|number| number.as_u64().unwrap()).collect()
}

/// What the step of that number says.
pub async fn evidence(person: &Person, number: usize) -> String {
    let close = person.sees("close show", &AT).await;
    close["steps"][number - 1]["evidence"].as_str().unwrap().to_owned()
}

/// What the ledger holds on `account` in the month: debit positive.
pub async fn booked(person: &Person, account: &str) -> i64 {
    let mut cx = person.cx().await;
    let base = cx.organisation.currency;
    let filter = ledger::Filter::of(MONTH.parse().unwrap());
    let balances = ledger::trial_balance(&mut cx.tx, base, &filter).await.unwrap();
    balances.of(account).map_or(0, |line| line.movement.minor())
}
