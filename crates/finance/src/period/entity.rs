//! What a period is and what may happen to it (`domain.md` §3).

use kernel::{Period, Refusal};

use super::error::{LOCKED, NOT_IN_STATE};

/// How far the close of a period has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PeriodState {
    /// Known, takes nothing yet.
    Future,
    /// Takes ledger lines, drivers and rates.
    Open,
    /// Being closed; still takes corrections.
    InReview,
    /// Closed, but may be re-opened until statements are issued.
    SoftClosed,
    /// Closed for good: late facts go to the open period.
    Closed,
}

impl PeriodState {
    /// All states in their order.
    pub const ALL: [PeriodState; 5] = [
        PeriodState::Future,
        PeriodState::Open,
        PeriodState::InReview,
        PeriodState::SoftClosed,
        PeriodState::Closed,
    ];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            PeriodState::Future => "future",
            PeriodState::Open => "open",
            PeriodState::InReview => "in review",
            PeriodState::SoftClosed => "soft-closed",
            PeriodState::Closed => "closed",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<PeriodState> {
        PeriodState::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether facts may be written to it.
    pub const fn takes_facts(self) -> bool {
        matches!(self, PeriodState::Open | PeriodState::InReview)
    }

    /// Whether it is behind us: facts for it land in the open period.
    pub const fn is_closed(self) -> bool {
        matches!(self, PeriodState::SoftClosed | PeriodState::Closed)
    }
}

/// What moves a period on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PeriodStep {
    /// future → open.
    Open,
    /// open → in review: the close begins.
    Review,
    /// in review → open: more is expected after all.
    Resume,
    /// in review → soft-closed.
    SoftClose,
    /// soft-closed → in review, by two people, until statements are issued.
    Reopen,
    /// soft-closed → closed, for good.
    Close,
}

impl PeriodStep {
    /// All steps.
    pub const ALL: [PeriodStep; 6] = [
        PeriodStep::Open,
        PeriodStep::Review,
        PeriodStep::Resume,
        PeriodStep::SoftClose,
        PeriodStep::Reopen,
        PeriodStep::Close,
    ];

    /// From which state to which.
    pub const fn ends(self) -> (PeriodState, PeriodState) {
        match self {
            PeriodStep::Open => (PeriodState::Future, PeriodState::Open),
            PeriodStep::Review => (PeriodState::Open, PeriodState::InReview),
            PeriodStep::Resume => (PeriodState::InReview, PeriodState::Open),
            PeriodStep::SoftClose => (PeriodState::InReview, PeriodState::SoftClosed),
            PeriodStep::Reopen => (PeriodState::SoftClosed, PeriodState::InReview),
            PeriodStep::Close => (PeriodState::SoftClosed, PeriodState::Closed),
        }
    }

    /// As in “cannot be …”; also the history's word.
    pub const fn word(self) -> &'static str {
        match self {
            PeriodStep::Open => "opened",
            PeriodStep::Review => "put in review",
            PeriodStep::Resume => "returned to open",
            PeriodStep::SoftClose => "soft-closed",
            PeriodStep::Reopen => "re-opened",
            PeriodStep::Close => "closed",
        }
    }
}

/// A period as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalPeriod {
    /// Id, a UUIDv7.
    pub id: String,
    /// Version, for If-Match.
    pub version: i64,
    /// The month.
    pub period: Period,
    /// The fiscal year it belongs to, named by the calendar year it ends in.
    pub fiscal_year: i32,
    /// State.
    pub state: PeriodState,
    /// Its year's accounts are signed.
    pub locked: bool,
}

impl FiscalPeriod {
    /// Takes `step`; false where it was taken already (a retry).
    pub fn take(&mut self, step: PeriodStep) -> Result<bool, Refusal> {
        let (from, to) = step.ends();
        if self.state == to {
            return Ok(false);
        }
        if self.state != from {
            let label = self.period.label();
            return Err(NOT_IN_STATE.with(&[&label, self.state.word(), step.word(), from.word()]));
        }
        self.state = to;
        Ok(true)
    }

    /// Locks it because its year's accounts are signed; only a closed period can be locked. False
    /// where it was locked already.
    pub fn lock(&mut self) -> Result<bool, Refusal> {
        if self.state != PeriodState::Closed {
            return Err(LOCKED.with(&[&self.period.label(), self.state.word()]));
        }
        Ok(!std::mem::replace(&mut self.locked, true))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn september(state: PeriodState) -> FiscalPeriod {
        FiscalPeriod {
            id: String::new(),
            version: 1,
            period: "2026-09".parse().unwrap(),
            fiscal_year: 2026,
            state,
            locked: false,
        }
    }

    /// `domain.md` §3: future → open → in review → soft-closed (may be re-opened) → closed (never).
    #[test]
    fn only_these_steps_are_possible_from_each_state() {
        use PeriodState::*;
        use PeriodStep::*;
        let allowed: &[(PeriodState, PeriodStep, PeriodState)] = &[
            (Future, PeriodStep::Open, PeriodState::Open),
            (PeriodState::Open, Review, InReview),
            (InReview, Resume, PeriodState::Open),
            (InReview, SoftClose, SoftClosed),
            (SoftClosed, Reopen, InReview),
            (SoftClosed, Close, Closed),
        ];
        for state in PeriodState::ALL {
            for step in PeriodStep::ALL {
                let mut period = september(state);
                match allowed.iter().find(|(from, by, _)| (*from, *by) == (state, step)) {
                    Some((_, _, to)) => {
                        assert_eq!(period.take(step), Ok(true), "{state:?} {step:?}");
                        assert_eq!(period.state, *to);
                        assert_eq!(period.take(step), Ok(false), "the same step again is a retry");
                    }
                    None if state == step.ends().1 => assert_eq!(period.take(step), Ok(false)),
                    None => {
                        let refusal = period.take(step).unwrap_err();
                        assert_eq!(refusal.kind.code, "period_not_in_state", "{state:?} {step:?}");
                        assert_eq!(period.state, state);
                    }
                }
            }
        }
    }

    #[test]
    fn facts_are_taken_only_while_open_or_in_review() {
        let takes: Vec<_> =
            PeriodState::ALL.into_iter().filter(|state| state.takes_facts()).map(PeriodState::word).collect();
        assert_eq!(takes, ["open", "in review"]);
    }

    #[test]
    fn only_a_closed_period_is_locked() {
        assert_eq!(september(PeriodState::SoftClosed).lock().unwrap_err().kind.code, "period_not_lockable");
        let mut closed = september(PeriodState::Closed);
        assert_eq!((closed.lock(), closed.lock()), (Ok(true), Ok(false)));
    }
}
