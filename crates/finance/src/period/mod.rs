//! A period: a month of the fiscal calendar that money is counted in.
//!
//! future → open → in review → soft-closed → closed; soft-closed may be re-opened (→ in review) until
//! statements are issued. Facts are written only while it is open or in review; late ones for a closed
//! period land in the open one and say which period they correct ([`Periods::landing`]).
//!
//! Called by the imports of this crate ([`require_open`], [`states`]) and by the close ([`step`], [`lock`]).

mod entity;
pub mod error;
mod open;
mod repo;
mod rules;
mod step;
mod view;

pub use entity::{FiscalPeriod, PeriodState, PeriodStep};
pub use open::{PeriodRange, open};
pub use repo::{find, load, require_open, states};
pub use rules::{Landing, Periods};
pub(crate) use step::mapped_again;
pub use step::{lock, step};
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "period", table: "finance_periods", personal: &[], secret: &[], children: &[] };
