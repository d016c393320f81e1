//! The trial balance: of which months it is, and the choice of them.

use access::Params;
use kernel::{Period, Refused};
use parts::{Empty, ListPage, Markup, html};

use super::ledger::{head, views};
use super::months::Months;
use crate::page::{Page, PageCx};

const AT: &str = "/money/ledger";

/// Conditions that the choice of months keeps.
const KEPT: [&str; 4] = ["as_of", "cost_centre", "project", "class"];

/// Does the ledger balance?
pub(super) async fn show(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let months = Months::of(page).await?.begun();
    let listing = match asks(page, &months) {
        (from, to) if from_is_later(&from, &to) => {
            // What cannot be is said, and the whole ledger shown.
            let says = format!("{} is after {}: choose the earlier month first.", named(&from), named(&to));
            page.misread = Some(kernel::Refusal::field("from", says));
            set(page, "", newest(&months).as_str());
            page.list_at("ledger trial-balance", &[]).await?
        }
        (from, to) => {
            set(page, &from, &to);
            page.list_at("ledger trial-balance", &[]).await?
        }
    };
    let unit = page.cx.organisation.currency.sign();
    let mut list = ListPage::new(&listing, "/money/ledger/trial-balance")
        .rows_named("account", "accounts")
        .unit(&unit)
        .on_phone(&["code", "name", "closing"])
        .empty(Empty::new("Nothing is posted in these months: imports, charges and the close post here."));
    for name in ["from", "to"].into_iter().chain(KEPT) {
        if !page.asked(name).is_empty() {
            list = list.keep(name, page.asked(name));
        }
    }
    let list = ListPage { heading_hidden: true, ..list };
    let span = span(page.asked("from"), page.asked("to"));
    let answer = html! { (span) ". Double entry: closings of all accounts add up to nothing." };
    let head = head("Does the ledger balance?").here("Ledger").answer(answer);
    Ok(Page { head, body: html! { (views(page, AT)) (choice(page, &months)) (list) } })
}

/// The first and the last month asked for. One month is both; nothing said is the whole ledger: from its beginning to
/// the newest month there is.
fn asks(page: &PageCx, months: &[Period]) -> (String, String) {
    // A link that carries every condition writes a star for none.
    let given = |name: &str| page.asked(name).trim_start_matches('*').to_owned();
    let or = |value: String, other: String| if value.is_empty() { other } else { value };
    let one = given("period");
    (or(given("from"), one.clone()), or(or(given("to"), one), newest(months)))
}

fn newest(months: &[Period]) -> String {
    months.last().map_or_else(String::new, Period::to_string)
}

/// The address asks for these months from here on: links, files and the form below say them.
fn set(page: &mut PageCx, from: &str, to: &str) {
    page.query.retain(|(name, _)| !["period", "from", "to"].contains(&name.as_str()));
    for (name, value) in [("from", from), ("to", to)] {
        if !value.is_empty() {
            page.query.push((name.to_owned(), value.to_owned()));
        }
    }
}

fn from_is_later(from: &str, to: &str) -> bool {
    from.parse::<Period>().is_ok_and(|from| to.parse::<Period>().is_ok_and(|to| from > to))
}

fn named(month: &str) -> String {
    month.parse::<Period>().map_or_else(|_| month.to_owned(), |month| month.label())
}

/// `From the beginning to Oct 2026`, `Sep 2026`, `From Jul 2026 to Sep 2026`.
fn span(from: &str, to: &str) -> String {
    match (from, to) {
        ("", "") => "From the beginning".to_owned(),
        ("", to) => format!("From the beginning to {}", named(to)),
        (from, to) if from == to => named(from),
        (from, "") => format!("From {}", named(from)),
        (from, to) => format!("From {} to {}", named(from), named(to)),
    }
}

/// Which months, as a form that any browser sends.
fn choice(page: &PageCx, months: &[Period]) -> Markup {
    let months: Vec<(String, String)> =
        months.iter().rev().map(|month| (month.to_string(), month.label())).collect();
    let kept = KEPT.into_iter().filter(|name| !page.asked(name).is_empty());
    html! {
        form .filters method="get" action=(AT) aria-label="Months" {
            @for name in kept { input type="hidden" name=(name) value=(page.asked(name)); }
            @for (name, label) in [("from", "From"), ("to", "To")] {
                @let id = format!("months-{name}");
                @let now = page.asked(name);
                div .filter {
                    label for=(id) { (label) }
                    select id=(id) name=(name) {
                        @if name == "from" { option value="" selected[now.is_empty()] { "the beginning" } }
                        // A month asked for that is not offered is seen and not lost.
                        @if !now.is_empty() && months.iter().all(|(month, _)| month != now) {
                            option value=(now) selected { (named(now)) }
                        }
                        @for (month, label) in &months {
                            option value=(month) selected[month == now] { (label) }
                        }
                    }
                }
            }
            button .btn type="submit" { "Show" }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_of_months_is_said_in_words() {
        for (from, to, said) in [
            ("", "2026-10", "From the beginning to Oct 2026"),
            ("2026-09", "2026-09", "Sep 2026"),
            ("2026-07", "2026-09", "From Jul 2026 to Sep 2026"),
            ("2026-07", "", "From Jul 2026"),
            ("", "", "From the beginning"),
        ] {
            assert_eq!(span(from, to), said);
        }
        assert!(from_is_later("2026-09", "2026-08") && !from_is_later("2026-08", "2026-08"));
        assert!(!from_is_later("", "2026-08"), "the beginning is before all");
    }
}
