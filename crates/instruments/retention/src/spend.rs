//! What a use is worth: the Gamma-Gamma model (Fader and Hardie 2013, "The Gamma-Gamma model of monetary value"), and
//! whether it may be used.
//!
//! The value of a use varies around a mean of the customer's own; over customers these means are spread. The model takes
//! them to be independent of how often customers come: [`Independence`] shows whether they are.

use perception::{Interval, Level};
use statrs::function::gamma::{digamma, ln_gamma};

use crate::Error;
use crate::ascent::{NoTop, Went, climb};
use crate::survival::check_counts;

const MODEL: &str = "The Gamma-Gamma model";

/// What a customer, or several alike, spent per repeat use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spending {
    /// Repeat uses, at least 1.
    pub frequency: u32,
    /// Mean value of one, above 0.
    pub mean_value: f64,
    /// How many customers this holds for.
    pub count: u64,
}

/// Whether the value of a use goes with how often customers come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Independence {
    /// Correlation of frequency and mean value (Pearson).
    pub correlation: f64,
    /// Its interval by Fisher's z; `None` for three customers or fewer.
    pub interval: Option<Interval>,
}

impl Independence {
    /// Whether the interval excludes 0, so that the two are not independent.
    #[must_use]
    pub fn is_refuted(&self) -> bool {
        self.interval.is_some_and(|interval| !interval.holds(0.0))
    }
}

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpendModel {
    /// p: shape of the values of one customer.
    pub p: f64,
    /// q: shape of the customers' scales.
    pub q: f64,
    /// γ, the scale of the customers' scales: v in some programs; in the unit of money.
    pub gamma: f64,
    /// Standard errors of p, q and γ.
    pub standard_errors: [f64; 3],
    /// Log likelihood of the mean values.
    pub log_likelihood: f64,
    /// Whether value goes with frequency; `None` where all have the same frequency or the same mean value.
    pub independence: Option<Independence>,
}

impl SpendModel {
    /// Fits `customers` who came back. The order of rows changes nothing.
    ///
    /// # Errors
    /// [`Error::Row`] for a customer without a repeat use or with a value that is not above 0; [`Error::NoFit`], where the
    /// values do not tell the parameters apart.
    pub fn fit(customers: &[Spending], level: Level) -> Result<SpendModel, Error> {
        check(customers)?;
        let mut sorted: Vec<Spending> = customers.iter().filter(|one| one.count > 0).copied().collect();
        sorted.sort_by(|one, other| {
            let values = one.mean_value.total_cmp(&other.mean_value);
            one.frequency.cmp(&other.frequency).then(values).then(one.count.cmp(&other.count))
        });
        let independence = independence(&sorted, level);
        // In units of the mean value all parameters are of the size of 1.
        let customers: f64 = sorted.iter().map(|one| one.count as f64).sum();
        let scale = sorted.iter().map(|one| one.mean_value * one.count as f64).sum::<f64>() / customers;
        sorted.iter_mut().for_each(|one| one.mean_value /= scale);
        let top = climb(&|at| likelihood(&sorted, at), &[1.0, 2.0, 1.0]).map_err(no_top)?;
        let mut errors = [0; 3].map(f64::from);
        errors.copy_from_slice(&top.standard_errors());
        errors[2] *= scale;
        Ok(SpendModel {
            p: top.parameters[0],
            q: top.parameters[1],
            gamma: top.parameters[2] * scale,
            standard_errors: errors,
            log_likelihood: top.value - customers * scale.ln(),
            independence,
        })
    }

    /// Mean value of a use over all customers; `None` for q ≤ 1, where it has none.
    #[must_use]
    pub fn population_mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.gamma / (self.q - 1.0))
    }

    /// Expected value of a use of a customer with `frequency` repeat uses of `mean_value`: the customer's own mean,
    /// drawn towards that of all the more, the fewer their uses. `None` is for a customer without a repeat use.
    ///
    /// # Errors
    /// [`Error::Data`], where nothing is known of the customer and the mean of all has no value (q ≤ 1).
    pub fn expected_value(&self, frequency: u32, mean_value: Option<f64>) -> Result<f64, Error> {
        let uses = if mean_value.is_some() { f64::from(frequency) } else { 0.0 };
        let weight = self.p * uses + self.q - 1.0;
        if weight <= 0.0 {
            return Err(Error::data("The mean value of all customers has no value (q is not above 1)"));
        }
        Ok(self.p * (self.gamma + uses * mean_value.unwrap_or(0.0)) / weight)
    }
}

