//! What waits for the person: steps of a close, rules to approve, causes to give or confirm, statements to
//! accept, orders to confirm. Never what they may not do, nor what is theirs to leave to another.

mod close;
mod others;

use access::{Action, Role};
use chrono::NaiveDate;
use kernel::Refused;
use parts::number::date;
use parts::{Figure, HeadAction, TodoGroup, TodoRow, html, number};

use super::Promises;
use crate::finance::cell;
use crate::page::PageCx;
use crate::show::{only, plain};

/// A row and the day it is due by, where there is one.
type Due = (Option<NaiveDate>, TodoRow);

/// Days within which a thing is soon.
const SOON: i64 = 7;
/// Rows of one kind that are named one by one; the rest is behind the link of the last.
const NAMED: usize = 6;

/// Everything that waits, grouped by when it is due.
pub(super) async fn of(page: &mut PageCx, judged: &mut Promises) -> Result<Vec<TodoGroup>, Refused> {
    let mut all: Vec<Due> = Vec::new();
    if page.may(Action::PrepareClose) || page.may(Action::SignClose) {
        all.extend(close::close(page).await?);
    }
    if page.may(Action::ApproveRules) {
        for (reading, noun, at) in [
            ("rule list", "rule", "/money/rules"),
            ("mapping list", "mapping rule", "/money/mapping"),
            ("budget list", "budget", "/money/budgets"),
            ("sharing list", "sharing", "/money/sharing"),
        ] {
            all.extend(approvals(page, reading, noun, at).await?);
        }
    }
    if page.may(Action::ApprovePrice) {
        all.extend(others::prices(page).await?);
    }
    if page.cx.who.has(Role::Executive) {
        all.extend(others::roles(page).await?);
    }
    if page.may(Action::TakeOver) {
        all.extend(others::incomplete(page).await?);
    }
    if page.cx.who.has(Role::ServiceOwner) {
        all.extend(others::promises(judged.judged(page).await?));
    }
    if page.may(Action::AcceptStatement) {
        all.extend(statements(page).await?);
    }
    if page.may(Action::ConfirmOrder) {
        all.extend(orders(page).await?);
    }
    Ok(grouped(all, page.cx.today()))
}

fn grouped(all: Vec<Due>, today: NaiveDate) -> Vec<TodoGroup> {
    let soon = |due: NaiveDate| (due - today).num_days() <= SOON;
    let named = ["Late or due within a week", "Later", "Without a date"];
    let mut groups = named.map(|label| TodoGroup { label: label.to_owned(), rows: Vec::new() });
    let mut all = all;
    all.sort_by_key(|(due, _)| due.unwrap_or(NaiveDate::MAX));
    for (due, row) in all {
        let place = match due {
            Some(due) if soon(due) => 0,
            Some(_) => 1,
            None => 2,
        };
        groups[place].rows.push(row);
    }
    let mut groups: Vec<TodoGroup> = groups.into_iter().filter(|group| !group.rows.is_empty()).collect();
    if let Some(first) = groups.first_mut().and_then(|group| group.rows.first_mut()) {
        first.focused = true;
    }
    groups
}

/// Versions somebody else submitted.
async fn approvals(page: &mut PageCx, reading: &str, noun: &str, at: &str) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked(reading, &[], only(&[("state", "submitted")])).await?;
    let others = listing.rows.iter().filter(|row| plain(&listing, row, "author") != page.cx.who.name);
    let rows = others.take(NAMED).map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let number = if noun == "budget" { of("key") } else { of("number") };
        let object = match of("name") {
            name if name.is_empty() || noun == "budget" => format!("{noun} {number}"),
            name => format!("{noun} {number}, {name}"),
        };
        let href = format!("{at}/{number}");
        let row = TodoRow {
            verb: "Approve".into(),
            object,
            href: href.clone(),
            context: Some(html! { "by " (of("author")) }),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (None, row)
    });
    Ok(rows.collect())
}

/// Issued statements of one's own customer.
async fn statements(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    if !page.cx.who.has(Role::CustomerRepresentative) {
        return Ok(Vec::new());
    }
    let listing = page.list_asked("statement list", &[], only(&[("state", "issued")])).await?;
    let rows = listing.rows.iter().map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let number = of("number");
        let at = format!("/money/statements/{number}");
        let by = of("accept_by");
        let lines = format!("/money/statement-lines?statement={number}");
        let row = TodoRow {
            verb: "Accept".into(),
            object: format!("the {} statement of {}", number::period(of("period")), of("customer_name")),
            href: at.clone(),
            due: date(&by),
            stake: Some(html! { (Figure::sum(cell(&listing, row, "total"), "amount", lines).spoken()) }),
            stake_note: "charged".into(),
            action: Some(HeadAction::post(
                "Accept",
                page.post(format!("{at}/accept"), None).with("_next", "/"),
            )),
            link: Some(("Open".into(), at)),
            ..TodoRow::default()
        };
        (by.parse().ok(), row)
    });
    let mut due: Vec<Due> = rows.collect();
    due.extend(drafts(page).await?);
    Ok(due)
}

/// The drafts of a month in review: to look at before they are issued.
async fn drafts(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("statement list", &[], only(&[("state", "draft")])).await?;
    let rows = listing.rows.iter().map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let at = format!("/money/statements/{}", of("number"));
        let lines = format!("/money/statement-lines?statement={}", of("number"));
        let row = TodoRow {
            verb: "Look at".into(),
            object: format!("the draft of the {} statement", number::period(of("period"))),
            href: at.clone(),
            context: Some(html! { "It may change until it is issued." }),
            stake: Some(html! { (Figure::sum(cell(&listing, row, "total"), "amount", lines).spoken()) }),
            stake_note: "drafted".into(),
            action: Some(HeadAction::link("Open", at)),
            ..TodoRow::default()
        };
        (None, row)
    });
    Ok(rows.collect())
}

/// Orders of one's customers.
async fn orders(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("order list", &[], only(&[("state", "asked")])).await?;
    let rows = listing.rows.iter().map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let (number, from) = (of("number"), of("from_day"));
        let href = format!("/orders/{number}");
        let row = TodoRow {
            verb: "Confirm".into(),
            object: format!("order {number}: {} {} of {}", of("quantity"), of("unit"), of("offering")),
            href: href.clone(),
            context: Some(html! { (of("customer")) ", asked by " (of("asked_by")) }),
            due: date(&from),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (from.parse().ok(), row)
    });
    Ok(rows.collect())
}
