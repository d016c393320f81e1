//! Forecasts of series, with intervals that were tried on the past.

pub mod adjust;
pub mod backtest;
mod conformal;
pub mod diffusion;
mod error;
pub mod ets;
pub mod forecast;
pub mod hierarchy;
pub mod intermittent;
mod linear;
pub mod method;
mod minimise;
pub mod options;
mod parallel;
pub mod path;
pub mod prepare;
mod quantile;
pub mod remark;
pub mod score;
pub mod season;
pub mod series;
pub mod simple;
pub mod theta;
pub mod time;
mod unusual;

pub use error::Error;
pub use options::Options;
