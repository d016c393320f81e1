//! Where a sankey's nodes and bands lie: which nodes are drawn by themselves, how tall, in which order.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Decimal;

use super::Sankey;
use crate::number::{exact, rounded};

const MOST: usize = 8;
const OTHER: &str = "\u{0}other";
pub(super) const WIDTH: i64 = 1070;
const SIDE: i64 = 210;
pub(super) const NODE: i64 = 10;
pub(super) const TOP: i64 = 36;
pub(super) const FLOW: i64 = 300;
pub(super) const SLOT: i64 = 24;
/// About as wide as a letter of a node's name.
pub(super) const LETTER: i64 = 8;
const GAP: i64 = 6;

/// A band between shown nodes: column, from, to.
pub(super) type Key = (usize, String, String);
/// How much a band carries, and where its rows are.
pub(super) type Flow = (Decimal, Option<String>);

/// A node as it is drawn; lengths in tenths of pixels.
pub(super) struct Place {
    pub(super) name: String,
    pub(super) href: Option<String>,
    pub(super) sum: Decimal,
    pub(super) y: i64,
    pub(super) height: i64,
    pub(super) used: [i64; 2],
}

impl Sankey {
    /// Sums of a column's nodes by key: the larger of what comes in and what goes out.
    pub(super) fn sums(&self, column: usize) -> BTreeMap<&str, Decimal> {
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
    pub(super) fn shown(&self, column: usize) -> Vec<String> {
        let mut sums: Vec<_> = self.sums(column).into_iter().collect();
        sums.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let keep = if sums.len() > MOST + 1 { MOST } else { sums.len() };
        sums.into_iter().take(keep).map(|(key, _)| key.to_owned()).collect()
    }

    /// The bands between shown nodes, smaller ones folded together, also those that cannot be drawn
    /// because they are not more than nothing. A band keeps its link only while it stands alone.
    pub(super) fn folded(&self, shown: &[BTreeSet<String>]) -> BTreeMap<Key, Flow> {
        let name = |column: usize, key: &str| {
            let own = shown.get(column).is_some_and(|keys| keys.contains(key));
            if own { key.to_owned() } else { OTHER.to_owned() }
        };
        let mut folded: BTreeMap<Key, Flow> = BTreeMap::new();
        for band in &self.bands {
            let value = exact(&band.value).unwrap_or_default();
            let key = (band.column, name(band.column, &band.from), name(band.column + 1, &band.to));
            let own = band.href.clone().filter(|_| key.1 != OTHER && key.2 != OTHER);
            let entry = folded.entry(key).and_modify(|entry| entry.1 = None).or_insert((Decimal::ZERO, own));
            entry.0 += value;
        }
        folded
    }

    /// What a node is called.
    pub(super) fn name<'a>(&'a self, column: usize, key: &'a str) -> &'a str {
        let node =
            self.columns.get(column).and_then(|column| column.nodes.iter().find(|node| node.key == key));
        node.map_or(if key == OTHER { "Other" } else { key }, |node| node.name.as_str())
    }

    /// The nodes of a column from top to bottom, `whole` being as tall as the drawing.
    pub(super) fn places(
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
                name: self.name(column, key).to_owned(),
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

    /// A node's name as far as there is room beside its sum: at the sides the margin, in between the way to the
    /// next column less what a band has written on its end.
    pub(super) fn label(&self, column: usize, place: &Place) -> String {
        let outer = column == 0 || column + 1 == self.columns.len();
        let wide =
            if outer { SIDE } else { self.x_of(column + 1) - self.x_of(column) - NODE - 6 * LETTER } - 8;
        // Letters of names are a little narrower than the digits and signs that a click has to hit.
        let letters = usize::try_from(wide * 2 / 15).unwrap_or(0);
        short(&place.name, letters.saturating_sub(self.write(place.sum).chars().count() + 1).max(12))
    }

    /// Left edge of a column's nodes, in pixels.
    pub(super) fn x_of(&self, column: usize) -> i64 {
        let last = i64::try_from(self.columns.len().saturating_sub(1).max(1)).unwrap_or(1);
        SIDE + (WIDTH - 2 * SIDE - NODE) * i64::try_from(column).unwrap_or(0) / last
    }
}

/// A band with what it carries.
pub(super) type Drawn = (Key, Flow);

/// By the places of their ends, so that bands cross as little as may be.
pub(super) fn in_drawing_order(bands: &BTreeMap<Key, Flow>, places: &[Vec<(String, Place)>]) -> Vec<Drawn> {
    let rank = |column: usize, key: &str| places[column].iter().position(|(k, _)| k == key);
    let mut order: Vec<Drawn> = bands.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    order.sort_by_key(|((column, from, to), _)| (*column, rank(*column, from), rank(column + 1, to)));
    order
}

/// The name in at most so many letters.
fn short(name: &str, letters: usize) -> String {
    if name.chars().count() <= letters {
        name.to_owned()
    } else {
        format!("{}…", name.chars().take(letters.saturating_sub(1)).collect::<String>().trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_name_is_cut_only_where_it_has_no_room() {
        assert_eq!(short("Customer Care Desktop", 21), "Customer Care Desktop");
        assert_eq!(short("Customer Care Desktop", 15), "Customer Care…");
    }
}
