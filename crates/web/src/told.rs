//! What happened, told in words: the verb, and each field old → new as people write it.

use kernel::{Currency, Decimal, Money, Period, Quantity, ServiceId};
use parts::{Markup, changed, html, number};
use serde_json::Value;

use crate::show::sentence;

/// Fields that hold minor units.
const AMOUNTS: [&str; 13] = [
    "accrual",
    "allocated",
    "amount",
    "counted",
    "credits",
    "debit",
    "invoiced",
    "ledger_total",
    "previous_total",
    "tax",
    "total",
    "unallocated",
    "variance_amount",
];
/// Fields that hold a number of things.
const COUNTS: [&str; 8] = [
    "changed_lines",
    "known_lines",
    "lines",
    "new_lines",
    "postings",
    "rejected_lines",
    "rows_read",
    "written_lines",
];

/// The currency the amounts of an event are in: the one it names, else the organisation's.
fn currency_of(changes: &Value, base: Currency) -> Currency {
    changes["currency"][1].as_str().and_then(|code| Currency::parse(code).ok()).unwrap_or(base)
}

/// The verb, and each field old → new where the record was there before.
pub(crate) fn what(action: &str, changes: &Value, base: Currency) -> Markup {
    let fields: Vec<(&String, &Value)> =
        changes.as_object().into_iter().flatten().filter(|(name, _)| is_told(name)).collect();
    let currency = currency_of(changes, base);
    let new = fields.iter().all(|(_, pair)| pair[0].is_null());
    let told: Vec<Markup> = if new {
        Vec::new()
    } else {
        let known = fields.iter().filter(|(_, pair)| !is_digest(&pair[0]) && !is_digest(&pair[1]));
        known.map(|(name, pair)| field(name, pair, currency)).collect()
    };
    html! {
        (sentence(action))
        @for (i, change) in told.iter().enumerate() { (if i == 0 { ". " } else { "; " }) (change) }
    }
}

/// Who did it and when is said beside every event; the fields that keep it would say it again. A token's digest is
/// never anything but its own.
fn is_told(field: &str) -> bool {
    let says_who_or_when = field.ends_with("_by") || (field.ends_with("_at") && field != "expires_at");
    !says_who_or_when && field != "token_digest"
}

/// Each field old → new as plain text; of a new record its values alone.
pub(crate) fn in_words(changes: &Value, base: Currency) -> String {
    let currency = currency_of(changes, base);
    // Of what is new, what only machines can read says nothing.
    let said = changes.as_object().into_iter().flatten().filter(|(name, _)| is_told(name));
    let said = said.filter(|(name, pair)| !pair[0].is_null() || value(name, &pair[1], currency).is_some());
    let told = said.map(|(name, pair)| {
        if is_reading(name, pair) {
            return READ.to_owned();
        }
        let label = label_of(name);
        match (value(name, &pair[0], currency), value(name, &pair[1], currency)) {
            (Some(old), Some(new)) if old.is_empty() => format!("{label}: {new}"),
            (Some(old), Some(new)) if new.is_empty() => format!("{label}: {old} → (empty)"),
            (Some(old), Some(new)) => format!("{label}: {old} → {new}"),
            _ => format!("{label} changed"),
        }
    });
    told.collect::<Vec<_>>().join("; ")
}

/// What is said of a change to how a file is read.
const READ: &str = "How it is read changed";

/// How a file is read is a whole file of settings: old and new beside each other would fill the page.
fn is_reading(name: &str, pair: &Value) -> bool {
    let settings = |value: &Value| value.as_str().is_some_and(|text| text.contains('\n'));
    matches!(name, "profile" | "toml") && (settings(&pair[0]) || settings(&pair[1]))
}

/// A check value means something to machines alone.
fn is_digest(value: &Value) -> bool {
    let is = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    value.as_str().is_some_and(is)
}

fn label_of(name: &str) -> String {
    match name {
        // Nobody but us calls it a hash.
        "password_hash" => "Password".to_owned(),
        _ => sentence(&name.replace('_', " ").replace(" id", "")),
    }
}

fn field(name: &str, pair: &Value, currency: Currency) -> Markup {
    if is_reading(name, pair) {
        return html! { (READ) };
    }
    let label = label_of(name);
    match (value(name, &pair[0], currency), value(name, &pair[1], currency)) {
        (Some(old), Some(new)) => changed(&label, &old, &new),
        _ => html! { (label) " changed" },
    }
}

