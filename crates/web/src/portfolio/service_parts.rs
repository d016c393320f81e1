//! Parts of a service's page: its life as a line, what is missing, what it is for.

use access::Action;
use parts::{Markup, Reached, SpineStep, State, Thing, html, lines, number, spine, summary_list};
use serde_json::Value;

use crate::page::{PageCx, text};
use crate::show::{day, may_service, rows, sentence, yes};

/// States before a service is offered.
const BEFORE: [&str; 10] = [
    "Requirements",
    "Defined",
    "Analysed",
    "Approved",
    "Chartered",
    "Designed",
    "Developed",
    "Built",
    "Tested",
    "Released",
];
/// States from then on.
const OFFERED: [&str; 3] = ["operational", "retiring", "retired"];

/// Whether it has ended: then nothing of it is offered or promised any more.
pub(super) fn ended(service: &Value) -> bool {
    text(service, "state") == "retired"
}

/// Since when it has ended, in words; nothing of one that has not.
pub(super) fn end(service: &Value) -> Option<String> {
    ended(service).then(|| match day(service, "last_day") {
        last if last.is_empty() => "the service has ended".to_owned(),
        last => format!("the service ended on {last}"),
    })
}

/// The service levels of an offering, each on its line.
pub(super) fn levels(offering: &Value) -> Markup {
    let levels: Vec<Markup> = rows(offering, "targets")
        .iter()
        .map(|target| html! { (sentence(text(target, "measure"))) ": " (text(target, "level")) })
        .collect();
    html! { @if levels.is_empty() { span .muted { "none" } } @else { (lines(&levels)) } }
}

/// The life of a service taken over: what was before Quarterdeck is not invented, only said.
pub(super) fn life(page: &PageCx, service: &Value) -> Markup {
    let mut steps: Vec<SpineStep> = BEFORE.iter().map(|state| unknown(state, Reached::Past)).collect();
    let now = OFFERED.iter().position(|state| *state == text(service, "state")).unwrap_or(0);
    for (i, state) in OFFERED.iter().enumerate() {
        let reached = match i.cmp(&now) {
            std::cmp::Ordering::Less => Reached::Past,
            std::cmp::Ordering::Equal => Reached::Now,
            std::cmp::Ordering::Greater => Reached::Future,
        };
        steps.push(step(service, state, reached));
    }
    spine(&steps, Some(guard(page, service, now)))
}

fn unknown(state: &str, reached: Reached) -> SpineStep {
    SpineStep::new(state, "before", reached).note(html! { span .hidden { "Quarterdeck" } })
}

fn step(service: &Value, state: &str, reached: Reached) -> SpineStep {
    let word = sentence(state);
    if reached == Reached::Future {
        let last = text(service, "last_day");
        let planned = state == "retired" && !last.is_empty();
        let when = if planned { number::date(last) } else { String::new() };
        let step = SpineStep::new(&word, when, reached);
        return if planned { step.note(html! { "last day" }) } else { step };
    }
    let known = rows(service, "states").iter().find(|row| text(row, "state") == state);
    match known.map(|row| day(row, "from_day")).filter(|from| !from.is_empty()) {
        Some(from) => SpineStep::new(&word, from, reached),
        None => unknown(&word, reached),
    }
}

/// What its state asks for and what comes next.
fn guard(page: &PageCx, service: &Value, now: usize) -> Markup {
    let missing: Vec<&str> = rows(service, "missing").iter().filter_map(Value::as_str).collect();
    let next = OFFERED.get(now + 1).copied();
    let complete = State::of(Thing::Service, if missing.is_empty() { "Complete" } else { "Incomplete" });
    html! {
        (complete.inline())
        @if missing.is_empty() {
            ": it has all that the state " b { (sentence(text(service, "state"))) } " asks for."
        } @else {
            ". Missing: "
            @for (i, what) in missing.iter().enumerate() { @if i > 0 { "; " } (lacking(page, service, what)) }
            ". Until then it carries cost, is not charged and not shown to customers."
        }
        @if let Some(next) = next {
            " Next: " b { (sentence(next)) }
            @if next == "retired" && !day(service, "last_day").is_empty() { ", after " (day(service, "last_day")) }
            "."
        }
        " “Before” is before Quarterdeck: no date or decision is invented."
    }
}

/// Something missing, as a link to where the person may add it.
fn lacking(page: &PageCx, service: &Value, what: &str) -> Markup {
    let may = |action| may_service(page, action, text(service, "id"));
    let place = match what {
        _ if what.starts_with("an offering") && may(Action::EditService) => Some("offerings/new"),
        _ if what.starts_with("a promise") && may(Action::EditPromises) => Some("promises/new"),
        _ if what.starts_with("a successor") && may(Action::EditService) => Some("relate"),
        _ if may(Action::EditService) => Some("edit"),
        _ => None,
    };
    html! {
        @match place {
            Some(place) => a href={ "/services/" (text(service, "key")) "/" (place) } { (what) },
            None => (what),
        }
    }
}

/// Its value in the customer's words, and who stands for it.
pub(super) fn what_for(service: &Value) -> Markup {
    let value = text(service, "value_proposition");
    html! {
        section {
            h2 { "What it is for" }
            @if value.is_empty() { p .muted { "Nobody has said in the customer's words what it is worth." } }
            @else { p .lead { "“" (value) "”" } p .unit-line { "In the customer's words." } }
            (summary_list(&fields(service)))
        }
    }
}

fn fields(service: &Value) -> Vec<(&'static str, Markup)> {
    let person = |field: &str| html! { (service.get(field).map_or("", |person| text(person, "name"))) };
    let mut fields = vec![
        ("Owner", person("owner")),
        ("Relationship manager", person("relationship_manager")),
        ("For", html! { (text(service, "for_whom")) }),
        ("Customers", customers(service)),
    ];
    for (word, label) in [
        ("replaces", "Replaces"),
        ("replaced by", "Replaced by"),
        ("depends on", "Depends on"),
        ("needed by", "Needed by"),
        ("enables", "Enables"),
        ("enabled by", "Enabled by"),
    ] {
        fields.push((label, related(service, word)));
    }
    if yes(service, "no_successor") {
        fields.push(("Successor", html! { "none, on purpose" }));
    }
    if yes(service, "central") {
        fields.push(("Cost", html! { "kept central, charged to nobody" }));
    }
    fields.push(("Kind", html! { (sentence(text(service, "kind"))) }));
    fields.push(("First day", html! { (day(service, "first_day")) }));
    fields.push(("Last day", html! { (day(service, "last_day")) }));
    fields.push(("Taken over from", html! { (text(service, "source")) " " (text(service, "source_key")) }));
    fields.retain(|(_, value)| !value.0.trim().is_empty());
    fields
}

fn customers(service: &Value) -> Markup {
    let mut seen: Vec<(&str, &str)> =
        rows(service, "customers").iter().map(|row| (text(row, "key"), text(row, "name"))).collect();
    seen.dedup();
    let links: Vec<Markup> =
        seen.iter().map(|(key, name)| html! { a href={ "/customers/" (key) } { (name) } }).collect();
    lines(&links)
}

fn related(service: &Value, word: &str) -> Markup {
    let of_kind = rows(service, "relations").iter().filter(|row| text(row, "is") == word);
    let links: Vec<Markup> = of_kind
        .map(|row| html! { a href={ "/services/" (text(row, "key")) } { (text(row, "name")) } })
        .collect();
    lines(&links)
}
