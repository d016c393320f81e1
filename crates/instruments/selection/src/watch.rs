//! How far the work is, and whether to go on.

use std::fmt;
use std::time::Duration;

use crate::{Error, Limit, Pick};

/// What is being solved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The best set.
    Best,
    /// Whether another set is worth as much, and which of them comes first.
    Ties,
    /// What would be best without one limit.
    Limit(Limit),
    /// What would be best with more of one budget.
    Step(Limit),
    /// The best set with a candidate.
    With(Pick),
    /// The best set without a candidate.
    Without(Pick),
    /// Which limits contradict each other.
    Conflict,
    /// The largest attainable conditional value at risk.
    Safest,
    /// A point of the frontier, from 1.
    Point(usize),
}

/// How far the work is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is being solved.
    pub stage: Stage,
    /// How long the solver has been at this one solve: a sum of waits, not a clock.
    pub waited: Duration,
    /// By what part of its value the best set known may be below the best there is; `None`: no set is known, or the
    /// solver does not say. Questions that mind risk have it.
    pub gap: Option<f64>,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Go on.
    Continue,
    /// Leave it: the question ends with [`Error::Stopped`], one that minds risk within a node of its tree. Of any other
    /// the run of the solver that is under way goes on unseen, on its thread, at most until its time is up: HiGHS's Rust
    /// binding cannot interrupt it.
    Stop,
}

/// Called at the start of each solve and every tenth of a second of it.
pub type Watch<'a> = &'a mut dyn FnMut(&Progress) -> Flow;

/// A watch for those who do not mind waiting.
pub fn patient(_: &Progress) -> Flow {
    Flow::Continue
}

pub(crate) fn tell(watch: Watch, stage: &Stage, waited: Duration, gap: Option<f64>) -> Result<(), Error> {
    match watch(&Progress { stage: stage.clone(), waited, gap }) {
        Flow::Continue => Ok(()),
        Flow::Stop => Err(Error::Stopped),
    }
}

impl fmt::Display for Progress {
    /// “frontier point 3, within 0.4 %”.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.gap {
            Some(gap) => write!(f, "{}, within {:.1} %", self.stage, (gap * 1_000.0).ceil() / 10.0),
            None => write!(f, "{}", self.stage),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stage::Best => f.write_str("the best set"),
            Stage::Ties => f.write_str("whether another set is worth as much"),
            Stage::Limit(limit) => write!(f, "the best set without: {limit}"),
            Stage::Step(limit) => write!(f, "what more of {limit} would buy"),
            Stage::With(pick) => write!(f, "the best set with {pick}"),
            Stage::Without(pick) => write!(f, "the best set without {pick}"),
            Stage::Conflict => f.write_str("which limits contradict each other"),
            Stage::Safest => f.write_str("the largest attainable CVaR"),
            Stage::Point(number) => write!(f, "frontier point {number}"),
        }
    }
}
