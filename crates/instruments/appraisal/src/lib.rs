//! What a business case is worth, and what it may be worth: figures that a board can check, and trials.
//!
//! A pure library: a [`Case`] goes in, [`Figures`] or an [`Outcome`] come out; no I/O, no clock, chance only
//! from a seed. `quarterdeck calc npv|irr|mirr|xnpv|xirr|case|simulate` runs it on flows and files.
//!
//! ```
//! use appraisal::{Irr, Timing, irr, npv};
//!
//! // Spreadsheets discount the first flow by a whole period: timing `End`.
//! let flows = [-10_000.0, 3_000.0, 4_200.0, 6_800.0];
//! assert_eq!(npv(0.10, Timing::End, &flows)?, 1188.4434123352216);
//! // Two rates make these flows worth nothing: both are told, neither is guessed.
//! assert_eq!(irr(&[-1_000.0, 2_500.0, -1_540.0])?, Irr::Many(vec![0.1, 0.4]));
//! # Ok::<(), appraisal::Error>(())
//! ```
//!
//! What binds (`domain.md` §4): rows are differences from *do nothing*; amounts are signed cash, what is spent
//! is negative; NPV decides, IRR informs; the timing is stated and the other two shown beside it; rates are
//! fractions per year (0.09 is 9 %), times are years from the start of the case.
//!
//! **Why floats.** Money that is posted never touches a float in this house. Nothing is posted from an
//! appraisal: a present value is an estimate of the future, divided by powers and roots that no decimal holds,
//! and a peer's answer can only be compared digit for digit in the arithmetic peers use. So: a file's numbers
//! are exact decimals in quotes, each becomes its nearest float (exact to 15 digits, a cent in ten trillion),
//! powers of whole years are correctly rounded, roots are finished in twofold precision (about 32 digits), and
//! nothing is rounded on the way; who shows a figure shows cents.
//!
//! Where a figure has a name its source stands with it: NPV and annuity (I. Fisher 1907), every root by
//! Descartes, Laguerre and Rolle (`roots`), MIRR (S. A. Lin 1976), PERT (D. G. Malcolm et al. 1959),
//! nearest correlation (N. J. Higham 2002), CVaR (R. T. Rockafellar and S. Uryasev 2000), xoshiro256++ (D.
//! Blackman and S. Vigna 2019), ziggurat (G. Marsaglia and W. W. Tsang 2000).
//!
//! | file | holds |
//! | --- | --- |
//! | `discount` | [`Timing`], [`Discounting`], [`npv`], annuity factor |
//! | `returns`, `roots`, `twofold` | [`irr`] with all its roots, [`mirr`] |
//! | `dated` | [`xnpv`], [`xirr`]: amounts on days, act/365 |
//! | `payback` | [`payback()`], plain or of present values |
//! | `case`, `check` | [`Case`]: lines, inputs, correlation, delay, scenarios |
//! | `rows` | [`Rows`]: a case with every number settled; delay, NPV to go |
//! | `figures` | [`Figures`], tornado, delays, scenarios |
//! | `shape`, `special`, `curve` | [`Shape`]: three-point estimates; from a standard normal to an amount |
//! | `correlation`, `matrix` | [`Correlation`], repaired where impossible |
//! | `simulate/` | [`simulate`]: trials in blocks, each with its own stream |
//! | `statistics` | [`Spread`]: mean, percentiles, loss, CVaR, histogram; rank correlation |
//! | `json/` | [`run_case`], [`run_simulation`]: the same on a file |

mod case;
mod check;
mod correlation;
mod curve;
mod dated;
mod discount;
mod error;
mod figures;
mod json;
mod matrix;
mod payback;
mod returns;
mod roots;
mod rows;
mod shape;
mod simulate;
mod special;
mod statistics;
mod twofold;

pub use case::{Amounts, Case, Change, Delay, End, Input, Line, Prices, Scenario, Side, Tax, Terms};
pub use correlation::{Correlation, Kind, Repair, nearest_correlation};
pub use dated::{Dated, xirr, xnpv};
pub use discount::{Discounting, Timing, npv};
pub use error::Error;
pub use figures::{Bar, Figures, Late, SWING, ToGo, Way, weighted};
pub use json::{number, parse_case, run_case, run_case_deciding, run_simulation, run_simulation_watched};
pub use matrix::Matrix;
pub use payback::{Payback, discounted, payback};
pub use returns::{Irr, irr, mirr};
pub use rows::{Row, Rows};
pub use shape::Shape;
pub use simulate::{Draws, Driver, Net, Outcome, Run, draws, simulate, simulate_watched};
pub use statistics::{Histogram, Spread, rank_correlation};
