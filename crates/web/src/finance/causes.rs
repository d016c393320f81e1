//! Why a year differs so far: the confirmed causes, one beside the other, and each with its months.

use std::collections::BTreeMap;

use access::Params;
use kernel::listing::{Listing, Value, encode};
use kernel::{Money, Period, Refused};
use parts::{
    Cell, Empty, Figure, Head, HeadAction, Judged, ListPage, Markup, Operand, PageHead, Render, Row,
    SimpleTable, html, number, titled,
};

use super::{cell, months, plain};
use crate::page::{Page, PageCx};

/// What stands for the pool where a cause is one of income.
const INCOME: &str = "income";

/// One cause of one pool: the months it holds for, and what it explains in them.
struct Cause {
    name: String,
    word: String,
    who: String,
    months: Vec<Period>,
    sum: Money,
}

/// The causes of the year so far, the largest first; nothing where there are none. `cost` is the year's variance
/// of cost and the rows that say it: what the causes leave of it stands below them.
pub(super) async fn so_far(
    page: &mut PageCx,
    period: Period,
    cost: Option<(Money, String)>,
) -> Result<Markup, Refused> {
    let listing = page.list("variance causes", &[("period", &period.to_string())]).await?;
    let zero = Money::zero(page.cx.organisation.currency);
    let mut all: Vec<((String, String), Cause)> = gathered(&listing, zero).into_iter().collect();
    // Those of income come after the sum of cost, because they are no part of it.
    all.sort_by_key(|((pool, _), cause)| {
        (pool == INCOME, std::cmp::Reverse(cause.sum.minor().abs()), pool.clone())
    });
    let (of_cost, of_income): (Vec<_>, Vec<_>) = all.iter().partition(|((pool, _), _)| pool != INCOME);
    let explained: i64 = of_cost.iter().map(|(_, cause)| cause.sum.minor()).sum();
    let heads = vec![
        Head::words("Cost pool"),
        Head::words("Why"),
        Head::words("Months").wide_only(),
        Head::figures("Variance"),
    ];
    let unit = html! {
        (zero.currency().sign()) ", against the original budget. Each cause was given by one person and confirmed by another."
    };
    let row = |table: SimpleTable, (of, cause): &&((String, String), Cause)| {
        table.row(cause_row(period, (of.0.as_str(), of.1.as_str()), cause))
    };
    let mut table = SimpleTable::new("Why, so far this year", heads).unit(unit);
    table = of_cost.iter().fold(table, row);
    if let Some((variance, at)) = cost {
        let explained = Money::of_minor(explained, zero.currency());
        table = not_explained(table, period, explained, variance, &at);
    }
    table = of_income.iter().fold(table, row);
    Ok(html! { @if !all.is_empty() { (titled(&table)) } })
}

/// A cause, and what it explains in its months.
fn cause_row(period: Period, (pool, text): (&str, &str), cause: &Cause) -> Vec<Cell> {
    let at = format!("/money/causes?period={period}&pool={}&text={}", encode(pool), encode(text));
    let adverse = (cause.sum.minor() > 0) != (pool == INCOME);
    vec![
        Cell::words(cause.name.as_str()),
        Cell::words(text).below(html! { (cause.word) ", " (cause.who) }),
        Cell::words(spans(&cause.months)),
        Figure::sum(cause.sum, "variance", at).judged(effect(adverse)).into(),
    ]
}

/// What more or less than planned does to the result.
fn effect(adverse: bool) -> Judged {
    if adverse { Judged::Adverse } else { Judged::Favourable }
}

/// What the causes of cost leave of its variance, and the whole of it.
fn not_explained(
    table: SimpleTable,
    period: Period,
    explained: Money,
    variance: Money,
    at: &str,
) -> SimpleTable {
    let left = Money::of_minor(variance.minor() - explained.minor(), variance.currency());
    let judged = |money: Money| match money.minor() {
        0 => Judged::Neutral,
        minor => effect(minor > 0),
    };
    let causes = format!("/money/causes?period={period}&filter=pool%21%3D{INCOME}");
    let whole = Operand::sum(variance, "year_variance", at);
    let difference = Figure::difference(left, whole, Operand::sum(explained, "variance", causes), at);
    table
        .row(vec![
            Cell::words("Not explained"),
            Cell::words("what no confirmed cause says"),
            Cell::blank(),
            difference.judged(judged(left)).into(),
        ])
        .push(Row::Subtotal(vec![
            Cell::words("All cost"),
            Cell::blank(),
            Cell::blank(),
            Figure::sum(variance, "year_variance", at).judged(judged(variance)).into(),
        ]))
}

/// By pool and text.
fn gathered(listing: &Listing, zero: Money) -> BTreeMap<(String, String), Cause> {
    let mut all: BTreeMap<(String, String), Cause> = BTreeMap::new();
    for row in &listing.rows {
        let of = |key: &str| plain(listing, row, key);
        let cause = all.entry((of("pool"), of("text"))).or_insert_with(|| Cause {
            name: of("name"),
            word: of("cause"),
            who: format!("{}, confirmed by {}", of("proposed_by"), of("confirmed_by")),
            months: Vec::new(),
            sum: zero,
        });
        cause.months.extend(of("period").parse::<Period>().ok());
        if let Value::Money(money) = cell(listing, row, "variance") {
            cause.sum = Money::of_minor(cause.sum.minor() + money.minor(), zero.currency());
        }
    }
    all
}

/// `Oct 2025, Feb–Aug 2026`: months that follow each other as one span.
fn spans(months: &[Period]) -> String {
    let mut spans: Vec<(Period, Period)> = Vec::new();
    for month in months {
        match spans.last_mut() {
            Some((_, last)) if last.next() == *month => *last = *month,
            _ => spans.push((*month, *month)),
        }
    }
    let said = spans.iter().map(|(first, last)| match (first == last, first.year() == last.year()) {
        (true, _) => number::period(first),
        (false, true) => format!("{}–{}", number::month(first), number::period(last)),
        (false, false) => format!("{} – {}", number::period(first), number::period(last)),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Why did the year differ so far?
pub(super) async fn list(page: &mut PageCx, _: &Params) -> Result<Page, Refused> {
    let period = months::asked(page).await?;
    let listing = page.list_at("variance causes", &[("period", &period.to_string())]).await?;
    let unit = page.cx.organisation.currency.sign();
    let none = Empty::new("No cause is confirmed yet.")
        .action(HeadAction::link("Variances", format!("/money/variances?period={period}")));
    let list = ListPage::new(&listing, "/money/causes").rows_named("cause", "causes").unit(&unit);
    let list = list.keep("period", period.to_string()).empty(none);
    let head = PageHead::new("Why did the year differ so far?")
        .crumb("Money", "/money")
        .crumb("Budget", "/money/budget")
        .here("Causes")
        .answer(html! { (listing.caption) "." });
    Ok(Page { head, body: ListPage { heading_hidden: true, ..list }.render() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_follow_each_other_are_one_span() {
        for (months, said) in [
            (vec!["2026-06"], "Jun\u{a0}2026"),
            (vec!["2026-02", "2026-03", "2026-04"], "Feb–Apr\u{a0}2026"),
            (vec!["2025-11", "2025-12", "2026-01"], "Nov\u{a0}2025 – Jan\u{a0}2026"),
            (vec!["2025-10", "2026-02", "2026-03"], "Oct\u{a0}2025, Feb–Mar\u{a0}2026"),
        ] {
            let months: Vec<Period> = months.iter().map(|month| month.parse().unwrap()).collect();
            assert_eq!(spans(&months), said);
        }
    }
}
