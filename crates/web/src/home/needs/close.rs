//! What a close waits for.

use access::Action;
use kernel::listing::Listing;
use kernel::{Period, Refused};
use parts::{Figure, HeadAction, TodoRow, html};
use serde_json::Value;

use super::Due;
use crate::finance::cell;
use crate::finance::months::Months;
use crate::page::{PageCx, text};
use crate::show::{only, plain, rows};

/// The first open step of the close being worked on and of the oldest that is not closed for good, and causes of
/// variances that are missing or wait for confirmation.
pub(super) async fn close(page: &mut PageCx) -> Result<Vec<Due>, Refused> {
    let months = Months::of(page).await?;
    let soft = months.soft_closed();
    let mut due = Vec::new();
    for period in soft.iter().copied().take(1).chain(months.current()) {
        let close = page.record("close show", &[("period", &period.to_string())]).await?;
        if text(&close, "state") == "closed" {
            continue;
        }
        due.extend(step(page, &close, period).await?.map(|row| (None, row)));
        if Some(period) == months.current() {
            due.extend(causes(page, period).await?);
        }
    }
    due.extend(later(page, &soft).map(|row| (None, row)));
    Ok(due)
}

/// The months after the oldest that wait for the last word too, as one: each is looked at when its turn comes.
fn later(page: &PageCx, soft: &[Period]) -> Option<TodoRow> {
    let (first, last, count) = (soft.get(1)?, soft.last()?, soft.len() - 1);
    let object = match count {
        1 => format!("{} for good", first.label()),
        _ => format!("{count} more months for good"),
    };
    page.may(Action::ClosePeriod).then(|| TodoRow {
        verb: "Close".into(),
        object,
        href: "/money/close".into(),
        context: (count > 1).then(|| html! { (first.label()) " to " (last.label()) }),
        action: Some(HeadAction::link("Open", "/money/close")),
        ..TodoRow::default()
    })
}

async fn step(page: &mut PageCx, close: &Value, period: Period) -> Result<Option<TodoRow>, Refused> {
    let open = rows(close, "steps").iter().find(|step| step.get("satisfied") != Some(&Value::Bool(true)));
    let Some(next) = open else { return Ok(for_good(page, close, period)) };
    let Some(row) = of_step(page, close, next, period) else { return Ok(None) };
    if row.verb != "Issue" {
        return Ok(Some(row));
    }
    let drafts = crate::finance::statements_of(page, period).await?;
    let (stake, stake_note) = (Some(html! { (drafts) }), "in its statements".to_owned());
    Ok(Some(TodoRow { stake, stake_note, ..row }))
}

/// All steps are done, and the month can still be re-opened or takes no more of it: the last word is missing.
fn for_good(page: &PageCx, close: &Value, period: Period) -> Option<TodoRow> {
    let waits = text(close, "state") == "soft-closed" && page.may(Action::ClosePeriod);
    waits.then(|| TodoRow {
        verb: "Close".into(),
        object: format!("{} for good", period.label()),
        href: format!("/money/close/{period}"),
        context: Some(html! { "Its statements are issued." }),
        action: Some(HeadAction::link("Open", format!("/money/close/{period}/finish"))),
        ..TodoRow::default()
    })
}

fn of_step(page: &PageCx, close: &Value, next: &Value, period: Period) -> Option<TodoRow> {
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
