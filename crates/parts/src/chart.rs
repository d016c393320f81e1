//! Charts made by the server: inline SVG with colours by class, each in a figure whose caption is the
//! finding, with its numbers as a table below. Geometry is exact decimals; nothing is a float.

mod bar;
mod line;
mod sankey;
mod sankey_layout;
mod scale;
mod spark;

use kernel::listing::Value;
use maud::{Markup, html};

pub use bar::BarChart;
pub use line::{LineChart, Series};
pub use sankey::{Band, Column, Node, Sankey};
pub use spark::spark;

use crate::figure::Figure;
use crate::number::{self, Format, Scale};
use crate::simple_table::{Cell, Head, SimpleTable};

/// Above that many marks none of them is a link; the table below has them all.
pub const MOST_LINKS: usize = 30;

/// One mark of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its label on the axis: `Sep`.
    pub label: String,
    /// How large it is.
    pub value: Value,
    /// Where its rows are.
    pub href: Option<String>,
}

impl Point {
    /// A mark.
    pub fn new(label: impl Into<String>, value: impl Into<Value>) -> Point {
        Point { label: label.into(), value: value.into(), href: None }
    }

    /// Linked to its rows.
    pub fn linked(self, href: impl Into<String>) -> Point {
        Point { href: Some(href.into()), ..self }
    }
}

/// What every chart says around its drawing.
#[derive(Clone, Debug, Default)]
pub struct Caption {
    /// Id of the chart, unique on the page.
    pub id: String,
    /// The finding, one sentence.
    pub finding: String,
    /// What is drawn, and its unit in whole: `Charged to Business Sales, €`. The steps of the drawing are
    /// those of `format`, which adds its letter; the table below is exact.
    pub unit: String,
    /// How values are written on the drawing.
    pub format: Format,
}

impl Caption {
    /// What is found, and what is drawn.
    pub fn new(id: &str, finding: impl Into<String>, unit: impl Into<String>) -> Caption {
        Caption { id: id.to_owned(), finding: finding.into(), unit: unit.into(), format: Format::default() }
    }

    /// How values are written on the drawing.
    pub fn format(self, format: Format) -> Caption {
        Caption { format, ..self }
    }

    fn write(&self, value: &Value) -> String {
        number::written(value, self.format)
    }

    /// The unit of what stands on the drawing: `…, €M` where it is drawn in millions.
    fn drawn(&self) -> String {
        let step = match self.format.scale {
            Scale::Exact | Scale::Whole => "",
            Scale::Thousands => "k",
            Scale::Millions(_) => "M",
        };
        format!("{}{step}", self.unit)
    }
}

/// The figure around a drawing of `width` × `height`.
fn framed(caption: &Caption, size: (i64, i64), drawing: Markup, twin: &SimpleTable) -> Markup {
    let (title, described) = (format!("{}-t", caption.id), format!("{}-d", caption.id));
    html! {
        figure .chart .flow[size.0 > 700] #(caption.id) {
            figcaption { b { (caption.finding) } span .unit-line { (caption.drawn()) } }
            div .scroll tabindex="0" role="region" aria-label=(caption.finding) {
                svg role="img" aria-labelledby={ (title) " " (described) }
                    viewBox={ "0 0 " (size.0) " " (size.1) } width=(size.0) height=(size.1) {
                    title id=(title) { (caption.finding) }
                    desc id=(described) { (caption.drawn()) }
                    (drawing)
                }
            }
            details .twin {
                summary { "Show as table" }
                @if let Some(unit) = &twin.unit { p .unit-line { (unit) } }
                (twin)
            }
        }
    }
}

/// A table of marks, exact: the real alternative to the drawing.
fn twin_of(caption: &Caption, names: &str, points: &[Point]) -> SimpleTable {
    let heads = vec![Head::words(names), Head::figures(&caption.unit)];
    points.iter().fold(SimpleTable::new(&caption.finding, heads).caption_hidden().dense(), |table, point| {
        table.row(vec![Cell::words(&point.label), exact_cell(&point.value, point.href.as_deref())])
    })
}

fn exact_cell(value: &Value, href: Option<&str>) -> Cell {
    Cell::figure(Figure { href: href.map(str::to_owned), ..Figure::cell(value.clone()) })
}

/// `inside`, as a link where it leads somewhere.
fn mark(href: Option<&String>, name: &str, inside: Markup) -> Markup {
    html! {
        @if let Some(href) = href { a href=(href) aria-label=(name) { (inside) } } @else { g { (inside) } }
    }
}

#[cfg(test)]
#[path = "chart/tests.rs"]
mod tests;
