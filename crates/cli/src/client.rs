//! One command or reading: from words to a request of the API, and its answer printed.

use access::{Command, Method, Reading};
use app::config::Config;
use app::registry;
use clap::ArgMatches;
use kernel::Refused;
use kernel::listing::encode;
use serde_json::{Map, Value};

use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::output::{self, say};
use crate::words::{blank_id, blanks, flag_id, given, split};

/// Verbs that reach others or cannot be taken back: asked before, on a terminal.
const OUTWARD: [&str; 7] = ["close", "issue", "send", "revert", "clear", "disable", "post"];

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

/// `trace ID`.
pub(crate) async fn trace(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let reading =
        registry::reading(crate::words::TRACE).ok_or_else(|| Exit::Usage("There is no trace.".into()))?;
    read(config, reading, words, words).await
}

fn noun_of(name: &'static str) -> &'static str {
    split(name).0
}

/// The path with its blanks filled from the words.
fn path(template: &'static str, words: &ArgMatches) -> String {
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
    ask("per", given(words, "limit").unwrap_or("all"));
    for (flag, name) in [("period", "period"), ("as-of", "as_of")] {
        match given(words, flag) {
            Some(value) if reading.takes.contains(&name) => ask(name, value),
            Some(_) if name == "as_of" => return Err(Refused::from(app::no_day(reading.name)).into()),
            Some(_) => return Err(Exit::Usage(format!("“{}” has no --{flag}.", reading.name))),
            None => {}
        }
    }
    for name in reading.takes.iter().filter(|name| !matches!(**name, "period" | "as_of")) {
        if let Some(value) = given(words, name) {
            ask(name, value);
        }
    }
    let door = Door::open(config).await?;
    let at = format!("{}?{}", path(reading.path, words), query.join("&"));
    let ask = Ask { method: "GET", path: at, body: None, header: None };
    let answer = door.ask(ask, reading.action).await?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    if answer.status >= 400 {
        return Err(Exit::of_answer(answer.status, &body));
    }
    output::print_named(&body, given(words, "format"), given(root, "fields").or(given(words, "fields")))?;
    // A check says `"ok": false` where it found differences.
    if body.get("ok") == Some(&Value::Bool(false)) { Err(Exit::Differs) } else { Ok(()) }
}

async fn change(
    config: &Config,
    command: &'static Command,
    verb: &str,
    words: &ArgMatches,
) -> Result<(), Exit> {
    if given(words, "as-of").is_some() {
        return Err(Refused::from(app::no_day(command.name)).into());
    }
    let at = path(command.path, words);
    let body = body(command, words);
    if words.get_flag("dry-run") {
        let verb = if command.method == Method::Post { "POST" } else { "PATCH" };
        say!("Would send: {verb} {at} {body}\nNothing changed.");
        return Ok(());
    }
    if OUTWARD.contains(&verb) && !words.get_flag("yes") && !agreed(command.summary)? {
        return Err(Exit::Usage("Nothing changed.".into()));
    }
    let door = Door::open(config).await?;
    let version = version(&door, command, words).await?;
    let key = access::secret::new(&kernel::SystemChance);
    let headers = match (command.method, version) {
        (Method::Patch, Some(version)) => Some(("if-match", version)),
        _ => Some(("idempotency-key", key)),
    };
    let method = if command.method == Method::Post { "POST" } else { "PATCH" };
    let ask = Ask { method, path: at, body: Some(body), header: headers };
    let answer = door.ask(ask, command.action).await?;
    let done: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    if answer.status >= 400 {
        return Err(Exit::of_answer(answer.status, &done));
    }
    output::done(&done, output::format(given(words, "format"))?, words.get_flag("quiet"));
    Ok(())
}

/// The version of the record a PATCH changes: asked for just before.
async fn version(door: &Door, command: &'static Command, words: &ArgMatches) -> Result<Option<String>, Exit> {
    if command.method == Method::Post {
        return Ok(None);
    }
    let Some(reading) = registry::readings().find(|reading| reading.path == command.path) else {
        return Ok(None);
    };
    let ask = Ask { method: "GET", path: path(reading.path, words), body: None, header: None };
    let answer = door.ask(ask, reading.action).await?;
    if answer.status >= 400 {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        return Err(Exit::of_answer(answer.status, &body));
    }
    Ok(answer.tag)
}

/// The input from the flags; a field that is no text in its schema is read as JSON.
fn body(command: &'static Command, words: &ArgMatches) -> Value {
    let schema = (command.input)();
    let properties = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let fields = properties.iter().filter_map(|(name, property)| {
        let typed = if name == "period" { given(words, "period") } else { given(words, &flag_id(name)) }?;
        let text = property.get("type").is_none_or(|kind| kind.to_string().contains("string"));
        let read = if text { None } else { serde_json::from_str(typed).ok() };
        Some((name.clone(), read.unwrap_or_else(|| Value::from(typed))))
    });
    Value::Object(fields.collect::<Map<String, Value>>())
}

/// Asks on a terminal; elsewhere `--yes` is needed.
fn agreed(what: &str) -> Result<bool, Exit> {
    use std::io::{BufRead, IsTerminal, Write};
    if !std::io::stdin().is_terminal() {
        return Err(Exit::Usage(format!("“{what}” asks first; add --yes to do it without asking.")));
    }
    eprint!("{what}? [y/N] ");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    Ok(read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes"))
}
