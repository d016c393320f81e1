//! Forecasts of series with intervals that were tried on the past, and how something new spreads.
//!
//! A pure library: series in, forecasts out; no I/O, no clock, no chance. The same input gives the same bytes,
//! whatever the order of rows or the number of threads. `quarterdeck calc forecast`, `backtest` and `diffusion`
//! run it on files. Values keep the unit of their series; levels are in per cent.
//!
//! What a series gets: the mean of exponential smoothing, its form chosen by AICc (Hyndman, Koehler, Snyder &
//! Grose 2002), and of the dynamic optimised theta method (Fiorucci et al. 2016); where demand comes now and
//! then, Croston's method without its bias (Syntetos & Boylan 2005) or, where it may have ended, Teunter,
//! Syntetos & Babai's (2011); its last value where it has fewer than eight. Intervals are split conformal: as
//! wide as forecasts of the past were wrong, pooled over many series, by rolling origins over few.
//!
//! | file | holds |
//! | --- | --- |
//! | `time`, `series` | rows with times become [`Series`] with one place per period |
//! | `prepare`, `unusual` | gaps, outliers and level shifts: found, said, handled |
//! | `remark` | [`Remark`]: what was found and done, in sentences |
//! | `season` | the test of season and the classical decomposition |
//! | `simple`, `ets`, `theta`, `intermittent` | the methods |
//! | `method` | [`Method`]: their names, and which one suits a series |
//! | `path` | [`Path`]: a forecast before its intervals |
//! | `conformal`, `band` | intervals from errors of the past |
//! | `ahead`, `task` | [`forecast()`]: many series in, a [`Forecast`] for each out |
//! | `hierarchy` | [`forecast_hierarchy`]: forecasts that add up |
//! | `adjust` | [`adjust()`]: what people know of the future, with its reason |
//! | `backtest`, `score` | [`backtest()`]: how well each method would have done |
//! | `diffusion` | Bass's curve, fitted or borrowed, and uptake by segment |
//! | `watch` | [`Progress`] by a callback |
//! | `minimise`, `linear`, `quantile`, `parallel` | the mathematics and the threads below |
//!
//! ```
//! use forecast::{Options, Series, forecast};
//!
//! // Five years of quarters: a season on a trend.
//! let values = [
//!     41.0, 58.0, 63.0, 47.0, 45.0, 62.0, 66.0, 50.0, 48.0, 66.0, 71.0, 54.0, 52.0, 70.0, 75.0, 57.0, 56.0, 74.0,
//!     78.0, 61.0,
//! ];
//! let made = forecast(&[Series::new("calls", &values)], &Options::new(4, 4))?;
//! let next = &made[0];
//! assert!((57.0..62.0).contains(&next.mean[0]) && (79.0..86.0).contains(&next.mean[2]), "{:?}", next.mean);
//! assert!(next.bands[1].lower[0] < next.mean[0] && next.mean[0] < next.bands[1].upper[0]);
//! # Ok::<(), forecast::Error>(())
//! ```

mod adjust;
mod ahead;
mod backtest;
mod band;
mod conformal;
pub mod diffusion;
mod error;
pub mod ets;
mod hierarchy;
pub mod intermittent;
mod linear;
mod method;
mod minimise;
mod options;
mod parallel;
mod path;
pub mod prepare;
mod quantile;
mod remark;
pub mod score;
pub mod season;
pub mod series;
pub mod simple;
mod task;
pub mod theta;
pub mod time;
mod unusual;
mod watch;

pub use adjust::{Adjustment, Applied, Effect, adjust};
pub use ahead::{Forecast, forecast, forecast_watched};
pub use backtest::{Backtest, Tested, Trial, backtest, backtest_watched};
pub use band::Band;
pub use error::Error;
pub use hierarchy::{Hierarchy, Reconciliation, forecast_hierarchy, forecast_hierarchy_watched};
pub use method::{FEWEST, Method, SHORT};
pub use options::Options;
pub use path::Path;
pub use remark::Remark;
pub use series::Series;
pub use watch::{Progress, Watch, patient};
