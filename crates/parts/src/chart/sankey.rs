//! Where money flows: columns of nodes with bands between them. At most eight nodes a column, the
//! rest folded into *Other*; grey until looked at.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Decimal;
use kernel::listing::Value;
use maud::{Markup, Render, html};

use super::scale::px;
use super::{Caption, MOST_LINKS, exact_cell, framed};
use crate::number::{exact, rounded};
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

const MOST: usize = 8;
const OTHER: &str = "\u{0}other";
const WIDTH: i64 = 1070;
const SIDE: i64 = 210;
const NODE: i64 = 10;
const TOP: i64 = 36;
const FLOW: i64 = 300;
const SLOT: i64 = 24;
const GAP: i64 = 6;

/// A band between shown nodes: column, from, to.
type Key = (usize, String, String);
/// How much a band carries, and where its rows are.
type Flow = (Decimal, Option<String>);

struct Place {
    name: String,
    href: Option<String>,
    sum: Decimal,
    y: i64,
    height: i64,
    used: [i64; 2],
}

impl Sankey {
    /// Sums of a column's nodes by key: the larger of what comes in and what goes out.
    fn sums(&self, column: usize) -> BTreeMap<&str, Decimal> {
        let mut sums: BTreeMap<&str, [Decimal; 2]> = BTreeMap::new();
        for band in &self.bands {
            let value = exact(&band.value).unwrap_or_default().max(Decimal::ZERO);
            if band.column == column {
                sums.entry(&band.from).or_default()[1] += value;
            } else if band.column + 1 == column {
                sums.entry(&band.to).or_default()[0] += value;
            }
        }
        sums.into_iter().map(|(key, [into, out])| (key, into.max(out))).collect()
    }

    /// Keys drawn by themselves, largest first; ties by key.
    fn shown(&self, column: usize) -> Vec<String> {
        let mut sums: Vec<_> = self.sums(column).into_iter().collect();
        sums.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let keep = if sums.len() > MOST + 1 { MOST } else { sums.len() };
        sums.into_iter().take(keep).map(|(key, _)| key.to_owned()).collect()
    }

    /// The bands between shown nodes, smaller ones folded together.
    fn folded(&self, shown: &[BTreeSet<String>]) -> BTreeMap<Key, Flow> {
        let name = |column: usize, key: &str| {
            let own = shown.get(column).is_some_and(|keys| keys.contains(key));
            if own { key.to_owned() } else { OTHER.to_owned() }
        };
        let mut folded: BTreeMap<Key, Flow> = BTreeMap::new();
        for band in &self.bands {
            let value = exact(&band.value).unwrap_or_default();
            let key = (band.column, name(band.column, &band.from), name(band.column + 1, &band.to));
            let alone = key.1 != OTHER && key.2 != OTHER;
            if value > Decimal::ZERO {
                let entry = folded.entry(key).or_insert((Decimal::ZERO, None));
                entry.0 += value;
                entry.1 = band.href.clone().filter(|_| alone);
            }
        }
        folded
    }

    fn places(
        &self,
        column: usize,
        shown: &[String],
        bands: &BTreeMap<Key, Flow>,
        whole: Decimal,
    ) -> Vec<(String, Place)> {
        let sum_of = |key: &str| {
            let ends = |at: usize, out: bool| {
                bands
                    .iter()
                    .filter(|(k, _)| k.0 == at && key == if out { &k.1 } else { &k.2 })
                    .map(|(_, v)| v.0)
                    .sum::<Decimal>()
            };
            let into = if column > 0 { ends(column - 1, false) } else { Decimal::ZERO };
            into.max(ends(column, true))
        };
        let mut y = TOP * 10;
        let mut places = Vec::new();
        for key in shown.iter().map(String::as_str).chain([OTHER]) {
            let sum = sum_of(key);
            if sum.is_zero() {
                continue;
            }
            let height = rounded(sum * Decimal::from(FLOW) / whole, 1).max(10);
            // A thin node still needs room for its label.
            let slot = height.max(SLOT * 10);
            let node = self.columns[column].nodes.iter().find(|node| node.key == key);
            let place = Place {
                name: node.map_or_else(|| "Other".to_owned(), |node| node.name.clone()),
                href: node.and_then(|node| node.href.clone()),
                sum,
                y: y + (slot - height) / 2,
                height,
                used: [0, 0],
            };
            y += slot + GAP * 10;
            places.push((key.to_owned(), place));
        }
        places
    }

