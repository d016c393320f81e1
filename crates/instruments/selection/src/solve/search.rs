//! Round after round until a set is allowed to the cent and near enough to the bound.

use std::time::Duration;

use crate::Error;
use crate::plan::{Broken, Plan, Row, Set, Tail};
use crate::solve::highs::{Allowance, End, Run, run};
use crate::solve::model::{Model, Risky};
use crate::solve::tail::Pool;
use crate::solve::{Aim, Ask, Best, Found, cut, other_than};
use crate::watch::Watch;

/// More rounds than this say that something is wrong.
const MOST_ROUNDS: usize = 10_000;

/// Rounds of the relaxation, each of which learns one row of the tail.
const RELAXED_ROUNDS: usize = 60;

/// Below so many outcomes the relaxation is not worth its runs.
const MANY_OUTCOMES: usize = 2_000;

/// Rows of the tail that a search begins with.
const FIRST_ROWS: usize = 40;

/// What of the largest total the relaxation leaves to the search.
const RELAXED: f64 = 1e-6;

/// What is added to a bound for the solver's own rounding, as a part of it.
const ROUNDING: f64 = 1e-9;

pub(super) struct Search<'a> {
    ask: &'a Ask<'a>,
    pool: &'a mut Pool,
    /// Rows of the pool that the model has.
    used: Vec<usize>,
    cuts: Vec<Row>,
    best: Option<Set>,
    bound: f64,
    waited: Duration,
}

impl<'a> Search<'a> {
    pub fn new(ask: &'a Ask<'a>, pool: &'a mut Pool) -> Search<'a> {
        let best = ask.start.filter(|set| ask.plan.allows(set)).cloned();
        let mut used = Vec::new();
        if let (Some(tail), Aim::Safest) = (&ask.plan.tail, &ask.aim) {
            used.push(pool.learn_mean(tail).0);
        }
        Search { ask, pool, used, cuts: Vec::new(), best, bound: f64::INFINITY, waited: Duration::ZERO }
    }

    pub fn go(mut self, watch: Watch) -> Result<Found, Error> {
        if self.tail().is_some_and(|tail| tail.weights.len() * self.ask.plan.columns.len() > MANY_OUTCOMES)
            && !self.relax(&mut *watch)?
        {
            return Ok(Found::Nothing);
        }
        for _ in 0..MOST_ROUNDS {
            let run = self.run(true, &mut *watch)?;
            if run.end == End::Infeasible {
                return Ok(Found::Nothing);
            }
            let Some(point) = &run.point else { return Ok(self.end(false)) };
            let set = Set(point[..self.columns()].iter().map(|value| *value > 0.5).collect());
            let best = self.judge(set)?;
            if self.is_near() || best && run.end == End::Proven {
                return Ok(self.end(true));
            }
            if run.end == End::Time {
                return Ok(self.end(false));
            }
        }
        Err(Error::Solver(format!("{MOST_ROUNDS} sets in a row were not allowed")))
    }

    fn plan(&self) -> &'a Plan {
        self.ask.plan
    }

    fn columns(&self) -> usize {
        self.ask.plan.columns.len()
    }

    fn tail(&self) -> Option<&'a Tail> {
        self.ask.plan.minded(self.ask.aim == Aim::Safest)
    }

    /// Solves the relaxation until the tail's rows say all there is to say of it; `false`: there is no point at all.
    fn relax(&mut self, watch: Watch) -> Result<bool, Error> {
        let Some(tail) = self.tail() else { return Ok(true) };
        for _ in 0..RELAXED_ROUNDS {
            self.used = self.pool.all();
            let run = self.run(false, &mut *watch)?;
            if run.end == End::Infeasible {
                return Ok(false);
            }
            let Some(point) = &run.point else { return Ok(true) };
            let (point, level) = point.split_at(self.columns());
            let totals = tail.blended(point);
            let largest = totals.iter().fold(1.0, |largest: f64, total| largest.max(total.abs()));
            let wanted = match (level.first(), self.ask.plan.floor) {
                (Some(level), _) => level * tail.unit(),
                (None, floor) => floor.unwrap_or(i64::MIN) as f64,
            };
            let known =
                wanted - tail.of_totals(&totals) <= RELAXED * largest || !self.pool.learn(tail, &totals).1;
            if known {
                self.used = self.pool.tightest(point, FIRST_ROWS);
                break;
            }
        }
        Ok(true)
    }

    fn run(&mut self, whole: bool, watch: Watch) -> Result<Run, Error> {
        let plan = self.plan();
        let risky = Risky::Cuts { pool: self.pool, used: &self.used };
        let mut model = Model::of(plan, &self.ask.aim, &self.cuts, &risky);
        let unit = model.unit;
        let mut allowance = self.ask.allowance;
        // What the tail's rows leave unsaid has to fit into the gap too.
        if self.tail().is_some() {
            allowance.gap /= 2.0;
        }
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
    fn judge(&mut self, set: Set) -> Result<bool, Error> {
        let plan = self.plan();
        match plan.broken(&set) {
            Some(Broken::Row(row)) => {
                self.cuts.push(cut(plan, row, &set));
                Ok(false)
            }
            Some(Broken::Floor) => {
                if !self.learn(&set) {
                    self.cuts.push(other_than(&set));
                }
                self.mend(&set);
                Ok(false)
            }
            None => {
                let known = self.ask.aim != Aim::Safest || !self.learn(&set);
                self.take(set);
                Ok(known)
            }
        }
    }

    /// Whether the tail's row of a set is one that the model did not have.
    fn learn(&mut self, set: &Set) -> bool {
        let Some(tail) = self.tail() else { return false };
        let row = self.pool.learn(tail, &tail.totals(set)).0;
        let new = !self.used.contains(&row);
        if new {
            self.used.push(row);
        }
        new
    }

    /// Looks for a set that is allowed, one exchange from `set`, and better than the best known.
    fn mend(&mut self, set: &Set) {
        if self.ask.aim != Aim::Worth {
            return;
        }
        let least = match &self.best {
            Some(best) => self.plan().worth(best) + 1,
            None => i128::MIN,
        };
        if let Some(mended) = self.plan().mended(set, least) {
            self.take(mended);
        }
    }

    fn take(&mut self, set: Set) {
        let merit = |set: &Set| self.ask.aim.merit(self.ask.plan, set);
        if self.best.as_ref().is_none_or(|best| merit(&set) >= merit(best)) {
            self.best = Some(set);
        }
    }

    fn is_near(&self) -> bool {
        let Some(best) = &self.best else { return false };
        let merit = self.ask.aim.merit(self.plan(), best) as f64;
        let bound = self.bound * self.scale();
        self.ask.allowance.gap > 0.0 && bound - merit <= self.ask.allowance.gap * merit.abs()
    }

    /// What a bound is multiplied by to compare with [`Aim::merit`].
    fn scale(&self) -> f64 {
        match (self.ask.aim == Aim::Safest, &self.plan().tail) {
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

impl Allowance {
    /// To the end, with this much time.
    pub fn exact(seconds: f64) -> Allowance {
        Allowance { gap: 0.0, seconds }
    }
}
