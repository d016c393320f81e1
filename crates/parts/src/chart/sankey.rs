//! Where money flows: columns of nodes with bands between them. At most eight nodes a column, the
//! rest folded into *Other*; grey until looked at.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Decimal;
use kernel::listing::Value;
use maud::{Markup, Render, html};

use super::sankey_layout::{FLOW, Flow, Key, LETTER, NODE, Place, SLOT, TOP, WIDTH, in_drawing_order};
use super::scale::px;
use super::{Caption, exact_cell, framed};
use crate::number::rounded;
use crate::simple_table::{Head, SimpleTable};

/// A node.
#[derive(Clone, Debug)]
pub struct Node {
    /// What bands call it; unique in its column.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// Nodes beside each other.
#[derive(Clone, Debug)]
pub struct Column {
    /// `Cost pools`
    pub label: String,
    /// In any order; drawn by size.
    pub nodes: Vec<Node>,
}

/// Money from a node to one of the next column.
#[derive(Clone, Debug)]
pub struct Band {
    /// Column it starts from, from 0.
    pub column: usize,
    /// Key of the node it starts from.
    pub from: String,
    /// Key of the node it leads to.
    pub to: String,
    /// How much: not negative; what is less is left to the table.
    pub value: Value,
    /// Where its rows are.
    pub href: Option<String>,
}

/// Two or three columns with bands.
#[derive(Clone, Debug)]
pub struct Sankey {
    /// The finding, the unit, how values are written.
    pub caption: Caption,
    /// From left to right.
    pub columns: Vec<Column>,
    /// Between neighbours.
    pub bands: Vec<Band>,
}

impl Sankey {
    pub(super) fn write(&self, number: Decimal) -> String {
        self.caption.write(&self.in_kind(number))
    }

    fn in_kind(&self, number: Decimal) -> Value {
        match self.bands.first().map(|band| &band.value) {
            Some(Value::Money(money)) => {
                kernel::Money::of_minor(rounded(number, money.currency().digits()), money.currency()).into()
            }
            _ => Value::Decimal(number),
        }
    }

    /// A column's heading with its sum, its nodes as one outline, and their labels.
    fn column(&self, column: usize, places: &[(String, Place)]) -> Markup {
        let x = self.x_of(column);
        let (at, end, anchor) =
            if column == 0 { (x - 8, x + NODE, "end") } else { (x + NODE + 8, x, "start") };
        let outline: String = (places.iter())
            .map(|(_, place)| format!("M{x} {}h{NODE}v{}h-{NODE}z", px(place.y), px(place.height)))
            .collect();
        let sum: Decimal = places.iter().map(|(_, place)| place.sum).sum();
        html! {
            path .node d=(outline) {}
            g text-anchor=(anchor) {
                text .head x=(end) y="16" { (self.columns[column].label) " " tspan { (self.write(sum)) } }
                @for (_, place) in places {
                    @let label = html! {
                        text x=(at) y=((place.y + place.height / 2 + 55) / 10) {
                            (self.label(column, place)) " " tspan { (self.write(place.sum)) }
                        }
                    };
                    @if let Some(href) = &place.href {
                        @let wide = self.label_width(column, place);
                        // As tall as a finger needs: letters alone are less than 24 px.
                        a href=(href) {
                            rect .hit x=(if column == 0 { at - wide } else { at })
                                y=((place.y + place.height / 2 + 55) / 10 - 17) width=(wide) height=(SLOT) {}
                            (label)
                        }
                    } @else { (label) }
                }
            }
        }
    }

    fn label_width(&self, column: usize, place: &Place) -> i64 {
        let letters = self.label(column, place).chars().count() + 1 + self.write(place.sum).chars().count();
        LETTER * i64::try_from(letters).unwrap_or(SLOT)
    }

