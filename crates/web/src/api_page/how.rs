//! How the API is asked: a token, reading, changing, rehearsing, lists, refusals.

use parts::{Markup, html, summary_list};

/// Its sections: where on the page, and what they are called.
pub(super) const CONTENTS: [(&str, &str); 6] = [
    ("token", "A token"),
    ("lists", "Lists"),
    ("changes", "Changes"),
    ("rehearsals", "Rehearsals"),
    ("refusals", "Refusals"),
    ("values", "Values"),
];

const READ: &str = r#"export QUARTERDECK_SERVER=http://127.0.0.1:8420
export QUARTERDECK_TOKEN=the-token-you-made
curl -sS -H "Authorization: Bearer $QUARTERDECK_TOKEN" \
  "$QUARTERDECK_SERVER/api/v1/portfolio/services?state=operational&sort=-key&per=20""#;

const ADD: &str = r#"curl -sS -X POST "$QUARTERDECK_SERVER/api/v1/relationships/customers" \
  -H "Authorization: Bearer $QUARTERDECK_TOKEN" \
  -H "Content-Type: application/json" \
  -H "Idempotency-Key: $(uuidgen)" \
  -H "Quarterdeck-Rehearse: true" \
  -d '{"key": "ACME", "name": "Acme Widgets", "kind": "outside"}'"#;

const CHANGE: &str = r#"curl -sS -i -H "Authorization: Bearer $QUARTERDECK_TOKEN" \
  "$QUARTERDECK_SERVER/api/v1/relationships/customers/ACME"
# … ETag: "1"
curl -sS -X PATCH "$QUARTERDECK_SERVER/api/v1/relationships/customers/ACME" \
  -H "Authorization: Bearer $QUARTERDECK_TOKEN" \
  -H "Content-Type: application/json" \
  -H 'If-Match: "1"' \
  -d '{"name": "Acme Widgets and Sons"}'"#;

const REFUSED: &str = r#"{ "schema": "quarterdeck.refusal.v1", "code": "invalid_input",
  "says": "Some answers are missing or cannot be read.",
  "way_out": "Mend the fields named and send it again.",
  "fields": [{ "field": "name", "says": "Needs an answer." }] }"#;

/// All of them, in the order of the contents.
pub(super) fn sections() -> Markup {
    html! { (token()) (lists()) (changes()) (rehearsals()) (refusals()) (values()) }
}

fn example(label: &str, text: &str) -> Markup {
    html! { pre .scroll tabindex="0" role="region" aria-label=(label) { code { (text) } } }
}

fn section(at: usize, body: &Markup) -> Markup {
    let (id, label) = CONTENTS[at];
    html! { section id=(id) { h2 { (label) } (body) } }
}

fn token() -> Markup {
    section(
        0,
        &html! {
            p { "Make one on the page of " a href="/records/tokens" { "API tokens" } ". It is shown once, may what you \
                may or only reads, and ends with you. Send it with every request:" }
            (example("Read a list with a token", READ))
            p { "The server is the one you read this page on." }
        },
    )
}

fn lists() -> Markup {
    let rows = [
        (
            "Filter",
            html! {
                code { "?state=operational" } ", or " code { "?filter=state=retiring customers>=5" }
                " (percent-encoded): = != < <= > >=, and ~ for a part of the text. Words count without capitals. A column \
                 that is not there is refused, and so is a word that a column of few words does not have."
            },
        ),
        ("Search", html! { code { "?q=" } ": every word somewhere in the row." }),
        ("Sort", html! { code { "?sort=name" } ", " code { "?sort=-cost" } " with the largest first." }),
        (
            "Page",
            html! {
                code { "?per=100&page=2" } ": 50 a page unless you say, 500 at most, or " code { "per=all" }
                ". " code { "count" } " and " code { "totals" } " are of all rows that match; a page beyond the last is empty."
            },
        ),
        (
            "Day",
            html! {
                code { "?as_of=2026-09-30" } ": as it was known at the end of that day, where the operation takes it."
            },
        ),
        (
            "Format",
            html! {
                code { "?format=json" } ", " code { "csv" } ", " code { "excel-csv" } " or " code { "xlsx" }
                ": the same rows. A record is JSON."
            },
        ),
    ];
    section(1, &summary_list(&rows))
}

fn changes() -> Markup {
    section(
        2,
        &html! {
            p { "A POST does something new. It carries an " code { "Idempotency-Key" } " of your own making, a new one \
                for each request: sent again with the same key and body it does nothing twice and answers the same; with \
                another body it is refused. 201: done. 200: nothing had to change. With " code { "Prefer: respond-async" }
                " it may be kept as a job: 202, and " code { "Location" } " says where to look." }
            (example("Add a customer, rehearsed", ADD))
            p { "A PATCH changes a record. It carries as " code { "If-Match" } " the " code { "ETag" } " with which the \
                record was read: without one it is refused with 428, and with 412 where somebody changed the record since. \
                Fields that are left out stay as they are." }
            (example("Read a record and change it", CHANGE))
        },
    )
}

fn rehearsals() -> Markup {
    section(
        3,
        &html! {
            p { "With " code { "Quarterdeck-Rehearse: true" } " a change is run as ever, with its very refusals, and then \
                taken back: nothing is written. The answer has " code { "\"rehearsed\": true" } " and says what would be." }
        },
    )
}

fn refusals() -> Markup {
    section(
        4,
        &html! {
            p { "What is refused changes nothing, and says why and what to do. Decide by its code: "
                a href="/help/errors" { "all of them" } "." }
            (example("A refusal", REFUSED))
            p { "401: no token, or one that ended. 403: not for your roles, or another person has to. 404: not there, or \
                not yours to see. 409: a rule says no. 412, 428: the version. 422: the request cannot be read. 429: wait. \
                500: a fault of ours, with a reference to tell us." }
        },
    )
}

fn values() -> Markup {
    let rows = [
        (
            "Money",
            html! { code { "{\"amount\": \"7563248.11\", \"currency\": \"EUR\"}" } ": exact, never a float." },
        ),
        ("Number", html! { "Quantities and prices are text with a dot: " code { "\"0.1898\"" } "." }),
        (
            "Time",
            html! {
                "A day is " code { "2026-09-30" } ", a month " code { "2026-09" } ", a moment UTC: "
                code { "2026-09-30T14:05:00Z" } "."
            },
        ),
        ("No data", html! { code { "null" } ", which is not zero." }),
    ];
    section(5, &summary_list(&rows))
}
