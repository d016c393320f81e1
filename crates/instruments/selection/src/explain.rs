//! What a set is held back by: which limit binds, and what more of a budget would buy. Both by solving again.

use std::collections::BTreeSet;

use crate::answer::{Answer, Outcome};
use crate::plan::{Plan, Row, narrow};
use crate::study::Study;
use crate::watch::{Stage, Watch};
use crate::{Error, Limit, Pick};

/// One limit, and what would be without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The limit.
    pub limit: Limit,
    /// Whether it binds.
    pub verdict: Verdict,
    /// What would change without it.
    pub change: Change,
}

/// Whether a limit binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Without it a set would be worth more than any within it.
    Binds,
    /// Without it no set would be worth more.
    Free,
    /// Within the gap that cannot be told.
    Unclear,
}

/// What one step more of a budget would buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// The budget.
    pub limit: Limit,
    /// The step, in minor units.
    pub step: i64,
    /// What would change with it.
    pub change: Change,
}

/// Another set instead, in minor units.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Change {
    /// By how much the set found is worth more.
    pub gain: i64,
    /// More than this no set could gain over the one at hand.
    pub gain_at_most: i64,
    /// What comes into the set.
    pub gained: Vec<Pick>,
    /// What goes out of it.
    pub lost: Vec<Pick>,
}

impl Verdict {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Verdict::Binds => "binds",
            Verdict::Free => "free",
            Verdict::Unclear => "unclear",
        }
    }
}

impl Study<'_> {
    /// Every limit, left out in turn. `each` gets them one by one, sorted.
    ///
    /// # Errors
    /// [`Error::Stopped`] by the watch, after those that are done; [`Error::Solver`].
    pub fn bindings(
        &self,
        at_hand: &Answer,
        each: &mut dyn FnMut(Binding),
        watch: Watch,
    ) -> Result<(), Error> {
        for (number, limit) in self.plan.limits.iter().enumerate() {
            let limit = limit.clone();
            if self.plan.rows.iter().any(|row| row.limit == Some(number) && self.plan.never_matters(row)) {
                each(Binding { limit, verdict: Verdict::Free, change: Change::default() });
                continue;
            }
            let plan = self.plan.without(number);
            let Outcome::Chosen(other) =
                self.outcome(&plan, Some(&at_hand.set), Stage::Limit(limit.clone()), &mut *watch)?
            else {
                each(Binding { limit, verdict: Verdict::Unclear, change: Change::default() });
                continue;
            };
            let verdict = match () {
                () if other.worth > at_hand.worth_bound => Verdict::Binds,
                () if other.worth_bound <= at_hand.worth => Verdict::Free,
                () => Verdict::Unclear,
            };
            each(Binding { limit, verdict, change: Change::of(&self.plan, at_hand, &other) });
        }
        Ok(())
    }

    /// What `step` more minor units of each budget, one at a time, would buy, by key.
    ///
    /// # Errors
    /// [`Error::Question`] for a step that is not above zero; [`Error::Stopped`] by the watch, after those that
    /// are done; [`Error::Solver`].
    pub fn next_steps(
        &self,
        at_hand: &Answer,
        step: i64,
        each: &mut dyn FnMut(NextStep),
        watch: Watch,
    ) -> Result<(), Error> {
        if step <= 0 {
            return Err(Error::Question("The step of a budget is above zero".to_owned()));
        }
        let mut keys: Vec<_> = self.problem.budgets.iter().map(|budget| &budget.key).collect();
        keys.sort();
        for key in keys {
            let limit = Limit::Budget(key.clone());
            let mut problem = self.problem.clone();
            let Some(budget) = problem.budgets.iter_mut().find(|budget| budget.key == *key) else { continue };
            budget.amount = budget.amount.saturating_add(step);
            let richer = Study::new(&problem, self.settings)?;
            // A share of a larger budget may ask for more than the set at hand has.
            let start = richer.plan.allows(&at_hand.set).then_some(&at_hand.set);
            let stage = Stage::Step(limit.clone());
            let change = match richer.outcome(&richer.plan, start, stage, &mut *watch)? {
                Outcome::Chosen(other) => Change::of(&self.plan, at_hand, &other),
                Outcome::Conflict(_) | Outcome::Unknown => continue,
            };
            each(NextStep { limit, step, change });
        }
        Ok(())
    }
}

impl Change {
    /// From one answer of a plan to another.
    pub(crate) fn of(plan: &Plan, from: &Answer, to: &Answer) -> Change {
        let (old, new): (BTreeSet<&Pick>, BTreeSet<&Pick>) =
            (from.chosen.iter().collect(), to.chosen.iter().collect());
        let most = (to.worth_bound - from.worth).max(0);
        Change {
            gain: plan.minor(to.worth - from.worth),
            gain_at_most: narrow(-(-most).div_euclid(plan.all_weights())),
            gained: new.difference(&old).map(|pick| (*pick).clone()).collect(),
            lost: old.difference(&new).map(|pick| (*pick).clone()).collect(),
        }
    }
}

impl Answer {
    /// From this answer to another of the same problem, as with or without somebody: what is gained, mostly less
    /// than nothing, and who comes and goes.
    pub fn change_to(&self, study: &Study, other: &Answer) -> Change {
        Change::of(&study.plan, self, other)
    }
}

impl Plan {
    /// Whether no choice of options at all breaks the row.
    fn never_matters(&self, row: &Row) -> bool {
        let mut terms = vec![0; self.columns.len()];
        for (column, term) in &row.terms {
            terms[*column] = *term;
        }
        let (mut least, mut most) = (0, 0);
        let mut first = 0;
        for options in self.columns.chunk_by(|a, b| a.candidate == b.candidate) {
            let own = &terms[first..first + options.len()];
            least += own.iter().copied().min().unwrap_or(0).min(0);
            most += own.iter().copied().max().unwrap_or(0).max(0);
            first += options.len();
        }
        row.low.is_none_or(|low| least >= low) && row.high.is_none_or(|high| most <= high)
    }
}
