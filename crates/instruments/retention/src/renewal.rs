//! Contract renewals: the shifted-beta-geometric model (Fader and Hardie 2007, "How to project customer retention",
//! Journal of Interactive Marketing 21, 76–90).
//!
//! Each customer leaves at any renewal with a probability of their own; over customers it is Beta(α, β). Those likely to
//! leave go first, so the renewal rate of those who remain rises with age: r(t) = (β + t − 1) ÷ (α + β + t − 1). The
//! likelihood of at-risk and left counts is the product of these rates; it is that of the paper, and holds as well for
//! cohorts of different age added up.

use crate::ascent::{NoTop, Top, climb};
use crate::survival::{CohortCount, RiskTable};
use crate::{Error, lifetime};

const MODEL: &str = "The shifted-beta-geometric model";

/// A fitted model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RenewalModel {
    /// α: the larger beside β, the more leave at first.
    pub alpha: f64,
    /// β.
    pub beta: f64,
    /// Standard error of α.
    pub alpha_error: f64,
    /// Standard error of β.
    pub beta_error: f64,
    /// Log likelihood.
    pub log_likelihood: f64,
}

impl RenewalModel {
    /// Fits `counts`: at each renewal (time 1, 2, …) how many customers were up for it and how many left. Cohorts with the
    /// same time are added up; the order of rows changes nothing.
    ///
    /// # Errors
    /// [`Error::Row`] for a renewal that is not a whole number from 1 up, or more who left than were at risk;
    /// [`Error::NoFit`], where fewer than two renewals were seen, nobody or everybody left, or the renewal rate does not
    /// rise with age as the model says.
    pub fn fit(counts: &[CohortCount]) -> Result<RenewalModel, Error> {
        if let Some(at) = counts.iter().position(|one| one.time < 1.0 || one.time.fract() != 0.0) {
            return Err(Error::row(at, "time", "renewals are counted 1, 2, 3 and so on"));
        }
        let table = RiskTable::of_counts(counts)?;
        let rows: Vec<[f64; 3]> = (table.rows().iter())
            .map(|row| [row.time, (row.at_risk - row.events) as f64, row.events as f64])
            .collect();
        refuse_extremes(&rows)?;
        let likelihood = |at: &[f64]| likelihood(&rows, at[0], at[1]);
        // Over the best constant rate there is a best spread of rates, if there is one at all.
        let top = climb(&likelihood, &[1.0, 1.0]).map_err(|why| no_top(why, &rows))?;
        Ok(RenewalModel::of_top(&top))
    }

    fn of_top(top: &Top) -> RenewalModel {
        let errors = top.standard_errors();
        RenewalModel {
            alpha: top.parameters[0],
            beta: top.parameters[1],
            alpha_error: errors[0],
            beta_error: errors[1],
            log_likelihood: top.value,
        }
    }

    /// Part of customers who renew at renewal `number` (1 is the first), of those who are up for it.
    #[must_use]
    pub fn renewal_rate(&self, number: u32) -> f64 {
        let age = f64::from(number) - 1.0;
        (self.beta + age) / (self.alpha + self.beta + age)
    }

    /// Part of customers still there after renewal `number`; 1 after none.
    #[must_use]
    pub fn survival(&self, number: u32) -> f64 {
        (1..=number).map(|one| self.renewal_rate(one)).product()
    }

    /// Discounted expected number of periods a new customer pays for, each paid at its beginning (Fader and Hardie 2010,
    /// Marketing Science 29, 85–93). `discount` is the rate per period, above 0.
    ///
    /// # Errors
    /// [`Error::Data`], where the rate is not above 0.
    pub fn discounted_lifetime(&self, discount: f64) -> Result<f64, Error> {
        lifetime::discounted_periods(self.alpha, self.beta, discount)
    }

    /// The same for a customer up for renewal `number` (1 is the first), who may not renew: discounted to that renewal.
    ///
    /// # Errors
    /// [`Error::Data`], where the rate is not above 0.
    pub fn discounted_residual_lifetime(&self, number: u32, discount: f64) -> Result<f64, Error> {
        // Who has renewed until then leaves with a probability of Beta(α, β + renewals).
        let beta = self.beta + f64::from(number) - 1.0;
        let renewing = lifetime::discounted_periods(self.alpha, beta + 1.0, discount)?;
        Ok(self.renewal_rate(number) * renewing)
    }
}

/// Value and slope. `rows`: renewal, kept, left.
fn likelihood(rows: &[[f64; 3]], alpha: f64, beta: f64) -> (f64, Vec<f64>) {
    let (mut value, mut by_alpha, mut by_beta) = (0.0, 0.0, 0.0);
    for [renewal, kept, left] in rows {
        let staying = beta + renewal - 1.0;
        let all = alpha + staying;
        value += kept * (staying / all).ln() + left * (alpha / all).ln();
        by_alpha += left / alpha - (kept + left) / all;
        by_beta += kept / staying - (kept + left) / all;
    }
    (value, vec![by_alpha, by_beta])
}

fn refuse_extremes(rows: &[[f64; 3]]) -> Result<(), Error> {
    let sum = |column: usize| rows.iter().map(|row| row[column]).sum::<f64>();
    let says = if rows.len() < 2 {
        "it takes at least two renewals to see how the rate changes with age"
    } else if sum(2) == 0.0 {
        "nobody has left yet"
    } else if sum(1) == 0.0 {
        "everybody left at every renewal"
    } else {
        return Ok(());
    };
    Err(Error::NoFit { model: MODEL, says: says.to_owned() })
}

fn no_top(why: NoTop, rows: &[[f64; 3]]) -> Error {
    let sum = |column: usize| rows.iter().map(|row| row[column]).sum::<f64>();
    let rate = 100.0 * sum(1) / (sum(1) + sum(2));
    let later: f64 = rows.iter().filter(|row| row[0] > 1.0).map(|row| row[2]).sum();
    let says = match why {
        NoTop::RunsAway(_) if later == 0.0 => {
            "after the first renewal nobody left, so there are two kinds of customers and nothing between"
                .to_owned()
        }
        NoTop::RunsAway(_) => format!(
            "the renewal rate does not rise with age, so customers look alike; use a constant rate of {rate:.2} %"
        ),
        NoTop::Flat => "the counts do not tell its two parameters apart; add renewals or cohorts".to_owned(),
    };
    Error::NoFit { model: MODEL, says }
}
