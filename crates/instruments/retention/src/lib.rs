//! Who stays, what makes them leave, and what that is worth.
//!
//! A pure library: histories or counts go in, curves, models and rates come out; no I/O, no clock, no chance. The order of
//! rows changes no byte of a result. `quarterdeck calc survival`, `cox`, `renewal`, `bgnbd` and `gamma-gamma` run it on
//! files.
//!
//! Two subjects (`domain.md` §5): customers with their agreements, and cohorts of subscribers known as counts (cohort,
//! segment, month, at risk, left). Every input row has a count, so no ids are needed.
//!
//! | file | holds | source |
//! | --- | --- | --- |
//! | `survival` | [`RiskTable`], [`Curve`], [`log_rank`] | Kaplan and Meier 1958, Mantel 1966 |
//! | `cox` | [`cox()`]: what makes customers leave sooner, and whether effects change with time | Cox 1972, Efron 1977, Grambsch and Therneau 1994 |
//! | `renewal` | [`RenewalModel`]: contracts, shifted-beta-geometric | Fader and Hardie 2007, 2010 |
//! | `usage` | [`UsageModel`]: use without a contract, BG/NBD | Fader, Hardie and Lee 2005 |
//! | `spend` | [`SpendModel`]: the value of a use, Gamma-Gamma; [`Independence`] | Fader and Hardie 2013 |
//! | `lifetime` | discounted lifetime value from curve, contract or use | Fader and Hardie 2010 |
//! | `charge` | [`charge_retention`], [`customer_retention`], [`voluntary_share`]: exact money | |
//! | `keeping` | [`cost_to_keep`], [`cost_to_win`], [`win_to_keep`] | |
//! | `health` | [`Health`], [`charge_at_risk`], [`value_at_risk`] | |
//! | `ascent`, `linear`, `beta`, `test` | the arithmetic they share | Levenberg 1944, Takahasi and Mori 1974 |
//!
//! Units: time is in whatever unit the rows use, the same for all; probabilities, shares and rates are parts of 1; points
//! of health go from 0 to 100. Amounts that were charged or paid are [`kernel::Money`]; expected values are real numbers
//! in a unit of money.
//!
//! ```
//! use perception::Level;
//! use retention::{CohortCount, Curve, RenewalModel, RiskTable};
//!
//! // Fader and Hardie's regular customers: 1,000, of whom 631, 468, 382 … were left after each year.
//! let left_after = [1000, 631, 468, 382, 326, 289, 262, 241];
//! let counts: Vec<CohortCount> = (left_after.windows(2).zip(1..))
//!     .map(|(pair, year)| CohortCount { time: f64::from(year), at_risk: pair[0], left: pair[0] - pair[1] })
//!     .collect();
//!
//! let curve = Curve::new(&RiskTable::of_counts(&counts)?, Level::NINETY_FIVE);
//! assert_eq!(curve.median().time, Some(2.0));
//!
//! let model = RenewalModel::fit(&counts)?;
//! assert_eq!(format!("{:.3} {:.3}", model.alpha, model.beta), "0.704 1.182");
//! assert_eq!(format!("{:.1} %", 100.0 * model.renewal_rate(8)), "92.1 %");
//! # Ok::<(), retention::Error>(())
//! ```

mod ascent;
mod beta;
mod charge;
mod cox;
mod error;
mod health;
mod keeping;
mod lifetime;
mod linear;
mod renewal;
mod spend;
mod survival;
mod test;
mod usage;

pub use charge::{ChargeChange, ChargeRetention, charge_retention, customer_retention, voluntary_share};
pub use cox::{
    Coefficient, Concordance, CoxModel, EffectOverTime, ProportionalHazards, ScaledResidual, Subject,
    TimeScale, cox,
};
pub use error::Error;
pub use health::{AtRisk, Charged, Component, Health, Stake, Taken, charge_at_risk, value_at_risk};
pub use keeping::{Comparison, CostToKeep, Offer, cost_to_keep, cost_to_win, win_to_keep};
pub use lifetime::{ObservedValue, ValuePlan, observed_value, usage_value};
pub use renewal::RenewalModel;
pub use spend::{Independence, SpendModel, Spending};
pub use survival::{
    CohortCount, Curve, GroupTally, LogRank, Median, Observation, Point, RestrictedMean, RiskRow, RiskTable,
    log_rank,
};
pub use test::ChiSquareTest;
pub use usage::{Customer, UsageModel};
