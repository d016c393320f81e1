//! Jobs: commands asked for now and done when their turn comes, and what is done by schedule.
//!
//! ```text
//! asked ⇄ running (a lease) → done | refused | failed      asked → cancelled
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `entity` | [`State`] and the job; how long a lease lasts, how often a job is begun |
//! | `ask`, `cancel`, `run` | the verbs: keep a request, call it off, bring it to its end |
//! | `worker` | what `quarterdeck serve` does: claim, run, extend, stop |
//! | `rules`, `schedule` | when something is due; what is, asked for once |
//! | `clear` | removing what has expired |
//! | `long` | which forms become jobs |
//! | `view` | list and record |
//!
//! **Once, whatever happens.** The command's effect, its answer under the job's id as idempotency key, the
//! event and the end of the job are one transaction (`frame::run_claimed`). A process killed at any moment
//! leaves all of it or nothing, and in the second case a row of `app_job_runs` whose lease ends: whoever
//! claims it next does it once. The end removes that row by owner and attempt; a process that was only
//! slow and lost its claim finds no row and rolls back.
//!
//! **Leases and SQLite.** A claim is one conditional update, alike on both engines. On PostgreSQL it is
//! extended from a second connection every fifteen seconds, with how far the job is. On SQLite that would
//! wait until the job's own transaction ends, since there is one writer. Nor is it needed there: nobody
//! else can claim a job while that transaction holds the only right to write, and when it ends the row is
//! gone. So how far a job is stands in the memory of its process ([`kernel::Headway`]), which every page of
//! that process shows; another process shows the last that was written. Nothing ever waits for progress.
//! What else wants to write on SQLite waits, and after ten seconds is told to try again (`db::BUSY`).
//!
//! **In whose name.** A job runs with what its asker may do when it runs: grants, the token, and the time
//! of the sign-in are looked at then. What the schedule asks for is done by Quarterdeck itself
//! ([`access::system`]), with the one role that its command needs.

mod ask;
mod cancel;
mod clear;
mod entity;
pub mod error;
mod long;
mod repo;
mod rules;
mod run;
mod schedule;
mod view;
mod worker;

pub use entity::State;
pub use long::is_long;
pub use rules::{Dates, Every};
pub use schedule::{SCHEDULES, Schedule, ask_for_what_is_due};
pub use worker::{claim_and_die, run_all, work};

pub(crate) use ask::ask;
pub(crate) use entity::Claim;
pub(crate) use run::finish;

use access::route::Nothing;
use access::{Action, Command, Cx, Noun, Reach, Reading, command, reading};
use kernel::{PersonId, RefusalKind};

/// How the history names a job.
pub static NOUN: Noun = Noun { name: "job", table: "app_jobs", personal: &[], secret: &[], children: &[] };

/// How it names a clearing.
static CLEARING: Noun =
    Noun { name: "clearing", table: "app_clearings", personal: &[], secret: &[], children: &[] };

/// Records the history tells about.
pub static NOUNS: &[&Noun] = &[&NOUN, &CLEARING];

/// Page of all jobs.
const LIST: &str = "/jobs";

/// What the address of a job's page begins with; in the API the same follows `/api/v1`.
pub const AT: &str = "/jobs/";

/// Everything that changes.
pub static COMMANDS: &[Command] = &[
    command!("job cancel", "Call a job off before it runs", Action::UseQuarterdeck, Post "/jobs/{id}/cancel",
        Nothing => cancel::cancel, refuses error::ALL),
    command!("expired clear", "Remove sessions, links and kept answers that expired", Action::Administer,
        Post "/jobs/clearings", Nothing => clear::clear),
];

/// Everything that reads.
pub static READINGS: &[Reading] = &[
    reading!("job list", "Jobs: your own, or all for an administrator", Action::UseQuarterdeck,
        "/jobs" => view::list),
    reading!("job show", "How far a job is, and what came of it", Action::UseQuarterdeck,
        "/jobs/{id}" => view::show),
];

/// Refusals.
pub static REFUSALS: &[&RefusalKind] = error::ALL;

/// Whether the job of `asker` is the reader's to see: their own, or any for an administrator.
fn mine_or_all(cx: &Cx, asker: PersonId) -> bool {
    asker == cx.person() || cx.who.reach(Action::Administer) == Reach::All
}
