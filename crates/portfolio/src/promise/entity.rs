//! What a promise is.

use chrono::NaiveDate;
use kernel::typed::iso_day;
use kernel::{Currency, FiscalCalendar, Period, PromiseId, ServiceId};

use super::rules::{Aim, Figure, Limits};

/// What is promised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Measure {
    /// Cost of the service ÷ its volume.
    UnitCost,
    /// Cost of the service in a fiscal year.
    YearlyCost,
    /// Cost of a project of the service.
    ProjectCost,
    /// A level of the service.
    ServiceLevel,
    /// A milestone.
    Date,
}

impl Measure {
    /// Words and measures.
    pub const WORDS: [(&'static str, Measure); 5] = [
        ("unit cost", Measure::UnitCost),
        ("yearly cost", Measure::YearlyCost),
        ("project cost", Measure::ProjectCost),
        ("service level", Measure::ServiceLevel),
        ("date", Measure::Date),
    ];

    /// The word stored and shown.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, measure)| *measure == self).map_or("", |(word, _)| word)
    }

    /// The measure of that word.
    pub fn parse(word: &str) -> Option<Measure> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, measure)| *measure)
    }

    /// Where its actual comes from.
    pub const fn source(self) -> Source {
        match self {
            Measure::UnitCost | Measure::YearlyCost => Source::Cost,
            Measure::ProjectCost => Source::ImportedCost,
            Measure::ServiceLevel => Source::ImportedLevel,
            Measure::Date => Source::Milestone,
        }
    }

    /// Whether it is an amount of money.
    pub const fn is_money(self) -> bool {
        matches!(self, Measure::UnitCost | Measure::YearlyCost | Measure::ProjectCost)
    }
}

/// Where an actual comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// The cost accounts of the service, by the allocation.
    Cost,
    /// A cost brought in from elsewhere.
    ImportedCost,
    /// A level brought in from elsewhere.
    ImportedLevel,
    /// Somebody reports the milestone.
    Milestone,
}

impl Source {
    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Source::Cost => "cost of service",
            Source::ImportedCost => "imported cost",
            Source::ImportedLevel => "imported level",
            Source::Milestone => "milestone",
        }
    }
}

/// For when it is promised.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// A whole fiscal year, named by the year it ends in.
    FiscalYear(i32),
    /// A month.
    Month(Period),
    /// A day.
    Day(NaiveDate),
    /// Every month from this one on, each judged by itself.
    Monthly(Period),
}

impl Due {
    /// Reads `FY26`, `FY2026`, `2026-09`, `2026-12-31`, `monthly from 2025-10`.
    pub fn parse(text: &str) -> Option<Due> {
        let text = text.trim();
        if let Some(year) = text.strip_prefix("FY") {
            let number: i32 = year.parse().ok().filter(|_| year.bytes().all(|b| b.is_ascii_digit()))?;
            return match year.len() {
                2 => Some(Due::FiscalYear(2000 + number)),
                4 => Some(Due::FiscalYear(number)),
                _ => None,
            };
        }
        if let Some(from) = text.strip_prefix("monthly from ") {
            return from.trim().parse().ok().map(Due::Monthly);
        }
        iso_day(text).map(Due::Day).or_else(|| text.parse().ok().map(Due::Month))
    }

    /// As stored: `FY2026`, `2026-09`, `2026-12-31`, `monthly from 2025-10`.
    pub fn plain(&self) -> String {
        match self {
            Due::FiscalYear(year) => format!("FY{year}"),
            Due::Month(period) => period.to_string(),
            Due::Day(day) => day.to_string(),
            Due::Monthly(from) => format!("monthly from {from}"),
        }
    }

    /// The last day of it; none where every month is its own.
    pub fn last_day(&self, calendar: &FiscalCalendar) -> Option<NaiveDate> {
        match self {
            Due::FiscalYear(year) => Some(calendar.first_of(*year).plus(11).last_day()),
            Due::Month(period) => Some(period.last_day()),
            Due::Day(day) => Some(*day),
            Due::Monthly(_) => None,
        }
    }
}

/// Whether it is still held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Held against actuals.
    Active,
    /// Withdrawn with a reason.
    Withdrawn,
}

impl State {
    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            State::Active => "active",
            State::Withdrawn => "withdrawn",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<State> {
        [State::Active, State::Withdrawn].into_iter().find(|state| state.word() == word)
    }
}

/// Whether a figure came or is expected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// It came.
    Actual,
    /// It is expected.
    Expected,
}

impl Basis {
    /// Words and bases.
    pub const WORDS: [(&'static str, Basis); 2] = [("actual", Basis::Actual), ("expected", Basis::Expected)];

    /// The word stored and shown.
    pub const fn word(self) -> &'static str {
        match self {
            Basis::Actual => "actual",
            Basis::Expected => "expected",
        }
    }

    /// The basis of that word.
    pub fn parse(word: &str) -> Option<Basis> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, basis)| *basis)
    }
}

/// A baseline promise as stored: made at take-over, without a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Id.
    pub id: PromiseId,
    /// Version, for If-Match.
    pub version: i64,
    /// `PRM-7`.
    pub number: String,
    /// The service it is about.
    pub service: ServiceId,
    /// What it is called: “Availability”, the project's name.
    pub name: String,
    /// What is promised.
    pub measure: Measure,
    /// For when.
    pub due: Due,
    /// Its last day, where it has one.
    pub due_on: Option<NaiveDate>,
    /// Unit of a number: `%`, `subscriber`.
    pub unit: Option<String>,
    /// Currency of an amount.
    pub currency: Option<Currency>,
    /// Which side is adverse.
    pub aim: Aim,
    /// The promised value.
    pub promised: Figure,
    /// How much worse is watched and off track.
    pub limits: Limits,
    /// Whether it is held.
    pub state: State,
    /// Key in the file it came from.
    pub source_key: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_it_is_due_reads_back_as_written() {
        let october = FiscalCalendar::starting_in(10).unwrap();
        for (text, plain, last) in [
            ("FY26", "FY2026", Some("2026-09-30")),
            ("FY2026", "FY2026", Some("2026-09-30")),
            ("2028-02", "2028-02", Some("2028-02-29")),
            ("2026-12-31", "2026-12-31", Some("2026-12-31")),
            ("monthly from 2025-10", "monthly from 2025-10", None),
        ] {
            let due = Due::parse(text).unwrap();
            assert_eq!(due.plain(), plain);
            assert_eq!(Due::parse(plain), Some(due));
            assert_eq!(due.last_day(&october).map(|day| day.to_string()).as_deref(), last, "{text}");
        }
        for text in ["", "FY", "FY6", "FY-1", "2026", "monthly", "soon", "2026-13"] {
            assert_eq!(Due::parse(text), None, "{text}");
        }
    }
}
