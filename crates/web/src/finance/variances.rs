//! Variances of a month: actual less budget per pool, those that need a cause, and giving one.

use access::{Action, Params};
use kernel::listing::{Listing, Value, encode};
use kernel::{Money, Period, Refused};
use parts::state::State;
use parts::{
    Cell, Choice, Empty, Fact, Field, Figure, Head, HeadAction, Judged, Markup, Operand, PageHead, Row,
    Shape, SimpleTable, Tone, empty, facts, html, number, titled,
};

use super::statements::total;
use super::{cell, months, plain};
use crate::page::{Page, PageCx};
use crate::show::refusal;

/// Which variances want a cause?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list("variance list", &[("period", &period.to_string())]).await?;
    let head = PageHead::new("Which variances want a cause?").crumb("Money", "/money");
    let head = head.crumb("Budget", "/money/budget").here(format!("Variances of {}", period.label()));
    if listing.rows.is_empty() {
        let mut place =
            Empty::new(format!("There is no approved budget to compare {} with.", period.label()));
        if page.may(Action::ImportMoney) {
            place = place.action(HeadAction::link("Budgets", "/money/budgets"));
        }
        return Ok(Page { head, body: empty(&place) });
    }
    // Where a figure leads here, only its own rows are shown.
    let shown = page.list_at("variance list", &[("period", &period.to_string())]).await?;
    let (needed, confirmed) = counted(&listing);
    let head = head.action(HeadAction::link("Policy", "/money/close-policy"));
    let head = head
        .answer(html! { (listing.caption) ". " (confirmed) " of " (needed) " are explained and confirmed." });
    let at = format!("/money/variances?period={period}");
    let body = html! {
        (refusal(page))
        (facts(&[
            Fact::new("Effect on the result", Figure::sum(total(&listing, "effect"), "effect", at.clone()).spoken().signed()),
            Fact::new("Need a cause", Figure::count(needed, format!("{at}&needed=yes"))),
            Fact::new("Explained and confirmed", Figure::count(confirmed, format!("{at}&needed=yes&state=confirmed"))),
        ]))
        @if shown.count == listing.count { (titled(&with_totals(table(page, &shown, period), &listing, &at))) }
        @else {
            (titled(&table(page, &shown, period)))
            p .after-table { "Some of its rows. " a href=(at) { "All of them" } }
        }
        (files(&at))
    };
    Ok(Page { head, body })
}

/// How many need a cause, and how many of them have a confirmed one.
pub(crate) fn counted(listing: &Listing) -> (i64, i64) {
    let needed: Vec<_> = listing.rows.iter().filter(|row| needs(listing, row)).collect();
    let confirmed = needed.iter().filter(|row| plain(listing, row, "state") == "confirmed").count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    (count(needed.len()), count(confirmed))
}

fn needs(listing: &Listing, row: &[Value]) -> bool {
    listing.value(row, "needed") == Some(&Value::Bool(true))
}

fn table(page: &PageCx, listing: &Listing, period: Period) -> SimpleTable {
    let unit = page.cx.organisation.currency.sign();
    let heads = vec![
        Head::words("Cost pool"),
        Head::figures("Budget").wide_only(),
        Head::figures("Actual").wide_only(),
        Head::figures("Variance"),
        Head::figures("%").wide_only(),
        Head::words("Is"),
        Head::words("Why"),
        Head::words(""),
    ];
    let caption = format!("Actual less budget, {unit}");
    listing.rows.iter().fold(SimpleTable::new(caption, heads), |table, row| {
        let of = |key: &str| plain(listing, row, key);
        let lines = format!("/money/lines?period={period}&kind={}&pool={}", of("kind"), of("pool"));
        let own = format!("/money/variances?period={period}&pool={}", encode(&of("pool")));
        let value = |column: &str| cell(listing, row, column);
        let figure = |column: &str| Figure::sum(value(column), column, own.clone());
        let operand = |column: &str| Operand::sum(value(column), column, &own);
        let actual = match of("kind").as_str() {
            "cost" if is_pool(listing, row) => Figure::sum(value("actual"), "amount", lines),
            _ => figure("actual"),
        };
        let share = Figure::ratio(value("share"), operand("variance"), operand("budget"), own.clone());
        table.row(vec![
            name(listing, row),
            budget(page, listing, row, period).unwrap_or_else(|| figure("budget")).into(),
            actual.into(),
            figure("variance").judged(judged(&of("word"))).into(),
            share.signed().into(),
            Cell::words(of("word")),
            why(listing, row),
            Cell::new(action(page, listing, row, period)),
        ])
    })
}

/// With the sum of cost and that of income: in one total they would be nonsense.
fn with_totals(table: SimpleTable, listing: &Listing, at: &str) -> SimpleTable {
    [("cost", "All cost"), ("income", "All income")].into_iter().fold(table, |table, (kind, label)| {
        let rows: Vec<_> = listing.rows.iter().filter(|row| plain(listing, row, "kind") == kind).collect();
        let sum = |column: &str| {
            let amounts = rows.iter().filter_map(|row| match cell(listing, row, column) {
                Value::Money(money) => Some(money),
                _ => None,
            });
            // One of them is enough to know the currency; none is a sum of nothing.
            let sum = amounts.reduce(|sum, next| Money::of_minor(sum.minor() + next.minor(), sum.currency()));
            Figure::sum(sum.map_or(Value::Unknown, Value::Money), column, format!("{at}&kind={kind}"))
        };
        if rows.is_empty() {
            return table;
        }
        let blank = Cell::blank;
        table.push(Row::Subtotal(vec![
            Cell::words(label),
            sum("budget").into(),
            sum("actual").into(),
            sum("variance").signed().into(),
            blank(),
            blank(),
            blank(),
            blank(),
        ]))
    })
}

