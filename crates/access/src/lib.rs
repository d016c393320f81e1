//! Who may do what, and what they did: people, roles, scopes, sessions, tokens, the history.
//!
//! | file | holds |
//! | --- | --- |
//! | `authority` | [`Action`]: the table of `domain.md` §6; every route and command is a row of it |
//! | `route` | [`Command`] and [`Reading`]: what the page, the API and the command line all reach |
//! | `as_of` | what was known on a past day; which readings can be asked so |
//! | `cx` | [`Cx`]: what a use case is handed: transaction, person, grants, clock, chance, organisation |
//! | `done` | what a command answers, and what of it is told once |
//! | `history/` | the append-only, hash-chained history; its proof; the check of records against it |
//! | `system` | Quarterdeck itself, as it acts by its own schedule |
//! | `expired` | removing what has had its time |
//! | `idempotency` | one key, one effect, the same answer |
//! | `outbox` | messages on their way, written with what they tell |
//! | `organisation/` | the organisation's own settings |
//! | `person/`, `grant/`, `session/`, `token/` | people and how they come in |

pub mod as_of;
pub mod authority;
mod cx;
mod done;
pub mod error;
pub mod expired;
pub mod grant;
pub mod history;
pub mod idempotency;
pub mod input;
pub mod organisation;
pub mod outbox;
pub mod password;
pub mod person;
pub mod route;
mod routes;
pub mod secret;
pub mod session;
pub mod system;
pub mod token;

pub use authority::{Action, Reach, Role};
pub use cx::{Cx, Grant, GrantScope, Who, refused};
pub use done::{Done, Once};
pub use history::{Child, ChildKey, Event, Noun, Snapshot};
pub use organisation::Organisation;
pub use route::{Command, Method, Params, Reading, View};
pub use routes::{COMMANDS, NOUNS, READINGS, REFUSALS};
