//! Rates of return: IRR, which may have no answer or several, and MIRR, which has one.

use crate::discount::{check_flows, check_rate, growth};
use crate::roots::{Term, rates, sign_changes};
use crate::twofold::Twofold;
use crate::{Discounting, Error, Timing};

/// The internal rate of return, or why it does not decide.
#[derive(Clone, Debug, PartialEq)]
pub enum Irr {
    /// The only rate at which the flows are worth nothing.
    One(f64),
    /// Several rates, rising: none of them is *the* rate of return. Use the NPV.
    Many(Vec<f64>),
    /// All flows have one sign: there is nothing to earn on, or nothing earned.
    NoSignChange,
    /// The signs change, yet at every rate above −100 % the flows are worth something.
    NoRoot,
}

impl Irr {
    pub(crate) fn of(amounts: &[f64], rates: Vec<f64>) -> Irr {
        match rates.as_slice() {
            _ if sign_changes(amounts.iter().copied()) == 0 => Irr::NoSignChange,
            [] => Irr::NoRoot,
            [one] => Irr::One(*one),
            _ => Irr::Many(rates),
        }
    }

    /// The rate, where there is exactly one.
    pub fn rate(&self) -> Option<f64> {
        match self {
            Irr::One(rate) => Some(*rate),
            _ => None,
        }
    }

    /// Every rate there is, rising.
    pub fn rates(&self) -> &[f64] {
        match self {
            Irr::One(rate) => std::slice::from_ref(rate),
            Irr::Many(rates) => rates,
            Irr::NoSignChange | Irr::NoRoot => &[],
        }
    }

    /// A stable word: `one`, `many`, `no_sign_change`, `no_root`.
    pub const fn status(&self) -> &'static str {
        match self {
            Irr::One(_) => "one",
            Irr::Many(_) => "many",
            Irr::NoSignChange => "no_sign_change",
            Irr::NoRoot => "no_root",
        }
    }

    /// Why it does not decide, as a sentence; none where there is one rate.
    pub fn remark(&self) -> Option<String> {
        match self {
            Irr::One(_) => None,
            Irr::Many(rates) => {
                let rates: Vec<String> = rates.iter().map(f64::to_string).collect();
                Some(format!(
                    "The flows are worth nothing at {} rates ({}): none of them is the rate of return. Decide by NPV.",
                    rates.len(),
                    rates.join(", ")
                ))
            }
            Irr::NoSignChange => {
                Some("All flows have the same sign, so there is no internal rate of return.".into())
            }
            Irr::NoRoot => Some(
                "At no rate above -100 % are the flows worth nothing, so there is no internal rate of return. \
                 Decide by NPV."
                    .into(),
            ),
        }
    }

    /// The rates per period as rates per year.
    #[must_use]
    pub(crate) fn per_year(self, months: u32) -> Irr {
        let periods = 12.0 / f64::from(months);
        let yearly = |rate: f64| if months == 12 { rate } else { growth(rate, periods) - 1.0 };
        match self {
            Irr::One(rate) => Irr::One(yearly(rate)),
            Irr::Many(rates) => Irr::Many(rates.into_iter().map(yearly).collect()),
            none => none,
        }
    }
}

/// The rates per period at which flows of one per period are worth nothing: all of them. When in the period
/// they fall makes no difference.
///
/// # Errors
/// [`Error::NoFlows`], [`Error::NotFinite`].
pub fn irr(flows: &[f64]) -> Result<Irr, Error> {
    check_flows(flows)?;
    // Periods counted back from the last.
    let back: Vec<(u32, f64)> = (0..).zip(flows.iter().rev()).map(|(back, flow)| (back, *flow)).collect();
    let terms: Vec<Term> = (0..).zip(flows).map(|(period, flow)| Term::at(period, *flow)).collect();
    Ok(Irr::of(flows, rates(&terms).into_iter().map(|rate| polished(&back, 1, rate)).collect()))
}

/// The float nearest to the rate: Newton steps in twofold precision on Σ x·g^e, where g is the growth of one
/// step of time, of which `steps` make a year, and e how many steps an amount lies before the last.
pub(crate) fn polished(back: &[(u32, f64)], steps: u32, found: f64) -> f64 {
    let mut base = match steps {
        1 => Twofold::sum(1.0, found),
        _ => Twofold::sum(libm::pow(1.0 + found, 1.0 / f64::from(steps)), 0.0),
    };
    for _ in 0..3 {
        let (mut value, mut slope) = (Twofold::ZERO, 0.0);
        for (exponent, amount) in back {
            let power = base.power(*exponent);
            value = value.add(power.times(Twofold::sum(*amount, 0.0)));
            slope += f64::from(*exponent) * amount * power.value() / base.value();
        }
        let step = value.value() / slope;
        // Where it only touches nought there is no slope to follow, and what bisection found stands.
        if !step.is_finite() || step.abs() > 1e-9 * base.value() {
            return found;
        }
        base = base.plus(-step);
    }
    base.power(steps).plus(-1.0).value()
}

/// The modified internal rate of return per period: inflows reinvested to the last period at `reinvest`,
/// outflows discounted to the first at `finance` (S. A. Lin 1976; Excel's `MIRR`).
///
/// # Errors
/// [`Error::OneSided`] without an outflow and an inflow; [`Error::Rate`], [`Error::NoFlows`],
/// [`Error::NotFinite`].
pub fn mirr(flows: &[f64], finance: f64, reinvest: f64) -> Result<f64, Error> {
    check_rate(finance)?;
    check_rate(reinvest)?;
    check_flows(flows)?;
    let side = |keep: fn(f64) -> f64| -> Vec<f64> { flows.iter().copied().map(keep).collect() };
    let earned = Discounting::yearly(reinvest, Timing::Start).worth(&side(|flow| flow.max(0.0)));
    let spent = -Discounting::yearly(finance, Timing::Start).worth(&side(|flow| flow.min(0.0)));
    if earned <= 0.0 || spent <= 0.0 || flows.len() < 2 {
        return Err(Error::OneSided);
    }
    let periods = (flows.len() - 1) as f64;
    Ok(libm::pow(earned / spent, 1.0 / periods) * (1.0 + reinvest) - 1.0)
}
