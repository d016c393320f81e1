//! How a promise is judged (`domain.md` §4, *Promise row*):
//!
//! Due when its period closes or its date passes: *kept* if adverse by no more than the watch limit,
//! else *broken*; before that *on track*, *watch*, *off track*; *not due* without data. Only the
//! adverse side counts. Default limits: watch 2 % or 1 month, off track 10 % or 3 months.

use chrono::{Months, NaiveDate};
use kernel::Decimal;

/// A promised or real value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// A number of the promise's unit or currency.
    Number(Decimal),
    /// A day.
    Day(NaiveDate),
}

impl Figure {
    /// As stored and shown: `386.92` or `2027-03-31`.
    pub fn plain(&self) -> String {
        match self {
            Figure::Number(number) => number.to_string(),
            Figure::Day(day) => day.to_string(),
        }
    }
}

/// Which side is adverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// Lower is better: cost.
    Lower,
    /// Higher is better: a service level.
    Higher,
    /// A date: later is worse.
    Date,
}

impl Aim {
    /// Words and aims.
    pub const WORDS: [(&'static str, Aim); 3] =
        [("lower", Aim::Lower), ("higher", Aim::Higher), ("date", Aim::Date)];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, aim)| *aim == self).map_or("", |(word, _)| word)
    }

    /// The aim of that word.
    pub fn parse(word: &str) -> Option<Aim> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, aim)| *aim)
    }
}

/// How much worse is watched, and how much is off track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// Shares of the promised value: 0.02 is 2 %.
    Shares(Decimal, Decimal),
    /// Whole months late.
    Months(u32, u32),
}

impl Limits {
    /// The default of that aim: watch 2 % or 1 month, off track 10 % or 3 months.
    pub fn usual(aim: Aim) -> Limits {
        match aim {
            Aim::Date => Limits::Months(1, 3),
            Aim::Lower | Aim::Higher => Limits::Shares(Decimal::new(2, 2), Decimal::new(10, 2)),
        }
    }
}

/// What is known now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Now {
    /// Nothing yet.
    NoData,
    /// What is expected: the period still runs, the date is not reached.
    Expected(Figure),
    /// What came.
    Actual(Figure),
}

/// How a figure stands against the promise, whether due or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Adverse by no more than the watch limit.
    OnTrack,
    /// By more than that.
    Watch,
    /// By more than the limit for off track.
    OffTrack,
}

impl Standing {
    /// The word stored.
    pub const fn word(self) -> &'static str {
        match self {
            Standing::OnTrack => "on track",
            Standing::Watch => "watch",
            Standing::OffTrack => "off track",
        }
    }
}

/// The judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Due, and adverse by no more than the watch limit.
    Kept,
    /// Due, and adverse by more.
    Broken,
    /// Not due yet: how it stands.
    Standing(Standing),
    /// No data.
    NotDue,
}

impl Verdict {
    /// The state word of `screens.md` 3.11.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Kept => "kept",
            Verdict::Broken => "broken",
            Verdict::Standing(standing) => standing.word(),
            Verdict::NotDue => "not due",
        }
    }
}

/// How `now` stands against `promised`; `None` where one is a day and the other a number.
///
/// A share is compared as `adverse > limit × |promised|`, so a promise of zero is off track with the
/// first adverse unit, and nothing is divided or rounded.
pub fn stands(promised: Figure, aim: Aim, limits: Limits, now: Figure) -> Option<Standing> {
    let over = |watch: bool, off: bool| match (watch, off) {
        (_, true) => Standing::OffTrack,
        (true, false) => Standing::Watch,
        (false, false) => Standing::OnTrack,
    };
    match (promised, now, limits) {
        (Figure::Number(promised), Figure::Number(now), Limits::Shares(watch, off)) => {
            let adverse = if aim == Aim::Higher { promised - now } else { now - promised };
            let beyond = |limit: Decimal| adverse > limit * promised.abs();
            Some(over(beyond(watch), beyond(off)))
        }
        (Figure::Day(promised), Figure::Day(now), Limits::Months(watch, off)) => {
            let beyond =
                |months: u32| promised.checked_add_months(Months::new(months)).is_some_and(|last| now > last);
            Some(over(beyond(watch), beyond(off)))
        }
        _ => None,
    }
}

/// Judges a promise. `due`: its period is closed, or its date has passed.
///
/// Nothing is kept by expectation: what is due and only expected stays on *watch* while it is within
/// the watch limit (a launch day that has passed, the launch expected next week), and is broken beyond.
pub fn judge(promised: Figure, aim: Aim, limits: Limits, now: Now, due: bool) -> Verdict {
    let (figure, came) = match now {
        Now::NoData => return Verdict::NotDue,
        Now::Expected(figure) => (figure, false),
        Now::Actual(figure) => (figure, true),
    };
    let Some(standing) = stands(promised, aim, limits, figure) else { return Verdict::NotDue };
    match (due, standing, came) {
        (false, standing, _) => Verdict::Standing(standing),
        (true, Standing::OnTrack, true) => Verdict::Kept,
        (true, Standing::OnTrack, false) => Verdict::Standing(Standing::Watch),
        (true, _, _) => Verdict::Broken,
    }
}

