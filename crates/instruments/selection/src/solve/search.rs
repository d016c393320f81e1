//! Questions that mind no risk: round after round until HiGHS's set is allowed to the cent.

use std::time::Duration;

use crate::Error;
use crate::plan::{Broken, Row, Set};
use crate::solve::highs::{End, Run, run};
use crate::solve::model::Model;
use crate::solve::{Ask, Best, Found, ROUNDING, cut};
use crate::watch::Watch;

/// More rounds than this say that something is wrong.
const MOST_ROUNDS: usize = 10_000;

pub(super) struct Search<'a> {
    ask: &'a Ask<'a>,
    cuts: Vec<Row>,
    best: Option<Set>,
    bound: f64,
    waited: Duration,
}

impl<'a> Search<'a> {
    pub fn new(ask: &'a Ask<'a>) -> Search<'a> {
        let best = ask.start.filter(|set| ask.plan.allows(set)).cloned();
        Search { ask, cuts: Vec::new(), best, bound: f64::INFINITY, waited: Duration::ZERO }
    }

    pub fn go(mut self, watch: Watch) -> Result<Found, Error> {
        for _ in 0..MOST_ROUNDS {
            let run = self.run(&mut *watch)?;
            if run.end == End::Infeasible {
                return Ok(Found::Nothing);
            }
            let Some(point) = &run.point else { return Ok(self.end(false)) };
            let best = self.judge(&Set(point.iter().map(|value| *value > 0.5).collect()));
            if self.is_near() || best && run.end == End::Proven {
                return Ok(self.end(true));
            }
            if run.end == End::Time {
                return Ok(self.end(false));
            }
        }
        Err(Error::Solver(format!("{MOST_ROUNDS} sets in a row were not allowed")))
    }

    fn run(&mut self, watch: Watch) -> Result<Run, Error> {
        let model = Model::of(self.ask.plan, &self.ask.aim, &self.cuts);
        let unit = model.unit;
        let mut allowance = self.ask.allowance;
        allowance.seconds = (allowance.seconds - self.waited.as_secs_f64()).max(0.0);
        let start = self.best.as_ref().or(self.ask.start).map(point);
        let run = run(model, start, allowance, &self.ask.stage, watch)?;
        self.waited += run.waited;
        if run.end != End::Infeasible {
            self.bound = self.bound.min((run.bound + ROUNDING * run.bound.abs().max(1.0)) * unit);
        }
        Ok(run)
    }

    /// Takes a set that the solver takes for the best, if it is allowed: whether it is. Else it is cut off.
    fn judge(&mut self, set: &Set) -> bool {
        let plan = self.ask.plan;
        match plan.broken(set) {
            Some(Broken::Row(row)) => self.cuts.push(cut(plan, row, set)),
            // Nobody minds a floor here.
            Some(Broken::Floor) | None => {
                let merit = |set: &Set| self.ask.aim.merit(plan, set);
                if self.best.as_ref().is_none_or(|best| merit(set) >= merit(best)) {
                    self.best = Some(set.clone());
                }
                return true;
            }
        }
        false
    }

    fn is_near(&self) -> bool {
        let Some(best) = &self.best else { return false };
        let merit = self.ask.aim.merit(self.ask.plan, best) as f64;
        self.ask.allowance.gap > 0.0 && self.bound - merit <= self.ask.allowance.gap * merit.abs()
    }

    fn end(self, proven: bool) -> Found {
        match self.best {
            Some(set) => Found::Set(Best { set, bound: self.bound, proven }),
            None => Found::Unknown,
        }
    }
}

fn point(set: &Set) -> Vec<f64> {
    set.0.iter().map(|chosen| f64::from(u8::from(*chosen))).collect()
}
