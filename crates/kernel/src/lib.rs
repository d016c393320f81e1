//! The words everyone shares. No I/O, no clock, no chance of its own: all three are handed in.
//!
//! | file | holds |
//! | --- | --- |
//! | `money` | [`Currency`], [`Money`]: integer minor units |
//! | `quantity` | [`Quantity`] (millionths), [`Price`] (exact decimal per unit) |
//! | `split` | largest remainder: parts that always add up to the whole |
//! | `calendar` | [`FiscalCalendar`], [`Period`]: the months money is counted in |
//! | `id` | one alphabetical registry of typed ids |
//! | `clock` | [`Clock`] and [`Chance`]: time and randomness, handed in |
//! | `actor` | [`Actor`], [`Scope`]: who acts, and which customers' rows they may see |
//! | `refusal` | [`Refusal`] (the user's) and [`Fault`] (ours) |
//! | `status` | [`Status`]: what kind of no a refusal is, and its numbers |
//! | `headway` | [`Headway`]: how far long work is, for who looks |
//! | `written` | numbers of JSON files as people wrote them, and where such a file is wrong |
//! | `typed` | numbers and days as people type them into a form |
//! | `near` | [`nearest`]: the known keys nearest to what somebody typed |
//! | `listing` | what every list is, before it becomes a page, a file or JSON |

mod actor;
mod calendar;
mod clock;
mod headway;
mod id;
pub mod listing;
mod money;
mod near;
mod quantity;
pub mod refusal;
pub mod split;
mod status;
pub mod typed;
pub mod written;

pub use actor::{Actor, Scope, Via};
pub use calendar::{FiscalCalendar, Period};
pub use clock::{Chance, Clock, DemoClock, FixedClock, SeededChance, SystemChance, SystemClock};
pub use headway::{Headway, Seen};
pub use id::*;
pub use money::{Currency, Money, MoneyError};
pub use near::nearest;
pub use quantity::{Price, Quantity, divide_half_away};
pub use refusal::{Fault, FieldError, Refusal, RefusalKind, Refused};
pub use status::Status;

/// An exact decimal number: exchange rates, unit prices, weights. Never a float.
pub use rust_decimal::Decimal;