/// A stored value as people read it; none for one that only means something to machines, or is
/// somebody's own.
fn value(name: &str, value: &Value, currency: Currency) -> Option<String> {
    let text = match value {
        Value::Null => return Some(String::new()),
        Value::String(text) => text,
        _ => return None,
    };
    match (name, text.as_str()) {
        _ if name == "editors" || ServiceId::parse(text).is_some() => None,
        // Of a secret nothing else is kept.
        (_, secret) if secret.starts_with("sha256 ") => None,
        _ if is_digest(value) => None,
        (_, month) if month.len() == 7 && month.parse::<Period>().is_ok() => Some(number::period(month)),
        (_, "0001-01-01") => Some("before Quarterdeck".to_owned()),
        (_, "true") => Some("yes".to_owned()),
        (_, "false") => Some("no".to_owned()),
        (name, minor) if AMOUNTS.contains(&name) => {
            minor.parse().ok().map(|minor| Money::of_minor(minor, currency).spoken())
        }
        (name, count) if COUNTS.contains(&name) => Some(
            count.parse().map_or_else(|_| count.to_owned(), |n: i64| number::grouped(Decimal::from(n), 0)),
        ),
        ("control_total", plain) => {
            Some(Money::parse(plain, currency).map_or_else(|_| plain.to_owned(), |money| money.spoken()))
        }
        ("quantity", millionths) => millionths.parse().ok().map(|n| Quantity::of_millionths(n).grouped()),
        (_, iso) if iso.len() == 10 => Some(number::date(iso)),
        (name, iso) if name.ends_with("_at") => Some(number::time(iso)),
        (_, other) => Some(other.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_is_told_in_words_people_read() {
        let told = |action: &str, changes: Value| what(action, &changes, Currency::EUR).into_string();
        let added = json!({"name": [null, "Care"], "kind": [null, "core"]});
        assert_eq!(in_words(&added, Currency::EUR), "Name: Care; Kind: core");
        assert_eq!(in_words(&json!({"name": ["Care", null]}), Currency::EUR), "Name: Care → (empty)");
        assert_eq!(told("taken over", added), "Taken over");
        let quantity =
            json!({"quantity": ["1352000000", "1357000000"], "from_day": ["2025-10-01", "2026-04-01"]});
        let said = told("changed", quantity);
        assert!(said.contains("1,352") && said.contains("1,357"), "{said}");
        assert!(said.contains("1\u{a0}Oct\u{a0}2025") && said.contains("1\u{a0}Apr\u{a0}2026"), "{said}");
        let owner =
            json!({"owner_id": ["0199a0a4-3b5e-7000-8000-000000000001", null], "central": ["false", "true"]});
        let said = told("changed", owner);
        assert!(said.contains("Owner changed") && said.contains("no") && said.contains("yes"), "{said}");
        assert!(!said.contains("0199a0a4"), "{said}");
        // Where the history names people, so does the page.
        let named = json!({"owner_id": ["Tomás Abara", "Rafael Pinto"]});
        assert_eq!(in_words(&named, Currency::EUR), "Owner: Tomás Abara → Rafael Pinto");
    }

    #[test]
    fn amounts_and_counts_are_written_as_people_write_them() {
        let said = |changes: Value| in_words(&changes, Currency::EUR);
        assert_eq!(said(json!({"amount": [null, "8391900"]})), "Amount: €83,919.00");
        assert_eq!(said(json!({"control_total": [null, "7563248.11"]})), "Control total: €7,563,248.11");
        assert_eq!(said(json!({"written_lines": ["0", "8391"]})), "Written lines: 0 → 8,391");
        // A file of another currency says so itself; yen have no minor units.
        assert_eq!(
            said(json!({"currency": [null, "JPY"], "total": [null, "1500"]})),
            "Currency: JPY; Total: ¥1,500"
        );
        assert_eq!(said(json!({"fiscal_year": [null, "2026"]})), "Fiscal year: 2026");
        let drafted = json!({"period": [null, "2026-09"], "digest": [null, "35c7a3ca1c904552f979f0df58b6caefd7add983f77b579f2d6dcfd3e4d0c1bd"]});
        assert_eq!(said(drafted), "Period: Sep\u{a0}2026");
        // Who and when stand beside the event.
        let confirmed = json!({"state": ["proposed", "confirmed"], "confirmed_by": [null, "0199a0a4"], "confirmed_at": [null, "2026-10-02T09:00:00Z"]});
        assert_eq!(said(confirmed), "State: proposed → confirmed");
    }

    #[test]
    fn of_a_secret_no_more_is_told_than_that_it_changed() {
        let hash = |text: &str| format!("sha256 {}", text.repeat(64));
        let reset = json!({"state": ["active", "invited"], "password_hash": [hash("a"), null]});
        assert_eq!(in_words(&reset, Currency::EUR), "State: active → invited; Password changed");
        assert!(what("invited again", &reset, Currency::EUR).into_string().ends_with("; Password changed"));
        let made = json!({"name": [null, "Script"], "token_digest": [null, hash("b")]});
        assert_eq!(in_words(&made, Currency::EUR), "Name: Script");
    }

    #[test]
    fn how_a_file_is_read_is_not_told_setting_by_setting() {
        let read =
            json!({"profile": ["[formats]\ndecimal = \"point\"\n", "[formats]\ndecimal = \"comma\"\n"]});
        let digest = "35c7a3ca1c904552f979f0df58b6caefd7add983f77b579f2d6dcfd3e4d0c1bd";
        let both =
            json!({"digest": [null, digest], "profile": read["profile"], "state": ["uploaded", "checked"]});
        let said = what("changed", &both, Currency::EUR).into_string();
        assert!(said.starts_with("Changed. How it is read changed; State: "), "{said}");
        assert_eq!(in_words(&read, Currency::EUR), READ);
    }

    #[test]
    fn personal_values_are_not_repeated_by_a_page() {
        let said =
            what("changed", &json!({"email": [{"ref": "a"}, {"ref": "b"}]}), Currency::EUR).into_string();
        assert_eq!(said, "Changed. Email changed");
    }
}
