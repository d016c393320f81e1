//! The close of a month: the list of months, the eleven steps with their evidence, and what people do
//! with a month as a whole.

use access::{Action, Params};
use kernel::listing::{Kind, Listing};
use kernel::{Period, Refused};
use parts::state::{State, Thing};
use parts::{Empty, Fact, Field, Figure, HeadAction, ListPage, Markup, PageHead, Render, facts, html};
use serde_json::Value;

use super::amount;
use super::close_forms::reopening;
use super::close_steps::steps_of;
use super::months::{self, Months};
use crate::page::{Page, PageCx, text};
use crate::ready::Stand;
use crate::show::{happened_to, refusal};

/// Which months are closed?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let mut listing = page.list_at("period list", &[]).await?;
    with_year_labels(page, &mut listing);
    let current = Months::of(page).await?.current();
    let mut head = PageHead::new("Which months are closed?").crumb("Money", "/money").here("Close");
    let mut empty = Empty::new("No month is open yet: ledger lines, drivers and rates need one to land in.");
    if page.may(Action::PrepareClose) {
        let open = HeadAction::link("Open months", "/money/periods/new");
        empty = empty.action(open.clone());
        head = head.action(open);
    }
    if let Some(period) = current {
        head = head.answer(html! { a href={ "/money/close/" (period) } { (months::label(page, period)) } " is the one to work on." });
    }
    let unit = page.cx.organisation.currency.sign();
    let list =
        ListPage::new(&listing, "/money/periods").rows_named("month", "months").unit(&unit).empty(empty);
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

/// Fiscal years as they are called, `FY26`: as numbers they would be grouped and summed up.
pub(super) fn with_year_labels(page: &PageCx, listing: &mut Listing) {
    let Some(at) = listing.columns.iter().position(|column| column.key == "fiscal_year") else { return };
    listing.columns[at].kind = Kind::Code;
    for row in &mut listing.rows {
        if let Ok(year) = row[at].plain().parse() {
            row[at] = page.cx.organisation.calendar.year_label(year).into();
        }
    }
}

/// Open months.
pub(super) async fn open(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let month = |name: &str, label: &str| {
        Field::short(name, label, 8).hint("A month: Sep 2026.").value(page.answers.or(name, ""))
    };
    let form = page
        .form("/money/periods", None)
        .field(month("from", "From"))
        .field(month("to", "To"))
        .submit("Open months")
        .cancel("/money/close");
    let head = PageHead::new("Which months shall take facts?")
        .crumb("Money", "/money")
        .crumb("Close", "/money/close")
        .here("Open");
    Ok(Page { head, body: form.render() })
}

/// Can the month be closed?
pub(super) async fn show(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let month = params.get("period").to_owned();
    let close = page.record("close show", &[("period", &month)]).await?;
    let period: Period = month.parse().map_err(|_| kernel::Refusal::not_found())?;
    let state = text(&close, "state");
    let head = PageHead::new(asks(period, state))
        .crumb("Money", "/money")
        .crumb("Close", "/money/close")
        .here(text(&close, "label"))
        .state(State::of(Thing::Period, state))
        .answer(answer(&close));
    let reopens = match state {
        "soft-closed" => page.stand("period reopen", &[("period", &month)]).await?,
        _ => Stand::Open,
    };
    let head = whole_month(page, head, &close, &reopens).await?;
    let steps = steps_of(page, &close, period);
    let month = period.to_string();
    let past = happened_to(page, &[("period", &month), ("close", &month), ("run", &month)], 20).await?;
    let body = html! {
        (refusal(page))
        (control(&close, period))
        (reopening(page, &close, period, &reopens))
        (parts::steps(&format!("Steps of the close of {}", period.label()), &steps))
        (past)
    };
    Ok(Page { head, body })
}

fn asks(period: Period, state: &str) -> String {
    match state {
        "closed" | "soft-closed" => format!("How was {} closed?", period.label()),
        _ => format!("Can {} be closed?", period.label()),
    }
}

pub(super) fn steps_in(close: &Value) -> impl Iterator<Item = &Value> {
    close.get("steps").and_then(Value::as_array).into_iter().flatten()
}

/// Whether its statements are issued.
fn issued(close: &Value) -> bool {
    steps_in(close).any(|step| text(step, "name") == "issued" && step["satisfied"] == true)
}

pub(super) fn answer(close: &Value) -> Markup {
    let open: Vec<i64> =
        close.get("open").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_i64).collect();
    let words = match (text(close, "state"), open.as_slice()) {
        ("closed", _) => "It is closed for good; late facts go to the open month.".to_owned(),
        ("soft-closed", _) if issued(close) => {
            "Its allocation is final and its statements are issued.".to_owned()
        }
        ("soft-closed", _) => {
            "Its allocation is final. It may be re-opened until statements are issued.".to_owned()
        }
        ("open", _) => "It takes facts; its close has not begun.".to_owned(),
        (_, []) => "Yes: no step is in the way.".to_owned(),
        (_, [only]) => format!("Not yet: step {only} is in the way."),
        (_, [others @ .., last]) => {
            let others: Vec<String> = others.iter().map(i64::to_string).collect();
            format!("Not yet: steps {} and {last} are in the way.", others.join(", "))
        }
    };
    html! { (words) }
}

/// What is done with the month as a whole, by its state; `reopens` is how its re-opening stands.
async fn whole_month(
    page: &mut PageCx,
    head: PageHead,
    close: &Value,
    reopens: &Stand,
) -> Result<PageHead, Refused> {
    let month = text(close, "period");
    let (at, of) = (format!("/money/close/{month}"), [("period", month)]);
    match text(close, "state") {
        "open" => {
            let begin = HeadAction::post("Begin the close", page.post(format!("{at}/review"), None));
            page.offer(head, "period review", &of, begin.primary()).await
        }
        "soft-closed" => {
            let asked_for = close.get("reopening").is_some_and(|asked| !asked.is_null());
            let head = match reopens.says() {
                // The request is told with who may confirm it.
                _ if asked_for => head,
                _ if reopens.is_open() => head.action(HeadAction::link("Re-open", format!("{at}/reopen"))),
                Some(says) => head.note(says),
                None => head,
            };
            let finish = HeadAction::link("Close for good", format!("{at}/finish"));
            page.offer(head, "period finish", &of, finish).await
        }
        _ => Ok(head),
    }
}

/// Ledger = allocated + unallocated, each the sum of its rows.
fn control(close: &Value, period: Period) -> Markup {
    let Some(figures) = close.get("figures").filter(|figures| !figures.is_null()) else { return html! {} };
    let money = |name: &str| amount(figures, name);
    let (Some(ledger), Some(allocated), Some(left), Some(difference)) =
        (money("ledger"), money("allocated"), money("unallocated"), money("difference"))
    else {
        return html! {};
    };
    let shares = format!("/money/shares?period={period}&receiver_kind=customer");
    let check = format!("/money/periods/{period}/check");
    facts(&[
        Fact::new(
            "Ledger, cost",
            Figure::sum(ledger, "amount", format!("/money/lines?period={period}&kind=cost")).spoken(),
        ),
        Fact::new("Allocated to customers", Figure::sum(allocated, "amount", shares).spoken()),
        Fact::new(
            "Unallocated, by name",
            Figure::sum(left, "amount", format!("/money/residuals?period={period}")).spoken(),
        ),
        Fact::new("Difference", Figure::field(difference, "difference", check).spoken()).note(html! {
            @if difference.minor() == 0 { "it ties" } @else { "it does not tie" }
        }),
    ])
}
