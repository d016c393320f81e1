//! A business case: rows that differ from *do nothing*, as people estimate them.

use crate::{Correlation, Discounting, Error, Shape};

/// On which side of the case a line stands. Amounts are signed cash: what is spent is negative on every side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What comes in or is avoided; also negative: displaced revenue reduces benefits.
    Benefit,
    /// What is spent once to have it.
    Capital,
    /// What is spent to make and keep it running.
    Running,
}

/// How a line's amounts are given.
#[derive(Clone, Debug, PartialEq)]
pub enum Amounts {
    /// One per period.
    Each(Vec<Shape>),
    /// `first` in period `from` (counted from 0), each later one (1 + growth) times the one before.
    Growing {
        /// The first period with an amount.
        from: usize,
        /// Its amount.
        first: Shape,
        /// Growth per period, as a fraction.
        growth: Shape,
    },
    /// Once, in the last period, and moving with the end: a residual value, an exit cost.
    AtEnd(Shape),
}

/// A line of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Names it; unique in the case.
    pub key: String,
    /// For people.
    pub name: String,
    /// Benefit, capital or running.
    pub side: Side,
    /// Whether it moves with the launch when that is late.
    pub moves: bool,
    /// Its amounts.
    pub amounts: Amounts,
}

/// What a delay does to the end of the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The end date stays: what moves beyond it is lost.
    Fixed,
    /// It moves along: the same years of benefit; what is added repeats the last period.
    Moves,
}

/// How late the launch may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Delay {
    /// Months, not below 0, with an upper bound; parts of a month count.
    pub months: Shape,
    /// What it does to the end.
    pub end: End,
}

/// What a scenario changes in a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Every amount times this.
    Times(f64),
    /// Other amounts.
    Amounts(Amounts),
}

/// A named way things may go.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Names it; unique in the case.
    pub key: String,
    /// Its chance: all scenarios have one, together 1, or none has.
    pub weight: Option<f64>,
    /// Another rate.
    pub rate: Option<f64>,
    /// A delay of so many months, with the end as the case's delay says (else fixed).
    pub delay_months: Option<f64>,
    /// What changes, by key of the line.
    pub lines: Vec<(String, Change)>,
}

/// Prices of each year, or of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prices {
    /// With inflation in them.
    Nominal,
    /// Without.
    Real,
}

/// Before or after tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tax {
    /// Tax is not in the rows.
    Before,
    /// It is.
    After,
}

/// What a case has to state beside its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The unit of all amounts, for people: `EUR k`.
    pub unit: String,
    /// Nominal or real.
    pub prices: Prices,
    /// Before or after tax.
    pub tax: Tax,
    /// Where the rate comes from.
    pub rate_source: String,
    /// Of which day it is (ISO).
    pub rate_date: chrono::NaiveDate,
}

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// For people.
    pub name: String,
    /// What it states.
    pub terms: Terms,
    /// Rate, timing and length of periods.
    pub discounting: Discounting,
    /// Rate at which inflows are reinvested, for the modified rate of return; none: the discount rate.
    pub reinvest: Option<f64>,
    /// Names of the periods.
    pub periods: Vec<String>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Inputs that move together; all others are independent.
    pub correlation: Option<Correlation>,
    /// How late it may be.
    pub delay: Option<Delay>,
    /// Ways it may go.
    pub scenarios: Vec<Scenario>,
}

/// An uncertain number of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// `LINE@PERIOD`, `LINE@first`, `LINE@growth`, `LINE@end` or `delay`.
    pub name: String,
    /// How it may fall.
    pub shape: Shape,
}

impl Line {
    /// Its numbers with their names.
    pub(crate) fn inputs(&self, periods: &[String]) -> Vec<Input> {
        let input = |of: &str, shape: Shape| Input { name: format!("{}@{of}", self.key), shape };
        match &self.amounts {
            Amounts::Each(each) => {
                periods.iter().zip(each).map(|(period, shape)| input(period, *shape)).collect()
            }
            Amounts::Growing { first, growth, .. } => {
                vec![input("first", *first), input("growth", *growth)]
            }
            Amounts::AtEnd(shape) => vec![input("end", *shape)],
        }
    }
}

impl Amounts {
    /// Every amount times a number; growth stays.
    fn times(&self, number: f64) -> Amounts {
        match self {
            Amounts::Each(each) => Amounts::Each(each.iter().map(|shape| shape.times(number)).collect()),
            Amounts::Growing { from, first, growth } => {
                Amounts::Growing { from: *from, first: first.times(number), growth: *growth }
            }
            Amounts::AtEnd(shape) => Amounts::AtEnd(shape.times(number)),
        }
    }
}

impl Case {
    /// Every number that is not certain, in the order of the lines; the delay last.
    pub fn inputs(&self) -> Vec<Input> {
        let mut inputs: Vec<Input> = self.lines.iter().flat_map(|line| line.inputs(&self.periods)).collect();
        inputs.extend(self.delay.map(|delay| Input { name: "delay".into(), shape: delay.months }));
        inputs.retain(|input| !input.shape.is_certain());
        inputs
    }

    /// The case as a scenario has it.
    ///
    /// # Errors
    /// [`Error::Case`] where the result contradicts itself.
    pub fn under(&self, scenario: &Scenario) -> Result<Case, Error> {
        let mut case = Case { scenarios: Vec::new(), ..self.clone() };
        case.discounting.rate = scenario.rate.unwrap_or(self.discounting.rate);
        if let Some(months) = scenario.delay_months {
            let end = self.delay.map_or(End::Fixed, |delay| delay.end);
            case.delay = Some(Delay { months: Shape::Fixed(months), end });
        }
        for (key, change) in &scenario.lines {
            let line = case.lines.iter_mut().find(|line| line.key == *key);
            let at = || format!("scenario {}", scenario.key);
            let line = line.ok_or_else(|| Error::case(at(), format!("there is no line {key}")))?;
            line.amounts = match change {
                Change::Times(number) => line.amounts.times(*number),
                Change::Amounts(amounts) => amounts.clone(),
            };
        }
        case.check().map_err(|error| match error {
            Error::Case { at, says } => Error::Case { at: format!("scenario {}, {at}", scenario.key), says },
            error => error,
        })?;
        Ok(case)
    }

    /// Finds a scenario.
    ///
    /// # Errors
    /// [`Error::Case`] with the names there are.
    pub fn scenario(&self, key: &str) -> Result<&Scenario, Error> {
        self.scenarios.iter().find(|scenario| scenario.key == key).ok_or_else(|| {
            let keys: Vec<&str> = self.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
            let there = if keys.is_empty() { "the case has none".into() } else { keys.join(", ") };
            Error::case(format!("scenario {key}"), format!("there is no such scenario ({there})"))
        })
    }
}
