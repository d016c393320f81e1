//! Promises: the list, one with all that was measured of it, its forms.

use access::{Action, Params};
use kernel::Refused;
use kernel::listing::{Kind, Listing, Value as Cells, encode};
use parts::{
    Cell, Choice, Empty, Field, FieldKind, Figure, FilterControl, Head, HeadAction, ListPage, Markup,
    PageHead, Render, SimpleTable, State, Thing, empty, html, state, summary_list, titled,
};
use serde_json::Value;

use super::promise_rows::{self, figure, judged, limit, measure as measured_by, row, unit};
use crate::page::{Page, PageCx, text, version};
use crate::show::{happened, may_service, plain, rows, sentence};

/// What did we promise, and do we keep it?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("promise judged", &[]).await?;
    legible(&mut listing);
    let choices = JUDGEMENTS.iter().map(|word| Choice::new(*word, sentence(word))).collect();
    let measures = ["unit cost", "yearly cost", "project cost", "service level", "date"];
    let measures = measures.iter().map(|word| Choice::new(*word, sentence(word))).collect();
    let empty = Empty::new("Nothing is promised yet. A service's promises are added on its page.")
        .action(HeadAction::link("Services", "/services"));
    let list = ListPage::new(&listing, "/money/promises")
        .filter(FilterControl::typed("service", "Service"))
        .filter(FilterControl::select("measure", "Measure", measures))
        .filter(FilterControl::select("judged", "Judged", choices))
        .empty(empty);
    let body = ListPage { heading_hidden: true, ..list }.render();
    let head = PageHead::new("What did we promise, and do we keep it?")
        .crumb("Services", "/services")
        .here("Promises")
        .answer(judged_in_all(page).await?);
    Ok(Page { head, body })
}

/// How promises are judged, the worst first.
const JUDGEMENTS: [&str; 6] = ["broken", "off track", "watch", "on track", "kept", "not due"];

/// “2 off track, 5 watch, 45 on track.” Each opens its rows.
async fn judged_in_all(page: &mut PageCx) -> Result<Markup, Refused> {
    let all = page.list("promise judged", &[]).await?;
    let count = |word: &str| all.rows.iter().filter(|row| plain(&all, row, "judged") == word).count();
    let counts: Vec<(i64, &str)> = JUDGEMENTS
        .into_iter()
        .map(|word| (i64::try_from(count(word)).unwrap_or(i64::MAX), word))
        .filter(|(n, _)| *n > 0)
        .collect();
    Ok(html! {
        @if counts.is_empty() { "Nothing is promised yet." } @else {
            @for (i, (n, word)) in counts.iter().enumerate() {
                @if i > 0 { ", " }
                (Figure::count(*n, format!("/money/promises?judged={}", encode(word))).spoken()) " " (word)
            }
            "."
        }
    })
}

/// Numbers as figures; what only the promise's own page says stays there.
fn legible(listing: &mut Listing) {
    for (at, column) in listing.columns.iter_mut().enumerate() {
        match column.key {
            "says" | "slip" | "measure" => column.hidden = true,
            "promised" | "now" | "difference" => {
                column.kind = Kind::Decimal;
                for row in &mut listing.rows {
                    if let Some(number) = row[at].plain().parse().ok().map(Cells::Decimal) {
                        row[at] = number;
                    }
                }
            }
            _ => {}
        }
    }
}

/// One promise.
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (mut promise, service) = of_number(page, number).await?;
    promise_rows::known(page, text(&service, "key"), std::slice::from_mut(&mut promise)).await?;
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

fn head(promise: &Value, service: &Value) -> PageHead {
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
        ("Actual from", html! { (text(promise, "source")) }),
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
            Cell::words(text(row, "basis")),
            Cell::new(state(Thing::Promise, text(row, "judged"))),
            Cell::words(text(row, "source")),
        ])
    });
    titled(&table)
}