/// Value and slope at p, q, γ.
fn likelihood(customers: &[Spending], at: &[f64]) -> (f64, Vec<f64>) {
    let (p, q, gamma) = (at[0], at[1], at[2]);
    let (log_gamma, log_q, slope_q) = (gamma.ln(), ln_gamma(q), digamma(q));
    let mut value = 0.0;
    let mut slope = vec![0.0; 3];
    for bunch in customers.chunk_by(|one, other| one.frequency == other.frequency) {
        let uses = f64::from(bunch[0].frequency);
        let shape = p * uses + q;
        let constant = ln_gamma(shape) - ln_gamma(p * uses) - log_q + q * log_gamma + p * uses * uses.ln();
        let by_shape = digamma(shape);
        let by_p = by_shape - digamma(p * uses) + uses.ln();
        for one in bunch {
            let (weight, log_value) = (one.count as f64, one.mean_value.ln());
            let spent = uses * one.mean_value + gamma;
            value += weight * (constant + (p * uses - 1.0) * log_value - shape * spent.ln());
            slope[0] += weight * uses * (by_p + log_value - spent.ln());
            slope[1] += weight * (by_shape - slope_q + log_gamma - spent.ln());
            slope[2] += weight * (q / gamma - shape / spent);
        }
    }
    (value, slope)
}

fn independence(customers: &[Spending], level: Level) -> Option<Independence> {
    let weighted = |of: &dyn Fn(&Spending) -> f64| -> f64 {
        customers.iter().map(|one| one.count as f64 * of(one)).sum()
    };
    let count = weighted(&|_| 1.0);
    let uses = weighted(&|one| f64::from(one.frequency)) / count;
    let value = weighted(&|one| one.mean_value) / count;
    let spread_uses = weighted(&|one| (f64::from(one.frequency) - uses).powi(2));
    let spread_value = weighted(&|one| (one.mean_value - value).powi(2));
    let together = weighted(&|one| (f64::from(one.frequency) - uses) * (one.mean_value - value));
    if spread_uses <= 0.0 || spread_value <= 0.0 {
        return None;
    }
    let correlation = (together / (spread_uses * spread_value).sqrt()).clamp(-1.0, 1.0);
    let interval = (count > 3.0 && correlation.abs() < 1.0).then(|| {
        let around =
            Interval::around(correlation.atanh(), level.normal_quantile() / (count - 3.0).sqrt(), level);
        Interval { lower: around.lower.tanh(), upper: around.upper.tanh(), level }
    });
    Some(Independence { correlation, interval })
}

fn check(customers: &[Spending]) -> Result<(), Error> {
    if customers.iter().all(|one| one.count == 0) {
        return Err(Error::data(
            "There are no customers who came back: the model needs values of repeat uses",
        ));
    }
    check_counts("count", customers.iter().map(|one| one.count))?;
    for (at, one) in customers.iter().enumerate() {
        if one.frequency == 0 {
            return Err(Error::row(
                at,
                "frequency",
                "only customers with a repeat use have a value: leave the others out",
            ));
        }
        if !(one.mean_value.is_finite() && one.mean_value > 0.0) {
            return Err(Error::row(at, "value", "the mean value of a use is a number above 0"));
        }
    }
    Ok(())
}

fn no_top(why: NoTop) -> Error {
    let says = match why {
        NoTop::Flat => {
            "the values do not tell its three parameters apart; take more customers with repeat uses"
        }
        NoTop::RunsAway(went) if went[1] == Went::Up => {
            "customers seem all alike in what a use is worth; take the mean value of all"
        }
        NoTop::RunsAway(went) if went[0] == Went::Up => {
            "the uses of one customer seem all worth the same; take each customer's own mean value"
        }
        NoTop::RunsAway(_) => "the best fit lies at an extreme; take more customers with repeat uses",
    };
    Error::NoFit { model: MODEL, says: says.to_owned() }
}
