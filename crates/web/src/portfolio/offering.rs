//! Offerings: the list, one with its prices, service levels and who takes it.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::{Listing, Value as Cells};
use parts::{
    Cell, Empty, Figure, FilterControl, Head, HeadAction, ListPage, Markup, PageHead, Render, SimpleTable,
    Thing, empty, html, state, summary_list, titled,
};
use serde_json::Value;

use super::service_parts::{end, ended};
use crate::page::{Page, PageCx, text, version};
use crate::show::{self, counted, day, decimal, happened, may_service, rows, sentence, sign};

/// What can customers take, and at what price?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let listing = priced(page.list_at("offering list", &[]).await?);
    let empty = Empty::new("There is no offering yet. A service's offerings are added on its page.")
        .action(HeadAction::link("Services", "/services"));
    let list = ListPage::new(&listing, "/offerings")
        .filter(FilterControl::typed("service", "Service"))
        .filter(FilterControl::typed("charging", "Charging model"))
        .empty(empty);
    let head = PageHead::new("What can customers take, and at what price?")
        .crumb("Services", "/services")
        .here("Offerings");
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// Only a fixed price can be missing: what is charged at cost or not at all, and what has ended, has none.
fn priced(mut listing: Listing) -> Listing {
    let place = |key: &str| listing.columns.iter().position(|column| column.key == key);
    if let [Some(price), Some(charging), Some(state)] = ["per_unit", "charging", "service_state"].map(place) {
        for row in &mut listing.rows {
            let priced = row[charging].plain() == "fixed" && row[state].plain() != "retired";
            if row[price] == Cells::Unknown && !priced {
                row[price] = Cells::from("");
            }
        }
    }
    listing
}

/// `€386.92 per seat and month`, linked to `href`, whose record holds it.
pub(super) fn price_of(offering: &Value, href: &str) -> Markup {
    let price = &offering["price"];
    html! {
        @if price.is_object() {
            (Figure::field(decimal(text(price, "per_unit")), "price.per_unit", href).spoken().before(&sign(text(price, "currency"))))
            span .below { "per " (text(offering, "unit")) " and month" }
        } @else {
            (if text(offering, "charging") == "fixed" { "Not set yet".to_owned() } else { sentence(text(offering, "charging")) })
            span .below { "per " (text(offering, "unit")) }
        }
    }
}

/// One offering.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let key = params.get("key");
    let offering = page.record("offering show", &[("key", key)]).await?;
    let service = page.record("service show", &[("key", text(&offering, "service"))]).await?;
    let answer = answer(page, &offering, &service).await?;
    let head = head(page, &offering, &service).answer(answer);
    let (past, _) = happened(page, "offering", key, None).await?;
    let body = html! {
        (show::refusal(page))
        div .two .side {
            div { (prices(page, &offering, &service)) div .gap { (levels(page, &offering, &service)) } }
            section { h2 { "The offering" } (summary_list(&fields(&offering))) }
        }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}

fn head(page: &PageCx, offering: &Value, service: &Value) -> PageHead {
    let (key, of) = (text(offering, "key"), text(service, "key"));
    let may = |action| may_service(page, action, text(service, "id"));
    let mut head = PageHead::new(text(offering, "name"))
        .crumb("Services", "/services")
        .crumb(of, format!("/services/{of}"))
        .crumb("Offerings", format!("/services/{of}/offerings"))
        .here(key);
    if may(Action::EditService) {
        head = head.action(HeadAction::link("Change", format!("/offerings/{key}/edit")));
        head = head.action(HeadAction::link("Set a service level", format!("/offerings/{key}/target")));
    }
    if may(Action::EditPrice) && text(offering, "charging") != "not charged" {
        head = head.action(HeadAction::link("Draft a price", format!("/offerings/{key}/price")).primary());
    }
    head
}

async fn answer(page: &mut PageCx, offering: &Value, service: &Value) -> Result<Markup, Refused> {
    let key = text(offering, "key");
    let at = format!("/offerings/{key}");
    let price = &offering["price"];
    let in_force = if page.may(Action::ReadCustomers) {
        Some(counted(page, "agreement list", &[], &[("offering", key), ("in_force", "yes")]).await?)
    } else {
        None
    };
    Ok(html! {
        @if price.is_object() {
            (Figure::field(decimal(text(price, "per_unit")), "price.per_unit", at).spoken().before(&sign(text(price, "currency"))))
            " per " (text(offering, "unit")) " and month since " (day(price, "from_day"))
        } @else if let Some(end) = end(service) { "Nobody can take it any more: " (end) }
        @else if text(offering, "charging") == "fixed" { "It has no approved price yet, so nobody can take it" }
        @else { (sentence(text(offering, "charging"))) ", per " (text(offering, "unit")) }
        @if let Some(in_force) = in_force {
            "; " (Figure::count(in_force, format!("/agreements?offering={key}&in_force=yes")).spoken())
            (if in_force == 1 { " agreement in force" } else { " agreements in force" })
        }
        "."
    })
}

