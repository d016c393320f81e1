//! Promises as rows: promised, now, difference, judged, with the limits printed beneath.

use chrono::NaiveDate;
use kernel::listing::Value as Plain;
use kernel::{Decimal, Refused, listing};
use parts::{Figure, Judged, Markup, Operand, PromiseRow, Render, html, number, promise_rows};
use serde_json::{Value, json};

use crate::page::{PageCx, text};
use crate::show::{plain, sentence, sign};

/// The rows under a heading.
pub(super) fn against_actual(caption: &str, unit: Option<Markup>, promises: &[Value]) -> Markup {
    let rows: Vec<PromiseRow> =
        promises.iter().filter(|promise| text(promise, "state") != "withdrawn").map(row).collect();
    promise_rows(caption, unit, &rows, limits(promises))
}

/// What is known now put beside each promise: a cost from the ledger, a level as it was measured; of a service that
/// has ended also its `end` in words, after which nothing more is measured.
pub(super) async fn known(
    page: &mut PageCx,
    service: &str,
    end: Option<&str>,
    promises: &mut [Value],
) -> Result<(), Refused> {
    let listing = page.list("promise of", &[("service", service)]).await?;
    promises.iter_mut().for_each(|promise| promise["end"] = json!(end));
    for row in &listing.rows {
        let number = plain(&listing, row, "number");
        let Some(promise) = promises.iter_mut().find(|promise| text(promise, "number") == number) else {
            continue;
        };
        for field in ["now", "basis", "judged", "says"] {
            promise[field] = json!(listing.value(row, field));
        }
        if text(promise, "now").is_empty() {
            promise["basis"] = Value::Null;
        }
    }
    Ok(())
}

/// “; of its 3 promises 2 are on track, 1 is broken”: each judgement with its rows.
pub(super) fn summed_up(service: &str, promises: &[Value]) -> Markup {
    let judged = |word: &str| promises.iter().filter(|promise| text(promise, "judged") == word).count();
    let counts: Vec<(i64, &str)> = ["broken", "off track", "watch", "on track", "kept", "not due"]
        .into_iter()
        .map(|word| (i64::try_from(judged(word)).unwrap_or(i64::MAX), word))
        .filter(|(n, _)| *n > 0)
        .collect();
    html! {
        @if !counts.is_empty() {
            @let held: i64 = counts.iter().map(|(n, _)| n).sum();
            "; of its " (Figure::count(held, format!("/money/promises?service={service}")).spoken())
            (if held == 1 { " promise " } else { " promises " })
            @for (i, (n, word)) in counts.iter().enumerate() {
                @if i > 0 { ", " }
                @let href = format!("/money/promises?service={service}&judged={}", listing::encode(word));
                (Figure::count(*n, href).spoken()) (if *n == 1 { " is " } else { " are " })
                (if *word == "watch" { "to be watched" } else { word })
            }
        }
    }
}

/// One promise as a row.
pub(super) fn row(promise: &Value) -> PromiseRow {
    let href = format!("/promises/{}", text(promise, "number"));
    let cost = text(promise, "source") == "cost of service";
    let (now, end) = (text(promise, "now"), text(promise, "end"));
    let (difference, said) = difference(promise, &href).unzip();
    PromiseRow {
        name: sentence(text(promise, "name")),
        unit: unit(promise),
        promised: figure(promise, text(promise, "promised"), "promised", &href),
        now: match (now, end) {
            ("", "") => None,
            ("", _) => Some(html! { span .below { "no figure" } }),
            (now, _) => Some(figure(promise, now, "now", &href)),
        },
        basis: match (text(promise, "basis"), cost) {
            ("", _) if !end.is_empty() => end.to_owned(),
            ("", true) => "from the cost of the service".to_owned(),
            ("", false) => format!("from {}", source(promise)),
            (basis, _) => basis.to_owned(),
        },
        difference,
        said: said.unwrap_or_default(),
        judged: judged(promise).to_owned(),
        service: None,
        href,
    }
}

/// The word it is judged by; unknown where nothing can be said yet.
pub(super) fn judged(promise: &Value) -> &str {
    match text(promise, "judged") {
        "" => "unknown",
        word => word,
    }
}

fn source(promise: &Value) -> &'static str {
    match text(promise, "source") {
        "imported cost" => "an imported cost",
        "imported level" => "an imported level",
        _ => "a report of the milestone",
    }
}

