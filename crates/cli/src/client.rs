//! One command or reading by its noun and verb; a reading from words to a request of the API, and its answer printed.

use access::Reading;
use app::config::Config;
use app::registry;
use clap::ArgMatches;
use kernel::Refused;
use kernel::listing::encode;
use serde_json::Value;

use crate::change::change;
use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::find::meant;
use crate::heard::{refuse_of_lists, unheard};
use crate::output;
use crate::words::{all_given, blank_id, blanks, given, split};

/// Runs `noun verb`.
pub(crate) async fn run(
    config: &Config,
    noun: &str,
    sub: &ArgMatches,
    root: &ArgMatches,
) -> Result<(), Exit> {
    let Some((verb, words)) = sub.subcommand() else {
        return Err(Exit::Usage(format!("{noun} wants a verb.")));
    };
    let named = |name: &'static str| split(name) == (noun_of(name), verb.to_owned()) && noun_of(name) == noun;
    if let Some(reading) = registry::readings().find(|reading| named(reading.name)) {
        return read(config, reading, words, root).await;
    }
    let command = registry::commands().find(|command| named(command.name));
    let command = command.ok_or_else(|| Exit::Usage(format!("There is no {noun} {verb}.")))?;
    change(config, command, verb, words).await
}

/// `trace ID` or `search TEXT`: a reading whose noun is its verb.
pub(crate) async fn alone(config: &Config, noun: &str, words: &ArgMatches) -> Result<(), Exit> {
    let reading = registry::reading(&format!("{noun} show"));
    let reading = reading.ok_or_else(|| Exit::Usage(format!("There is no {noun}.")))?;
    read(config, reading, words, words).await
}

/// How many rows: all of them, or a number.
fn limit(said: Option<&str>) -> Result<&str, Exit> {
    match said {
        None => Ok("all"),
        Some(said) if said == "all" || said.parse::<u64>().is_ok_and(|rows| rows > 0) => Ok(said),
        Some(said) => Err(Exit::Usage(format!("--limit {said}: say how many rows, from 1 on, or all."))),
    }
}

/// A past day asked of what takes none was wrong use.
pub(crate) fn no_day(what: &str) -> Exit {
    Exit::Usage(Refused::from(app::no_day(what)).to_string())
}

fn noun_of(name: &'static str) -> &'static str {
    split(name).0
}

/// The path with its blanks filled from the words.
pub(crate) fn path(template: &'static str, words: &ArgMatches) -> String {
    let filled = blanks(template).fold(template.to_owned(), |path, name| {
        path.replace(&format!("{{{name}}}"), &encode(given(words, &blank_id(name)).unwrap_or("")))
    });
    format!("/api/v1{filled}")
}

async fn read(
    config: &Config,
    reading: &'static Reading,
    words: &ArgMatches,
    root: &ArgMatches,
) -> Result<(), Exit> {
    output::format(given(words, "format"))?;
    let mut query = Vec::new();
    let mut ask = |name: &str, value: &str| query.push(format!("{name}={}", encode(value)));
    for (flag, name) in [("filter", "filter"), ("sort", "sort")] {
        if let Some(value) = given(words, flag) {
            ask(name, value);
        }
    }
    ask("per", limit(given(words, "limit"))?);
    for (flag, name) in [("period", "period"), ("as-of", "as_of")] {
        match given(words, flag) {
            Some(value) if reading.takes.contains(&name) => ask(name, value),
            Some(_) if name == "as_of" => return Err(no_day(reading.name)),
            Some(_) => return Err(unheard(reading.name, flag)),
            None => {}
        }
    }
    for name in reading.takes.iter().filter(|name| !matches!(**name, "period" | "as_of")) {
        if let Some(value) = all_given(words, name) {
            ask(name, &value);
        }
    }
    let door = Door::open(config).await?;
    let at = format!("{}?{}", path(reading.path, words), query.join("&"));
    let answer = door.ask(Ask::get(at), reading.action).await?;
    let body = match answer.read() {
        Ok(body) => body,
        Err(exit) => return Err(meant(&door, reading.path, words, reading.action, exit.of_reading()).await),
    };
    refuse_of_lists(reading.name, words, &body)?;
    show(&body, words, root)
}

/// Prints what was read; a check says `"ok": false` where it found differences.
pub(crate) fn show(body: &Value, words: &ArgMatches, root: &ArgMatches) -> Result<(), Exit> {
    output::print_named(body, given(words, "format"), given(root, "fields").or(given(words, "fields")))?;
    if body.get("ok") == Some(&Value::Bool(false)) { Err(Exit::Differs) } else { Ok(()) }
}
