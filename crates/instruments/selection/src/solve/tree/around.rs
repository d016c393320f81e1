//! A better set near the best known: each option in turn is turned round, and the others follow by exchanges.
//!
//! A set to compare with is worth more than any cut: with the best set at hand a tree is less than half as large. The
//! exchanges go by floats and by the rows of the tail that are scarcest; what they end with is judged in whole numbers.

use crate::plan::{Broken, Plan, Set};
use crate::solve::Aim;
use crate::solve::tail::Pool;
use crate::solve::tree::Tree;

/// Rows of the tail that exchanges mind: those of which a set has least to spare.
const SCARCE_ROWS: usize = 30;

/// Exchanges from one set.
const MOST_STEPS: usize = 40;

/// What a row, of which the largest term is 1, may be off by.
const OFF: f64 = 1e-9;

/// How little worth counts beside what is broken.
const BESIDE: f64 = 1e-6;

/// All limits as floats.
struct Limits {
    low: Vec<f64>,
    high: Vec<f64>,
    /// By column, then limit.
    terms: Vec<Vec<f64>>,
    /// By column; at most 1.
    worth: Vec<f64>,
}

impl Tree<'_> {
    /// Looks around the best known set, and around what it finds there, until there is nothing better.
    pub(super) fn look_around(&mut self) {
        let (plan, Aim::Worth) = (self.ask.plan, &self.ask.aim) else { return };
        let Some(mut best) = self.best.clone() else { return };
        loop {
            let before = best.clone();
            let mut limits = Limits::of(plan, self.pool, &best);
            for column in 0..plan.columns.len() {
                let Some(set) = limits.turned(&best, column) else { continue };
                if plan.worth(&set) <= plan.worth(&best) {
                    continue;
                }
                match plan.broken(&set) {
                    None => best = set,
                    Some(Broken::Floor) => {
                        let row = self.pool.learn(self.tail, &self.tail.totals(&set));
                        limits.mind(self.pool.minor(row), plan.floor);
                    }
                    Some(Broken::Row(_)) => {}
                }
            }
            if best == before {
                break;
            }
        }
        self.take(best);
    }
}

impl Limits {
    fn of(plan: &Plan, pool: &Pool, set: &Set) -> Limits {
        let columns = plan.columns.len();
        let largest = plan.columns.iter().map(|column| column.worth.unsigned_abs()).max().unwrap_or(1).max(1);
        let worth = plan.columns.iter().map(|column| column.worth as f64 / largest as f64).collect();
        let mut limits =
            Limits { low: Vec::new(), high: Vec::new(), terms: vec![Vec::new(); columns], worth };
        for row in &plan.rows {
            let mut terms = vec![0.0; columns];
            row.terms.iter().for_each(|(column, term)| terms[*column] = *term as f64);
            let side = |side: Option<i128>, none: f64| side.map_or(none, |side| side as f64);
            limits.add(&terms, side(row.low, f64::NEG_INFINITY), side(row.high, f64::INFINITY));
        }
        let chosen: Vec<f64> = set.0.iter().map(|is_in| f64::from(u8::from(*is_in))).collect();
        for row in pool.below(&chosen, f64::INFINITY, SCARCE_ROWS) {
            limits.mind(pool.minor(row), plan.floor);
        }
        limits
    }

    /// Minds a row of the tail.
    fn mind(&mut self, terms: &[f64], floor: Option<i64>) {
        self.add(terms, floor.map_or(f64::NEG_INFINITY, |floor| floor as f64), f64::INFINITY);
    }

    fn add(&mut self, terms: &[f64], low: f64, high: f64) {
        let largest = terms.iter().fold(f64::MIN_POSITIVE, |largest: f64, term| largest.max(term.abs()));
        self.low.push(low / largest);
        self.high.push(high / largest);
        self.terms.iter_mut().zip(terms).for_each(|(column, term)| column.push(term / largest));
    }

