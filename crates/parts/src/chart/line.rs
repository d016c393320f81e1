//! Lines over 12 to 24 months: what was, and dashed what is expected or planned.

use kernel::Decimal;
use kernel::listing::Value;
use maud::{Markup, Render, html};

use super::scale::{Scale, px, ticks};
use super::{Caption, MOST_LINKS, exact_cell, framed, mark};
use crate::number::exact;
use crate::simple_table::{Cell, Head, SimpleTable};

/// One line.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name, written at its end.
    pub name: String,
    /// One value per label; unknown ones leave a gap.
    pub values: Vec<Value>,
    /// Dashed: planned, expected.
    pub dashed: bool,
}

/// Up to five lines over the same labels.
#[derive(Clone, Debug)]
pub struct LineChart {
    /// The finding, the unit, how values are written.
    pub caption: Caption,
    /// What the labels are: `Month`.
    pub names: String,
    /// Labels of the axis; every third is written.
    pub labels: Vec<String>,
    /// Where the rows of each label are, in their order; empty where they lead nowhere.
    pub links: Vec<String>,
    /// The lines; colours follow their order.
    pub series: Vec<Series>,
    /// Whether the axis starts at zero.
    pub from_zero: bool,
}

const WIDTH: i64 = 512;
const HEIGHT: i64 = 190;
const LEFT: i64 = 64;
const RIGHT: i64 = 430;
const TOP: i64 = 14;
const BASE: i64 = 152;

impl LineChart {
    fn place(&self, i: usize) -> i64 {
        let steps = i64::try_from(self.labels.len().saturating_sub(1).max(1)).unwrap_or(1);
        LEFT * 10 + (RIGHT - LEFT) * 10 * i64::try_from(i).unwrap_or(0) / steps
    }

    /// The runs of known values as polyline points.
    fn runs(&self, series: &Series, scale: Scale) -> Vec<Vec<(i64, i64)>> {
        let mut runs: Vec<Vec<(i64, i64)>> = vec![Vec::new()];
        for (i, value) in series.values.iter().enumerate() {
            match (exact(value), runs.last_mut()) {
                (Some(value), Some(run)) => run.push((self.place(i), BASE * 10 - scale.tenths(value))),
                _ => runs.push(Vec::new()),
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    fn twin(&self) -> SimpleTable {
        let mut heads = vec![Head::words(&self.names)];
        heads.extend(self.series.iter().map(|series| Head::figures(&series.name)));
        let table = SimpleTable::new(&self.caption.finding, heads).caption_hidden().dense();
        let table = table.unit(html! { (self.caption.unit) });
        self.labels.iter().enumerate().fold(table, |table, (i, label)| {
            let mut cells = vec![Cell::words(label)];
            let href = self.links.get(i).map(String::as_str);
            cells.extend(
                self.series
                    .iter()
                    .map(|series| exact_cell(series.values.get(i).unwrap_or(&Value::Unknown), href)),
            );
            table.row(cells)
        })
    }

    /// A place on the line for each label that leads to its rows.
    fn points(&self, series: &Series, scale: Scale) -> Markup {
        html! {
            @for (i, (value, href)) in series.values.iter().zip(&self.links).enumerate() {
                @if let Some(number) = exact(value) {
                    @let says = format!("{}: {}", self.labels[i], self.caption.write(value));
                    (mark(Some(href), &says, html! {
                        circle .hit cx=(px(self.place(i))) cy=(px(BASE * 10 - scale.tenths(number))) r="12" {}
                        circle .dot cx=(px(self.place(i))) cy=(px(BASE * 10 - scale.tenths(number))) r="2.5" {}
                    }))
                }
            }
        }
    }

    fn axis(&self, marks: &[Decimal], scale: Scale, like: Option<&Value>) -> Markup {
        html! {
            @for tick in marks {
                @let y = BASE * 10 - scale.tenths(*tick);
                line .grid x1=(LEFT) x2=(RIGHT) y1=(px(y)) y2=(px(y)) {}
                text .axis x=(LEFT - 8) y=(px(y + 50)) text-anchor="end" {
                    @if tick.is_zero() { "0" } @else { (self.caption.write(&in_kind(*tick, like))) }
                }
            }
            @for (i, label) in self.labels.iter().enumerate().step_by(3) {
                text .axis x=(px(self.place(i))) y=(HEIGHT - 14) text-anchor="middle" { (label) }
            }
        }
    }
}

/// A tick written like the values: an amount of the same currency where they are amounts.
fn in_kind(tick: Decimal, like: Option<&Value>) -> Value {
    match like {
        Some(Value::Money(money)) => {
            let minor = crate::number::rounded(tick, money.currency().digits());
            kernel::Money::of_minor(minor, money.currency()).into()
        }
        _ => Value::Decimal(tick),
    }
}

impl Render for LineChart {
    fn render(&self) -> Markup {
        let all = || self.series.iter().flat_map(|series| &series.values);
        let low = all().filter_map(exact).min().unwrap_or_default();
        let high = all().filter_map(exact).max().unwrap_or_default();
        let marks = ticks(if self.from_zero { low.min(Decimal::ZERO) } else { low }, high);
        let ends = (marks.first().copied().unwrap_or(low), marks.last().copied().unwrap_or(high));
        let scale = Scale::new(ends.0, ends.1, BASE - TOP);
        let like = all().find(|value| exact(value).is_some());
        let drawing = html! {
            (self.axis(&marks, scale, like))
            @for (n, series) in self.series.iter().enumerate() {
                @let runs = self.runs(series, scale);
                g class={ "s" (n % 5 + 1) } {
                    @for run in &runs {
                        @let points: Vec<String> = run.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
                        polyline .path .dashed[series.dashed] points=(points.join(" ")) {}
                    }
                    @if self.links.len() * self.series.len() <= MOST_LINKS { (self.points(series, scale)) }
                    @if let Some((x, y)) = runs.last().and_then(|run| run.last()) {
                        circle .dot cx=(px(*x)) cy=(px(*y)) r="4" {}
                        text .strong x=(px(x + 100)) y=(px(y + 50)) { (series.name) }
                    }
                }
            }
        };
        framed(&self.caption, (WIDTH, HEIGHT), drawing, &self.twin())
    }
}
