//! Cost data at any scale: `quarterdeck costs VERB …` on files. The only crate that names Arrow, Parquet and
//! DataFusion.
//!
//! A bill of any number of rows is summed exactly by month and service in one plan of the engine; what is left, a
//! few thousand sums, is shared by pure functions.
//!
//! | module | holds |
//! | --- | --- |
//! | `allocate` | `costs allocate`: usage to lines |
//! | `rows`, `figure` | `costs rows`: the rows behind a figure, and how it is made |
//! | `bill` | a bill for an installation: its summary, its rows |
//! | `request` | the words that all verbs take |
//! | `profile` | which columns hold what, as a person saved it |
//! | `usage` | usage in files: found, opened, read |
//! | `plan` | the plan that the engine runs |
//! | `rules` | which service a row belongs to |
//! | `rates` | conversion into one currency |
//! | `drivers` | how services are shared over customers |
//! | `share` | from direct cost to lines, exactly |
//! | `cluster` | the same plan on Ballista, with the feature `cluster` |
//! | `lines`, `draft` | lines out, whole or not at all |
//! | `focus` | a dataset of FOCUS out |
//! | `table` | small tables in |
//! | `month`, `meter`, `wrong` | months; what work took; what is wrong with a file |

mod allocate;
pub mod bill;
#[cfg(feature = "cluster")]
mod cluster;
mod draft;
mod drivers;
mod figure;
mod focus;
mod lines;
mod meter;
mod month;
mod plan;
mod profile;
mod rates;
mod request;
mod rows;
mod rules;
mod share;
mod table;
mod usage;
mod wrong;

use calc::{Answer, Stop};
use clap::{ArgMatches, Command};
use kernel::Headway;

pub use focus::{Holds, write_focus};
pub use rows::window;

/// `costs` with its verbs.
#[must_use]
pub fn command() -> Command {
    let command = Command::new("costs")
        .about("Cost data at any scale, on files")
        .subcommand_required(true)
        .subcommands([allocate::words(), rows::words()]);
    #[cfg(feature = "cluster")]
    let command = command.subcommands([cluster::scheduler::words(), cluster::executor::words()]);
    command
}

/// Runs the verb that `words`, what was said after `costs`, names, and tells `headway` how many rows are read. Dropped,
/// it stops and leaves nothing half done.
///
/// # Errors
/// [`Stop`], where the words or the files are not what the work needs.
pub async fn run(words: &ArgMatches, headway: &Headway) -> Result<Answer, Stop> {
    match words.subcommand() {
        Some(("allocate", words)) => allocate::run(words, headway).await,
        #[cfg(feature = "cluster")]
        Some(("scheduler", words)) => cluster::scheduler::run(words).await,
        #[cfg(feature = "cluster")]
        Some(("executor", words)) => cluster::executor::run(words).await,
        Some(("rows", words)) => rows::run(words, headway).await,
        _ => Err(Stop::Usage("costs needs a verb: quarterdeck help costs".into())),
    }
}
