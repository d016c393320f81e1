//! What it costs to win a customer and to keep one (`domain.md` §5).
//!
//! Cost to keep = spend on keeping ÷ customers kept *because of it*: those kept, less those who would have stayed anyway,
//! by the rate of a comparison group without the offer. Without such a group the effect is not known: then there is the
//! cost of an offer, and it says so.

use std::fmt;

use kernel::{Money, Quantity, divide_half_away};
use perception::{Interval, Level, Proportion, newcombe};

use crate::Error;

/// Customers who were not made an offer, alike in everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How many.
    pub customers: u64,
    /// How many of them stayed.
    pub stayed: u64,
}

/// An offer to stay.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offer {
    /// What all of it cost.
    pub spend: Money,
    /// Customers it was made to.
    pub customers: u64,
    /// How many of them stayed.
    pub stayed: u64,
    /// Who it was not made to, where there is such a group.
    pub comparison: Option<Comparison>,
}

/// What it costs to keep a customer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CostToKeep {
    /// Nobody knows who would have stayed anyway.
    NotMeasured {
        /// Spend ÷ customers the offer was made to.
        per_offer: Money,
    },
    /// No more stayed with the offer than without.
    NoEffect {
        /// Spend ÷ customers the offer was made to.
        per_offer: Money,
    },
    /// Measured against the comparison group.
    Measured {
        /// Spend ÷ customers kept because of it.
        per_customer: Money,
        /// Customers kept because of it.
        kept: Quantity,
        /// Interval of the difference of the two rates, a part of 1; the effect is certain where it excludes 0.
        effect: Interval,
    },
}

impl CostToKeep {
    /// Cost of the offer, by customer kept because of it where that is known.
    #[must_use]
    pub fn amount(&self) -> Money {
        match self {
            CostToKeep::NotMeasured { per_offer } | CostToKeep::NoEffect { per_offer } => *per_offer,
            CostToKeep::Measured { per_customer, .. } => *per_customer,
        }
    }
}

impl fmt::Display for CostToKeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.amount().spoken();
        match self {
            CostToKeep::NotMeasured { .. } => write!(f, "{amount}, offer cost, effect not measured"),
            CostToKeep::NoEffect { .. } => {
                write!(f, "{amount}, offer cost; no more stayed with the offer than without")
            }
            CostToKeep::Measured { effect, .. } if effect.holds(0.0) => {
                write!(f, "{amount} per customer kept because of it, not certain")
            }
            CostToKeep::Measured { .. } => write!(f, "{amount} per customer kept because of it"),
        }
    }
}

/// What `offer` cost per customer kept.
///
/// # Errors
/// [`Error::Data`], where more stayed than there were, or nobody was made the offer or is in the comparison group.
pub fn cost_to_keep(offer: &Offer, level: Level) -> Result<CostToKeep, Error> {
    let said = |error: perception::Error| Error::data(error.to_string().trim_end_matches('.').to_owned());
    let with = Proportion::new(offer.stayed, offer.customers).map_err(said)?;
    let per_offer = divided(offer.spend, i128::from(offer.customers), 1)?;
    let Some(comparison) = offer.comparison else { return Ok(CostToKeep::NotMeasured { per_offer }) };
    let without = Proportion::new(comparison.stayed, comparison.customers).map_err(said)?;
    // Kept because of it × customers of the comparison group: a whole number.
    let more = i128::from(offer.stayed) * i128::from(comparison.customers)
        - i128::from(offer.customers) * i128::from(comparison.stayed);
    if more <= 0 {
        return Ok(CostToKeep::NoEffect { per_offer });
    }
    let group = i128::from(comparison.customers);
    let millionths = more.checked_mul(1_000_000).map(|more| divide_half_away(more, group));
    let millionths = millionths.and_then(|one| i64::try_from(one).ok()).ok_or_else(too_large)?;
    Ok(CostToKeep::Measured {
        per_customer: divided(offer.spend, more, group)?,
        kept: Quantity::of_millionths(millionths),
        effect: newcombe(without, with, level),
    })
}

/// Cost to win: spend on winning ÷ customers won.
///
/// # Errors
/// [`Error::Data`], where nobody was won.
pub fn cost_to_win(spend: Money, won: u64) -> Result<Money, Error> {
    if won == 0 {
        return Err(Error::data("Nobody was won: there is a spend and no cost to win a customer"));
    }
    divided(spend, i128::from(won), 1)
}

/// Cost to win ÷ cost to keep: how many customers are kept for what one costs to win. `None` where keeping cost nothing.
///
/// # Errors
/// [`Error::Data`] for two currencies, or where the effect of the offer was not measured: the two are then no customers
/// of the same kind.
pub fn win_to_keep(win: Money, keep: &CostToKeep) -> Result<Option<f64>, Error> {
    let CostToKeep::Measured { per_customer, .. } = keep else {
        return Err(Error::data("The effect of the offer was not measured: its cost is not a cost to keep"));
    };
    win.plus(*per_customer).map_err(|error| Error::data(error.to_string()))?;
    Ok((per_customer.minor() != 0).then(|| win.minor() as f64 / per_customer.minor() as f64))
}

/// `spend` × `times` ÷ `by`, rounded once, half away from zero.
fn divided(spend: Money, by: i128, times: i128) -> Result<Money, Error> {
    let product = i128::from(spend.minor()).checked_mul(times).ok_or_else(too_large)?;
    let minor = i64::try_from(divide_half_away(product, by)).map_err(|_| too_large())?;
    Ok(Money::of_minor(minor, spend.currency()))
}

fn too_large() -> Error {
    Error::data("The amounts are too large to divide")
}