fn fields(offering: &Value) -> Vec<(&'static str, Markup)> {
    let service = text(offering, "service");
    let mut fields = vec![
        ("Service", html! { a href={ "/services/" (service) } { (text(offering, "service_name")) } }),
        ("Unit", html! { (text(offering, "unit")) }),
        ("Charging model", html! { (sentence(text(offering, "charging"))) }),
        ("Key in its source", html! { (text(offering, "source_key")) }),
    ];
    fields.retain(|(_, value)| !value.0.is_empty());
    fields
}

/// Every version of the price with the step that comes next.
fn prices(page: &PageCx, offering: &Value, service: &Value) -> Markup {
    let versions = rows(offering, "prices");
    let key = text(offering, "key");
    if versions.is_empty() {
        let (says, drafted) = match text(offering, "charging") {
            _ if ended(service) => ("It has no price, and its service has ended.", false),
            "not charged" => ("It is not charged, so it has no price.", false),
            "at cost" => ("It is charged at cost; no price was stated.", true),
            _ => ("It has no price yet. A price is drafted, then approved by another person.", true),
        };
        let next = if drafted && may_service(page, Action::EditPrice, text(service, "id")) {
            HeadAction::link("Draft a price", format!("/offerings/{key}/price"))
        } else {
            HeadAction::link("All prices", "/prices")
        };
        return html! { section { h2 { "Prices" } (empty(&Empty::new(says).action(next))) } };
    }
    let mut heads =
        vec![Head::words("Price"), Head::words("From"), Head::figures("Per unit"), Head::words("State")];
    let open = versions.iter().any(|price| text(price, "state") != "approved");
    if open {
        heads.push(Head::words("Next"));
    }
    let mut table = SimpleTable::new("Prices", heads);
    for price in versions {
        let figure =
            Figure::cell(decimal(text(price, "per_unit"))).spoken().before(&sign(text(price, "currency")));
        let mut cells = vec![
            Cell::words(text(price, "number")),
            Cell::words(day(price, "from_day")),
            Cell::figure(figure),
            Cell::new(state(Thing::Version, text(price, "state"))),
        ];
        if open {
            cells.push(Cell::new(next(page, price, text(service, "id"))));
        }
        table = table.row(cells);
    }
    titled(&table)
}

/// The step that comes next for a version of a price, for who may take it.
pub(super) fn next(page: &PageCx, price: &Value, service: &str) -> Markup {
    let number = text(price, "number");
    let step = |verb: &str| page.post(format!("/prices/{number}/{verb}"), version(price));
    let edits = may_service(page, Action::EditPrice, service);
    let wrote = rows(price, "editors").iter().any(|editor| editor == &page.cx.person().to_string());
    let approves = page.reach(Action::ApprovePrice) == access::Reach::All && !wrote;
    html! {
        @match text(price, "state") {
            "draft" if edits => {
                (step("submit").button("Submit")) " " a href={ "/prices/" (number) "/edit" } { "Change" }
            },
            "draft" => span .muted { "its editor submits it" },
            "submitted" if approves => {
                (step("approve").button("Approve")) " " a href={ "/prices/" (number) "/return" } { "Give back" }
            },
            "submitted" => span .muted { "another person approves it" },
            _ => {},
        }
    }
}

fn levels(page: &PageCx, offering: &Value, service: &Value) -> Markup {
    let (key, targets) = (text(offering, "key"), rows(offering, "targets"));
    let may = may_service(page, Action::EditService, text(service, "id"));
    if targets.is_empty() {
        let next = if may {
            HeadAction::link("Set a service level", format!("/offerings/{key}/target"))
        } else {
            HeadAction::link("All offerings", "/offerings")
        };
        let nothing = Empty::new("No service level is promised with it yet.").action(next);
        return html! { section { h2 { "Service levels" } (empty(&nothing)) } };
    }
    let mut heads = vec![Head::words("Measure"), Head::words("Level")];
    if may {
        heads.push(Head::words("Change"));
    }
    let mut table = SimpleTable::new("Service levels", heads);
    for target in targets {
        let measure = text(target, "measure");
        let mut cells = vec![Cell::words(sentence(measure)), Cell::words(text(target, "level"))];
        if may {
            let encoded = kernel::listing::encode(measure);
            let remove = page.post(format!("/offerings/{key}/targets/remove"), None).with("measure", measure);
            cells.push(Cell::new(html! {
                a href={ "/offerings/" (key) "/target?measure=" (encoded) } { "Change" span .hidden { " " (measure) } } " "
                (remove.form(html! { button .btn type="submit" { "Remove" span .hidden { " " (measure) } } }))
            }));
        }
        table = table.row(cells);
    }
    titled(&table)
}