    /// The set that exchanges lead to once a column is turned round; `None`: they lead to none that is allowed.
    fn turned(&self, set: &Set, column: usize) -> Option<Set> {
        let mut turned = set.clone();
        turned.0[column] = !turned.0[column];
        let kept = self.climbed(turned, Some(column))?;
        self.climbed(kept, None)
    }

    /// Exchange after exchange, never of `frozen`: first what breaks less, then what is worth more.
    fn climbed(&self, mut set: Set, frozen: Option<usize>) -> Option<Set> {
        for _ in 0..MOST_STEPS {
            let sums = self.sums(&set);
            let broken = self.broken(&sums, None, None, f64::INFINITY);
            let step = if broken > OFF {
                Some(self.mended(&set, frozen, &sums, broken)?)
            } else {
                self.improved(&set, frozen, &sums)
            };
            let Some((out, into)) = step else { return Some(set) };
            set = set.moved(out, into);
        }
        None
    }

    fn sums(&self, set: &Set) -> Vec<f64> {
        let mut sums = vec![0.0; self.low.len()];
        for column in set.columns() {
            sums.iter_mut().zip(&self.terms[column]).for_each(|(sum, term)| *sum += term);
        }
        sums
    }

    /// By how much an exchange leaves limits broken; at least `enough` where it is that much.
    fn broken(&self, sums: &[f64], out: Option<usize>, into: Option<usize>, enough: f64) -> f64 {
        let term =
            |column: Option<usize>, limit: usize| column.map_or(0.0, |column| self.terms[column][limit]);
        let mut broken = 0.0;
        for (limit, sum) in sums.iter().enumerate() {
            let sum = sum + term(into, limit) - term(out, limit);
            broken += (sum - self.high[limit]).max(0.0) + (self.low[limit] - sum).max(0.0);
            if broken >= enough {
                break;
            }
        }
        broken
    }

    /// The exchange that breaks least, if it breaks less than is broken now.
    fn mended(&self, set: &Set, frozen: Option<usize>, sums: &[f64], now: f64) -> Option<Exchange> {
        let mut best: Option<(f64, Exchange)> = None;
        for (out, into) in exchanges(set, frozen) {
            let bonus = BESIDE * self.gain(out, into);
            let enough = best.as_ref().map_or(f64::INFINITY, |(least, _)| least + bonus);
            let broken = self.broken(sums, out, into, enough);
            if broken < enough && broken < now - OFF {
                best = Some((broken - bonus, (out, into)));
            }
        }
        best.map(|(_, exchange)| exchange)
    }

    /// The exchange that is worth most more and breaks nothing.
    fn improved(&self, set: &Set, frozen: Option<usize>, sums: &[f64]) -> Option<Exchange> {
        let mut best: Option<(f64, Exchange)> = None;
        for (out, into) in exchanges(set, frozen) {
            let gain = self.gain(out, into);
            let wanted = best.as_ref().map_or(OFF, |(most, _)| *most);
            if gain > wanted && self.broken(sums, out, into, OFF) < OFF {
                best = Some((gain, (out, into)));
            }
        }
        best.map(|(_, exchange)| exchange)
    }

    fn gain(&self, out: Option<usize>, into: Option<usize>) -> f64 {
        let worth = |column: Option<usize>| column.map_or(0.0, |column| self.worth[column]);
        worth(into) - worth(out)
    }
}

/// What goes, and what comes.
type Exchange = (Option<usize>, Option<usize>);

/// Exchanges of one for one, additions and leavings-out.
fn exchanges(set: &Set, frozen: Option<usize>) -> impl Iterator<Item = Exchange> {
    let sides = |is_in: bool| -> Vec<Option<usize>> {
        let own = (0..set.0.len()).filter(|column| set.has(*column) == is_in && frozen != Some(*column));
        std::iter::once(None).chain(own.map(Some)).collect()
    };
    let (out, into) = (sides(true), sides(false));
    out.into_iter().flat_map(move |out| into.clone().into_iter().map(move |into| (out, into)))
}
