//! Budget against actual: per pool, for a month and the year up to it; the versions there are.

use access::{Action, Params};
use kernel::{Period, Refused};
use parts::state::{State, Thing};
use parts::{Empty, Field, HeadAction, ListPage, Markup, PageHead, Render, empty, html, titled};

use super::budget_table::Looked;
use super::close::with_year_labels;
use super::months::{self, Months};
use super::{causes, plain};
use crate::page::{Page, PageCx};
use crate::show::{counted, happened_to, only, refusal};

/// Where are we against plan: the budget in force of `?year=`, else of the month being worked on.
pub(super) async fn in_force(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let year = match page.asked("year").parse() {
        Ok(year) => year,
        Err(_) => {
            let period = months::asked(page).await?;
            page.cx.organisation.calendar.year_of(period)
        }
    };
    match against(page, &year.to_string(), year).await {
        Err(Refused::Refusal(refusal)) if refusal.kind.status == kernel::Status::NotFound => {
            Ok(none(page, year))
        }
        other => other,
    }
}

fn none(page: &PageCx, year: i32) -> Page {
    let label = page.cx.organisation.calendar.year_label(year);
    let mut place = Empty::new(format!("There is no approved budget for {label} yet."));
    if page.may(Action::ImportMoney) {
        place = place.action(HeadAction::link("Import a budget", "/records/batches/new?kind=budget"));
    }
    let head = head(page).here(format!("Budget {label}"));
    Page { head, body: html! { (empty(&place)) p { a href="/money/budgets" { "All versions" } } } }
}

fn head(page: &PageCx) -> PageHead {
    let head = PageHead::new("Where are we against plan, and why?").crumb("Money", "/money");
    if page.may(Action::ReadMoney) {
        head.action(HeadAction::link("Versions", "/money/budgets"))
    } else {
        head
    }
}

/// One version against actual.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key").to_owned();
    let year =
        key.split('-').next().and_then(|year| year.parse().ok()).ok_or_else(kernel::Refusal::not_found)?;
    against(page, &key, year).await
}

/// The month looked at: as asked, else the one being worked on, within the budget's year.
async fn month_in(page: &mut PageCx, year: i32) -> Result<Period, Refused> {
    let calendar = page.cx.organisation.calendar;
    let first = calendar.first_of(year);
    let wanted = match page.asked("period").parse() {
        Ok(period) => period,
        Err(_) => Months::of(page).await?.current().unwrap_or(first),
    };
    Ok(wanted.clamp(first, first.plus(11)))
}

