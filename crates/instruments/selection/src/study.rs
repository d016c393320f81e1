//! A problem, ready for questions: the best set, the best with or without somebody, and what contradicts what.

use crate::answer::{Answer, Conflict, Outcome, Proof, answer};
use crate::plan::{Plan, Set, check_pick};
use crate::solve::{Aim, Allowance, Ask, Best, Found, Pool};
use crate::ties::first_of_equals;
use crate::watch::{Stage, Watch};
use crate::{Error, Limit, Pick, Problem};

/// How good an answer must be, and how long it may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The part of the value by which a set may be below the bound: 0.01 is one percent, 0 is the proven best.
    pub gap: f64,
    /// Seconds that the solver may take for any one question: the best set, a point of a frontier, a limit left out.
    pub seconds: f64,
}

impl Default for Settings {
    /// The proven best, within a minute.
    fn default() -> Settings {
        Settings { gap: 0.0, seconds: 60.0 }
    }
}

/// A problem that was checked, and how to work on it.
#[derive(Clone, Debug)]
pub struct Study<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) plan: Plan,
    pub(crate) settings: Settings,
}

impl<'a> Study<'a> {
    /// Checks `problem`.
    ///
    /// # Errors
    /// [`Error::Problem`] where it contradicts itself; [`Error::Question`] for a gap or time that is no number
    /// from zero up.
    pub fn new(problem: &'a Problem, settings: Settings) -> Result<Study<'a>, Error> {
        for (name, number) in [("gap", settings.gap), ("time", settings.seconds)] {
            if !number.is_finite() || number < 0.0 {
                return Err(Error::Question(format!("The {name} is a number from 0 up, not {number}")));
            }
        }
        Ok(Study { problem, plan: Plan::of(problem)?, settings })
    }

    /// The limits of the problem, sorted.
    pub fn limits(&self) -> &[Limit] {
        &self.plan.limits
    }

    /// The set that is worth most within all limits, or which limits contradict each other.
    ///
    /// # Errors
    /// [`Error::Stopped`] by the watch; [`Error::Solver`].
    pub fn best(&self, watch: Watch) -> Result<Outcome, Error> {
        self.outcome(&self.plan, None, Stage::Best, watch)
    }

    /// The best set with `pick` in it: what it would cost to do it all the same. A conflict says which limits
    /// keep it out.
    ///
    /// # Errors
    /// [`Error::Question`] where nobody has that name; like [`Study::best`].
    pub fn with(&self, pick: &Pick, watch: Watch) -> Result<Outcome, Error> {
        check_pick(self.problem, pick).map_err(Error::Question)?;
        let mut problem = self.problem.clone();
        if !problem.mandatory.contains(pick) {
            problem.mandatory.push(pick.clone());
        }
        let study = Study::new(&problem, self.settings)?;
        study.outcome(&study.plan, None, Stage::With(pick.clone()), watch)
    }

    /// The best set without `pick`: what it is worth to the set.
    ///
    /// # Errors
    /// [`Error::Question`] where nobody has that name; like [`Study::best`].
    pub fn without(&self, pick: &Pick, watch: Watch) -> Result<Outcome, Error> {
        check_pick(self.problem, pick).map_err(Error::Question)?;
        let mut plan = self.plan.clone();
        let terms = plan.meant(pick).map(|column| (column, 1)).collect();
        plan.rows.push(crate::plan::Row { limit: None, terms, low: None, high: Some(0) });
        self.outcome(&plan, None, Stage::Without(pick.clone()), watch)
    }

    /// The best of a plan, with its proof; from `start`, or from what a greedy hand takes.
    pub(crate) fn outcome(
        &self,
        plan: &Plan,
        start: Option<&Set>,
        stage: Stage,
        watch: Watch,
    ) -> Result<Outcome, Error> {
        let mut pool = Pool::default();
        let best = match self.solve(plan, Aim::Worth, start, stage, &mut pool, &mut *watch)? {
            Found::Set(best) => best,
            Found::Nothing => return Ok(Outcome::Conflict(self.conflict(plan, watch)?)),
            Found::Unknown => return Ok(Outcome::Unknown),
        };
        Ok(Outcome::Chosen(Box::new(self.proven(plan, best, &mut pool, watch)?)))
    }

    /// The solver's set after every exchange that improves it; where the best was asked for and found, the first
    /// of all that are worth as much.
    pub(crate) fn proven(
        &self,
        plan: &Plan,
        best: Best,
        pool: &mut Pool,
        watch: Watch,
    ) -> Result<Answer, Error> {
        let set = plan.exchanged(&best.set);
        let exact = best.proven && self.settings.gap == 0.0;
        let (set, first_of_equals) =
            if exact { first_of_equals(plan, set, &self.settings, pool, watch)? } else { (set, false) };
        let proof = Proof { bound: best.bound, ended: best.proven, first_of_equals };
        Ok(answer(self.problem, plan, set, &proof))
    }

    pub(crate) fn solve(
        &self,
        plan: &Plan,
        aim: Aim,
        start: Option<&Set>,
        stage: Stage,
        pool: &mut Pool,
        watch: Watch,
    ) -> Result<Found, Error> {
        let allowance = Allowance { gap: self.settings.gap, seconds: self.settings.seconds };
        let greedy = if start.is_none() { plan.greedy() } else { None };
        Ask { plan, aim, start: start.or(greedy.as_ref()), allowance, stage }.answer(pool, watch)
    }

    /// A smallest group of limits of `plan` that no set keeps: the deletion filter (Chinneck and Dravnieks 1991).
    /// One limit after the other is left out for good, if without it there is still no set.
    pub(crate) fn conflict(&self, plan: &Plan, watch: Watch) -> Result<Conflict, Error> {
        let mut kept: Vec<usize> = (0..plan.limits.len()).collect();
        let mut smallest = true;
        for limit in 0..plan.limits.len() {
            let fewer: Vec<usize> = kept.iter().copied().filter(|one| *one != limit).collect();
            let allowance = Allowance::exact(self.settings.seconds);
            let plan = &plan.with_limits(&fewer);
            let ask = Ask { plan, aim: Aim::Any, start: None, allowance, stage: Stage::Conflict };
            match ask.answer(&mut Pool::default(), &mut *watch)? {
                Found::Nothing => kept = fewer,
                Found::Set(_) => {}
                Found::Unknown => smallest = false,
            }
        }
        let limits = kept.into_iter().map(|limit| plan.limits[limit].clone()).collect();
        Ok(Conflict { limits, smallest })
    }
}
