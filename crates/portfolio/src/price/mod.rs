//! A price version of an offering:
//!
//! ```text
//! draft ⇄ submitted → approved → superseded (by another approved for the same first day)
//! ```
//!
//! Nobody approves a price they wrote a part of. The price of a day is the approved version with the
//! latest first day not after it; so an announced price waits, and a past day keeps its own.

mod approve;
mod draft;
mod edit;
mod entity;
pub mod error;
mod repo;
mod submit;
mod view;

pub use approve::approve;
pub use draft::{PriceInput, draft};
pub use edit::{PriceChange, edit};
pub use entity::{PriceState, PriceVersion};
pub(crate) use repo::ID_ON_DAY;
pub use repo::{DayPrice, all_on_day, on_day};
pub use submit::{ReturnPrice, give_back, submit};
pub(crate) use view::of_offering;
pub use view::{list, show};

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "price", table: "portfolio_prices", personal: &[], secret: &[], children: &[] };
