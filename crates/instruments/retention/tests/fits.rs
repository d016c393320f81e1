//! Fits of data drawn from a known truth: at least as likely as that truth, by the likelihood as the papers write it, with
//! beta and gamma functions.

mod common;

use common::{Chance, near};
use perception::Level;
use retention::{CohortCount, Customer, Error, RenewalModel, SpendModel, Spending, Subject, UsageModel, cox};
use statrs::function::{beta::ln_beta, gamma::ln_gamma};

const SAMPLES: u64 = 60;

fn chance(sample: u64) -> Chance {
    Chance(sample.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// A customer of BG/NBD with r = 1 and a = 1, watched until `age`.
fn history(chance: &mut Chance, alpha: f64, b: f64, age: f64) -> Customer {
    let (rate, leaving) = (chance.exponential(alpha), 1.0 - chance.next().powf(1.0 / b));
    let (mut frequency, mut recency) = (0, 0.0);
    loop {
        let next = recency + chance.exponential(rate);
        if next > age {
            return Customer { frequency, recency, age, count: 1 };
        }
        (frequency, recency) = (frequency + 1, next);
        if chance.next() < leaving {
            return Customer { frequency, recency, age, count: 1 };
        }
    }
}

/// Equation 6 of Fader, Hardie and Lee (2005), with gamma and beta functions.
fn usage_likelihood(customers: &[Customer], r: f64, alpha: f64, a: f64, b: f64) -> f64 {
    let of = |one: &Customer| {
        let uses = f64::from(one.frequency);
        let active = (ln_beta(a, b + uses) - ln_beta(a, b)).exp() * (alpha + one.age).powf(-r - uses);
        let gone = if one.frequency == 0 {
            0.0
        } else {
            (ln_beta(a + 1.0, b + uses - 1.0) - ln_beta(a, b)).exp() * (alpha + one.recency).powf(-r - uses)
        };
        ln_gamma(r + uses) - ln_gamma(r) + r * alpha.ln() + (active + gone).ln()
    };
    customers.iter().map(of).sum()
}

/// In one sample of 60 customers seem all alike in how likely they leave, which scipy's Nelder–Mead finds as well (a and
/// b beyond a million): that is refused, with its reason.
#[test]
fn a_fit_of_use_is_at_least_as_likely_as_the_truth() {
    let mut refused = Vec::new();
    for sample in 0..SAMPLES {
        let mut chance = chance(sample);
        let (alpha, b) = (2.0 + 18.0 * chance.next(), 1.5 + 4.5 * chance.next());
        let customers: Vec<Customer> = (0..600)
            .map(|_| {
                let age = 20.0 + 20.0 * chance.next();
                history(&mut chance, alpha, b, age)
            })
            .collect();
        match UsageModel::fit(&customers) {
            Ok(model) => {
                let own = usage_likelihood(&customers, model.r, model.alpha, model.a, model.b);
                near(model.log_likelihood, own, 1e-9 * own.abs(), "likelihood");
                assert!(own >= usage_likelihood(&customers, 1.0, alpha, 1.0, b), "sample {sample}");
            }
            Err(Error::NoFit { says, .. }) => refused.push((sample, says)),
            Err(error) => panic!("{error}"),
        }
    }
    let says = "customers seem all alike in how likely they leave after a use; take more customers, or a longer time";
    assert_eq!(refused, [(50, says.to_owned())]);
}

#[test]
fn a_fit_of_renewals_is_at_least_as_likely_as_the_truth() {
    for sample in 0..SAMPLES {
        let mut chance = chance(sample);
        let (b, mut there) = (1.5 + 6.5 * chance.next(), 2000);
        let mut left = [0_u64; 7];
        for _ in 0..there {
            let leaving = 1.0 - chance.next().powf(1.0 / b);
            if let Some(year) = (0..7).find(|_| chance.next() < leaving) {
                left[year] += 1;
            }
        }
        let mut counts = Vec::new();
        for (year, gone) in (1..).zip(left) {
            counts.push(CohortCount { time: f64::from(year), at_risk: there, left: gone });
            there -= gone;
        }
        let model = RenewalModel::fit(&counts).unwrap();
        let likelihood = |alpha: f64, beta: f64| {
            let gone = (1..).zip(left).map(|(year, gone)| {
                gone as f64 * (ln_beta(alpha + 1.0, beta + f64::from(year) - 1.0) - ln_beta(alpha, beta))
            });
            gone.sum::<f64>() + there as f64 * (ln_beta(alpha, beta + 7.0) - ln_beta(alpha, beta))
        };
        let own = likelihood(model.alpha, model.beta);
        near(model.log_likelihood, own, 1e-9 * own.abs(), "likelihood");
        assert!(own >= likelihood(1.0, b), "sample {sample}");
    }
}

/// Values of one customer are exponential (p = 1), their scales Gamma(2, γ).
#[test]
fn a_fit_of_values_is_at_least_as_likely_as_the_truth() {
    for sample in 0..SAMPLES {
        let mut chance = chance(sample);
        let gamma = 1.0 + 999.0 * chance.next();
        let customers: Vec<Spending> = (0..500)
            .map(|_| {
                let rate = chance.exponential(gamma) + chance.exponential(gamma);
                let frequency = 1 + (8.0 * chance.next()) as u32;
                let sum: f64 = (0..frequency).map(|_| chance.exponential(rate)).sum();
                Spending { frequency, mean_value: sum / f64::from(frequency), count: 1 }
            })
            .collect();
        let model = SpendModel::fit(&customers, Level::NINETY_FIVE).unwrap();
        let own = value_likelihood(&customers, model.p, model.q, model.gamma);
        near(model.log_likelihood, own, 1e-9 * own.abs(), "likelihood");
        assert!(own >= value_likelihood(&customers, 1.0, 2.0, gamma), "sample {sample}");
    }
}

fn value_likelihood(customers: &[Spending], p: f64, q: f64, gamma: f64) -> f64 {
    let of = |one: &Spending| {
        let uses = f64::from(one.frequency);
        let shape = p * uses;
        let spent = (uses * one.mean_value + gamma).ln();
        q * gamma.ln() + (shape - 1.0) * one.mean_value.ln() + shape * uses.ln()
            - (shape + q) * spent
            - ln_beta(shape, q)
    };
    customers.iter().map(of).sum()
}

/// Among others that say little, a covariate by which everyone who left can be put in order, or told from all who stayed
/// longer: never a coefficient with an error of a million.
#[test]
fn a_covariate_that_separates_is_always_named() {
    for sample in 0..SAMPLES {
        let mut chance = chance(sample);
        let subjects: Vec<Subject> = (0..60)
            .map(|_| {
                let (time, left) = ((40.0 * chance.next()).ceil(), chance.next() < 0.6);
                let order = if sample % 2 == 0 { -time } else { f64::from(left && time < 9.0) };
                let covariates = vec![chance.next(), order, (3.0 * chance.next()).floor()];
                Subject { time, left, covariates }
            })
            .collect();
        let error = cox(&["noise", "order", "kind"], &subjects, Level::NINETY_FIVE).unwrap_err().to_string();
        let says = "Cox's model does not fit: order tells exactly who leaves first";
        assert!(error.starts_with(says), "sample {sample}: {error}");
    }
}