/// A new promise of a service.
pub(super) async fn new(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let service = page.record("service show", &[("key", params.get("key"))]).await?;
    super::service_forms::admit(page, Action::EditPromises, &service)?;
    let (key, name) = (text(&service, "key"), text(&service, "name"));
    let measures = vec![
        Choice::new("service level", "Service level").hint("Measured by you: 99.5 % available."),
        Choice::new("unit cost", "Unit cost")
            .hint("Cost of the service by what is taken of it, from the ledger."),
        Choice::new("yearly cost", "Yearly cost")
            .hint("Cost of the service in a fiscal year, from the ledger."),
        Choice::new("project cost", "Project cost")
            .hint("Cost of a project of the service, brought in from elsewhere."),
        Choice::new("date", "Date").hint("A milestone, reported by you."),
    ];
    let better = vec![
        Choice::new("", "as usual: cost lower, level higher"),
        Choice::new("lower", "lower"),
        Choice::new("higher", "higher"),
    ];
    let answers = &page.answers;
    let form = page
        .form(format!("/services/{key}/promises"), None)
        .field(
            Field::text("name", "What is promised")
                .hint("As people say it: Availability.")
                .value(answers.or("name", "")),
        )
        .field(
            Field::new("measure", "Measured as", FieldKind::Radios(measures))
                .value(answers.or("measure", "service level")),
        )
        .field(
            Field::short("promised", "Promised", 12)
                .hint("A number such as 99.5, or the day of a date: 2026-12-31.")
                .value(answers.or("promised", "")),
        )
        .field(
            Field::short("unit", "Unit", 12)
                .optional()
                .hint("%, or what a unit cost is per: seat.")
                .value(answers.or("unit", "")),
        )
        .field(
            Field::short("currency", "Currency", 3)
                .optional()
                .hint("Of an amount; ours if left out.")
                .value(answers.or("currency", "")),
        )
        .field(
            Field::short("due", "Due", 22)
                .optional()
                .hint("FY26, 2026-09, 2026-12-31 or monthly from 2025-10; a date is due on itself.")
                .value(answers.or("due", "")),
        )
        .field(Field::select("direction", "Better is", better).optional().value(answers.or("direction", "")))
        .heading("When is it in danger?")
        .field(
            Field::short("watch", "Watch beyond", 6)
                .optional()
                .hint("Percent worse, or whole months late. 2 % or 1 month if left out.")
                .value(answers.or("watch", "")),
        )
        .field(
            Field::short("off_track", "Off track beyond", 6)
                .optional()
                .hint("10 % or 3 months if left out.")
                .value(answers.or("off_track", "")),
        )
        .submit("Add promise")
        .cancel(format!("/services/{key}/promises"));
    let head = PageHead::new(format!("What does {name} promise?"))
        .crumb("Services", "/services")
        .crumb(key, format!("/services/{key}"))
        .crumb("Promises", format!("/services/{key}/promises"))
        .here("New");
    Ok(Page { head, body: form.render() })
}

/// What was measured of a promise.
pub(super) async fn measure(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (promise, service) = of_number(page, number).await?;
    super::service_forms::admit(page, Action::EditPromises, &service)?;
    let answers = &page.answers;
    let day = text(&promise, "measure") == "date";
    let bases =
        vec![Choice::new("actual", "Actual: it came"), Choice::new("expected", "Expected: it is forecast")];
    let (label, hint) = if day { ("Day", "2026-12-31") } else { ("Value", "A number, for example 99.5.") };
    let form = page
        .form(format!("/promises/{number}/measurements"), None)
        .field(
            Field::short("about", "Month or day it is about", 10)
                .optional()
                .hint("2026-09 or 2026-09-30; today if left out.")
                .value(answers.or("about", "")),
        )
        .field(Field::short("value", label, 12).hint(hint).value(answers.or("value", "")))
        .field(
            Field::new("basis", "Is it real yet?", FieldKind::Radios(bases))
                .value(answers.or("basis", "actual")),
        )
        .field(Field::text("source", "Who or what says so").value(answers.or("source", "")))
        .submit("Enter figure")
        .cancel(format!("/promises/{number}"));
    let mut head = head(&promise, &service).crumb(number, format!("/promises/{number}")).here("Figure");
    head.title = format!("What became of {}?", text(&promise, "name"));
    Ok(Page { head, body: form.render() })
}

/// Withdraws a promise.
pub(super) async fn withdraw(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let number = params.get("number");
    let (promise, service) = of_number(page, number).await?;
    let form = page
        .form(format!("/promises/{number}/withdraw"), version(&promise))
        .field(
            Field::area("why", "Why was it entered wrongly?", 3)
                .hint("The promise stays readable, with this reason.")
                .value(page.answers.or("why", "")),
        )
        .submit("Withdraw promise")
        .cancel(format!("/promises/{number}"));
    let mut head = head(&promise, &service).crumb(number, format!("/promises/{number}")).here("Withdraw");
    head.title = format!("Withdraw the promise {}?", text(&promise, "name"));
    Ok(Page { head, body: form.render() })
}

async fn of_number(page: &mut PageCx, number: &str) -> Result<(Value, Value), Refused> {
    let promise = page.record("promise show", &[("number", number)]).await?;
    let service = page.record("service show", &[("key", text(&promise, "service"))]).await?;
    Ok((promise, service))
}