/// The same rows as files, as below any list.
fn files(at: &str) -> Markup {
    html! {
        p .exports {
            "Download"
            @for (ending, label) in [("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON")] {
                " " a href=(at.replacen('?', &format!(".{ending}?"), 1)) download { (label) }
            }
        }
    }
}

/// The pool, linked; income and what is not mapped are none.
fn name(listing: &Listing, row: &[Value]) -> Cell {
    let (name, pool) = (plain(listing, row, "name"), plain(listing, row, "pool"));
    if is_pool(listing, row) { Cell::link(name, format!("/money/pools/{pool}")) } else { Cell::words(name) }
}

fn is_pool(listing: &Listing, row: &[Value]) -> bool {
    plain(listing, row, "kind") == "cost" && plain(listing, row, "pool") != "unmapped"
}

/// What the original budget meant for the month, from its own line; none but a pool has one.
fn budget(page: &PageCx, listing: &Listing, row: &[Value], period: Period) -> Option<Figure> {
    let (year, pool) = (page.cx.organisation.calendar.year_of(period), plain(listing, row, "pool"));
    let at = format!("/money/budgets/{year}-original?period={period}&kind=cost&pool={pool}");
    let figure = || Figure::sum(cell(listing, row, "budget"), "month_budget", at);
    is_pool(listing, row).then(figure)
}

/// The judgement of a variance's word.
pub(super) fn judged(word: &str) -> Judged {
    match word {
        "adverse" => Judged::Adverse,
        "favourable" => Judged::Favourable,
        _ => Judged::Neutral,
    }
}

fn why(listing: &Listing, row: &[Value]) -> Cell {
    let of = |key: &str| plain(listing, row, key);
    let (text, state) = (of("text"), of("state"));
    match (needs(listing, row), text.is_empty()) {
        (true, true) => Cell::new(State::new("No cause yet", Tone::Bad, Shape::Diamond).inline()),
        (false, true) => Cell::words("–"),
        (_, false) => {
            let by = of("proposed_by");
            let state = match state.as_str() {
                "confirmed" => {
                    State::new(format!("confirmed by {}", of("confirmed_by")), Tone::Ok, Shape::Check)
                }
                _ => State::new("not confirmed", Tone::Warn, Shape::Triangle),
            };
            Cell::words(text).below(html! { (of("cause")) ", " (by) " " (state.inline()) })
        }
    }
}

fn action(page: &PageCx, listing: &Listing, row: &[Value], period: Period) -> Markup {
    let of = |key: &str| plain(listing, row, key);
    let at = format!("/money/variances/{period}/{}", of("pool"));
    let open = needs(listing, row) && of("state") != "confirmed";
    let proposed = !of("text").is_empty();
    // Whoever gave the cause does not confirm it; the use case compares persons, the page names.
    let other = of("proposed_by") != page.cx.who.name;
    html! {
        @if open && proposed && other && page.may(Action::SignClose) { (page.post(format!("{at}/confirm"), None).button("Confirm")) " " }
        @if open && page.may(Action::PrepareClose) {
            a href={ (at) "/explain" } { @if proposed { "Change" } @else { "Explain" } }
        }
    }
}

/// Give a variance its cause.
pub(super) async fn explain(page: &mut PageCx, params: &Params) -> Result<Page, Refused> {
    let (month, pool) = (params.get("period"), params.get("pool"));
    let listing = page.list("variance list", &[("period", month)]).await?;
    let row = listing.rows.iter().find(|row| plain(&listing, row, "pool").eq_ignore_ascii_case(pool));
    let row = row.ok_or_else(kernel::Refusal::not_found)?;
    let of = |key: &str| plain(&listing, row, key);
    let causes = [
        ("price", "A price"),
        ("volume", "More or less was used"),
        ("rate", "An exchange rate"),
        ("timing", "Another month"),
        ("one-off", "Once"),
        ("other", "None of these"),
    ];
    let causes = causes.map(|(word, label)| Choice::new(word, label)).to_vec();
    let form = page
        .form(format!("/money/variances/{month}/{pool}/explain"), None)
        .field(Field::radios("cause", "Cause", causes).value(page.answers.or("cause", &of("cause"))))
        .field(Field::area("text", "What happened", 3).value(page.answers.or("text", &of("text"))))
        .submit("Explain")
        .cancel(format!("/money/variances?period={month}"));
    let name = of("name");
    let period = number::period(month);
    let at = format!("/money/variances?period={month}&pool={}", encode(pool));
    let variance = Figure::sum(cell(&listing, row, "variance"), "variance", at);
    let variance = variance.spoken().judged(judged(&of("word")));
    let head = PageHead::new(format!("Why did {name} differ in {period}?")).crumb("Money", "/money");
    let head = head.crumb("Variances", format!("/money/variances?period={month}")).here(name);
    let answer = html! { (variance) " " (of("word")) ". Another person confirms the cause." };
    Ok(Page { head: head.answer(answer), body: form.render() })
}