/// By how much `now` is adverse, as a share of the promised value (0.022 is 2.2 %, negative is
/// better); `None` for dates and for a promise of zero.
pub fn adverse_share(promised: Figure, aim: Aim, now: Figure) -> Option<Decimal> {
    let (Figure::Number(promised), Figure::Number(now)) = (promised, now) else { return None };
    let adverse = if aim == Aim::Higher { promised - now } else { now - promised };
    adverse.checked_div(promised.abs()).map(|share| share.round_dp(6).normalize())
}

/// Days late, negative if early; `None` for numbers.
pub fn slip_days(promised: Figure, now: Figure) -> Option<i64> {
    let (Figure::Day(promised), Figure::Day(now)) = (promised, now) else { return None };
    Some((now - promised).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Figure {
        Figure::Number(text.parse().unwrap())
    }

    fn day(text: &str) -> Figure {
        Figure::Day(text.parse().unwrap())
    }

    const ON: Verdict = Verdict::Standing(Standing::OnTrack);
    const WATCH: Verdict = Verdict::Standing(Standing::Watch);
    const OFF: Verdict = Verdict::Standing(Standing::OffTrack);

    /// `domain.md` §4 and the promise table of the 4G service (`mocks/service-4g.png`).
    #[test]
    fn numbers_are_judged_on_their_adverse_side_only() {
        use Aim::{Higher, Lower};
        use Verdict::{Broken, Kept};
        for (promised, aim, now, before, after) in [
            // The mock's own rows: €k 7,000 → 7,154 (+2.2 %), 6,100 → 5,083 (−16.7 %), 700 → 583.
            ("7000", Lower, "7154", WATCH, Broken),
            ("6100", Higher, "5083", OFF, Broken),
            ("700", Higher, "583", OFF, Broken),
            ("9", Lower, "9", ON, Kept),
            // The limits themselves: no more than 2 % is kept, a hair more is not.
            ("100", Lower, "102", ON, Kept),
            ("100", Lower, "102.000001", WATCH, Broken),
            ("100", Lower, "110", WATCH, Broken),
            ("100", Lower, "110.01", OFF, Broken),
            ("100", Higher, "98", ON, Kept),
            ("100", Higher, "97.99", WATCH, Broken),
            ("100", Higher, "90", WATCH, Broken),
            ("100", Higher, "89.9", OFF, Broken),
            // Better than promised, however much.
            ("100", Lower, "10", ON, Kept),
            ("100", Higher, "1000", ON, Kept),
            // Promises of nothing and of less than nothing.
            ("0", Lower, "0", ON, Kept),
            ("0", Lower, "0.01", OFF, Broken),
            ("-100", Higher, "-103", WATCH, Broken),
            ("-100", Higher, "-101", ON, Kept),
        ] {
            let judged =
                |due| judge(number(promised), aim, Limits::usual(aim), Now::Actual(number(now)), due);
            assert_eq!((judged(false), judged(true)), (before, after), "{promised} {aim:?} {now}");
        }
    }

    #[test]
    fn dates_are_judged_in_calendar_months() {
        use Verdict::{Broken, Kept};
        for (promised, now, before, after) in [
            ("2027-01-31", "2027-03-31", WATCH, Broken), // 4G: two months late
            ("2027-01-31", "2027-02-28", ON, Kept),
            ("2027-01-31", "2027-03-01", WATCH, Broken),
            ("2026-11-30", "2027-02-28", WATCH, Broken),
            ("2026-11-30", "2027-03-01", OFF, Broken),
            ("2027-01-31", "2026-12-01", ON, Kept),
        ] {
            let judged =
                |due| judge(day(promised), Aim::Date, Limits::usual(Aim::Date), Now::Actual(day(now)), due);
            assert_eq!((judged(false), judged(true)), (before, after), "{promised} {now}");
        }
    }

    #[test]
    fn without_data_nothing_is_due_and_nothing_is_kept_by_expectation() {
        let limits = Limits::usual(Aim::Date);
        let launch = |now, due| judge(day("2027-01-31"), Aim::Date, limits, now, due);
        assert_eq!(launch(Now::NoData, true), Verdict::NotDue);
        assert_eq!(launch(Now::Expected(day("2027-02-10")), false), ON);
        assert_eq!(launch(Now::Expected(day("2027-02-10")), true), WATCH);
        assert_eq!(launch(Now::Expected(day("2027-03-31")), true), Verdict::Broken);
        assert_eq!(launch(Now::Actual(day("2027-02-10")), true), Verdict::Kept);
    }

    #[test]
    fn limits_of_its_own_go_before_the_usual_ones() {
        let tight = Limits::Shares("0.001".parse().unwrap(), "0.005".parse().unwrap());
        let level = |now| judge(number("99.5"), Aim::Higher, tight, Now::Actual(number(now)), false);
        assert_eq!((level("99.5"), level("99.3"), level("98.9")), (ON, WATCH, OFF));
    }

    #[test]
    fn the_adverse_share_and_the_slip_are_said_beside() {
        let share =
            |promised, aim, now| adverse_share(number(promised), aim, number(now)).map(|s| s.to_string());
        assert_eq!(share("7000", Aim::Lower, "7154"), Some("0.022".into()));
        assert_eq!(share("6100", Aim::Higher, "5083"), Some("0.166721".into()));
        assert_eq!(share("100", Aim::Lower, "90"), Some("-0.1".into()));
        assert_eq!(share("0", Aim::Lower, "1"), None);
        assert_eq!(slip_days(day("2027-01-31"), day("2027-03-31")), Some(59));
        assert_eq!(slip_days(day("2027-01-31"), day("2027-01-30")), Some(-1));
    }
}