/// `FY26, € per seat`
pub(super) fn unit(promise: &Value) -> String {
    let money = match text(promise, "currency") {
        "" => String::new(),
        code => sign(code),
    };
    let unit = match (money.as_str(), text(promise, "unit")) {
        ("", unit) => unit.to_owned(),
        (money, "") => money.to_owned(),
        // A unit that names the currency itself: `EUR per seat and month`.
        (money, unit) if unit.starts_with(text(promise, "currency")) => {
            unit.replacen(text(promise, "currency"), money, 1)
        }
        (money, unit) => format!("{money} per {unit}"),
    };
    let due = due(text(promise, "due"), text(promise, "measure"));
    [due, unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

fn due(due: &str, measure: &str) -> String {
    match due {
        _ if measure == "date" => "day".to_owned(),
        _ if due.len() == 6 && due.starts_with("FY") => format!("FY{}", &due[4..]),
        _ => match due.strip_prefix("monthly from ") {
            Some(from) => format!("each month from {}", number::period(from)),
            None if due.len() == 7 => number::period(due),
            None => number::date(due),
        },
    }
}

/// A promised or real value, linked to the promise it is a field of.
pub(super) fn figure(promise: &Value, value: &str, field: &str, href: &str) -> Markup {
    match (value.parse::<NaiveDate>(), value.parse::<Decimal>()) {
        (Ok(_), _) => Figure::field(value, field, href).saying(number::date(value)).render(),
        (_, Ok(decimal)) => {
            rounded(promise, Figure::field(Plain::Decimal(decimal), field, href).spoken()).render()
        }
        _ => html! { (value) },
    }
}

/// Costs a unit to four decimals, other costs whole; the exact figure stays in the markup. A level is
/// written as it came.
fn rounded(promise: &Value, figure: Figure) -> Figure {
    match (text(promise, "measure"), text(promise, "currency")) {
        (_, "") => figure,
        ("unit cost", _) => figure.decimals(4),
        _ => figure.decimals(0),
    }
}

/// Now − promised, and what it means.
fn difference(promise: &Value, href: &str) -> Option<(Markup, String)> {
    let (promised, now) = (text(promise, "promised"), text(promise, "now"));
    if let (Ok(promised), Ok(now)) = (promised.parse::<NaiveDate>(), now.parse::<NaiveDate>()) {
        let days = now.signed_duration_since(promised).num_days();
        let figure = Figure::difference(
            days,
            Operand::field(now.to_string(), "now", href),
            Operand::field(promised.to_string(), "promised", href),
            href,
        );
        let unit = if days.abs() == 1 { " day" } else { " days" };
        let said = match days {
            0 => "on the day",
            1.. => "late",
            _ => "early",
        };
        let figure = if days == 0 { figure } else { figure.after(unit) };
        return Some((figure.judged(judgement(days > 0, days == 0)).render(), said.to_owned()));
    }
    let (promised, now): (Decimal, Decimal) = (promised.parse().ok()?, now.parse().ok()?);
    let change = now.checked_sub(promised)?;
    let adverse =
        if text(promise, "direction") == "higher" { change < Decimal::ZERO } else { change > Decimal::ZERO };
    let figure = Figure::difference(
        Plain::Decimal(change),
        Operand::field(Plain::Decimal(now), "now", href),
        Operand::field(Plain::Decimal(promised), "promised", href),
        href,
    );
    let figure = rounded(promise, figure);
    let said = match (change.is_zero(), adverse) {
        (true, _) => "as promised".to_owned(),
        (false, true) => format!("{}, adverse", number::percent_change(promised, now)),
        (false, false) => format!("{}, favourable", number::percent_change(promised, now)),
    };
    Some((figure.judged(judgement(adverse, change.is_zero())).render(), said))
}

const fn judgement(adverse: bool, same: bool) -> Judged {
    match (same, adverse) {
        (true, _) => Judged::Neutral,
        (false, true) => Judged::Adverse,
        (false, false) => Judged::Favourable,
    }
}

/// What watch and off track mean, each promise with its own where it has some.
fn limits(promises: &[Value]) -> Markup {
    let own: Vec<&Value> = promises.iter().filter(|promise| !usual(promise)).collect();
    html! {
        "Watch: worse by more than 2 % or 1 month. Off track: worse by more than 10 % or 3 months."
        @for promise in own {
            " " (text(promise, "name")) ": " (limit(promise, "watch")) " and " (limit(promise, "off_track")) "."
        }
    }
}

fn usual(promise: &Value) -> bool {
    let usual = if text(promise, "measure") == "date" { ["1", "3"] } else { ["0.02", "0.10"] };
    let same = |field: &str, usual: &str| {
        text(promise, field).parse::<Decimal>().ok() == usual.parse::<Decimal>().ok()
    };
    same("watch", usual[0]) && same("off_track", usual[1])
}

/// A limit as people say it: `2.0 %` or `1 month`.
pub(super) fn limit(promise: &Value, field: &str) -> String {
    let stored: Decimal = text(promise, field).parse().unwrap_or_default();
    match text(promise, "measure") {
        "date" => format!("{stored} {}", if stored == Decimal::ONE { "month" } else { "months" }),
        _ => number::percent(stored),
    }
}

/// The measure as a heading says it.
pub(super) fn measure(promise: &Value) -> String {
    sentence(text(promise, "measure"))
}

#[cfg(test)]
#[path = "promise_rows_tests.rs"]
mod tests;
