//! What makes customers leave sooner: Cox's proportional hazards.
//!
//! | file | holds |
//! | --- | --- |
//! | `sample` | the rows checked, sorted and scaled |
//! | `likelihood` | Efron's partial likelihood, its slope and curvature, time by time |
//! | `fit` | [`cox`]: Newton–Raphson to [`CoxModel`] |
//! | `concordance` | how often who was judged riskier left sooner |
//! | `proportional` | [`ProportionalHazards`]: do effects change with time? |

mod concordance;
mod fit;
mod likelihood;
mod proportional;
mod sample;

pub use concordance::Concordance;
pub use fit::{Coefficient, CoxModel, cox};
pub use proportional::{EffectOverTime, ProportionalHazards, ScaledResidual, TimeScale};

/// One customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// How long they were watched, in any unit of time: not negative.
    pub time: f64,
    /// Whether they left then; else they were still there when last seen.
    pub left: bool,
    /// What may make them leave, in the order of the names.
    pub covariates: Vec<f64>,
}
