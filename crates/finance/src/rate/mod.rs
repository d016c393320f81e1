//! An exchange rate: of a day, or a month's average, closing or budget rate; each with its source.
//!
//! Amounts that the source did not convert are converted with the average of their period
//! ([`average`]), never with the rate of the day they were loaded; closing rates ([`closing`]) are for
//! open money items. `rate month` shows both. What a line was converted with is stored on the line.

mod entity;
pub mod error;
mod month;
mod read;
mod repo;
mod rules;
mod target;
mod view;

pub use entity::{Quoted, Rate, RateKind, ValidFor};
pub use month::month;
pub use repo::{average, closing};
pub use rules::Applied;
pub use target::TARGET;
pub use view::list;