    fn twin(&self, bands: &BTreeMap<Key, Flow>) -> SimpleTable {
        let heads = vec![Head::words("From"), Head::words("To"), Head::figures("Amount")];
        let table = SimpleTable::new(&self.caption.finding, heads).caption_hidden().dense();
        let table = table.unit(html! { (self.caption.unit) });
        bands.iter().fold(table, |table, ((column, from, to), (value, href))| {
            let value = exact_cell(&self.in_kind(*value), href.as_deref());
            table.row(vec![self.name(*column, from).into(), self.name(column + 1, to).into(), value])
        })
    }
}

impl Render for Sankey {
    fn render(&self) -> Markup {
        let shown: Vec<Vec<String>> = (0..self.columns.len()).map(|column| self.shown(column)).collect();
        let sets: Vec<BTreeSet<String>> = shown.iter().map(|keys| keys.iter().cloned().collect()).collect();
        let all = self.folded(&sets);
        let mut bands = all.clone();
        bands.retain(|_, (value, _)| *value > Decimal::ZERO);
        let whole = (0..self.columns.len())
            .map(|column| self.sums(column).values().copied().sum::<Decimal>())
            .max()
            .filter(|sum| !sum.is_zero())
            .unwrap_or(Decimal::ONE);
        let mut places: Vec<Vec<(String, Place)>> = (0..self.columns.len())
            .map(|column| self.places(column, &shown[column], &bands, whole))
            .collect();
        let bottom = places.iter().flatten().map(|(_, place)| place.y + place.height.max(SLOT * 10)).max();
        let height = bottom.unwrap_or(TOP * 10) / 10 + 8;
        let drawing = html! {
            g .bands { (self.bands(&bands, whole, &mut places)) }
            @for (column, places) in places.iter().enumerate() { (self.column(column, places)) }
        };
        framed(&self.caption, (WIDTH, height), drawing, &self.twin(&all))
    }
}

impl Sankey {
    /// The outline of a band from where its source has room to where its target has, in whole pixels.
    fn band(
        &self,
        key: &Key,
        value: Decimal,
        whole: Decimal,
        places: &mut [Vec<(String, Place)>],
    ) -> DrawnBand {
        let (column, from, to) = key;
        let thick = rounded(value * Decimal::from(FLOW) / whole, 1).max(5);
        let mut end = |column: usize, key: &str, side: usize| {
            places[column].iter_mut().find(|(k, _)| k == key).map_or(0, |(_, place)| {
                let top = place.y + place.used[side];
                place.used[side] += thick;
                (top + 5) / 10
            })
        };
        let (y1, y2) = (end(*column, from, 1), end(column + 1, to, 0));
        let (x1, wide) = (self.x_of(*column) + NODE, self.x_of(column + 1) - self.x_of(*column) - NODE);
        let (half, rise, high) = (wide / 2, y2 - y1, (thick + 5).max(10) / 10);
        let path = format!(
            "M{x1} {y1}c{half} 0 {half} {rise} {wide} {rise}v{high}c-{half} 0 -{half} {back} -{wide} {back}z",
            back = -rise
        );
        DrawnBand { outline: path.replace(" -", "-"), x: x1 + wide, y: y2, high }
    }

    /// The largest bands as links, each with what it carries written on it where it is thick enough; of the
    /// others one outline per source node.
    fn bands(
        &self,
        bands: &BTreeMap<Key, Flow>,
        whole: Decimal,
        places: &mut [Vec<(String, Place)>],
    ) -> Markup {
        let linked = largest(bands);
        let (mut links, mut outlines) = (Vec::new(), Vec::<((usize, String), String)>::new());
        for (key, (value, href)) in in_drawing_order(bands, places) {
            let drawn = self.band(&key, value, whole, places);
            match href.filter(|_| linked.contains(&key)) {
                Some(href) => links.push(self.one_band(&key, value, &href, &drawn)),
                None => {
                    let source = (key.0, key.1);
                    match outlines.last_mut() {
                        Some((last, outline)) if *last == source => outline.push_str(&drawn.outline),
                        _ => outlines.push((source, drawn.outline)),
                    }
                }
            }
        }
        html! {
            @for (_, outline) in &outlines { path d=(outline) {} }
            @for link in &links { (link) }
        }
    }

    fn one_band(&self, (column, from, to): &Key, value: Decimal, href: &str, drawn: &DrawnBand) -> Markup {
        let (from, to) = (self.name(*column, from), self.name(column + 1, to));
        let carries = self.write(value);
        html! {
            a href=(href) {
                title { (from) " to " (to) ": " (carries) }
                path d=(drawn.outline) {}
                @if drawn.high >= THICK { text x=(drawn.x - 6) y=(drawn.y + drawn.high / 2 + 5) text-anchor="end" { (carries) } }
            }
        }
    }
}

/// A band's outline, where it ends, and how thick it is, in whole pixels. What it carries is written at its
/// end: where it starts, the name of its source stands.
struct DrawnBand {
    outline: String,
    x: i64,
    y: i64,
    high: i64,
}

/// So many bands are links: more would make the drawing too long, and too many stops for the keyboard.
const MOST_BANDS: usize = 10;
/// From that many pixels on, a band has room for what it carries.
const THICK: i64 = 14;

/// The largest bands that lead somewhere; ties by key.
fn largest(bands: &BTreeMap<Key, Flow>) -> BTreeSet<Key> {
    let leading = bands.iter().filter(|(_, (_, href))| href.is_some());
    let mut all: Vec<(&Key, Decimal)> = leading.map(|(key, (value, _))| (key, *value)).collect();
    all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    all.into_iter().take(MOST_BANDS).map(|(key, _)| key.clone()).collect()
}
