//! How something new spreads: Bass's curve, fitted to adoptions or taken from an analogue.
//!
//! Bass (1969), *Management Science* 15, 215–227: who has not adopted yet does so at the rate p + qF, where F
//! is the share of those who ever will and have: p is innovation, q imitation. Estimated by non-linear least
//! squares (Srinivasan & Mason 1986, *Marketing Science* 5, 169–178).
//!
//! | file | holds |
//! | --- | --- |
//! | `curve` | [`Curve`]: shares by time |
//! | `fit` | [`Fitted`]: ceiling, p and q with standard errors |
//! | `analogue` | [`ANALOGUES`]: known curves, with sources |
//! | `uptake` | [`uptake`]: segments × likelihood, spread over time |

mod analogue;
mod curve;
mod fit;
mod uptake;

pub use analogue::{ANALOGUES, Analogue};
pub use curve::Curve;
pub use fit::{Estimate, Fitted, fit};
pub use uptake::{Segment, Uptake, uptake};
