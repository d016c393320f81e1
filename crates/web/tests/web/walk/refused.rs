//! One request that each command refuses in the world of the walk, by who may ask: scripts go by its code.

use serde_json::{Value, json};

use super::Walk;
use super::money::{file, with};

/// Who asks, for which command, of which record, with what, and the code that comes back.
pub struct Refused {
    /// Username.
    pub who: &'static str,
    /// The command.
    pub name: &'static str,
    /// The blanks of its path.
    pub blanks: Vec<(&'static str, String)>,
    /// What is asked.
    pub body: Value,
    /// The code of the refusal.
    pub code: &'static str,
}

pub(super) fn no(
    who: &'static str,
    name: &'static str,
    blanks: &[(&'static str, &str)],
    body: Value,
    code: &'static str,
) -> Refused {
    let blanks = blanks.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Refused { who, name, blanks, body, code }
}

/// The whole table: a command without a row here fails the tests.
pub fn table(walk: &Walk) -> Vec<Refused> {
    [
        access(walk),
        super::later::refused(walk),
        super::bills::refused(walk),
        imports(walk),
        portfolio(walk),
        relationships(walk),
        finance(walk),
        model(walk),
        close(walk),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn access(walk: &Walk) -> Vec<Refused> {
    let to_oneself = json!({"username": "adam", "role": "auditor", "scope": "organisation"});
    let asked = [("id", walk.number("grant asked"))];
    vec![
        no("adam", "user add", &[], json!({"username": "marta", "name": "Twin"}), "invalid_input"),
        no("adam", "user disable", &[("username", "nobody")], json!({"why": "Left"}), "not_found"),
        no("adam", "user reset", &[("username", "wim")], json!({}), "person_disabled"),
        no("adam", "grant add", &[], to_oneself, "same_person"),
        no("adam", "grant confirm", &asked, json!({}), "grant_needs_executive"),
        no("adam", "grant end", &[("id", "none")], json!({}), "not_found"),
        no("elif", "token add", &[], json!({"name": "Sheet", "days": "0", "may": "read"}), "invalid_input"),
    ]
}

fn imports(walk: &Walk) -> Vec<Refused> {
    let (batch, reverted) = ([("number", walk.number("batch"))], [("number", walk.number("batch reverted"))]);
    let reason = json!({"reason": "Why not"});
    vec![
        no("priya", "import upload", &[], file("wishes", "w.csv", "a,b\n1,2\n"), "import_kind_unknown"),
        no("priya", "import configure", &batch, json!({"currency": "EUR"}), "batch_written_before"),
        no("priya", "import check", &batch, json!({}), "batch_written_before"),
        no("priya", "import write", &batch, json!({}), "batch_written_before"),
        no("priya", "import run", &[], file("gl", "empty.csv", ""), "file_empty"),
        no("priya", "batch revert", &reverted, reason.clone(), "batch_reverted_before"),
        no("priya", "batch settle", &batch, reason, "no_open_rejects"),
        no("priya", "profile add", &[], json!({"toml": "name = 3"}), "profile_unreadable"),
        no(
            "priya",
            "account add",
            &[],
            json!({"code": "6400", "name": "Pay", "class": "cost"}),
            "account_code_taken",
        ),
        no("priya", "account edit", &[("code", "6400")], json!({"class": "income"}), "account_class_in_use"),
    ]
}

fn portfolio(walk: &Walk) -> Vec<Refused> {
    let (desk, price) = ([("key", "DESK")], [("number", walk.number("price"))]);
    let promise = [("number", walk.number("promise withdrawn"))];
    let measured = json!({"value": "3", "source": "The probe"});
    let level = json!({"name": "Availability", "measure": "mood", "due": "FY26", "promised": "99"});
    let offering = json!({"service": "DESK", "unit": "chair", "charging": "fixed"});
    vec![
        no("yuki", "service take-over", &[], json!({"key": "DESK", "name": "Another"}), "service_key_taken"),
        no("yuki", "service edit", &desk, json!({"kind": "odd"}), "invalid_input"),
        no("yuki", "service relate", &desk, json!({"kind": "replaces", "other": "DESK"}), "invalid_input"),
        no("yuki", "service unrelate", &[("id", "none")], json!({}), "not_found"),
        no("yuki", "offering add", &[], offering, "offering_key_taken"),
        no("yuki", "offering edit", &desk, json!({"unit": "chair"}), "offering_in_use"),
        no("yuki", "target set", &desk, json!({"measure": "", "level": "high"}), "invalid_input"),
        no("yuki", "target remove", &desk, json!({"measure": "Mood"}), "not_found"),
        no(
            "priya",
            "price draft",
            &desk,
            json!({"per_unit": "1", "from_day": "2027-01-01"}),
            "offering_not_priced",
        ),
        no(
            "priya",
            "price edit",
            &[("number", walk.number("price drafted"))],
            json!({"per_unit": "-1"}),
            "invalid_input",
        ),
        no("priya", "price submit", &price, json!({}), "price_wrong_state"),
        no("henrik", "price return", &price, json!({"why": "Mend it"}), "price_wrong_state"),
        no("priya", "price approve", &[("number", "PRC-999")], json!({}), "not_found"),
        no("yuki", "promise add", &desk, level, "invalid_input"),
        no("yuki", "promise measure", &promise, measured, "promise_withdrawn"),
        no("yuki", "promise withdraw", &[("number", "P-999")], json!({"why": "Wrong"}), "not_found"),
    ]
}

fn relationships(walk: &Walk) -> Vec<Refused> {
    let (care, contact) = ([("key", "CARE")], [("number", walk.number("contact of CARE"))]);
    let (refused, ends) =
        ([("number", walk.number("order refused"))], [("number", walk.number("agreement of CARE"))]);
    let twin = json!({"key": "CARE", "name": "Twin", "kind": "unit"});
    let contact_of = json!({"customer": "NONE", "name": "Somebody", "role": "Head"});
    let order = json!({"offering": "PRINT", "quantity": "0", "from_day": "2026-11-01"});
    let twice = json!({"customer": "CARE", "offering": "DESK", "quantity": "1", "from_day": "2026-03-01"});
    vec![
        no("marta", "customer add", &[], twin, "customer_key_taken"),
        no("marta", "customer edit", &care, json!({"kind": "team"}), "invalid_input"),
        no("marta", "contact add", &[], contact_of, "invalid_input"),
        no("marta", "contact edit", &contact, json!({"influence": "vast"}), "invalid_input"),
        no("elif", "order add", &[], order, "invalid_input"),
        no("marta", "order confirm", &refused, json!({}), "order_answered"),
        no("marta", "order refuse", &[("number", "O-999")], json!({"reason": "No"}), "not_found"),
        no("jonas", "order withdraw", &refused, json!({}), "order_answered"),
        no("marta", "agreement add", &[], twice, "agreement_overlaps"),
        no(
            "marta",
            "agreement change",
            &ends,
            json!({"quantity": "3", "from_day": "2019-01-01"}),
            "agreement_outside",
        ),
        no("marta", "agreement end", &ends, json!({"to_day": "soon"}), "invalid_input"),
    ]
}

fn nameless() -> Value {
    json!({"name": " "})
}

fn finance(walk: &Walk) -> Vec<Refused> {
    let (budget, mapping) = ([("key", "2026-original")], [("number", walk.number("mapping"))]);
    let pool = json!({"key": "WORK", "name": "More work", "spend": "operating", "behaviour": "fixed"});
    let centre = json!({"key": "7700", "name": "Others"});
    let driver = json!({"key": "SEATS", "name": "Chairs", "unit": "chairs", "source": "Counting"});
    let late = json!({"account": "6*", "pool": "WORK", "effective_from": "2026-12"});
    vec![
        no("priya", "period open", &[], json!({"from": "2026-12", "to": "2026-01"}), "period_range"),
        no("priya", "pool add", &[], pool, "pool_key_taken"),
        no("priya", "pool edit", &[("key", "WORK")], json!({"spend": "lavish"}), "invalid_input"),
        no("priya", "cost-centre add", &[], centre, "cost_centre_key_taken"),
        no("priya", "cost-centre edit", &[("key", "7700")], nameless(), "invalid_input"),
        no("priya", "object add", &[], json!({"key": "l", "name": "The lab"}), "invalid_input"),
        no("priya", "object edit", &[("key", "LAB")], nameless(), "invalid_input"),
        no("priya", "driver add", &[], driver, "driver_key_taken"),
        no("priya", "driver edit", &[("key", "SEATS")], json!({"name": ""}), "invalid_input"),
        no(
            "priya",
            "budget add",
            &[],
            json!({"fiscal_year": "2026", "name": "original"}),
            "budget_key_taken",
        ),
        no("priya", "budget submit", &budget, json!({}), "budget_not_in_state"),
        no("priya", "budget approve", &budget, json!({}), "same_person"),
        no(
            "priya",
            "mapping add",
            &[],
            json!({"pool": "WORK", "effective_from": "2026-11"}),
            "mapping_without_condition",
        ),
        no("priya", "mapping revise", &mapping, late, "mapping_version_open"),
        no("priya", "mapping submit", &[("number", "M-999")], json!({}), "not_found"),
        no("priya", "mapping approve", &mapping, json!({}), "same_person"),
        no("priya", "mapping run", &[], json!({"period": "2026-09"}), "period_not_open"),
    ]
}

fn model(walk: &Walk) -> Vec<Refused> {
    let rule = [("number", walk.number("rule"))];
    let central = json!({"name": "Work kept", "sender_kind": "pool", "sender": "WORK", "method": "central",
        "effective_from": "2026-08"});
    let month = json!({"period": "2026-09"});
    let shared = |method: &str, from: &str| json!({"method": method, "effective_from": from});
    let sales = [("number", walk.number("statement of SALES"))];
    vec![
        no("priya", "rule add", &[], central.clone(), "rule_period_done"),
        no("priya", "rule revise", &rule, with(central, json!({"method": "guess"})), "invalid_input"),
        no("priya", "rule submit", &rule, json!({}), "rule_not_draft"),
        no("priya", "rule approve", &[("number", "R-02")], json!({}), "same_person"),
        no("priya", "sharing set", &[], shared("luck", "2026-11"), "invalid_input"),
        no("priya", "sharing set", &[], shared("direct", "2026-08"), "sharing_period_done"),
        no("priya", "sharing approve", &[("number", "SH-2")], json!({}), "same_person"),
        no("priya", "organisation set", &[], json!({"zone": "Mars"}), "invalid_input"),
        no("priya", "allocate run", &[], month.clone(), "run_period_final"),
        no("priya", "statement draft", &[], month, "statements_issued"),
        no("priya", "statement issue", &[], json!({"period": "2026-10"}), "statements_not_drafted"),
        no("priya", "statement lapse", &[], json!({"period": "2026-09"}), "invalid_input"),
        no("elif", "statement accept", &sales, json!({}), "not_found"),
    ]
}

fn close(walk: &Walk) -> Vec<Refused> {
    let (month, next) = ([("period", "2026-09")], [("period", "2026-10")]);
    let work = [("period", "2026-10"), ("pool", "WORK")];
    let reason = json!({"reason": "Why not"});
    let except = json!({"batch": walk.number("batch"), "amount": "1.00", "reason": "Why not"});
    let policy = json!({"amount": "much", "percent": "2", "blocks": "yes"});
    vec![
        no("priya", "period review", &month, json!({}), "period_not_in_state"),
        no("rosa", "period sign", &month, json!({}), "close_not_in_review"),
        no("henrik", "period close", &next, json!({}), "close_not_in_review"),
        no("priya", "period reopen", &month, reason.clone(), "period_not_in_state"),
        no("henrik", "period finish", &next, json!({}), "period_not_in_state"),
        no("priya", "close no-detail", &next, reason, "close_not_in_review"),
        no("priya", "close except", &next, except, "close_not_in_review"),
        no(
            "priya",
            "variance explain",
            &work,
            json!({"cause": "luck", "text": "It rained"}),
            "invalid_input",
        ),
        no("henrik", "variance confirm", &work, json!({}), "no_variance"),
        no("priya", "close-policy set", &[], policy, "invalid_input"),
    ]
}