async fn against(page: &mut PageCx, key: &str, year: i32) -> Result<Page, Refused> {
    let period = month_in(page, year).await?;
    // Where a figure leads here, only its own rows are shown.
    let wanted: Vec<(&str, String)> = ["kind", "pool"]
        .into_iter()
        .map(|name| (name, page.asked(name).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let wanted: Vec<(&str, &str)> = wanted.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let at = [("key", key), ("period", &period.to_string())];
    let listing = page.list_asked("budget show", &at, only(&wanted)).await?;
    let looked = Looked::of(page, listing, key, period);
    let label = page.cx.organisation.calendar.year_label(year);
    // `2026` is the version in force, `2026-revised` a version by its name.
    let name = key.split_once('-').map_or(String::new(), |(_, name)| format!(" {name}"));
    let head = head(page).here(format!("Budget {label}{name}"));
    let whole = page.asked("pool").is_empty() && page.asked("kind").is_empty();
    let head = head.answer(match whole {
        true => answer(page, &looked, key).await?,
        false => html! { "Some of its rows. " a href=(looked.at()) { "All of them" } },
    });
    let mut head = version_actions(page, head, key).await?;
    if page.may(Action::ReadMoney) {
        head = head.action(HeadAction::link("Amounts", format!("/money/budgets/{key}/amounts")));
        head = head.action(HeadAction::link("Variances", format!("/money/variances?period={period}")));
    }
    let past = happened_to(page, &[("budget", key)], 20).await?;
    let cost = if whole && is_original(page, key).await? { Some(looked.cost_variance()) } else { None };
    let why = causes::so_far(page, period, cost).await?;
    let body = html! {
        (refusal(page))
        @if whole { (looked.facts()) }
        (looked.months(page.cx.organisation.calendar.first_of(year)))
        (titled(&looked.table(&page.cx.organisation.currency.sign())))
        @if whole { (why) }
        (past)
    };
    Ok(Page { head, body })
}

/// Where the year stands; a version that is begun and empty is no plan yet.
async fn answer(page: &mut PageCx, looked: &Looked, key: &str) -> Result<Markup, Refused> {
    if counted(page, "budget amounts", &[("key", key)], &[]).await? > 0 {
        return Ok(looked.answer());
    }
    Ok(html! {
        "It has no amounts yet."
        @if page.may(Action::ImportMoney) { " " a href="/records/batches/new?kind=budget" { "Import them" } "." }
    })
}

/// Whether it is the original version, against which causes are given; of a year alone, whether that is in force.
async fn is_original(page: &mut PageCx, key: &str) -> Result<bool, Refused> {
    if let Some((_, name)) = key.split_once('-') {
        return Ok(name == "original");
    }
    let revised = [("fiscal_year", key), ("name", "revised"), ("state", "approved")];
    Ok(counted(page, "budget list", &[], &revised).await? == 0)
}

/// Submit and approve a version that is not approved yet.
async fn version_actions(page: &mut PageCx, mut head: PageHead, key: &str) -> Result<PageHead, Refused> {
    let versions = page.list("budget list", &[]).await?;
    let Some(row) = versions.rows.iter().find(|row| plain(&versions, row, "key") == key) else {
        return Ok(head);
    };
    let of = |name: &str| plain(&versions, row, name);
    head = head.state(State::of(Thing::Version, &of("state")));
    let (name, says, verb) = match of("state").as_str() {
        "draft" => ("budget submit", "Submit for approval", "submit"),
        "submitted" => ("budget approve", "Approve", "approve"),
        _ => return Ok(head),
    };
    let post = page.post(format!("/money/budgets/{key}/{verb}"), None);
    page.offer(head, name, &[("key", key)], HeadAction::post(says, post).primary()).await
}

/// Which budgets are there?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("budget list", &[]).await?;
    with_year_labels(page, &mut listing);
    let unit = page.cx.organisation.currency.sign();
    let mut head =
        PageHead::new("Which budgets are there?").crumb("Money", "/money").crumb("Budget", "/money/budget");
    let mut empty = Empty::new("There is no budget yet.");
    if page.may(Action::ImportMoney) {
        let import = HeadAction::link("Import a budget", "/records/batches/new?kind=budget");
        empty = empty.action(import.clone());
        head = head.action(import).action(HeadAction::link("Begin a version", "/money/budgets/new"));
    }
    let list =
        ListPage::new(&listing, "/money/budgets").rows_named("version", "versions").unit(&unit).empty(empty);
    let list = ListPage { heading_hidden: true, ..list };
    Ok(Page { head: head.here("Versions"), body: list.render() })
}

/// Begin a version of a year.
pub(super) async fn new(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let next = (page.cx.organisation.calendar.year_of(period) + 1).to_string();
    let form = page
        .form("/money/budgets", None)
        .field(
            Field::short("fiscal_year", "Fiscal year", 4)
                .hint("The calendar year it ends in.")
                .value(page.answers.or("fiscal_year", &next)),
        )
        .field(
            Field::short("name", "Version", 20)
                .hint("original, revised or forecast 1.")
                .value(page.answers.or("name", "original")),
        )
        .submit("Begin")
        .cancel("/money/budgets");
    let head = PageHead::new("Begin a version of a budget")
        .crumb("Money", "/money")
        .crumb("Budget", "/money/budget");
    Ok(Page { head: head.crumb("Versions", "/money/budgets").here("New"), body: form.render() })
}
