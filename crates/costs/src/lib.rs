//! Cost data at any scale: `quarterdeck costs VERB …` on files. The only crate that names Arrow, Parquet and
//! DataFusion.
//!
//! A bill of any number of rows is summed exactly by month and service in one plan of the engine; what is left, a
//! few thousand sums, is shared by pure functions.
//!
//! | module | holds |
//! | --- | --- |
//! | `allocate` | `costs allocate`: usage to lines |
//! | `rows` | `costs rows`: the rows behind a figure |
//! | `request` | the words that all verbs take |
//! | `profile` | which columns hold what, as a person saved it |
//! | `usage` | usage in files: found, opened, read |
//! | `plan` | the plan that the engine runs |
//! | `rules` | which service a row belongs to |
//! | `drivers` | how services are shared over customers |
//! | `share` | from direct cost to lines, exactly |
//! | `lines`, `draft` | lines out, whole or not at all |
//! | `table` | small tables in |
//! | `month`, `meter`, `wrong` | months; what work took; what is wrong with a file |

mod allocate;
mod draft;
mod drivers;
mod lines;
mod meter;
mod month;
mod plan;
mod profile;
mod request;
mod rows;
mod rules;
mod share;
mod table;
mod usage;
mod wrong;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use calc::{Answer, Stop};
use clap::{ArgMatches, Command};

/// How far the reading is: for who shows it.
#[derive(Clone, Debug, Default)]
pub struct Headway {
    read: Arc<AtomicU64>,
    rows: Arc<OnceLock<u64>>,
}

impl Headway {
    /// Rows read so far.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// Rows there are, once that is known; files of text do not tell.
    #[must_use]
    pub fn rows(&self) -> Option<u64> {
        self.rows.get().copied()
    }
}

/// `costs` with its verbs.
#[must_use]
pub fn command() -> Command {
    Command::new("costs")
        .about("Cost data at any scale, on files")
        .subcommand_required(true)
        .subcommands([allocate::words(), rows::words()])
}

/// Runs the verb that `words`, what was said after `costs`, names. Dropped, it stops and leaves nothing half done.
///
/// # Errors
/// [`Stop`], where the words or the files are not what the work needs.
pub async fn run(words: &ArgMatches, headway: &Headway) -> Result<Answer, Stop> {
    match words.subcommand() {
        Some(("allocate", words)) => allocate::run(words, headway).await,
        Some(("rows", words)) => rows::run(words, headway).await,
        _ => Err(Stop::Usage("costs needs a verb: quarterdeck help costs".into())),
    }
}
