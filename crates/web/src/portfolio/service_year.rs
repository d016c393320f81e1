//! The twelve months of a service up to the one looked at: unit cost, contribution over direct IT cost, margin
//! over full IT cost, and what customers were charged. Every figure opens its month's row.

use kernel::listing::{Listing, Value as Amount};
use kernel::{Currency, Decimal, Period, Refused};
use parts::{
    Caption, Cell, Fact, Figure, Format, Head, Judged, LineChart, Markup, Operand, Render, Scale, Series,
    SimpleTable, html, number, titled,
};

use crate::page::PageCx;
use crate::show::plain;
use crate::units;

/// Columns that only a service that earns outside has.
const EARNED: [&str; 3] = ["income", "contribution", "margin"];

/// What is known of the months.
pub(super) struct Months {
    listing: Listing,
    at: String,
    currency: Currency,
}

impl Months {
    /// The months of a service up to `last`; those before the first that cost anything are left away.
    pub(super) async fn of(page: &mut PageCx, key: &str, last: Period) -> Result<Months, Refused> {
        let period = last.to_string();
        let mut listing =
            page.list("service cost-by-month", &[("service", key), ("period", &period)]).await?;
        let costs = |row: &Vec<Amount>| {
            listing.value(row, "amount").and_then(number::exact).is_some_and(|cost| !cost.is_zero())
        };
        let first = listing.rows.iter().position(costs).unwrap_or(listing.rows.len());
        listing.rows.drain(..first);
        let at = format!("/money/service-cost/{key}/months?period={period}");
        Ok(Months { listing, at, currency: page.cx.organisation.currency })
    }

    /// Each month with what it cost.
    pub(super) fn costs(&self) -> Vec<(Period, Amount)> {
        let month = |row: &Vec<Amount>| {
            Some((plain(&self.listing, row, "month").parse().ok()?, self.value(row, "amount")))
        };
        self.listing.rows.iter().filter_map(month).collect()
    }

    /// The newest month's unit cost.
    pub(super) fn unit_cost_fact(&self) -> Option<Fact> {
        let row = self.listing.rows.last()?;
        self.exact(row, "unit_cost")?;
        let quantity = self.value(row, "quantity");
        let after = units::after(&quantity, &plain(&self.listing, row, "unit"));
        let figure = Figure::sum(quantity, "quantity", self.row_at(row)).spoken();
        let cost = self.unit_cost(row).before(&self.currency.sign());
        Some(Fact::new("Unit cost", cost).note(html! { (figure) (after) (self.change("unit_cost")) }))
    }

    /// The newest month's contribution and margin; none of a service that never earned outside.
    pub(super) fn earned_facts(&self) -> Vec<Fact> {
        let Some(row) = self.listing.rows.last() else { return Vec::new() };
        let labels =
            [("contribution", "Contribution over direct IT cost"), ("margin", "Margin over full IT cost")];
        let known = labels.into_iter().filter(|(column, _)| self.exact(row, column).is_some());
        let fact = |(column, label): (&str, &str)| {
            Fact::new(label, self.left(row, column).spoken()).note(self.share(row, column))
        };
        known.map(fact).collect()
    }

    /// “86.7 % of €10,141,667 earned outside”
    fn share(&self, row: &[Amount], column: &str) -> Markup {
        let at = self.row_at(row);
        let (left, earned) = (self.value(row, column), self.value(row, "income"));
        let share = self.exact(row, column).zip(self.exact(row, "income"));
        let share = share.and_then(|(left, earned)| left.checked_div(earned));
        let income = Figure::sum(earned.clone(), "income", at.clone()).spoken().scale(Scale::Whole);
        html! {
            @if let Some(share) = share {
                @let operands = (Operand::sum(left, column, &at), Operand::sum(earned, "income", &at));
                (Figure::ratio(Amount::Decimal(share), operands.0, operands.1, at.clone())) " of "
            }
            (income) " earned outside"
        }
    }

    /// “, +2.4 % on the month before”
    fn change(&self, column: &str) -> String {
        let mut newest = self.listing.rows.iter().rev().map(|row| self.exact(row, column));
        match (newest.next().flatten(), newest.next().flatten()) {
            (Some(now), Some(before)) => {
                format!(", {} on the month before", number::percent_change(before, now))
            }
            _ => String::new(),
        }
    }

    /// What a unit cost, as a line.
    pub(super) fn unit_costs(&self) -> Markup {
        let rows = &self.listing.rows;
        let values: Vec<Amount> = rows.iter().map(|row| self.value(row, "unit_cost")).collect();
        if values.iter().filter(|value| number::exact(value).is_some()).count() < 2 {
            return html! {};
        }
        let finding = format!("Unit cost{}", self.change("unit_cost"));
        let format = Format { decimals: Some(2), ..Format::default() };
        LineChart {
            caption: Caption::new("unit-cost", finding, format!("Cost of a unit, {}", self.currency.sign()))
                .format(format),
            names: "Month".to_owned(),
            labels: rows.iter().map(|row| number::month(plain(&self.listing, row, "month"))).collect(),
            links: rows.iter().map(|row| self.row_at(row)).collect(),
            series: vec![Series { name: "Unit cost".to_owned(), values, dashed: false }],
            from_zero: true,
        }
        .render()
    }

