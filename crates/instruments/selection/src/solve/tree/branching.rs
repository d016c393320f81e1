//! Which option to decide next: the one that lowers the bound most on both sides.
//!
//! What a decision lowered the bound by, per part that was rounded, is remembered by option and side; an option of
//! which little is known is tried on both (Achterberg, Koch and Martin 2005, *Branching rules revisited*:
//! reliability branching).

use crate::Error;
use crate::solve::relaxation::{Fixed, Point};
use crate::solve::tree::Tree;
use crate::solve::tree::node::Node;

/// Options that are tried before one is decided.
const TRIED: usize = 8;

/// Times a side must have been seen before it is believed.
const RELIABLE: u32 = 4;

/// What counts where a side has no point at all.
const HOPELESS: f64 = 1e9;

/// What is known of each option.
pub(super) struct Branching {
    /// By side (out, in), then column: how much the bound fell for each part that was rounded, and how often.
    fallen: [Vec<(f64, u32)>; 2],
}

/// A decision: this option is in, or out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub column: usize,
    pub is_in: bool,
    /// The part that rounding it moves by.
    pub moved: f64,
}

impl Decision {
    /// Both ways to decide on a column that has a part; the nearer side first.
    pub fn both(column: usize, part: f64) -> [Decision; 2] {
        let into = Decision { column, is_in: true, moved: 1.0 - part };
        let out = Decision { column, is_in: false, moved: part };
        if part >= 0.5 { [into, out] } else { [out, into] }
    }
}

impl Branching {
    pub fn new(columns: usize) -> Branching {
        Branching { fallen: [vec![(0.0, 0); columns], vec![(0.0, 0); columns]] }
    }

    /// The bound fell by `by` after a decision.
    pub fn saw(&mut self, decision: &Decision, by: f64) {
        let (sum, count) = &mut self.fallen[usize::from(decision.is_in)][decision.column];
        *sum += by.max(0.0) / decision.moved;
        *count += 1;
    }

    pub fn is_reliable(&self, column: usize) -> bool {
        self.fallen.iter().all(|side| side[column].1 >= RELIABLE)
    }

    /// How much deciding on a column that has a part is worth, as far as is known.
    pub fn score(&self, column: usize, part: f64) -> f64 {
        let [first, second] = Decision::both(column, part).map(|decision| self.expected(&decision));
        worth_of(first, second)
    }

    fn expected(&self, decision: &Decision) -> f64 {
        let side = &self.fallen[usize::from(decision.is_in)];
        let (sum, count) = match side[decision.column] {
            (_, 0) => side.iter().fold((0.0, 0), |(sums, counts), (sum, count)| (sums + sum, counts + count)),
            known => known,
        };
        sum / f64::from(count.max(1)) * decision.moved
    }
}

impl Tree<'_> {
    /// Opens both ways to decide on the option that is best decided on, the nearer one to be looked at next.
    pub(super) fn branch(&mut self, point: &Point, fixed: Fixed) -> Result<(), Error> {
        let Some(column) = self.choice(point, &fixed)? else { return Ok(()) };
        for decision in Decision::both(column, point.parts[column]).into_iter().rev() {
            self.numbered += 1;
            let mut fixed = fixed.clone();
            fixed[column] = Some(decision.is_in);
            let node = Node { bound: point.bound, number: self.numbered, fixed, decision: Some(decision) };
            self.open.extend(self.dive.replace(node));
        }
        Ok(())
    }

    /// The column to decide on.
    fn choice(&mut self, point: &Point, fixed: &Fixed) -> Result<Option<usize>, Error> {
        let mut torn: Vec<(f64, usize)> = (point.torn())
            .map(|column| (self.branching.score(column, point.parts[column]), column))
            .collect();
        torn.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut best: Option<(f64, usize)> = None;
        for (known, column) in torn.into_iter().take(TRIED) {
            let reliable = self.branching.is_reliable(column);
            let score = if reliable { known } else { self.tried(point, column, fixed)? };
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, column));
            }
        }
        Ok(best.map(|(_, column)| column))
    }

    /// What deciding on a column is worth, by trying both sides.
    fn tried(&mut self, point: &Point, column: usize, fixed: &Fixed) -> Result<f64, Error> {
        let mut fallen = [HOPELESS; 2];
        for (decision, by) in Decision::both(column, point.parts[column]).iter().zip(&mut fallen) {
            let mut fixed = fixed.clone();
            fixed[column] = Some(decision.is_in);
            if let Some(side) = self.relaxation.solve(&fixed, self.pool)? {
                *by = point.bound - side.bound;
                self.branching.saw(decision, *by);
            }
        }
        Ok(worth_of(fallen[0], fallen[1]))
    }
}

/// Both sides count: their product.
fn worth_of(one: f64, other: f64) -> f64 {
    const NOTHING: f64 = 1e-8;
    one.max(NOTHING) * other.max(NOTHING)
}
