//! What a service brought in against what it cost, month by month: unit cost, *contribution over direct IT
//! cost*, *margin over full IT cost*, and what customers were charged (`domain.md` §3 and §7).
//!
//! | file | holds |
//! | --- | --- |
//! | `rules` | contribution and margin. Pure |
//! | `repo` | cost, quantity, income and charges of a service, out of runs, ledger lines and statements |
//! | `view` | the twelve months as a list |

mod repo;
mod rules;
mod view;

pub use rules::{Outcome, earns};
pub use view::by_month;
