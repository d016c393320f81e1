//! One service: its life, its promises against actual, what it is for, and a tab for each kind of
//! row that belongs to it. The address is the same for its whole life.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Cell, Empty, Figure, Head, HeadAction, Markup, PageHead, Render, SimpleTable, State, Tab, Thing, empty,
    html, tabs, titled,
};
use serde_json::Value;

use super::offering::price_of;
use super::promise_rows::{self, against_actual};
use super::service_parts::{end, ended, levels, life, what_for};
use crate::page::{Page, PageCx, text};
use crate::show::{self, count, day, happened, may_service, quantity, rows};
use crate::units;

/// Everything at a glance.
pub(super) async fn overview(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = read(page, params).await?;
    let key = text(&service, "key");
    let (past, events) = happened(page, "service", key, Some(5)).await?;
    let offered = offered(page, &service);
    let body = html! {
        div .two .side {
            div {
                @if service["promises"].is_array() { (promised(page, &service)) }
                div .gap { (offered) }
            }
            (what_for(&service))
        }
        section .gap {
            h2 { "History" }
            (past)
            @if events > 5 { p .after-table { a href={ "/services/" (key) "/history" } { "All " (events) " changes" } } }
        }
    };
    framed(page, &service, "", body).await
}

/// What can be taken of it.
pub(super) async fn offerings(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = read(page, params).await?;
    let body = offered(page, &service);
    framed(page, &service, "offerings", body).await
}

/// Who takes it today.
pub(super) async fn customers(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = read(page, params).await?;
    let body = taken(&service);
    framed(page, &service, "customers", body).await
}

/// What was promised of it.
pub(super) async fn promises(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = read(page, params).await?;
    if !service["promises"].is_array() {
        return Err(access::refused(Action::ReadServiceMoney).into());
    }
    let may = !ended(&service) && may_service(page, Action::EditPromises, text(&service, "id"));
    let add = HeadAction::link("Add a promise", format!("/services/{}/promises/new", text(&service, "key")));
    let body = html! {
        (promised(page, &service))
        @if may && count(&service, "promises") > 0 { p { (add.button()) } }
    };
    framed(page, &service, "promises", body).await
}

/// What it costs.
pub(super) async fn money(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = read(page, params).await?;
    if !service["promises"].is_array() {
        return Err(access::refused(Action::ReadServiceMoney).into());
    }
    let body = super::service_money::shown(page, &service).await?;
    framed(page, &service, "money", body).await
}

/// What happened to it.
pub(super) async fn history(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = read(page, params).await?;
    let (past, _) = happened(page, "service", text(&service, "key"), None).await?;
    framed(page, &service, "history", html! { section { h2 { "History" } (past) } }).await
}

async fn read(page: &mut PageCx, params: &Params) -> Result<Value, Refused> {
    let key = params.get("key");
    let mut service = page.record("service show", &[("key", key)]).await?;
    let end = end(&service);
    // What a service cost is known as of today alone, so a past day says nothing of its promises.
    if !page.as_of().is_empty() {
        service["promises"] = Value::Null;
    }
    if let Some(promises) = service.get_mut("promises").and_then(Value::as_array_mut) {
        promises.retain(|promise| text(promise, "state") != "withdrawn");
        promise_rows::known(page, key, end.as_deref(), promises).await?;
    }
    Ok(service)
}

/// Head, life and tabs around a view.
async fn framed(page: &mut PageCx, service: &Value, tab: &str, body: Markup) -> Result<Page, Refused> {
    let (_, events) = happened(page, "service", text(service, "key"), Some(1)).await?;
    let body = html! {
        (show::refusal(page))
        (life(page, service))
        (views(page, service, tab, events))
        (body)
    };
    Ok(Page { head: head(page, service), body })
}

fn head(page: &PageCx, service: &Value) -> PageHead {
    let (key, id) = (text(service, "key"), text(service, "id"));
    let mut head = PageHead::new(text(service, "name"))
        .crumb("Services", "/services")
        .here(key)
        .state(State::of(Thing::Service, text(service, "state")))
        .answer(answer(page, service));
    if !day(service, "last_day").is_empty() {
        head = head.beside(format!("last day {}", day(service, "last_day")));
    }
    if may_service(page, Action::EditService, id) {
        head = head.action(HeadAction::link("Relate", format!("/services/{key}/relate")));
        if text(service, "state") == "operational" {
            head = head.action(HeadAction::link("Add an offering", format!("/services/{key}/offerings/new")));
        }
        head = head.action(HeadAction::link("Change", format!("/services/{key}/edit")).primary());
    }
    head
}

