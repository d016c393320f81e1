//! The lines of a statement: quantity, price, amount and why each changed; one of them open to its trace.

use kernel::Decimal;
use kernel::Money;
use kernel::listing::Value;
use parts::state::State;
use parts::{Cell, Figure, Head, Render, Row, SimpleTable, html, number};
use serde_json::Value as Json;

use super::amount;
use super::line_trace;
use super::statement::{CAUSES, Shown};
use crate::page::text;
use crate::show::rows;
use crate::units;

impl Shown<'_> {
    /// The causes that any line has: only they are columns.
    fn causes(&self) -> Vec<&'static (&'static str, &'static str, &'static str, &'static str)> {
        let columns = CAUSES.iter().filter(|(key, ..)| !matches!(*key, "new" | "gone"));
        columns.filter(|(key, ..)| self.part(key).is_some_and(|part| part.minor() != 0)).collect()
    }

    fn compared(&self) -> bool {
        self.statement.get("parts").is_some_and(|parts| !parts.is_null())
    }

    pub(super) fn lines(&self, unit: &str, opened: Option<&(String, Json)>) -> SimpleTable {
        let mut heads = vec![
            Head::words("Service"),
            Head::figures("Quantity"),
            Head::words("Unit").wide_only(),
            Head::figures("Unit price").wide_only(),
            Head::figures("Amount"),
        ];
        if self.compared() {
            heads.push(Head::figures(format!("On {}", self.before())));
            heads.extend(self.causes().iter().map(|(_, label, ..)| Head::figures(*label).wide_only()));
            heads.push(Head::words("").wide_only());
        }
        let words = format!(
            "{unit}. Charged at cost: amount ÷ quantity = unit price, ≈ four decimals. A service opens to where its amount comes from."
        );
        let mut table = SimpleTable::new("Line by line", heads).unit(html! { (words) });
        let lines = self.statement.get("lines").and_then(Json::as_array);
        for line in lines.into_iter().flatten() {
            let trace = opened.filter(|(id, _)| id == text(line, "id")).map(|(_, trace)| trace);
            let cells = self.line(line);
            table = table.push(if trace.is_some() { Row::Chosen(cells) } else { Row::Cells(cells) });
            if let Some(trace) = trace {
                let panel = line_trace::panel(trace, Some(self.at()));
                table = table.push(Row::Panel(panel.render()));
            }
        }
        table.total(self.total(lines.map_or(0, Vec::len)))
    }

    fn line(&self, line: &Json) -> Vec<Cell> {
        let id = text(line, "id");
        let trace = format!("/money/trace/{id}");
        let field = |value: Value, name: &str| Cell::figure(Figure::field(value, name, trace.clone()));
        let number = |name: &str| text(line, name).parse::<Decimal>().ok().map(Value::Decimal);
        // The offering is named where the customer takes several of the service.
        let same = |other: &&Json| text(other, "service") == text(line, "service");
        let name = match text(line, "offering") {
            offering
                if !offering.is_empty() && rows(self.statement, "lines").iter().filter(same).count() > 1 =>
            {
                text(line, "offering_name").to_owned()
            }
            _ => text(line, "service_name").to_owned(),
        };
        let price = number("unit_price").map(|price| {
            let figure = Figure::field(price, "unit_price", trace.clone());
            let follows = line.get("unit_price_follows") == Some(&Json::Bool(true));
            Cell::figure(if follows { figure.decimals(4) } else { figure })
        });
        let mut cells = vec![
            Cell::link(name, format!("{}?line={id}#trace", self.at())),
            number("quantity").map_or_else(Cell::blank, |quantity| field(quantity, "quantity")),
            Cell::words(units::beside(&number("quantity").unwrap_or(Value::Unknown), text(line, "unit"))),
            price.unwrap_or_else(Cell::blank),
            amount(line, "amount").map_or_else(Cell::blank, |money| {
                Figure::field(money, "amount", trace.clone()).strong().into()
            }),
        ];
        if self.compared() {
            cells.extend(self.changes(line, id));
        }
        cells
    }

    /// The line's difference and its causes, each the sum of that one row.
    fn changes(&self, line: &Json, id: &str) -> Vec<Cell> {
        let row = format!("{}&id={id}", self.rows());
        let part = |key: &str| line.get("parts").and_then(|parts| amount(parts, key));
        let figure = |money: Option<Money>, column: &str| {
            money.map_or_else(Cell::blank, |money| Figure::sum(money, column, row.clone()).signed().into())
        };
        let mut cells = vec![figure(amount(line, "difference"), "difference")];
        cells.extend(self.causes().iter().map(|(key, ..)| figure(part(key), &format!("by_{key}"))));
        let is = |key: &str| part(key).is_some_and(|money| money.minor() != 0);
        cells.push(match (is("new"), line.get("gone") == Some(&Json::Bool(true))) {
            (_, true) => {
                Cell::new(State::new("Gone", parts::Tone::Neutral, parts::Shape::SquareOutline).inline())
            }
            (true, _) => Cell::new(State::new("New", parts::Tone::Info, parts::Shape::Full).inline()),
            _ => Cell::words(if text(line, "model") == "at cost" { "" } else { text(line, "model") }),
        });
        cells
    }

    fn total(&self, lines: usize) -> Vec<Cell> {
        let count = i64::try_from(lines).unwrap_or(i64::MAX);
        let sum = |money: Option<Money>, column: &str| {
            money.map_or_else(Cell::blank, |money| Figure::sum(money, column, self.rows()).into())
        };
        let mut cells = vec![
            Cell::words(number::counted(count, "line", "lines")),
            Cell::blank(),
            Cell::blank(),
            Cell::blank(),
        ];
        cells.push(sum(amount(self.statement, "total"), "amount"));
        if self.compared() {
            let signed = |money: Option<Money>, column: &str| {
                money
                    .map_or_else(Cell::blank, |money| Figure::sum(money, column, self.rows()).signed().into())
            };
            cells.push(signed(amount(self.statement, "difference"), "difference"));
            cells.extend(self.causes().iter().map(|(key, ..)| signed(self.part(key), &format!("by_{key}"))));
            cells.push(Cell::blank());
        }
        cells
    }
}
