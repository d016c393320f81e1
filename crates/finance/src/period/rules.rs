//! Where a fact lands: in its own period while that takes facts, else in the open one, marked.

use kernel::{Period, Refusal};

use super::PeriodState;
use super::error::{CLOSED, NOT_OPEN};

/// Where a fact of some day is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Landing {
    /// The period it is counted in.
    pub period: Period,
    /// The closed period it belongs to, where it came late.
    pub corrects: Option<Period>,
}

/// The states of all periods there are; a period that is not among them was never opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Periods(pub std::collections::BTreeMap<Period, PeriodState>);

impl Periods {
    /// Where a fact of `period` lands. Late facts of a closed period go to the earliest period after
    /// it that takes facts (`domain.md` §3).
    pub fn landing(&self, period: Period) -> Result<Landing, Refusal> {
        match self.0.get(&period) {
            Some(state) if state.takes_facts() => Ok(Landing { period, corrects: None }),
            Some(state) if state.is_closed() => (self.0.range(period..))
                .find(|(_, state)| state.takes_facts())
                .map(|(open, _)| Landing { period: *open, corrects: Some(period) })
                .ok_or_else(|| CLOSED.with(&[&period.label(), state.word()])),
            other => {
                Err(NOT_OPEN.with(&[&period.label(), other.map_or("not open yet", |state| state.word())]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::PeriodState::*;

    #[test]
    fn late_facts_land_in_the_open_period_and_say_where_they_belong() {
        let known = [
            ("2026-07", Closed),
            ("2026-08", SoftClosed),
            ("2026-09", InReview),
            ("2026-10", Open),
            ("2026-11", Future),
        ];
        let periods =
            Periods(known.into_iter().map(|(period, state)| (period.parse().unwrap(), state)).collect());
        for (fact, lands, corrects) in [
            ("2026-07", "2026-09", Some("2026-07")),
            ("2026-08", "2026-09", Some("2026-08")),
            ("2026-09", "2026-09", None),
            ("2026-10", "2026-10", None),
        ] {
            let landing = periods.landing(fact.parse().unwrap()).unwrap();
            assert_eq!(landing.period.to_string(), lands, "{fact}");
            assert_eq!(landing.corrects.map(|period| period.to_string()).as_deref(), corrects, "{fact}");
        }
        for (fact, code, says) in [
            ("2026-11", "period_not_open", "Nov 2026 is future."),
            ("2027-01", "period_not_open", "Jan 2027 is not open yet."),
            ("2019-01", "period_not_open", "Jan 2019 is not open yet."),
        ] {
            let refusal = periods.landing(fact.parse().unwrap()).unwrap_err();
            assert_eq!((refusal.kind.code, refusal.says.as_str()), (code, says));
        }
    }

    #[test]
    fn where_all_is_closed_a_late_fact_has_nowhere_to_go() {
        let periods = Periods([("2026-07".parse().unwrap(), Closed)].into_iter().collect());
        assert_eq!(periods.landing("2026-07".parse().unwrap()).unwrap_err().kind.code, "period_closed");
    }
}
