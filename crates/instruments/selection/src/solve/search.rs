//! Round after round until a set is allowed to the cent and near enough to the bound.

use std::time::Duration;

use crate::Error;
use crate::plan::{Broken, Row, Set, Tail};
use crate::solve::highs::{End, Run, run};
use crate::solve::model::{Model, Risky};
use crate::solve::tail::Pool;
use crate::solve::{Aim, Ask, Best, Found, cut, other_than};
use crate::watch::Watch;

/// More rounds than this say that something is wrong.
const MOST_ROUNDS: usize = 10_000;

/// Below so many outcomes the relaxation is not worth its runs.
const MANY_OUTCOMES: usize = 2_000;

/// Rounds that look at [`FEW_NODES`] only: what they find teaches as much of the tail as the best would.
const HURRIED_ROUNDS: usize = 60;

/// Nodes of a hurried round.
const FEW_NODES: i32 = 50;

/// The gap at which rows of the tail are learnt, as a part of the one wanted: a rough set teaches as much.
const ROUGH: f64 = 5.0;

/// The gap after that: what the tail's rows leave unsaid has to fit in too.
const FINE: f64 = 0.7;

/// What is added to a bound for the solver's own rounding, as a part of it.
const ROUNDING: f64 = 1e-9;

pub(super) struct Search<'a> {
    pub(super) ask: &'a Ask<'a>,
    pub(super) pool: &'a mut Pool,
    /// Rows of the pool that the model has.
    pub(super) used: Vec<usize>,
    cuts: Vec<Row>,
    best: Option<Set>,
    bound: f64,
    /// What part of the gap the solver is asked to reach.
    part_of_gap: f64,
    /// Rounds left that may look at a few nodes only.
    hurried: usize,
    waited: Duration,
}

impl<'a> Search<'a> {
    pub fn new(ask: &'a Ask<'a>, pool: &'a mut Pool) -> Search<'a> {
        let best = ask.start.filter(|set| ask.plan.allows(set)).cloned();
        let mut used = Vec::new();
        if let (Some(tail), Aim::Safest) = (&ask.plan.tail, &ask.aim) {
            used.push(pool.learn_mean(tail).0);
        }
        let part_of_gap = if ask.plan.minded(ask.aim == Aim::Safest).is_some() { ROUGH } else { 1.0 };
        let (cuts, bound, waited) = (Vec::new(), f64::INFINITY, Duration::ZERO);
        Search { ask, pool, used, cuts, best, bound, part_of_gap, hurried: 0, waited }
    }

    pub fn go(mut self, watch: Watch) -> Result<Found, Error> {
        if self.is_large() {
            if !self.relax(&mut *watch)? {
                return Ok(Found::Nothing);
            }
            self.hurried = HURRIED_ROUNDS;
        }
        for _ in 0..MOST_ROUNDS {
            let run = self.run(true, &mut *watch)?;
            if run.end == End::Infeasible {
                return Ok(Found::Nothing);
            }
            let Some(point) = &run.point else {
                if run.end != End::Nodes {
                    return Ok(self.end(false));
                }
                self.hurried = 0;
                continue;
            };
            let set = Set(point[..self.columns()].iter().map(|value| *value > 0.5).collect());
            let best = self.judge(&set);
            if self.is_near() || best && run.end == End::Proven && self.is_fine() {
                return Ok(self.end(true));
            }
            if best {
                self.part_of_gap = FINE;
            }
            self.hurried = if best { 0 } else { self.hurried.saturating_sub(1) };
            if run.end == End::Time {
                return Ok(self.end(false));
            }
        }
        Err(Error::Solver(format!("{MOST_ROUNDS} sets in a row were not allowed")))
    }

    pub(super) fn columns(&self) -> usize {
        self.ask.plan.columns.len()
    }

    pub(super) fn tail(&self) -> Option<&'a Tail> {
        self.ask.plan.minded(self.ask.aim == Aim::Safest)
    }

    fn is_large(&self) -> bool {
        self.tail().is_some_and(|tail| tail.weights.len() * self.columns() > MANY_OUTCOMES)
    }

    pub(super) fn use_row(&mut self, row: usize) -> bool {
        let new = !self.used.contains(&row);
        if new {
            self.used.push(row);
        }
        new
    }

