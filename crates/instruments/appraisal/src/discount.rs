//! Present value: what later amounts are worth at the start.

use crate::Error;
use crate::twofold::Twofold;

/// When within its period a flow falls. Stated with every figure, since it moves a worth by up to one
/// period's interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// At the end of each period: the first flow is discounted by one whole period, as Excel's `NPV` does.
    End,
    /// Through the period, taken at its middle.
    Mid,
    /// At the start of each period: the first flow is not discounted.
    Start,
}

impl Timing {
    /// All three, in the order they are shown.
    pub const ALL: [Timing; 3] = [Timing::End, Timing::Mid, Timing::Start];

    /// Its word: `end`, `mid` or `start`.
    pub const fn word(self) -> &'static str {
        match self {
            Timing::End => "end",
            Timing::Mid => "mid",
            Timing::Start => "start",
        }
    }

    /// The timing of a word.
    pub fn parse(word: &str) -> Option<Timing> {
        Timing::ALL.into_iter().find(|timing| timing.word() == word)
    }

    /// Periods from the start of a period to its flow: 1, ½ or 0.
    pub const fn offset(self) -> f64 {
        match self {
            Timing::End => 1.0,
            Timing::Mid => 0.5,
            Timing::Start => 0.0,
        }
    }
}

/// How a case discounts: a yearly rate, the timing, and how long its periods are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Discounting {
    /// Rate per year, as a fraction: 0.09 is 9 %.
    pub rate: f64,
    /// When within its period a flow falls.
    pub timing: Timing,
    /// Months in a period: 12 for years.
    pub months: u32,
}

impl Discounting {
    /// Yearly periods.
    pub const fn yearly(rate: f64, timing: Timing) -> Discounting {
        Discounting { rate, timing, months: 12 }
    }

    /// The same at another timing.
    #[must_use]
    pub const fn at(self, timing: Timing) -> Discounting {
        Discounting { timing, ..self }
    }

    /// Years in a period.
    pub fn period_years(self) -> f64 {
        f64::from(self.months) / 12.0
    }

    /// Years from the start of the case to the flow of a period, counted from 0.
    pub fn years(self, period: usize) -> f64 {
        (period as f64 + self.timing.offset()) * self.period_years()
    }

    /// The factor of a period: its flow × this = its present value.
    pub fn factor(self, period: usize) -> f64 {
        1.0 / growth(self.rate, self.years(period))
    }

    /// Net present value of one flow per period.
    ///
    /// # Errors
    /// [`Error::Rate`] at −100 % or less; [`Error::NoFlows`], [`Error::NotFinite`].
    pub fn npv(self, flows: &[f64]) -> Result<f64, Error> {
        check_rate(self.rate)?;
        check_flows(flows)?;
        Ok(self.worth(flows))
    }

    /// [`Discounting::npv`] of what has been checked.
    pub(crate) fn worth(self, flows: &[f64]) -> f64 {
        flows.iter().enumerate().map(|(period, flow)| flow / growth(self.rate, self.years(period))).sum()
    }

    /// Σ of the factors of the first `periods` periods: the present value of 1 in each (an annuity).
    pub fn annuity_factor(self, periods: usize) -> f64 {
        (0..periods).map(|period| self.factor(period)).sum()
    }
}

/// Net present value of yearly flows: Σ xₜ ÷ (1 + rate)^(t + offset), t from 0.
///
/// With [`Timing::End`] this is the `NPV(rate, values)` of spreadsheets; with [`Timing::Start`] it is
/// `npv` of numpy-financial (I. Fisher, *The Rate of Interest*, 1907).
///
/// # Errors
/// [`Error::Rate`] at −100 % or less; [`Error::NoFlows`], [`Error::NotFinite`].
pub fn npv(rate: f64, timing: Timing, flows: &[f64]) -> Result<f64, Error> {
    Discounting::yearly(rate, timing).npv(flows)
}

/// (1 + rate)^years, the same on every machine: the nearest float for whole years, as careful C libraries give
/// it, and for halves a root more.
pub(crate) fn growth(rate: f64, years: f64) -> f64 {
    let (base, halves) = (1.0 + rate, years * 2.0);
    if (0.0..=MOST_HALVES).contains(&halves) && libm::floor(halves) >= halves {
        let halves = halves as u32;
        let power = Twofold::sum(base, 0.0).power(halves / 2);
        let root = if halves % 2 == 1 { libm::sqrt(base) } else { 1.0 };
        let grown = power.times(Twofold::sum(root, 0.0)).value();
        if grown.is_finite() {
            return grown;
        }
    }
    libm::pow(base, years)
}

/// A thousand years.
const MOST_HALVES: f64 = 2_000.0;

pub(crate) fn check_rate(rate: f64) -> Result<(), Error> {
    if rate.is_finite() && rate > -1.0 { Ok(()) } else { Err(Error::Rate(rate)) }
}

pub(crate) fn check_flows(flows: &[f64]) -> Result<(), Error> {
    if flows.is_empty() {
        return Err(Error::NoFlows);
    }
    if flows.iter().all(|flow| flow.is_finite()) { Ok(()) } else { Err(Error::NotFinite) }
}
