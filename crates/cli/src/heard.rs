//! Which of the flags that stand with every command a command hears. One that would be ignored is refused: whoever
//! typed it meant something by it.

use app::registry;
use clap::ArgMatches;
use serde_json::Value;

use crate::client::no_day;
use crate::exit::Exit;
use crate::words::{ALONE, deepest, given, split};

/// What chooses rows, columns and the month of what is printed.
const CHOOSING: [&str; 5] = ["filter", "sort", "limit", "fields", "period"];

/// What only a list hears.
const OF_LISTS: [&str; 3] = ["filter", "sort", "limit"];

/// What runs on the machine itself or on files knows no past day; `demo load` takes the month of its story, and an
/// address of the API says its day itself.
const WITHOUT_DAY: [&str; 12] = [
    "api",
    "serve",
    "init",
    "doctor",
    "db",
    "backup",
    "calc",
    "costs",
    "import",
    "export",
    "completions",
    "man",
];

/// What writes, and not in a transaction that could be taken back; and calculations, which change nothing.
const NEVER_REHEARSED: [&str; 8] = ["serve", "init", "db", "backup", "export", "man", "costs", "calc"];

/// Refuses a flag that the command named would ignore.
///
/// # Errors
/// There is one.
pub(crate) fn refuse_unheard(matches: &ArgMatches) -> Result<(), Exit> {
    let (path, words) = (path(matches), deepest(matches));
    if given(words, "as-of").is_some() && knows_no_day(&path) {
        return Err(no_day(&path.join(" ")));
    }
    if words.get_flag("dry-run") && is_never_rehearsed(&path) {
        let says = "cannot be rehearsed: leave --dry-run out. Nothing changed.";
        return Err(Exit::Usage(format!("“{}” {says}", path.join(" "))));
    }
    let heard = heard(&path);
    match CHOOSING.into_iter().find(|flag| given(words, flag).is_some() && !heard.contains(flag)) {
        Some(flag) => Err(unheard(&path.join(" "), flag)),
        None => Ok(()),
    }
}

/// Refuses what only a list hears, where a reading answered with none.
///
/// # Errors
/// There is such a flag.
pub(crate) fn refuse_of_lists(reading: &str, words: &ArgMatches, body: &Value) -> Result<(), Exit> {
    let said = OF_LISTS.into_iter().find(|flag| given(words, flag).is_some());
    match said.filter(|_| !body["items"].is_array()) {
        Some(flag) => Err(unheard(reading, flag)),
        None => Ok(()),
    }
}

/// Says that `what` does not hear `flag`.
pub(crate) fn unheard(what: &str, flag: &str) -> Exit {
    Exit::Usage(match flag {
        "period" => format!("“{what}” has no --period."),
        "fields" => format!("“{what}” has no columns to choose: leave --fields out."),
        _ => format!("“{what}” makes no list: leave --{flag} out."),
    })
}

/// The words that name the command.
fn path(matches: &ArgMatches) -> Vec<&str> {
    let (mut path, mut words) = (Vec::new(), matches);
    while let Some((name, sub)) = words.subcommand() {
        path.push(name);
        words = sub;
    }
    path
}

fn knows_no_day(path: &[&str]) -> bool {
    match path {
        ["demo", "clear"] | ["history", "verify"] => true,
        [noun, ..] => WITHOUT_DAY.contains(noun),
        [] => false,
    }
}

fn is_never_rehearsed(path: &[&str]) -> bool {
    match path {
        ["demo", "load"] | ["history", "verify"] => true,
        [noun, ..] => NEVER_REHEARSED.contains(noun),
        [] => false,
    }
}

/// Which of [`CHOOSING`] a command hears. Of what a reading hears it says itself what it does not: only its answer
/// tells whether it is a list.
fn heard(path: &[&str]) -> &'static [&'static str] {
    match path {
        ["costs", "rows"] | ["search"] => &["limit", "fields"],
        ["calc" | "costs", _] | ["open"] | ["job", "follow"] => &["fields"],
        ["export", "focus"] | ["import", "usage"] => &["period"],
        ["import", kind] if registry::targets().iter().any(|target| target.kind == *kind) => &["period"],
        [noun] if ALONE.iter().any(|name| split(name).0 == *noun) => &CHOOSING,
        [noun, verb] if registry::readings().any(|reading| is(reading.name, noun, verb)) => &CHOOSING,
        [noun, verb] if takes_period(noun, verb) => &["period"],
        _ => &[],
    }
}

fn is(name: &'static str, noun: &str, verb: &str) -> bool {
    let (named, way) = split(name);
    named == noun && way == verb
}

/// Whether it is a command with a period among its answers.
fn takes_period(noun: &str, verb: &str) -> bool {
    let command = registry::commands().find(|command| is(command.name, noun, verb));
    command.is_some_and(|command| (command.input)()["properties"]["period"].is_object())
}