    pub(super) fn run(&mut self, whole: bool, watch: Watch) -> Result<Run, Error> {
        let plan = self.ask.plan;
        let risky = Risky::Cuts { pool: self.pool, used: &self.used };
        let mut model = Model::of(plan, &self.ask.aim, &self.cuts, &risky);
        let unit = model.unit;
        let mut allowance = self.ask.allowance;
        allowance.gap *= self.part_of_gap;
        allowance.nodes = (self.hurried > 0).then_some(FEW_NODES);
        allowance.seconds = (allowance.seconds - self.waited.as_secs_f64()).max(0.0);
        let start = if whole {
            self.best.as_ref().or(self.ask.start).map(|set| self.point(set, &model))
        } else {
            model.columns.iter_mut().for_each(|column| column.whole = false);
            None
        };
        let run = run(model, start, allowance, &self.ask.stage, watch)?;
        self.waited += run.waited;
        if whole && run.end != End::Infeasible {
            self.bound = self.bound.min((run.bound + ROUNDING * run.bound.abs().max(1.0)) * unit);
        }
        Ok(run)
    }

    fn point(&self, set: &Set, model: &Model) -> Vec<f64> {
        let mut point: Vec<f64> = set.0.iter().map(|chosen| f64::from(u8::from(*chosen))).collect();
        if let (true, Some(tail)) = (model.columns.len() > point.len(), self.tail()) {
            point.push(tail.of_set(set) as f64 / tail.mass() as f64 / tail.unit());
        }
        point
    }

    /// Takes a set that the solver takes for the best: whether it is. Else something is learnt from it.
    fn judge(&mut self, set: &Set) -> bool {
        let plan = self.ask.plan;
        match plan.broken(set) {
            Some(Broken::Row(row)) => {
                self.cuts.push(cut(plan, row, set));
                false
            }
            Some(Broken::Floor) => {
                if !self.learn(set) {
                    self.cuts.push(other_than(set));
                }
                self.mend(set);
                false
            }
            None => {
                let known = self.ask.aim != Aim::Safest || !self.learn(set);
                let safer = match (self.tail(), &self.ask.aim) {
                    (Some(tail), Aim::Safest) => plan.safer(set, tail, self.pool),
                    _ => set.clone(),
                };
                self.take(safer);
                known
            }
        }
    }

    /// Whether the tail's row of a set is one that the model did not have.
    fn learn(&mut self, set: &Set) -> bool {
        let Some(tail) = self.tail() else { return false };
        let row = self.pool.learn(tail, &tail.totals(set)).0;
        self.use_row(row)
    }

    /// Looks for a set that is allowed, one exchange from `set`, and better than the best known.
    fn mend(&mut self, set: &Set) {
        if self.ask.aim != Aim::Worth {
            return;
        }
        let plan = self.ask.plan;
        let least = self.best.as_ref().map_or(i128::MIN, |best| plan.worth(best) + 1);
        if let Some(mended) = plan.mended(set, least) {
            self.take(plan.exchanged(&mended));
        }
    }

    fn take(&mut self, set: Set) {
        let merit = |set: &Set| self.ask.aim.merit(self.ask.plan, set);
        if self.best.as_ref().is_none_or(|best| merit(&set) >= merit(best)) {
            self.best = Some(set);
        }
    }

    /// Whether the solver was asked for no more than the gap.
    fn is_fine(&self) -> bool {
        self.part_of_gap <= 1.0 || self.ask.allowance.gap == 0.0
    }

    fn is_near(&self) -> bool {
        let Some(best) = &self.best else { return false };
        let merit = self.ask.aim.merit(self.ask.plan, best) as f64;
        let bound = self.bound * self.scale();
        self.ask.allowance.gap > 0.0 && bound - merit <= self.ask.allowance.gap * merit.abs()
    }

    /// What a bound is multiplied by to compare with [`Aim::merit`].
    fn scale(&self) -> f64 {
        match (self.ask.aim == Aim::Safest, &self.ask.plan.tail) {
            (true, Some(tail)) => tail.mass() as f64,
            _ => 1.0,
        }
    }

    fn end(self, proven: bool) -> Found {
        match self.best {
            Some(set) => Found::Set(Best { set, bound: self.bound, proven }),
            None => Found::Unknown,
        }
    }
}
