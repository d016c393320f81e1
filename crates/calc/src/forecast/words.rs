//! What the verbs share: season, horizon, levels, method, threads.

use std::sync::{Mutex, PoisonError};

use clap::{Arg, ArgMatches, value_parser};
use forecast::time::{Calendar, Unit};
use forecast::{Method, Options, Progress};
use kernel::Headway;
use serde_json::{Map, Value};

use crate::answer::Stop;

/// The arguments.
pub(super) fn arguments() -> Vec<Arg> {
    vec![
        Arg::new("series").required(true).value_name("SERIES.csv").help(
            "columns id,t,y: t is a whole number, 2026-09, 2026Q3 or 2026-09-30; an empty y is a missing value",
        ),
        number("season", "periods in a season (12 for months, 4 for quarters, 7 for days, else 1)"),
        number("horizon", "periods ahead (one season, at least 6)"),
        Arg::new("levels")
            .long("levels")
            .value_name("PER CENT")
            .value_delimiter(',')
            .value_parser(value_parser!(f64))
            .default_value("80,95")
            .help("levels of the intervals"),
        Arg::new("method")
            .long("method")
            .value_parser(Method::ALL.map(Method::name))
            .help("one method for all (the one that suits each series)"),
        number("threads", "threads; the result is the same for any number (as many as there are cores)"),
    ]
}

pub(super) fn number(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("N").value_parser(value_parser!(usize)).help(help)
}

/// What was asked for, with what the calendar suggests where nothing was said.
pub(super) fn options(words: &ArgMatches, calendar: &Calendar) -> Result<Options, Stop> {
    let said = |name: &str| words.get_one::<usize>(name).copied();
    let season_length = said("season").unwrap_or_else(|| season_of(calendar));
    let horizon = said("horizon").unwrap_or(season_length.max(6));
    let levels = words.get_many::<f64>("levels").into_iter().flatten().copied().collect();
    let method = words.get_one::<String>("method").and_then(|name| Method::named(name));
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = said("threads").unwrap_or_else(cores);
    let options = Options { season_length, horizon, levels, method, threads };
    options.check().map_err(|error| Stop::Usage(error.to_string()))?;
    Ok(options)
}

fn season_of(calendar: &Calendar) -> usize {
    let year = match calendar.unit {
        Unit::Month => 12,
        Unit::Quarter => 4,
        Unit::Day if calendar.step == 1 => 7,
        _ => 1,
    };
    let steps = year / calendar.step.max(1);
    usize::try_from(steps).unwrap_or(1).max(1)
}

/// Tells how many steps of all are done.
pub(super) fn told(headway: &Headway, label: &'static str) -> impl Fn(Progress) + Sync {
    let count = |steps| i64::try_from(steps).unwrap_or(i64::MAX);
    // Steps end on any thread, and what one of them tells may arrive after what was done later.
    let most = Mutex::new(0);
    move |progress| {
        let mut most = most.lock().unwrap_or_else(PoisonError::into_inner);
        *most = progress.done.max(*most);
        headway.shows(label, count(*most), Some(count(progress.of)), "steps");
    }
}

/// A row or record from names and values.
pub(super) fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The most remarks that are printed one by one.
const REMARKS: usize = 20;

/// The first remarks, and how many more there are.
pub(super) fn some(mut notes: Vec<String>) -> Vec<String> {
    let more = notes.len().saturating_sub(REMARKS);
    if more > 0 {
        notes.truncate(REMARKS);
        notes.push(format!("and {more} more remarks: --format json has all of them"));
    }
    notes
}
