//! Rules of the cost model: how each pool and service shares its cost, in versions that one person
//! writes and another approves.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::{Asked, Filter};
use parts::state::{State, Thing};
use parts::{
    Cell, Empty, FilterControl, Head, HeadAction, ListPage, Markup, PageHead, Render, SimpleTable, html,
    number, summary_list, titled,
};
use serde_json::Value;

use super::rule_forms::who_pays;
use super::{field, plain};
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened, refusal, yes};

/// By which rules is cost shared?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = page.list_at("rule list", &[]).await?;
    let today = page.as_of().is_empty();
    let waiting = waiting(page).await?;
    let add = HeadAction::link("Write a rule", "/money/rules/new");
    let mut head = PageHead::new("By which rules is cost shared?").crumb("Money", "/money").here("Rules");
    let mut empty = Empty::new("There is no rule yet, so no cost reaches a service or customer.");
    if today && page.may(Action::EditRules) {
        empty = empty.action(add.clone());
        head = head.action(add.primary());
    }
    head = head.answer(match waiting {
        _ if !today => html! { "Versions written by then, in the state they had." },
        0 => html! { "None waits for approval." },
        1 => html! { a href="/money/rules?state=submitted" { "1 version" } " waits for approval by another person." },
        n => html! { a href="/money/rules?state=submitted" { (n) " versions" } " wait for approval by another person." },
    });
    let list = ListPage::new(&listing, "/money/rules")
        .keep_day(page.as_of())
        .filter(FilterControl::typed("state", "State"))
        .filter(FilterControl::typed("method", "By"))
        .filter(FilterControl::typed("sender", "Sender"))
        .empty(empty);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// How many versions wait for approval.
async fn waiting(page: &mut PageCx) -> Result<i64, Refused> {
    let mut asked = Asked { page: 1, per: Some(1), ..Asked::default() };
    asked.filters.extend(Filter::parse("state=submitted"));
    Ok(page.list_asked("rule list", &[], asked).await?.count)
}

/// One rule: what its newest version says, who receives, and the versions before.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let wanted = page.asked("version").to_owned();
    let rule = page.record("rule show", &[("number", number), ("version", &wanted)]).await?;
    let label = field(&rule, "number");
    let head = PageHead::new(text(&rule, "name"))
        .crumb("Money", "/money")
        .crumb("Rules", "/money/rules")
        .here(format!("{label} version {}", field(&rule, "rule_version")))
        .state(State::of(
            Thing::Version,
            if yes(&rule, "superseded") { "superseded" } else { text(&rule, "state") },
        ));
    let head = if wanted.is_empty() { actions(page, head, &rule, &label).await? } else { head };
    let waits = wanted.is_empty() && page.as_of().is_empty() && text(&rule, "state") != "approved";
    let gains = if waits {
        who_pays(page, "rule", &label).await?
    } else {
        html! {}
    };
    let (past, _) = happened(page, "rule", text(&rule, "id"), Some(20)).await?;
    let body = html! {
        (refusal(page))
        section { (summary_list(&says(&rule))) }
        (gains)
        @if let Some(receivers) = receivers(&rule) { (titled(&receivers)) }
        (versions(page, &label).await?)
        section .gap { h2 { "History of this version" } (past) }
    };
    Ok(Page { head, body })
}

/// What a version says.
fn says(rule: &Value) -> Vec<(&'static str, Markup)> {
    let from = text(rule, "effective_from");
    let sender = text(rule, "sender");
    let sender_at = match text(rule, "sender_kind") {
        "pool" => format!("/money/pools/{sender}"),
        _ => format!("/services/{sender}"),
    };
    let driver = text(rule, "driver");
    let mut rows = vec![
        ("From", html! { (text(rule, "sender_kind")) " " a href=(sender_at) { (sender) } }),
        (
            "Shared by",
            html! {
                (text(rule, "method"))
                @if !driver.is_empty() { " " a href={ "/money/drivers/" (driver) } { (driver) } }
            },
        ),
        ("In force from", html! { (number::period(from)) }),
    ];
    if !text(rule, "why").is_empty() {
        rows.push(("Why", html! { (text(rule, "why")) }));
    }
    rows
}

/// What the reader may do with the newest version; an older one is read only.
async fn actions(page: &mut PageCx, head: PageHead, rule: &Value, label: &str) -> Result<PageHead, Refused> {
    let (at, of) = (format!("/money/rules/{label}"), [("number", label)]);
    let head = match text(rule, "state") {
        "draft" => {
            let submit =
                HeadAction::post("Submit for approval", page.post(format!("{at}/submit"), version(rule)));
            page.offer(head, "rule submit", &of, submit.primary()).await?
        }
        "submitted" => {
            let approve = HeadAction::post("Approve", page.post(format!("{at}/approve"), version(rule)));
            page.offer(head, "rule approve", &of, approve.primary()).await?
        }
        _ => head,
    };
    let revise = HeadAction::link("Write a new version", format!("{at}/revise"));
    Ok(if page.may(Action::EditRules) { head.action(revise) } else { head })
}

fn receivers(rule: &Value) -> Option<SimpleTable> {
    let receivers = rule.get("receivers")?.as_array().filter(|receivers| !receivers.is_empty())?;
    let heads = vec![Head::words("Receiver"), Head::figures("Weight")];
    let table = SimpleTable::new("Who receives", heads).dense();
    Some(receivers.iter().fold(table, |table, receiver| {
        table.row(vec![Cell::words(text(receiver, "to")), Cell::words(text(receiver, "weight"))])
    }))
}

async fn versions(page: &mut PageCx, label: &str) -> Result<Markup, Refused> {
    let mut asked = Asked { page: 1, ..Asked::default() };
    asked.filters.extend(Filter::parse(&format!("number={label}")));
    let listing = page.list_asked("rule list", &[], asked).await?;
    let heads =
        ["Version", "State", "In force from", "By", "Written by", "Approved by"].map(Head::words).to_vec();
    let table = listing.rows.iter().rev().fold(SimpleTable::new("Versions", heads).dense(), |table, row| {
        let nth = plain(&listing, row, "rule_version");
        let from = plain(&listing, row, "effective_from");
        let by = format!("{} {}", plain(&listing, row, "method"), plain(&listing, row, "driver"));
        table.row(vec![
            Cell::link(nth.clone(), format!("/money/rules/{label}?version={nth}")),
            Cell::new(parts::state(Thing::Version, &plain(&listing, row, "state"))),
            Cell::words(number::period(from)),
            Cell::words(by.trim()),
            Cell::words(plain(&listing, row, "author")),
            Cell::words(plain(&listing, row, "approver")),
        ])
    });
    Ok(titled(&table))
}
