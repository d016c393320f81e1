//! What a service costs, and whether it costs what was promised (`domain.md` §4, *Promise row*).
//!
//! The promises are `portfolio`'s and so are the rules that judge them; what is known now comes from
//! here where it is a cost: from the shares of the runs. A month's cost of a service is everything it
//! received, from pools and from other services; what is passed on to customers is the same amount.
//!
//! | file | holds |
//! | --- | --- |
//! | `rules` | actual, or expected out of the months so far; unit cost; slip. Pure |
//! | `repo` | cost and quantity per service and month, out of the runs |
//! | `judge` | every promise beside what is known now |
//! | `view` | promises judged; service cost by month, year to date, fiscal year, and by pool |

mod judge;
mod repo;
mod rules;
mod view;

pub(crate) use judge::rank;
pub use judge::{Judged, WORST_FIRST, all, of_service, of_services};
pub(crate) use rules::per_unit;
pub use rules::{Known, Month, slip, unit_cost, yearly_cost};
pub(crate) use view::readable;
pub use view::{by_pool, cost, judged, list, of};
