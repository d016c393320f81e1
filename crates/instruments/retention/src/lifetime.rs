//! What a customer is worth over their lifetime, discounted.
//!
//! Amounts are estimates in any unit of money, as real numbers; what is charged or paid is exact money elsewhere.

use crate::survival::Curve;
use crate::{Customer, Error, SpendModel, UsageModel};

/// Terms beyond which a series is left to its bound.
const MOST_PERIODS: u32 = 10_000_000;

/// Σ S(t) ÷ (1 + d)ᵗ from t = 0, for the shifted-beta-geometric survival S.
pub(crate) fn discounted_periods(alpha: f64, beta: f64, discount: f64) -> Result<f64, Error> {
    check_discount(discount)?;
    let (mut sum, mut term) = (0.0, 1.0);
    for period in 0..MOST_PERIODS {
        sum += term;
        let age = f64::from(period);
        term *= (beta + age) / (alpha + beta + age) / (1.0 + discount);
        // The rest is at most a geometric series.
        if term * (1.0 + discount) <= 1e-16 * discount * sum {
            return Ok(sum);
        }
    }
    Err(Error::data(format!(
        "A rate of {discount} per period is too small to sum by: give it per longer period"
    )))
}

fn check_discount(discount: f64) -> Result<(), Error> {
    if discount > 0.0 && discount.is_finite() {
        return Ok(());
    }
    let says = format!("A discount rate of {discount} per period is not above 0: give 0.1 for 10 %");
    Err(Error::data(says))
}

/// Discounted value of a customer who pays `charge` at the beginning of each period of length `period` while there, as
/// the curve has seen it: up to the last whole period in it. A lower bound where customers were left at the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ObservedValue {
    /// The value, in the unit of the charge.
    pub value: f64,
    /// Periods it covers.
    pub periods: u32,
    /// Part of customers still there in the last one: their further value is left out.
    pub still_there: f64,
}

/// See [`ObservedValue`]. `discount` is the rate per period.
///
/// # Errors
/// [`Error::Data`], where the rate or the period is not above 0.
pub fn observed_value(
    curve: &Curve,
    charge: f64,
    period: f64,
    discount: f64,
) -> Result<ObservedValue, Error> {
    check_discount(discount)?;
    let periods = curve.last_time() / period;
    if !(period > 0.0 && periods < f64::from(MOST_PERIODS)) {
        return Err(Error::data(format!("A period of {period} is not above 0 and of the size of the times")));
    }
    let last = periods.floor() as u32;
    let there = |number: u32| curve.survival_at(f64::from(number) * period).unwrap_or(0.0);
    let value = (0..=last).map(|number| charge * there(number) / (1.0 + discount).powi(number as i32)).sum();
    Ok(ObservedValue { value, periods: last + 1, still_there: there(last) })
}

/// Discounted value of a customer without a contract over `periods` to come, each `length` units of time long: expected
/// uses in each period by BG/NBD × expected value of one by Gamma-Gamma × `margin`, discounted to now from the end of
/// the period. `mean_value` is the mean value of their uses so far; `None` where they have none.
///
/// # Errors
/// [`Error::Data`], where rate, length or margin are not above 0; see also [`SpendModel::expected_value`].
pub fn usage_value(
    usage: &UsageModel,
    spend: &SpendModel,
    customer: &Customer,
    mean_value: Option<f64>,
    plan: &ValuePlan,
) -> Result<f64, Error> {
    check_discount(plan.discount)?;
    if !(plan.length > 0.0 && plan.margin > 0.0 && plan.length.is_finite() && plan.margin.is_finite()) {
        return Err(Error::data("Length of a period and margin are above 0: give 1 for a margin of 100 %"));
    }
    let each = plan.margin * spend.expected_value(customer.frequency, mean_value)?;
    let (mut value, mut before) = (0.0, 0.0);
    for number in 1..=plan.periods {
        let until = usage.expected_uses_of(customer, f64::from(number) * plan.length);
        value += each * (until - before) / (1.0 + plan.discount).powi(number as i32);
        before = until;
    }
    Ok(value)
}

/// Over what a customer is valued.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValuePlan {
    /// Periods to come.
    pub periods: u32,
    /// Length of one, in the unit of time of the model.
    pub length: f64,
    /// Discount rate per period.
    pub discount: f64,
    /// Part of the value that stays after cost; 1 for all of it.
    pub margin: f64,
}
