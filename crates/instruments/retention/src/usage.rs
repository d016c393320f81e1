//! Use without a contract: the BG/NBD model (Fader, Hardie and Lee 2005, "Counting your customers the easy way",
//! Marketing Science 24, 275–284).
//!
//! While active, a customer uses the service at a rate of their own, over customers Gamma(r, α); after each use they leave
//! for good with a probability of their own, over customers Beta(a, b). Nobody tells when they leave: it shows in how
//! long ago they were last seen.

use crate::ascent::{NoTop, Top, Went, climb};
use crate::survival::check_counts;
use crate::{Error, beta};

const MODEL: &str = "The BG/NBD model";
/// The most repeat uses of one customer: a table of that length is kept.
const MOST_USES: u32 = 1_000_000;

/// A customer without a contract, or several of the same history: no ids are needed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Customer {
    /// Repeat uses: those after the first.
    pub frequency: u32,
    /// Age at the last use, from the first; 0 without a repeat use.
    pub recency: f64,
    /// Age now, from the first use: the T of the paper.
    pub age: f64,
    /// How many customers this holds for.
    pub count: u64,
}

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsageModel {
    /// r: shape of the rates of use.
    pub r: f64,
    /// α: scale of the rates, in the unit of time.
    pub alpha: f64,
    /// a of the probability of leaving.
    pub a: f64,
    /// b of the probability of leaving.
    pub b: f64,
    /// Standard errors of r, α, a and b.
    pub standard_errors: [f64; 4],
    /// Log likelihood.
    pub log_likelihood: f64,
}

impl UsageModel {
    /// Fits `customers`; time in any one unit. The order of rows changes nothing.
    ///
    /// # Errors
    /// [`Error::Row`] for a history that cannot be; [`Error::NoFit`], where nobody came back, or the histories do not tell
    /// the parameters apart.
    pub fn fit(customers: &[Customer]) -> Result<UsageModel, Error> {
        check(customers)?;
        let mut sorted: Vec<Customer> = customers.iter().filter(|one| one.count > 0).copied().collect();
        sorted.sort_by(|one, other| {
            let times = one.recency.total_cmp(&other.recency).then(one.age.total_cmp(&other.age));
            one.frequency.cmp(&other.frequency).then(times).then(one.count.cmp(&other.count))
        });
        if sorted.iter().all(|one| one.frequency == 0) {
            let says = "nobody came back, so there is no rate of use to learn".to_owned();
            return Err(Error::NoFit { model: MODEL, says });
        }
        // In units of the mean age all parameters are of the size of 1.
        let count: f64 = sorted.iter().map(|one| one.count as f64).sum();
        let scale = sorted.iter().map(|one| one.age * one.count as f64).sum::<f64>() / count;
        for one in &mut sorted {
            (one.recency, one.age) = (one.recency / scale, one.age / scale);
        }
        let top = climb(&|at| likelihood(&sorted, at), &[1.0, 1.0, 1.0, 1.0]).map_err(no_top)?;
        let uses: f64 = sorted.iter().map(|one| f64::from(one.frequency) * one.count as f64).sum();
        Ok(UsageModel::of_top(&top, scale, uses))
    }

    fn of_top(top: &Top, scale: f64, uses: f64) -> UsageModel {
        let [r, alpha, a, b] = [0, 1, 2, 3].map(|at| top.parameters[at]);
        let mut errors = [0; 4].map(f64::from);
        errors.copy_from_slice(&top.standard_errors());
        errors[1] *= scale;
        let log_likelihood = top.value - uses * scale.ln();
        UsageModel { r, alpha: alpha * scale, a, b, standard_errors: errors, log_likelihood }
    }

    /// Expected uses of a new customer within `time` after their first use.
    #[must_use]
    pub fn expected_uses(&self, time: f64) -> f64 {
        expected(self.r, self.alpha, self.a, self.b, time)
    }

    /// Expected uses of `customer` within `time` from now.
    #[must_use]
    pub fn expected_uses_of(&self, customer: &Customer, time: f64) -> f64 {
        let uses = f64::from(customer.frequency);
        let (r, alpha, b) = (self.r + uses, self.alpha + customer.age, self.b + uses);
        // Who is still active has rates and probabilities with these parameters.
        self.probability_active(customer) * expected(r, alpha, self.a, b, time)
    }

    /// Probability that `customer` has not left. Without a repeat use it is 1: in this model one leaves only after a
    /// repeat use.
    #[must_use]
    pub fn probability_active(&self, customer: &Customer) -> f64 {
        if customer.frequency == 0 {
            return 1.0;
        }
        let uses = f64::from(customer.frequency);
        let ratio = (self.alpha + customer.age) / (self.alpha + customer.recency);
        let log_odds = (self.a / (self.b + uses - 1.0)).ln() + (self.r + uses) * ratio.ln();
        1.0 / (1.0 + log_odds.exp())
    }
}

