//! The close of a period: eleven steps, computed from the facts whenever they are read, and the few
//! things only people can say: that there is no detail, that rejected lines are left out, that they
//! signed, that they closed.
//!
//! ```text
//! open → (review) in review → (close) soft-closed → (finish) closed
//!                     ↑______ (reopen: two people) ______|
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `entity` | [`Close`], what people said; [`Evidence`], what the steps are judged by |
//! | `rules` | the eleven steps out of the evidence; pure |
//! | `evidence`, `repo` | gathers the evidence of a period; the SQL, of facts apart |
//! | `review`, `sign`, `soft_close`, `reopen`, `finish` | the steps of the period's state |
//! | `note` | no detail, and rejected lines left out |
//! | `posting` | the allocation as one balanced transaction |
//!
//! `domain.md` §3 (periods), `screens.md` S12.

mod entity;
pub mod error;
mod evidence;
mod finish;
mod note;
mod posting;
mod reopen;
mod repo;
mod review;
mod rules;
mod sign;
mod soft_close;
mod view;

pub use entity::{Batch, Close, Deed, Evidence, Figures, People, Rate, Rejects, Run, Signature, Step};
pub use evidence::gather;
pub use finish::{finish, may_finish};
pub use note::{ExceptInput, NoDetailInput, except, may_note, no_detail};
pub use reopen::{ReopenInput, may_reopen, reopen};
pub use review::{may_review, review};
pub use rules::{open, steps};
pub use sign::sign;
pub use soft_close::{close, may_close};
pub use view::show;

use access::Noun;

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "close", table: "charging_closes", personal: &[], secret: &[], children: &[] };
/// How the history names rejected lines a period is closed without.
pub static EXCEPTION: Noun = Noun {
    name: "close exception",
    table: "charging_close_exceptions",
    personal: &[],
    secret: &[],
    children: &[],
};