    /// The months as a table, with their sums.
    pub(super) fn table(&self) -> Markup {
        let earns = self.listing.rows.last().is_some_and(|row| self.exact(row, "margin").is_some());
        let shown = |column: &&(&str, Head)| earns || !EARNED.contains(&column.0);
        let columns = columns();
        let columns: Vec<&(&str, Head)> = columns.iter().filter(shown).collect();
        let mut heads = vec![Head::words("Month")];
        heads.extend(columns.iter().map(|(_, head)| head.clone()));
        let counted =
            self.listing.rows.last().map(|row| plain(&self.listing, row, "unit")).unwrap_or_default();
        let unit = html! {
            (self.currency.sign()) ", rounded; each figure opens its month to the cent."
            @if !counted.is_empty() { " Quantity in " (units::beside(&Amount::Count(2), &counted)) "." }
        };
        let table = SimpleTable::new("Month by month", heads).unit(unit).dense();
        let table = self.listing.rows.iter().rev().fold(table, |table, row| {
            let month = number::period(plain(&self.listing, row, "month"));
            let mut cells = vec![Cell::link(month, self.row_at(row))];
            cells.extend(columns.iter().map(|(key, _)| self.cell(row, key)));
            table.row(cells)
        });
        let mut sums = vec![Cell::words(number::counted(self.listing.count, "month", "months"))];
        sums.extend(columns.iter().map(|(key, _)| self.total(key)));
        titled(&table.total(sums))
    }

    fn cell(&self, row: &[Amount], key: &str) -> Cell {
        match (self.exact(row, key), key) {
            (None, _) => Cell::blank(),
            (_, "unit_cost") => self.unit_cost(row).into(),
            (_, "contribution" | "margin") => self.left(row, key).into(),
            (_, "recovery") => self.sum(row, key).signed().into(),
            _ => self.sum(row, key).into(),
        }
    }

    fn total(&self, key: &str) -> Cell {
        let place = self.listing.columns.iter().position(|column| column.key == key);
        match place.and_then(|place| self.listing.totals.get(place).cloned().flatten()) {
            Some(sum) => Figure::sum(sum, key, self.at.clone()).scale(Scale::Whole).strong().into(),
            None => Cell::blank(),
        }
    }

    fn sum(&self, row: &[Amount], key: &str) -> Figure {
        Figure::sum(self.value(row, key), key, self.row_at(row)).scale(Scale::Whole)
    }

    fn unit_cost(&self, row: &[Amount]) -> Figure {
        let at = self.row_at(row);
        let cost = Operand::sum(self.value(row, "amount"), "amount", &at);
        let quantity = Operand::sum(self.value(row, "quantity"), "quantity", &at);
        Figure::quotient(self.value(row, "unit_cost"), cost, quantity, at).decimals(4)
    }

    /// Contribution or margin: what it earned less the cost named.
    fn left(&self, row: &[Amount], key: &str) -> Figure {
        let (at, value) = (self.row_at(row), self.value(row, key));
        let less = if key == "margin" { "amount" } else { "direct" };
        let earned = Operand::sum(self.value(row, "income"), "income", &at);
        let cost = Operand::sum(self.value(row, less), less, &at);
        let loses = number::exact(&value).is_some_and(|left| left < Decimal::ZERO);
        let figure = Figure::difference(value, earned, cost, at).scale(Scale::Whole);
        if loses { figure.judged(Judged::Adverse) } else { figure }
    }

    /// The list of the months, narrowed to one.
    fn row_at(&self, row: &[Amount]) -> String {
        format!("{}&month={}", self.at, plain(&self.listing, row, "month"))
    }

    fn value(&self, row: &[Amount], key: &str) -> Amount {
        self.listing.value(row, key).cloned().unwrap_or(Amount::Unknown)
    }

    fn exact(&self, row: &[Amount], key: &str) -> Option<Decimal> {
        self.listing.value(row, key).and_then(number::exact)
    }
}

/// Columns by key; what can be looked up in the others is left away on a phone.
fn columns() -> [(&'static str, Head); 8] {
    [
        ("amount", Head::figures("Cost")),
        ("quantity", Head::figures("Quantity").wide_only()),
        ("unit_cost", Head::figures("Unit cost")),
        ("income", Head::figures("Earned outside").wide_only()),
        ("contribution", Head::figures("Contribution over direct IT cost").wide_only()),
        ("margin", Head::figures("Margin over full IT cost")),
        ("charges", Head::figures("Charged").wide_only()),
        ("recovery", Head::figures("Over- or under-recovery").wide_only()),
    ]
}
