//! What a month of money stands on: accounts, pools, drivers, a budget, mapping, files, rules.

use base64::Engine as _;
use serde_json::{Value, json};

use super::{Walk, key};
use crate::doors::address;

/// A file as the input of a command holds it.
pub fn file(kind: &str, name: &str, text: &str) -> Value {
    json!({"kind": kind, "file_name": name, "file": base64::engine::general_purpose::STANDARD.encode(text)})
}

/// The same with more answers.
pub fn with(mut body: Value, more: Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// The ledger of September: 1,000.00 of work, 300.00 of paper; one line names an account nobody knows.
const LEDGER: &str =
    "account,date,text,amount\n6400,2026-09-15,Wages,1000.00\n6500,2026-09-20,Paper,300.00\n";
const STRANGE: &str =
    "account,date,text,amount\n6400,2026-09-21,Overtime,50.00\n9999,2026-09-22,Strange,7.00\n";
const MISTAKE: &str =
    "account,date,text,amount\n6400,2026-09-23,Mistake,5.00\n8888,2026-09-24,Stranger,9.00\n";
/// Waits to be read.
const OCTOBER: &str = "account,date,text,amount\n6400,2026-10-01,Wages,1010.00\n";

pub(super) async fn tell(walk: &mut Walk) {
    for (code, name) in [("6400", "Wages"), ("6500", "Paper")] {
        walk.does("priya", "account add", json!({"code": code, "name": name, "class": "cost"})).await;
    }
    walk.does_to("priya", "account edit", &[("code", "6500")], json!({"name": "Paper and toner"})).await;
    walk.does("priya", "period open", json!({"from": "2026-08", "to": "2026-11"})).await;
    for (pool, name) in [("WORK", "Work"), ("GOODS", "Things")] {
        let body = json!({"key": pool, "name": name, "spend": "operating", "behaviour": "fixed"});
        walk.does("priya", "pool add", body).await;
    }
    walk.does_to("priya", "pool edit", &[("key", "GOODS")], json!({"name": "Goods"})).await;
    walk.does("priya", "cost-centre add", json!({"key": "7700", "name": "Desk tam"})).await;
    walk.does_to("priya", "cost-centre edit", &[("key", "7700")], json!({"name": "Desk team"})).await;
    walk.does("priya", "object add", json!({"key": "LAB", "name": "The lap"})).await;
    walk.does_to("priya", "object edit", &[("key", "LAB")], json!({"name": "The lab"})).await;
    let driver = json!({"key": "SEATS", "name": "Seats", "unit": "seats", "source": "The directory"});
    walk.does("priya", "driver add", driver).await;
    walk.does_to("priya", "driver edit", &[("key", "SEATS")], json!({"source": "The new directory"})).await;
    let seats = "driver,period,service,quantity\nSEATS,2026-09,DESK,3\nSEATS,2026-09,PRINT,1\n";
    walk.does("priya", "import run", file("drivers", "seats.csv", seats)).await;
    budget(walk).await;
    mapping(walk).await;
    ledger(walk).await;
    rules(walk).await;
}

async fn budget(walk: &mut Walk) {
    walk.does("priya", "budget add", json!({"fiscal_year": "2026", "name": "original"})).await;
    let csv = "budget,period,pool,amount\noriginal,2026-09,WORK,400.00\noriginal,2026-09,GOODS,300.00\n";
    walk.does("priya", "import run", file("budget", "budget.csv", csv)).await;
    let at = [("key", "2026-original")];
    walk.does_to("priya", "budget submit", &at, json!({})).await;
    walk.does_to("henrik", "budget approve", &at, json!({})).await;
}

async fn mapping(walk: &mut Walk) {
    for (account, pool) in [("64*", "WORK"), ("65*", "GOODS")] {
        let rule = json!({"account": account, "pool": pool, "effective_from": "2026-08"});
        let rule = key(&walk.does("priya", "mapping add", rule).await);
        let at = [("number", rule.as_str())];
        walk.does_to("priya", "mapping submit", &at, json!({})).await;
        walk.does_to("henrik", "mapping approve", &at, json!({})).await;
        walk.known.insert("mapping", rule.clone());
    }
    let rule = walk.number("mapping").to_owned();
    let next = json!({"account": "65*", "pool": "GOODS", "effective_from": "2026-11", "priority": "90"});
    walk.does_to("priya", "mapping revise", &[("number", &rule)], next).await;
}

/// One file through the conversation, one in one step, whose rejected line is left out; a third is taken
/// back, its rejected line set aside.
async fn ledger(walk: &mut Walk) {
    let batch = key(&walk.does("priya", "import upload", file("gl", "sep.csv", LEDGER)).await);
    let at = [("number", batch.as_str())];
    let answers = json!({"control_total": "1300.00", "period": "2026-09", "formats_confirmed": "yes",
        "save_as": "General ledger"});
    walk.does_to("priya", "import configure", &at, answers).await;
    walk.does_to("priya", "import check", &at, json!({})).await;
    walk.does_to("priya", "import write", &at, json!({})).await;
    let more = json!({"control_total": "57.00"});
    let strange = walk.does("priya", "import run", with(file("gl", "more.csv", STRANGE), more)).await;
    let mistake = walk.does("priya", "import run", file("gl", "mistake.csv", MISTAKE)).await;
    let at = key(&mistake);
    walk.does_to("priya", "batch settle", &[("number", &at)], json!({"reason": "Not ours"})).await;
    walk.does_to("priya", "batch revert", &[("number", &at)], json!({"reason": "Wrong file"})).await;
    walk.known.insert("batch", batch);
    walk.known.insert("batch with rejects", key(&strange));
    walk.known.insert("batch reverted", at);
    let waiting = walk.does("priya", "import upload", file("gl", "oct.csv", OCTOBER)).await;
    walk.known.insert("batch uploaded", key(&waiting));
    let kept = address("/imports/profiles/{name}", &[], "General ledger");
    let toml = walk.door.get(walk.who("priya"), kept).await.json()["toml"].as_str().unwrap().to_owned();
    walk.does("priya", "profile add", json!({"toml": toml, "name": "The other ledger"})).await;
}

async fn rules(walk: &mut Walk) {
    let by_seats = json!({"name": "Work by seats", "sender_kind": "pool", "sender": "WORK", "method": "driver",
        "driver": "SEATS", "effective_from": "2026-09"});
    let paper = json!({"name": "Goods to print", "sender_kind": "pool", "sender": "GOODS", "method": "fixed",
        "receivers": "PRINT:1", "effective_from": "2026-09"});
    let desk = json!({"name": "Desks as agreed", "sender_kind": "service", "sender": "DESK",
        "method": "agreed quantity", "effective_from": "2026-09"});
    let print = json!({"name": "Print as agreed", "sender_kind": "service", "sender": "PRINT",
        "method": "agreed quantity", "effective_from": "2026-09"});
    for rule in [by_seats, paper.clone(), desk, print] {
        let rule = key(&walk.does("priya", "rule add", rule).await);
        let at = [("number", rule.as_str())];
        walk.does_to("priya", "rule submit", &at, json!({})).await;
        walk.does_to("henrik", "rule approve", &at, json!({})).await;
        walk.known.insert("rule", rule.clone());
    }
    let next = with(paper, json!({"effective_from": "2026-11", "why": "A new machine"}));
    walk.does_to("priya", "rule revise", &[("number", "R-02")], next).await;
    let direct = json!({"method": "direct", "effective_from": "2026-09"});
    let sharing = key(&walk.does("priya", "sharing set", direct).await);
    walk.does_to("henrik", "sharing approve", &[("number", &sharing)], json!({})).await;
    let next = json!({"method": "reciprocal", "effective_from": "2026-11"});
    walk.does("priya", "sharing set", next).await;
    walk.known.insert("sharing", sharing);
}