/// “4 agreements in force on 1 offering; of 3 promises 2 are on track and 1 is broken.”
fn answer(page: &PageCx, service: &Value) -> Markup {
    let key = text(service, "key");
    let offerings = count(service, "offerings");
    let offered = Figure::count(offerings, format!("/offerings?service={key}")).spoken();
    html! {
        @if service["customers"].is_array() && page.may(Action::ReadCustomers) {
            @let in_force = count(service, "customers");
            (Figure::count(in_force, format!("/agreements?service={key}&in_force=yes")).spoken())
            (if in_force == 1 { " agreement in force on " } else { " agreements in force on " })
        } @else { "Customers can take it by " }
        (offered) (if offerings == 1 { " offering" } else { " offerings" })
        (promise_rows::summed_up(key, rows(service, "promises")))
        "."
    }
}

fn views(page: &PageCx, service: &Value, now: &str, events: i64) -> Markup {
    let at = format!("/services/{}", text(service, "key"));
    let tab = |label: &str, place: &str| {
        let href = if place.is_empty() { at.clone() } else { format!("{at}/{place}") };
        Tab::new(label, href, place == now)
    };
    let mut all = vec![tab("Overview", ""), tab("Offerings", "offerings").count(count(service, "offerings"))];
    if page.may(Action::ReadCustomers) {
        all.push(tab("Customers", "customers").count(count(service, "customers")));
    }
    if service["promises"].is_array() {
        all.push(tab("Promises", "promises").count(count(service, "promises")));
        all.push(tab("Money", "money"));
    }
    all.push(tab("History", "history").count(events));
    tabs(&format!("Views of {}", text(service, "name")), &all)
}

fn promised(page: &PageCx, service: &Value) -> Markup {
    let promises = rows(service, "promises");
    if promises.is_empty() {
        let nothing = Empty::new(if ended(service) {
            "This service has ended, and nothing was promised of it."
        } else {
            "Nothing is promised of this service yet, so nothing can be held against it."
        });
        let may = !ended(service) && may_service(page, Action::EditPromises, text(service, "id"));
        let next = if may {
            HeadAction::link("Add a promise", format!("/services/{}/promises/new", text(service, "key")))
        } else {
            HeadAction::link("All promises", "/money/promises")
        };
        return html! { section { h2 { "Promised against actual" } (empty(&nothing.action(next))) } };
    }
    let unit = html! { "Baseline promises at take-over: no business case stands behind them." };
    against_actual("Promised against actual", Some(unit), promises)
}

fn offered(page: &PageCx, service: &Value) -> Markup {
    let offerings = rows(service, "offerings");
    if offerings.is_empty() {
        let nothing = Empty::new(if ended(service) {
            "This service has ended: nobody can take it any more."
        } else {
            "Nobody can take this service yet: it has no offering."
        });
        let open = text(service, "state") == "operational";
        let next = if open && may_service(page, Action::EditService, text(service, "id")) {
            HeadAction::link("Add an offering", format!("/services/{}/offerings/new", text(service, "key")))
        } else {
            HeadAction::link("All offerings", "/offerings")
        };
        return html! { section { h2 { "What customers can take" } (empty(&nothing.action(next))) } };
    }
    let heads = vec![Head::words("Offering"), Head::figures("Price"), Head::words("Service levels")];
    let mut table = SimpleTable::new("What customers can take", heads);
    for offering in offerings {
        let key = text(offering, "key");
        table = table.row(vec![
            Cell::link(text(offering, "name"), format!("/offerings/{key}")).below(html! { (key) }),
            Cell::new(price_of(offering, &format!("/offerings/{key}"))),
            Cell::new(levels(offering)),
        ]);
    }
    titled(&table)
}

fn taken(service: &Value) -> Markup {
    let (key, customers) = (text(service, "key"), rows(service, "customers"));
    if customers.is_empty() {
        let all = HeadAction::link("All agreements", format!("/agreements?service={key}"));
        let nothing = Empty::new("No customer whom you may see takes this service today.").action(all);
        return html! { section { h2 { "Who takes it today" } (empty(&nothing)) } };
    }
    let heads = vec![
        Head::words("Customer"),
        Head::words("Offering"),
        Head::figures("Quantity"),
        Head::words("Unit"),
        Head::words("Agreement").wide_only(),
    ];
    let mut table = SimpleTable::new("Who takes it today", heads);
    for row in customers {
        let agreement = format!("/agreements/{}", text(row, "agreement"));
        let figure = Figure::cell(quantity(text(row, "quantity")));
        table = table.row(vec![
            Cell::link(text(row, "name"), format!("/customers/{}", text(row, "key"))),
            Cell::link(text(row, "offering"), format!("/offerings/{}", text(row, "offering"))),
            Cell::new(Figure { href: Some(agreement.clone()), ..figure }.render()),
            Cell::words(units::beside(&quantity(text(row, "quantity")), text(row, "unit"))),
            Cell::link(text(row, "agreement"), agreement),
        ]);
    }
    html! { (titled(&table)) p .after-table { a href={ "/agreements?service=" (key) } { "Every agreement, ended ones too" } } }
}