/// E[X(t)] = E[(1 − (α ÷ (α + pt))ʳ) ÷ p] over p of Beta(a, b): the paper's equation 9 before it is written with a
/// hypergeometric function, which has no value for a = 1 and for a + b ≤ 1.
fn expected(r: f64, alpha: f64, a: f64, b: f64, time: f64) -> f64 {
    if time <= 0.0 {
        return 0.0;
    }
    let uses = |p: f64| -(-r * (p * time / alpha).ln_1p()).exp_m1() / p;
    let never_leaving = r * time / alpha;
    beta::mean(a, b, never_leaving, uses(1.0), &|p, _| if p < 1e-300 { never_leaving } else { uses(p) })
}

/// Value and slope at r, α, a, b. `customers` are sorted by frequency.
fn likelihood(customers: &[Customer], at: &[f64]) -> (f64, Vec<f64>) {
    let (r, alpha, a, b) = (at[0], at[1], at[2], at[3]);
    let mut value = 0.0;
    let mut slope = vec![0.0; 4];
    let mut products = Products::new(r, a, b);
    for one in customers {
        products.reach(one.frequency);
        let (uses, weight) = (f64::from(one.frequency), one.count as f64);
        let (log_age, log_recency) = ((alpha + one.age).ln(), (alpha + one.recency).ln());
        let active = -(r + uses) * log_age;
        // The logarithm of both ways together, and the part of the second, to have left at the last use.
        let (both, gone) = if one.frequency == 0 {
            (active, 0.0)
        } else {
            let left = (a / (b + uses - 1.0)).ln() - (r + uses) * log_recency;
            let high = active.max(left);
            let both = high + ((active - high).exp() + (left - high).exp()).ln();
            (both, (left - both).exp())
        };
        let staying = 1.0 - gone;
        value += weight * (products.value + r * alpha.ln() + both);
        slope[0] += weight * (products.by_r + alpha.ln() - staying * log_age - gone * log_recency);
        slope[1] +=
            weight * (r / alpha - (r + uses) * (staying / (alpha + one.age) + gone / (alpha + one.recency)));
        slope[2] += weight * (products.by_a + gone / a);
        let last = if one.frequency == 0 { 0.0 } else { gone / (b + uses - 1.0) };
        slope[3] += weight * (products.by_b - last);
    }
    (value, slope)
}

/// ln Γ(r + x) ÷ Γ(r) and ln B(a, b + x) ÷ B(a, b) with their slopes, as products that grow with x.
struct Products {
    uses: u32,
    parameters: [f64; 3],
    value: f64,
    by_r: f64,
    by_a: f64,
    by_b: f64,
}

impl Products {
    fn new(r: f64, a: f64, b: f64) -> Products {
        Products { uses: 0, parameters: [r, a, b], value: 0.0, by_r: 0.0, by_a: 0.0, by_b: 0.0 }
    }

    fn reach(&mut self, uses: u32) {
        let [r, a, b] = self.parameters;
        while self.uses < uses {
            let before = f64::from(self.uses);
            let all = a + b + before;
            self.value += (r + before).ln() + ((b + before) / all).ln();
            self.by_r += 1.0 / (r + before);
            self.by_a -= 1.0 / all;
            self.by_b += 1.0 / (b + before) - 1.0 / all;
            self.uses += 1;
        }
    }
}

fn check(customers: &[Customer]) -> Result<(), Error> {
    if customers.iter().all(|one| one.count == 0) {
        return Err(Error::data("There are no customers: the model needs histories"));
    }
    check_counts("count", customers.iter().map(|one| one.count))?;
    for (at, one) in customers.iter().enumerate() {
        let number = |value: f64| value.is_finite() && value >= 0.0;
        if !number(one.age) || one.age <= 0.0 {
            return Err(Error::row(at, "T", "an age is a number above 0, counted from the first use"));
        }
        if !number(one.recency) || one.recency > one.age {
            return Err(Error::row(at, "recency", "the last use lies between the first, 0, and now, T"));
        }
        if (one.frequency == 0) != (one.recency <= 0.0) {
            let says = "recency is 0 exactly where there is no repeat use; count uses after the first only";
            return Err(Error::row(at, "recency", says));
        }
        if one.frequency > MOST_USES {
            return Err(Error::row(
                at,
                "frequency",
                format!("more than {MOST_USES} uses are no history of one customer"),
            ));
        }
    }
    Ok(())
}

fn no_top(why: NoTop) -> Error {
    use Went::{Down, Nowhere, Up};
    let says = match why {
        NoTop::Flat => "the histories do not tell its four parameters apart; take more customers",
        NoTop::RunsAway(went) => match went[..] {
            [Nowhere, Nowhere, Up, Up] => {
                "customers seem all alike in how likely they leave after a use; take more customers, or a longer time"
            }
            [Up, Up, ..] => {
                "customers seem all alike in how often they come; take more customers, or a longer time"
            }
            [_, _, Down, _] | [_, _, _, Up] => "nobody seems to leave; take a longer time",
            [_, _, Up, _] | [_, _, _, Down] => {
                "all seem to leave after one use; take customers who came back later"
            }
            _ => "the best fit lies at an extreme; take more customers, or a longer time",
        },
    };
    Error::NoFit { model: MODEL, says: says.to_owned() }
}