    fn write(&self, number: Decimal) -> String {
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

    fn x_of(&self, column: usize) -> i64 {
        let last = i64::try_from(self.columns.len().saturating_sub(1).max(1)).unwrap_or(1);
        SIDE + (WIDTH - 2 * SIDE - NODE) * i64::try_from(column).unwrap_or(0) / last
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
                            (short(&place.name)) " " tspan { (self.write(place.sum)) }
                        }
                    };
                    @if let Some(href) = &place.href { a href=(href) { (label) } } @else { (label) }
                }
            }
        }
    }

    fn twin(&self, bands: &BTreeMap<Key, Flow>, names: &BTreeMap<(usize, String), String>) -> SimpleTable {
        let named =
            |column: usize, key: &String| names.get(&(column, key.clone())).cloned().unwrap_or_default();
        let heads = vec![Head::words("From"), Head::words("To"), Head::figures(&self.caption.unit)];
        let table = SimpleTable::new(&self.caption.finding, heads).caption_hidden().dense();
        bands.iter().fold(table, |table, ((column, from, to), (value, href))| {
            let value = exact_cell(&self.in_kind(*value), href.as_deref());
            table.row(vec![named(*column, from).into(), named(column + 1, to).into(), value])
        })
    }
}

impl Render for Sankey {
    fn render(&self) -> Markup {
        let shown: Vec<Vec<String>> = (0..self.columns.len()).map(|column| self.shown(column)).collect();
        let sets: Vec<BTreeSet<String>> = shown.iter().map(|keys| keys.iter().cloned().collect()).collect();
        let bands = self.folded(&sets);
        let whole = (0..self.columns.len())
            .map(|column| self.sums(column).values().copied().sum::<Decimal>())
            .max()
            .filter(|sum| !sum.is_zero())
            .unwrap_or(Decimal::ONE);
        let mut places: Vec<Vec<(String, Place)>> = (0..self.columns.len())
            .map(|column| self.places(column, &shown[column], &bands, whole))
            .collect();
        let names: BTreeMap<(usize, String), String> = (places.iter().enumerate())
            .flat_map(|(column, places)| {
                places.iter().map(move |(key, place)| ((column, key.clone()), place.name.clone()))
            })
            .collect();
        let bottom = places.iter().flatten().map(|(_, place)| place.y + place.height.max(SLOT * 10)).max();
        let height = bottom.unwrap_or(TOP * 10) / 10 + 8;
        let linked = bands.len() <= MOST_LINKS;
        let drawing = html! {
            g .bands {
                @if linked {
                    @for (key, (value, href)) in in_drawing_order(&bands, &places) {
                        @let path = self.band(&key, value, whole, &mut places);
                        (self.one_band(&key, value, href.as_ref(), &path, &names))
                    }
                } @else {
                    @for path in self.bands_by_source(&bands, whole, &mut places) { path d=(path) {} }
                }
            }
            @for (column, places) in places.iter().enumerate() { (self.column(column, places)) }
        };
        framed(&self.caption, (WIDTH, height), drawing, &self.twin(&bands, &names))
    }
}

impl Sankey {
    /// The outline of a band from where its source has room to where its target has, in whole pixels.
    fn band(&self, key: &Key, value: Decimal, whole: Decimal, places: &mut [Vec<(String, Place)>]) -> String {
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
        path.replace(" -", "-")
    }

    fn one_band(
        &self,
        (column, from, to): &Key,
        value: Decimal,
        href: Option<&String>,
        path: &str,
        names: &BTreeMap<(usize, String), String>,
    ) -> Markup {
        let name = |column: usize, key: &String| names.get(&(column, key.clone())).map_or("", String::as_str);
        let says = format!("{} to {}: {}", name(*column, from), name(column + 1, to), self.write(value));
        let inside = html! { path d=(path) { title { (says) } } };
        html! { @if let Some(href) = href { a href=(href) aria-label=(says) { (inside) } } @else { (inside) } }
    }

    /// Too many bands to be links: one outline per source node.
    fn bands_by_source(
        &self,
        bands: &BTreeMap<Key, Flow>,
        whole: Decimal,
        places: &mut [Vec<(String, Place)>],
    ) -> Vec<String> {
        let mut paths: Vec<((usize, String), String)> = Vec::new();
        for (key, (value, _)) in in_drawing_order(bands, places) {
            let path = self.band(&key, value, whole, places);
            let source = (key.0, key.1);
            match paths.last_mut() {
                Some((last, paths)) if *last == source => paths.push_str(&path),
                _ => paths.push((source, path)),
            }
        }
        paths.into_iter().map(|(_, path)| path).collect()
    }
}

type Drawn = (Key, Flow);

/// By the places of their ends, so that bands cross as little as may be.
fn in_drawing_order(bands: &BTreeMap<Key, Flow>, places: &[Vec<(String, Place)>]) -> Vec<Drawn> {
    let rank = |column: usize, key: &str| places[column].iter().position(|(k, _)| k == key);
    let mut order: Vec<Drawn> = bands.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    order.sort_by_key(|((column, from, to), _)| (*column, rank(*column, from), rank(column + 1, to)));
    order
}

fn short(name: &str) -> String {
    if name.chars().count() <= 20 {
        name.to_owned()
    } else {
        format!("{}…", name.chars().take(19).collect::<String>().trim_end())
    }
}
