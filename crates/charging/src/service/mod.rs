//! Services beside what each cost in the newest month that was run and how its promises stand: one list for page,
//! API, command line and files. Which services there are is `portfolio`'s to say; what they cost is known here.
//!
//! | file | holds |
//! | --- | --- |
//! | `rules` | the worst judgement of each service. Pure |
//! | `view` | the list |

mod rules;
mod view;

pub use view::{list, month};
