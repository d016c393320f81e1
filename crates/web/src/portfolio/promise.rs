//! One promise: what was promised, what is known now, what was measured.

use access::{Action, Params};
use kernel::Refused;
use parts::{
    Cell, Empty, Head, HeadAction, Markup, PageHead, SimpleTable, State, Thing, empty, html, state,
    summary_list, titled,
};
use serde_json::Value;

use super::promise_rows::{self, figure, judged, limit, measure as measured_by, row, unit};
use super::service_parts::end;
use crate::page::{Page, PageCx, text};
use crate::show::{happened, may_service, rows, sentence};

/// One promise.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (mut promise, service) = of_number(page, number).await?;
    let (key, end) = (text(&service, "key"), end(&service));
    promise_rows::known(page, key, end.as_deref(), std::slice::from_mut(&mut promise)).await?;
    let id = text(&service, "id");
    let (past, _) = happened(page, "promise", number, None).await?;
    let held = text(&promise, "state") == "active";
    let measured = held && text(&promise, "source") != "cost of service";
    let mut head =
        head(&promise, &service).state(State::of(Thing::Promise, judged(&promise))).answer(answer(&promise));
    if held && page.may(Action::TakeOver) {
        head = head.action(HeadAction::link("Withdraw", format!("/promises/{number}/withdraw")));
    }
    let enter = HeadAction::link("Enter a figure", format!("/promises/{number}/measure"));
    let may = measured && may_service(page, Action::EditPromises, id);
    if may {
        head = head.action(enter.clone().primary());
    }
    let body = html! {
        (crate::show::refusal(page))
        div .two .side {
            (measurements(&promise, may.then_some(enter)))
            section { h2 { "The promise" } (summary_list(&fields(&promise, &service))) }
        }
        section .gap { h2 { "History" } (past) }
    };
    Ok(Page { head, body })
}

pub(super) fn head(promise: &Value, service: &Value) -> PageHead {
    let key = text(service, "key");
    PageHead::new(format!("{} of {}", sentence(text(promise, "name")), text(service, "name")))
        .crumb("Services", "/services")
        .crumb(key, format!("/services/{key}"))
        .crumb("Promises", format!("/services/{key}/promises"))
        .here(text(promise, "number"))
}

fn answer(promise: &Value) -> Markup {
    let row = row(promise);
    html! {
        "Promised: " (row.promised) " (" (row.unit) "). "
        @match row.now {
            Some(now) => {
                "Now: " (now) ", " (row.basis)
                @if !text(promise, "says").is_empty() { " (" (text(promise, "says")) ")" }
                @if !row.said.is_empty() { ", " (row.said) }
                "."
            },
            None => { "There is no figure yet: it comes " (row.basis) "." },
        }
    }
}

fn fields(promise: &Value, service: &Value) -> Vec<(&'static str, Markup)> {
    let key = text(service, "key");
    let better = match text(promise, "direction") {
        "higher" => "higher is better",
        "lower" => "lower is better",
        _ => "earlier is better",
    };
    vec![
        ("Service", html! { a href={ "/services/" (key) } { (text(service, "name")) } }),
        ("Measure", html! { (measured_by(promise)) ", " (better) }),
        ("Due, unit", html! { (unit(promise)) }),
        ("Origin", html! { "take-over, no case" }),
        ("Actual from", html! { (sentence(text(promise, "source"))) }),
        ("Watch", html! { "worse by more than " (limit(promise, "watch")) }),
        ("Off track", html! { "worse by more than " (limit(promise, "off_track")) }),
    ]
}

fn measurements(promise: &Value, enter: Option<HeadAction>) -> Markup {
    let measured = rows(promise, "measured");
    if measured.is_empty() {
        let says = match text(promise, "source") {
            "cost of service" => "Its figure comes from the cost of the service; nothing is entered by hand.",
            _ => "Nothing was measured yet.",
        };
        let money = format!("/services/{}/money", text(promise, "service"));
        let action = enter.unwrap_or_else(|| HeadAction::link("What the service costs", money));
        let nothing = Empty::new(says).action(action);
        return html! { section { h2 { "What was measured" } (empty(&nothing)) } };
    }
    let heads = vec![
        Head::words("About"),
        Head::figures("Value"),
        Head::words("Basis"),
        Head::words("Judged"),
        Head::words("Says who"),
    ];
    let href = format!("/promises/{}", text(promise, "number"));
    let table = measured.iter().rev().fold(SimpleTable::new("What was measured", heads), |table, row| {
        let about = text(row, "about");
        let about = if about.len() == 7 { parts::number::period(about) } else { parts::number::date(about) };
        table.row(vec![
            Cell::words(about),
            Cell::new(figure(promise, text(row, "value"), "value", &href)),
            Cell::words(sentence(text(row, "basis"))),
            Cell::new(state(Thing::Promise, text(row, "judged"))),
            Cell::words(text(row, "source")),
        ])
    });
    titled(&table)
}

/// The promise of that number and its service.
pub(super) async fn of_number(page: &mut PageCx, number: &str) -> Result<(Value, Value), Refused> {
    let promise = page.record("promise show", &[("number", number)]).await?;
    let service = page.record("service show", &[("key", text(&promise, "service"))]).await?;
    Ok((promise, service))
}
