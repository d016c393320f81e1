//! The efficient frontier: the best mean value at each level of safety.
//!
//! Integers know no quadratic solver here, so risk is conditional value at risk in rows (Rockafellar and Uryasev
//! 2000). The safest set comes first, since above it there is nothing; the other targets lie in equal steps
//! below it, down to what the best set has that minds no risk. Each point begins from its neighbour's set, which
//! is allowed at the lower target too.

use crate::answer::{Answer, Outcome};
use crate::plan::{Plan, Set, Tail, narrow};
use crate::solve::{Aim, Found, Pool};
use crate::study::Study;
use crate::watch::{Flow, Stage, Watch};
use crate::{Conflict, Error};

/// Where the points lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Targets {
    /// So many, in equal steps.
    Spaced(usize),
    /// At these conditional values at risk, in minor units.
    At(Vec<i64>),
}

/// One point.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// From 1, safest first.
    pub number: usize,
    /// The least conditional value at risk, in minor units.
    pub target: i64,
    /// The best set at it.
    pub outcome: PointOutcome,
}

/// What a point has.
#[derive(Clone, Debug, PartialEq)]
pub enum PointOutcome {
    /// The best set.
    Chosen(Box<Answer>),
    /// No set is as safe as that.
    Infeasible,
    /// The time was up before any set was found.
    Unknown,
}

/// The frontier as far as it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Frontier {
    /// Points, safest first.
    Points {
        /// The largest conditional value at risk of a set that was found; minor units, rounded down.
        safest: i64,
        /// No set has more; minor units, rounded up.
        safest_at_most: i64,
        /// The points, as they were told.
        points: Vec<Point>,
    },
    /// No set keeps all limits, whatever its risk.
    Conflict(Conflict),
    /// The time was up before the safest set was found.
    Unknown,
}

/// Called with each point as it comes.
pub type EachPoint<'a> = &'a mut dyn FnMut(&Point) -> Flow;

impl Study<'_> {
    /// The points of the frontier, told one by one, safest first. The problem's own appetite for risk is left
    /// out: the frontier is there to choose it.
    ///
    /// # Errors
    /// [`Error::Question`] where the problem has no scenarios or no point is asked for; [`Error::Stopped`] by
    /// either callback; [`Error::Solver`].
    pub fn frontier(&self, targets: &Targets, each: EachPoint, watch: Watch) -> Result<Frontier, Error> {
        let Some(tail) = self.plan.tail.clone() else {
            return Err(Error::Question("A frontier needs “risk” and outcomes by scenario".to_owned()));
        };
        if matches!(targets, Targets::Spaced(0)) {
            return Err(Error::Question("A frontier has at least one point".to_owned()));
        }
        let free = Plan { floor: None, ..self.plan.clone() };
        let mut pool = Pool::default();
        let (safest, bound) =
            match self.solve(&free, Aim::Safest, None, Stage::Safest, &mut pool, &mut *watch)? {
                Found::Set(best) => (best.set, best.bound),
                Found::Nothing => return Ok(Frontier::Conflict(self.conflict(&free, watch)?)),
                Found::Unknown => return Ok(Frontier::Unknown),
            };
        let top = narrow(tail.of_set(&safest).div_euclid(tail.mass()));
        let mut walk = Walk {
            study: self,
            free,
            tail: &tail,
            safest_at_most: (bound.ceil() as i64).max(top),
            points: Vec::new(),
            last: safest,
            pool,
        };
        match targets {
            Targets::Spaced(points) => walk.spaced(top, *points, each, watch)?,
            Targets::At(list) => walk.listed(list, each, watch)?,
        }
        Ok(Frontier::Points { safest: top, safest_at_most: walk.safest_at_most, points: walk.points })
    }
}

/// From the safest set down.
struct Walk<'a> {
    study: &'a Study<'a>,
    /// The plan without a floor.
    free: Plan,
    tail: &'a Tail,
    safest_at_most: i64,
    points: Vec<Point>,
    /// The neighbour's set.
    last: Set,
    /// What the points have learnt of the tail.
    pool: Pool,
}

impl Walk<'_> {
    fn spaced(&mut self, top: i64, points: usize, each: EachPoint, watch: Watch) -> Result<(), Error> {
        self.step(top, &mut *each, &mut *watch)?;
        if points == 1 {
            return Ok(());
        }
        let study = self.study;
        let best = study.outcome(&self.free, Some(&self.last), Stage::Best, &mut *watch)?;
        let Outcome::Chosen(richest) = best else { return Ok(()) };
        let bottom = narrow(self.tail.of_set(&richest.set).div_euclid(self.tail.mass()));
        let mut targets = spaced(top, bottom, points);
        // The best set that minds no risk is the last point, and at hand.
        targets.pop_if(|last| *last == bottom && bottom < top);
        for target in targets.into_iter().skip(1) {
            self.step(target, &mut *each, &mut *watch)?;
        }
        if bottom < top {
            self.told(bottom, PointOutcome::Chosen(richest), each)?;
        }
        Ok(())
    }

    fn listed(&mut self, targets: &[i64], each: EachPoint, watch: Watch) -> Result<(), Error> {
        let mut targets = targets.to_vec();
        targets.sort_unstable_by(|a, b| b.cmp(a));
        targets.dedup();
        targets.into_iter().try_for_each(|target| self.step(target, &mut *each, &mut *watch))
    }

    fn step(&mut self, target: i64, each: EachPoint, watch: Watch) -> Result<(), Error> {
        if target > self.safest_at_most {
            return self.told(target, PointOutcome::Infeasible, each);
        }
        let plan = Plan { floor: Some(target), ..self.free.clone() };
        let start = plan.allows(&self.last).then_some(&self.last);
        let stage = Stage::Point(self.points.len() + 1);
        let outcome = match self.study.solve(&plan, Aim::Worth, start, stage, &mut self.pool, &mut *watch)? {
            Found::Set(best) => {
                let answer = self.study.proven(&plan, best, &mut self.pool, watch)?;
                self.last = answer.set.clone();
                PointOutcome::Chosen(Box::new(answer))
            }
            Found::Nothing => PointOutcome::Infeasible,
            Found::Unknown => PointOutcome::Unknown,
        };
        self.told(target, outcome, each)
    }

    fn told(&mut self, target: i64, outcome: PointOutcome, each: EachPoint) -> Result<(), Error> {
        let point = Point { number: self.points.len() + 1, target, outcome };
        let flow = each(&point);
        self.points.push(point);
        match flow {
            Flow::Continue => Ok(()),
            Flow::Stop => Err(Error::Stopped),
        }
    }
}

/// From `top` down to `bottom` in equal steps; fewer where steps would be less than a minor unit.
fn spaced(top: i64, bottom: i64, points: usize) -> Vec<i64> {
    let (top, bottom) = (i128::from(top), i128::from(bottom));
    let steps = points as i128 - 1;
    let mut targets: Vec<i64> =
        (0..=steps).map(|step| narrow(top - (top - bottom).max(0) * step / steps)).collect();
    targets.dedup();
    targets
}
