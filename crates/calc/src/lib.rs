//! The instruments on files: `quarterdeck calc VERB …`, without a database.
//!
//! Each instrument has one file here: its words, and how a file becomes its input. What it computes is
//! the instrument's own; how an [`Answer`] is printed is the command line's.
//!
//! | file | verbs |
//! | --- | --- |
//! | `allocate` | `calc allocate MODEL.json` |
//! | `appraisal` | `calc npv\|irr\|mirr\|xnpv\|xirr -- FLOWS` |
//! | `case` | `calc case CASE.json`, `calc simulate CASE.json` |
//! | `select` | `calc select PROBLEM.json`, with the feature `select` |
//! | `frontier` | `calc frontier PROBLEM.json`, with the feature `select` |
//! | `forecast` | `calc forecast SERIES.csv`, `calc backtest SERIES.csv`, `calc diffusion SERIES.csv` |
//! | `survival` | `calc survival FILE.csv` |
//! | `cox` | `calc cox FILE.csv` |
//! | `renewal` | `calc renewal FILE.csv` |
//! | `usage` | `calc bgnbd FILE.csv`, `calc gamma-gamma FILE.csv` |
//! | `survey` | `calc nps`, `calc csat` |
//!
//! `table` reads CSV files, `format` writes down what each file holds, `watch` is who is told while a verb works.

mod allocate;
mod answer;
mod appraisal;
mod case;
mod cox;
mod forecast;
mod format;
#[cfg(feature = "select")]
mod frontier;
mod renewal;
#[cfg(feature = "select")]
mod select;
mod survey;
mod survival;
mod table;
mod usage;
mod watch;

pub use answer::{Answer, Lines, Stop};
use clap::{ArgMatches, Command};
use format::Format;
pub use watch::{EachRow, Watch};

/// One verb of `quarterdeck calc`.
struct Verb {
    /// Its name and arguments.
    words: fn() -> Command,
    /// The files it reads.
    reads: &'static [&'static Format],
    /// Reads the file, computes.
    run: Run,
}

/// How a verb runs.
enum Run {
    /// At once.
    Short(fn(&ArgMatches) -> Result<Answer, Stop>),
    /// Telling how far it is.
    Long(fn(&ArgMatches, &mut Watch) -> Result<Answer, Stop>),
}

/// Every instrument's verbs.
const INSTRUMENTS: &[&[Verb]] = &[
    allocate::VERBS,
    appraisal::VERBS,
    case::VERBS,
    #[cfg(feature = "select")]
    select::VERBS,
    #[cfg(feature = "select")]
    frontier::VERBS,
    forecast::VERBS,
    survival::VERBS,
    cox::VERBS,
    renewal::VERBS,
    usage::VERBS,
    survey::VERBS,
];

/// Where to find what this build leaves out.
const WITHOUT_SOLVER: &str = if cfg!(feature = "select") {
    ""
} else {
    "calc select and calc frontier are in programs built with the feature select (README.md, Run it)."
};

/// `calc` with its verbs.
pub fn command() -> Command {
    Command::new("calc")
        .about("Calculations on a file or on numbers alone, without a database")
        .after_help(WITHOUT_SOLVER)
        .subcommand_required(true)
        .subcommands(verbs().map(|verb| (verb.words)()))
}

/// What every file of `calc` holds, with an example each: `quarterdeck help formats`.
pub fn formats() -> String {
    let text = format::text(readers());
    if WITHOUT_SOLVER.is_empty() { text } else { format!("{text}\n{WITHOUT_SOLVER}\n") }
}

/// The formats in the order of the verbs, each with the names of the verbs that read it.
fn readers() -> Vec<(&'static Format, Vec<String>)> {
    let mut readers: Vec<(&Format, Vec<String>)> = Vec::new();
    for verb in verbs() {
        let name = (verb.words)().get_name().to_owned();
        for format in verb.reads {
            match readers.iter_mut().find(|(one, _)| std::ptr::eq(*one, *format)) {
                Some((_, verbs)) => verbs.push(name.clone()),
                None => readers.push((format, vec![name.clone()])),
            }
        }
    }
    readers
}

/// Runs the verb that `words`, what was said after `calc`, names.
///
/// # Errors
/// [`Stop`], where the words or the file are not what the instrument can work with.
pub fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    watched(words, &mut Watch::default())
}

/// As [`run`], telling how far it is.
///
/// # Errors
/// As [`run`].
pub fn watched(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let Some((name, words)) = words.subcommand() else {
        return Err(Stop::Usage("calc needs a verb: quarterdeck help calc".into()));
    };
    match verbs().find(|verb| (verb.words)().get_name() == name).map(|verb| &verb.run) {
        Some(Run::Short(run)) => run(words),
        Some(Run::Long(run)) => run(words, watch),
        None => Err(Stop::Usage(format!("calc has no verb {name}"))),
    }
}

fn verbs() -> impl Iterator<Item = &'static Verb> {
    INSTRUMENTS.iter().flat_map(|verbs| verbs.iter())
}
