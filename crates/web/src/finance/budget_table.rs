//! A budget's lines beside the actuals: the months to choose from, the table per pool.

use std::cmp::Reverse;

use kernel::listing::{Listing, Value};
use kernel::{Decimal, Money, Period};
use parts::{Cell, Figure, Head, Judged, Markup, Operand, Row, SimpleTable, number};

use super::variances::judged;
use super::{cell, plain};
use crate::page::PageCx;

/// A budget's lines for one month and the year up to it.
pub(super) struct Looked {
    pub(super) listing: Listing,
    key: String,
    pub(super) period: Period,
    first: Period,
    zero: Money,
}

impl Looked {
    pub(super) fn of(page: &PageCx, listing: Listing, key: &str, period: Period) -> Looked {
        let calendar = page.cx.organisation.calendar;
        let first = calendar.first_of(calendar.year_of(period));
        Looked {
            listing,
            key: key.to_owned(),
            period,
            first,
            zero: Money::zero(page.cx.organisation.currency),
        }
    }

    /// Those of a kind, what went furthest over its year's plan first.
    fn rows(&self, kind: &str) -> Vec<&Vec<Value>> {
        let of_kind = |row: &&Vec<Value>| plain(&self.listing, row, "kind") == kind;
        let mut rows: Vec<_> = self.listing.rows.iter().filter(of_kind).collect();
        rows.sort_by_key(|row| match self.listing.value(row, "year_variance") {
            Some(Value::Money(money)) => Reverse(money.minor()),
            _ => Reverse(i64::MIN),
        });
        rows
    }

    pub(super) fn sum(&self, kind: &str, column: &str) -> Money {
        let rows = self.rows(kind);
        let amounts = rows.iter().filter_map(|row| match self.listing.value(row, column) {
            Some(Value::Money(money)) => Some(money.minor()),
            _ => None,
        });
        Money::of_minor(amounts.sum(), self.zero.currency())
    }

    pub(super) fn at(&self) -> String {
        format!("/money/budgets/{}?period={}", self.key, self.period)
    }

    /// The ledger lines of a kind, of the month or of the year up to it.
    pub(super) fn lines(&self, kind: &str, month: bool) -> String {
        let period = self.period;
        if month {
            return format!("/money/lines?period={period}&kind={kind}");
        }
        format!(
            "/money/lines?period=all&kind={kind}&filter=period%3E%3D{}%20period%3C%3D{period}",
            self.first
        )
    }

    /// The twelve months of the year, each a link to this page in that month.
    pub(super) fn months(&self, first: Period) -> Markup {
        let tabs: Vec<parts::Tab> = (0..12)
            .map(|n| {
                let month = first.plus(n);
                let href = format!("/money/budget/{}?period={month}", self.key);
                parts::Tab::new(number::month(month), href, month == self.period)
            })
            .collect();
        parts::tabs("Months of the year", &tabs)
    }

    pub(super) fn table(&self, unit: &str) -> SimpleTable {
        let month = number::month(self.period);
        let heads = vec![
            Head::words("Cost pool"),
            Head::figures(format!("Budget, {month}")).wide_only(),
            Head::figures(format!("Actual, {month}")).wide_only(),
            Head::figures(format!("Variance, {month}")).wide_only(),
            Head::words("").wide_only(),
            Head::figures("Budget, year").wide_only(),
            Head::figures("Actual, year").wide_only(),
            Head::figures("Variance, year"),
            Head::figures("%").wide_only(),
            Head::words(""),
        ];
        let mut table = SimpleTable::new(format!("Variance by cost pool, {unit}"), heads);
        for kind in ["cost", "income"] {
            let rows = self.rows(kind);
            if rows.is_empty() {
                continue;
            }
            table = rows.iter().fold(table, |table, row| table.row(self.row(row)));
            if rows.len() > 1 {
                table = table.push(Row::Subtotal(self.total(kind)));
            }
        }
        table
    }

    fn row(&self, row: &[Value]) -> Vec<Cell> {
        let of = |key: &str| plain(&self.listing, row, key);
        let (kind, pool) = (of("kind"), of("pool"));
        let own = format!("{}&kind={kind}&pool={pool}", self.at());
        let name = if pool.is_empty() {
            Cell::words(of("pool_name"))
        } else {
            Cell::link(of("pool_name"), format!("/money/pools/{pool}"))
        };
        let mut cells = vec![name];
        for span in ["month", "year"] {
            let value = |what: &str| cell(&self.listing, row, &format!("{span}_{what}"));
            let word = of(&format!("{span}_word"));
            let column = |what: &str| format!("{span}_{what}");
            // Lines of income are credits, their budget is not: then the budget's own row is the evidence, as
            // it is where an address cannot ask for lines without a pool.
            let lines = format!("{}&pool={pool}", self.lines(&kind, span == "month"));
            let actual = match (kind.as_str(), pool.is_empty()) {
                ("cost", false) => Figure::sum(value("actual"), "amount", lines),
                ("cost", true) => Figure::cell(value("actual")),
                _ => Figure::sum(value("actual"), &column("actual"), own.clone()),
            };
            let listed = |what: &str| match pool.is_empty() {
                true => Figure::cell(value(what)),
                false => Figure::sum(value(what), &column(what), own.clone()),
            };
            cells.push(listed("budget").into());
            cells.push(actual.into());
            cells.push(listed("variance").judged(judged(&word)).into());
            if span == "year" {
                cells.push(self.share(row, (!pool.is_empty()).then_some(&own)).signed().into());
            }
            cells.push(Cell::words(word));
        }
        cells
    }

    /// The year's variance as a share of its budget, by the row at `own` where an address can ask for it.
    fn share(&self, row: &[Value], own: Option<&String>) -> Figure {
        let value = |column: &str| cell(&self.listing, row, column);
        let operand = |column: &str, own: &String| Operand::sum(value(column), column, own);
        match own {
            Some(own) => Figure::ratio(
                value("year_share"),
                operand("year_variance", own),
                operand("year_budget", own),
                own,
            ),
            None => Figure::cell(value("year_share")).percent(),
        }
    }

    fn total(&self, kind: &str) -> Vec<Cell> {
        let at = format!("{}&kind={kind}", self.at());
        let mut cells = vec![Cell::words(if kind == "cost" { "All cost" } else { "All income" })];
        for span in ["month", "year"] {
            let column = format!("{span}_budget");
            cells.push(Figure::sum(self.sum(kind, &column), &column, at.clone()).into());
            let column = format!("{span}_actual");
            cells.push(match kind {
                "cost" => {
                    Figure::sum(self.sum(kind, &column), "amount", self.lines(kind, span == "month")).into()
                }
                _ => Figure::sum(self.sum(kind, &column), &column, at.clone()).into(),
            });
            let difference = self.difference(kind, span);
            let word = match difference.judged {
                Some(Judged::Adverse) => "adverse",
                Some(Judged::Favourable) => "favourable",
                _ => "",
            };
            cells.push(difference.into());
            if span == "year" {
                let (plan, variance) = (self.sum(kind, "year_budget"), self.sum(kind, "year_variance"));
                let share = Decimal::from(variance.minor()).checked_div(Decimal::from(plan.minor()));
                let share = share.map_or(Value::Unknown, Value::Decimal);
                let variance = Operand::sum(variance, "year_variance", &at);
                let plan = Operand::sum(plan, "year_budget", &at);
                cells.push(Figure::ratio(share, variance, plan, at.clone()).signed().into());
            }
            cells.push(Cell::words(word));
        }
        cells
    }
}
