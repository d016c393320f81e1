//! Beside a statement: the customer's year in bars, their other statements, who looks after them.

use kernel::listing::Listing;
use kernel::{Decimal, Period};
use parts::chart::Point;
use parts::number::{Format, Scale};
use parts::state::Thing;
use parts::{BarChart, Caption, Cell, Figure, Head, Markup, Render, Row, SimpleTable, html, number, titled};

use super::statement::Shown;
use super::{amount, cell, plain};
use crate::page::text;

impl Shown<'_> {
    /// Twelve months up to this one.
    pub(super) fn chart(&self, all: &Listing) -> Markup {
        let Some(period) = self.period else { return html! {} };
        let first = period.plus(-11);
        let mut points = Vec::new();
        for row in all.rows.iter().rev() {
            let Ok(month) = plain(all, row, "period").parse::<Period>() else { continue };
            if first <= month && month <= period {
                let at = format!("/money/statements/{}", plain(all, row, "number"));
                points.push(Point::new(number::month(month), cell(all, row, "total")).linked(at));
            }
        }
        if points.len() < 2 {
            return html! {};
        }
        let name = text(self.statement, "customer_name");
        let finding = extremes(&points).unwrap_or_else(|| format!("Charged to {name}"));
        let unit = amount(self.statement, "total").map_or_else(String::new, |money| money.currency().sign());
        let format = Format { scale: scale_of(&points), ..Format::default() };
        let caption = Caption::new("months", finding, format!("Charged to {name}, {unit}")).format(format);
        BarChart { caption, names: "Month".into(), points }.render()
    }

    pub(super) fn others(&self, all: &Listing) -> Markup {
        let heads = vec![Head::words("Period"), Head::figures("Amount"), Head::words("State")];
        let caption = format!("Statements of {}", text(self.statement, "customer_name"));
        let table = all.rows.iter().take(6).fold(SimpleTable::new(caption, heads).dense(), |table, row| {
            let at = format!("/money/statements/{}", plain(all, row, "number"));
            let rows = format!("/money/statement-lines?statement={}", plain(all, row, "number"));
            let cells = vec![
                Cell::link(number::period(plain(all, row, "period")), at),
                Figure::sum(cell(all, row, "total"), "amount", rows).into(),
                Cell::new(parts::state(Thing::Statement, &plain(all, row, "state"))),
            ];
            let own = plain(all, row, "number") == self.number;
            table.push(if own { Row::Chosen(cells) } else { Row::Cells(cells) })
        });
        let customer = text(self.statement, "customer");
        html! {
            (titled(&table))
            @if all.count > 6 { p { a href={ "/money/statements?customer=" (customer) } { "All " (all.count) } } }
        }
    }

    pub(super) fn people(&self) -> Markup {
        let manager = text(self.statement, "manager");
        let note = text(self.statement, "note");
        let posted = text(self.statement, "posted");
        html! {
            @if !manager.is_empty() { p { "Relationship manager: " (manager) } }
            @if !note.is_empty() { p { "Note with the acceptance: " (note) } }
            @if !posted.is_empty() { p { "Recharge posted as " a href={ "/money/ledger/" (posted) } { (posted) } "." } }
        }
    }
}

/// In steps at which the months differ, and which stand beside each other over twelve bars.
fn scale_of(points: &[Point]) -> Scale {
    let values = points.iter().filter_map(|point| number::exact(&point.value));
    let most = values.map(|value| value.abs()).max().unwrap_or_default();
    if most < Decimal::from(10_000) {
        Scale::Whole
    } else if most < Decimal::from(10_000_000) {
        Scale::Thousands
    } else {
        Scale::Millions(2)
    }
}

/// Which month was the highest and which the lowest.
fn extremes(points: &[Point]) -> Option<String> {
    let by = |point: &&Point| number::exact(&point.value);
    let (low, high) = (points.iter().min_by_key(by)?, points.iter().max_by_key(by)?);
    if number::exact(&low.value) == number::exact(&high.value) {
        return Some("The same every month".to_owned());
    }
    Some(format!("{} was the highest month, {} the lowest", high.label, low.label))
}
