//! What waits for the person: steps of a close, rules to approve, causes to give or confirm, statements to
//! accept, orders to confirm. Never what they may not do, nor what is theirs to leave to another.

use access::{Action, Role};
use chrono::NaiveDate;
use kernel::listing::Listing;
use kernel::{Period, Refused};
use parts::number::date;
use parts::{Figure, HeadAction, TodoGroup, TodoRow, html, number};
use serde_json::Value;

use crate::finance::cell;
use crate::finance::months::Months;
use crate::page::{PageCx, text};
use crate::show::{only, plain, rows};

/// A row and the day it is due by, where there is one.
type Due = (Option<NaiveDate>, TodoRow);

/// Days within which a thing is soon.
const SOON: i64 = 7;
/// Rows of one kind that are named one by one; the rest is behind the link of the last.
const NAMED: usize = 6;

/// Everything that waits, grouped by when it is due.
pub(super) async fn of(page: &mut PageCx) -> Result<Vec<TodoGroup>, Refused> {
    let mut all: Vec<Due> = Vec::new();
    if page.may(Action::PrepareClose) || page.may(Action::SignClose) {
        all.extend(close(page).await?);
    }
    if page.may(Action::ApproveRules) {
        for (reading, noun, at) in [
            ("rule list", "rule", "/money/rules"),
            ("mapping list", "mapping rule", "/money/mapping"),
            ("budget list", "budget", "/money/budgets"),
        ] {
            all.extend(approvals(page, reading, noun, at).await?);
        }
    }
    if page.may(Action::ApprovePrice) {
        all.extend(prices(page).await?);
    }
    if page.cx.who.has(Role::Executive) {
        all.extend(roles(page).await?);
    }
    if page.may(Action::TakeOver) {
        all.extend(incomplete(page).await?);
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

/// The first open step of the close, and causes of variances that are missing or wait for confirmation.
async fn close(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let Some(period) = Months::of(page).await?.current() else { return Ok(Vec::new()) };
    let close = page.record("close show", &[("period", &period.to_string())]).await?;
    if text(&close, "state") == "closed" {
        return Ok(Vec::new());
    }
    let mut due: Vec<Due> = step(page, &close, period).into_iter().map(|row| (None, row)).collect();
    due.extend(causes(page, period).await?);
    Ok(due)
}

fn step(page: &PageCx, close: &Value, period: Period) -> Option<TodoRow> {
    let open: Vec<&Value> = rows(close, "steps")
        .iter()
        .filter(|step| step.get("satisfied") != Some(&Value::Bool(true)))
        .collect();
    let next = open.first()?;
    let number = next.get("number").and_then(Value::as_i64).unwrap_or(0);
    let at = format!("/money/close/{period}");
    // Preparing is finance's; the signature alone is an executive's too.
    let other = |own: &str| close.get(own) == Some(&Value::Bool(true));
    let (verb, object) = match (number, text(close, "state")) {
        // Theirs to leave to another.
        (9, _) if other("you_prepared") => return None,
        (10, _) if other("you_imported") => return None,
        (9, _) => ("Sign", format!("the close of {}", period.label())),
        _ if !page.may(Action::PrepareClose) => return None,
        (_, "open") => ("Begin", format!("the close of {}", period.label())),
        (11, _) => ("Issue", format!("the statements of {}", period.label())),
        (10, _) => ("Close", period.label()),
        _ => ("Close", format!("{}: step {number} of 11", period.label())),
    };
    Some(TodoRow {
        verb: verb.into(),
        object,
        href: at.clone(),
        context: Some(html! { (text(next, "evidence")) }),
        stake: close.get("figures").and_then(|figures| crate::finance::amount(figures, "ledger")).map(
            |ledger| {
                let lines = format!("/money/lines?period={period}&kind=cost");
                html! { (Figure::sum(ledger, "amount", lines).spoken().scale(parts::Scale::Millions(2))) }
            },
        ),
        stake_note: "ledger of the month".into(),
        action: Some(HeadAction::link("Open", at)),
        ..TodoRow::default()
    })
}

async fn causes(page: &mut PageCx, period: Period) -> Result<Vec<Due>, Refused> {
    let asked = only(&[("needed", "yes")]);
    let listing = page.list_asked("variance list", &[("period", &period.to_string())], asked).await?;
    let open = listing.rows.iter().filter(|row| plain(&listing, row, "state") != "confirmed");
    Ok(open.filter_map(|row| cause(page, &listing, row, period)).map(|row| (None, row)).collect())
}

fn cause(
    page: &PageCx,
    listing: &Listing,
    row: &[kernel::listing::Value],
    period: Period,
) -> Option<TodoRow> {
    let of = |key: &str| plain(listing, row, key);
    let at = format!("/money/variances/{period}/{}", of("pool"));
    let proposed = !of("text").is_empty();
    let (verb, action, context) = if !proposed {
        if !page.may(Action::PrepareClose) {
            return None;
        }
        ("Explain", HeadAction::link("Explain", format!("{at}/explain")), String::new())
    } else {
        // Whoever gave the cause leaves it to another.
        if !page.may(Action::SignClose) || of("proposed_by") == page.cx.who.name {
            return None;
        }
        let post = page.post(format!("{at}/confirm"), None).with("_next", "/");
        ("Confirm", HeadAction::post("Confirm", post), format!("{}: {}", of("proposed_by"), of("text")))
    };
    let object = format!(
        "{} of {} in {}",
        if proposed { "the cause" } else { "the variance" },
        of("name"),
        period.label()
    );
    let judged = if of("word") == "adverse" { parts::Judged::Adverse } else { parts::Judged::Favourable };
    let variance = Figure::new(
        cell(listing, row, "variance"),
        parts::FigureKind::Sum { column: "variance".into() },
        format!("/money/variances?period={period}&pool={}", of("pool")),
    );
    Some(TodoRow {
        verb: verb.into(),
        object,
        href: format!("/money/variances?period={period}"),
        context: (!context.is_empty()).then(|| html! { (context) }),
        stake: Some(html! { (variance.spoken().judged(judged)) }),
        stake_note: of("word"),
        action: Some(action),
        ..TodoRow::default()
    })
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

/// Prices somebody else submitted.
async fn prices(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("price list", &[], only(&[("state", "submitted"), ("mine", "no")])).await?;
    let rows = listing.rows.iter().take(NAMED).map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let href = format!("/offerings/{}", of("offering"));
        let row = TodoRow {
            verb: "Approve".into(),
            object: format!("price {} of {}", of("number"), of("offering")),
            href: href.clone(),
            context: Some(html! {
                (of("currency")) " " (of("per_unit")) " per " (of("unit")) " from " (date(of("from_day")))
            }),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (None, row)
    });
    Ok(rows.collect())
}

/// Services that lack what their state asks for: they carry cost and nobody sees them.
async fn incomplete(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("service list", &[], only(&[("complete", "no")])).await?;
    let rows = listing.rows.iter().take(NAMED).map(|row| {
        let of = |key: &str| plain(&listing, row, key);
        let href = format!("/services/{}", of("key"));
        let row = TodoRow {
            verb: "Complete".into(),
            object: format!("{}, {}", of("key"), of("name")),
            href: href.clone(),
            context: Some(html! { "missing: " (of("missing")) }),
            action: Some(HeadAction::link("Open", href)),
            ..TodoRow::default()
        };
        (None, row)
    });
    Ok(rows.collect())
}

/// Roles somebody else gave, which count once an executive confirms them.
async fn roles(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let listing = page.list_asked("grant list", &[], only(&[("state", "asked")])).await?;
    let name = page.cx.who.name.clone();
    let others = listing
        .rows
        .iter()
        .filter(|row| plain(&listing, row, "given_by") != name && plain(&listing, row, "person") != name);
    let mut due = Vec::new();
    for row in others.take(NAMED) {
        let of = |key: &str| plain(&listing, row, key);
        let post = page.post(format!("/records/grants/{}/confirm", of("id")), of("version").parse().ok());
        let row = TodoRow {
            verb: "Confirm".into(),
            object: format!("{} as {}", of("person"), of("role")),
            href: "/records/grants?state=asked".into(),
            context: Some(html! { "given by " (of("given_by")) }),
            action: Some(HeadAction::post("Confirm", post)),
            ..TodoRow::default()
        };
        due.push((None, row));
    }
    Ok(due)
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
