//! How much of last period's charge is still there: gross and net retention, in exact money.

use std::collections::BTreeSet;

use kernel::{Currency, Money};
use perception::Proportion;

use crate::Error;

/// What one customer was charged in a period, and in the one it is compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct ChargeChange {
    /// The customer.
    pub customer: String,
    /// Charge of the earlier period; zero if they are new. Not negative.
    pub before: Money,
    /// Charge of the later period; zero if they have left. Not negative.
    pub after: Money,
}

/// Where the charge went: start − lost − shrunk + grown + new = end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChargeRetention {
    /// Charge of the earlier period.
    pub start: Money,
    /// Of customers who left.
    pub lost: Money,
    /// By which others take less.
    pub shrunk: Money,
    /// By which others take more.
    pub grown: Money,
    /// Of customers who were not there before: part of neither rate.
    pub new: Money,
    /// Charge of the later period.
    pub end: Money,
}

impl ChargeRetention {
    /// Gross retention, a part of 1: what is left of the charge, growth not counted. `None` without a charge before.
    #[must_use]
    pub fn gross(&self) -> Option<f64> {
        self.rate(self.start.minor() - self.lost.minor() - self.shrunk.minor())
    }

    /// Net retention: the same customers' charge after ÷ before; above 1 where growth outweighs loss.
    #[must_use]
    pub fn net(&self) -> Option<f64> {
        self.rate(self.end.minor() - self.new.minor())
    }

    fn rate(&self, kept: i64) -> Option<f64> {
        (self.start.minor() > 0).then(|| kept as f64 / self.start.minor() as f64)
    }
}

/// Compares two periods' charges, all in `currency`. The order of rows changes nothing.
///
/// # Errors
/// [`Error::Row`] for a customer that is there twice, a negative charge, another currency, or amounts that together do
/// not fit.
pub fn charge_retention(currency: Currency, changes: &[ChargeChange]) -> Result<ChargeRetention, Error> {
    let nothing = Money::zero(currency);
    let mut sum = ChargeRetention {
        start: nothing,
        lost: nothing,
        shrunk: nothing,
        grown: nothing,
        new: nothing,
        end: nothing,
    };
    let mut seen = BTreeSet::new();
    for (at, change) in changes.iter().enumerate() {
        if !seen.insert(&change.customer) {
            let says = format!("{} is there twice: add up what one customer is charged", change.customer);
            return Err(Error::row(at, "customer", says));
        }
        let field = |field, says: String| Error::row(at, field, says);
        for (name, charge) in [("before", change.before), ("after", change.after)] {
            if charge.minor() < 0 {
                return Err(field(
                    name,
                    "a charge is not negative: leave credits to their own period".to_owned(),
                ));
            }
        }
        add(&mut sum, change).map_err(|error| field("after", error.to_string()))?;
    }
    Ok(sum)
}

fn add(sum: &mut ChargeRetention, change: &ChargeChange) -> Result<(), kernel::MoneyError> {
    let more = change.after.minus(change.before)?;
    let less = more.negated();
    let part = match (change.before.minor(), change.after.minor()) {
        (0, _) => &mut sum.new,
        (_, 0) => &mut sum.lost,
        (before, after) if after < before => &mut sum.shrunk,
        _ => &mut sum.grown,
    };
    *part = part.plus(if more.minor() < 0 { less } else { more })?;
    sum.start = sum.start.plus(change.before)?;
    sum.end = sum.end.plus(change.after)?;
    Ok(())
}

/// Customer retention = (end − new) ÷ start, with its interval by [`Proportion::wilson`].
///
/// # Errors
/// [`Error::Data`], where there were no customers at the start, or more are left than there were.
pub fn customer_retention(start: u64, new: u64, end: u64) -> Result<Proportion, Error> {
    let kept = end.checked_sub(new);
    let kept = kept.ok_or_else(|| Error::data(format!("{new} of {end} customers cannot be new")))?;
    Proportion::new(kept, start).map_err(|_| {
        Error::data(format!("{kept} customers kept of {start} cannot be: count those of the start only"))
    })
}

/// Of a captive customer's charge, the part they take of their own will and could take elsewhere: a part of 1. `None`
/// without a charge.
///
/// # Errors
/// [`Error::Data`], where the part is negative or larger than the whole, or in another currency.
pub fn voluntary_share(voluntary: Money, all: Money) -> Result<Option<f64>, Error> {
    let others = all.minus(voluntary).map_err(|error| Error::data(error.to_string()))?;
    if voluntary.minor() < 0 || others.minor() < 0 {
        return Err(Error::data("The charge taken voluntarily lies between nothing and all of it"));
    }
    Ok((all.minor() > 0).then(|| voluntary.minor() as f64 / all.minor() as f64))
}
