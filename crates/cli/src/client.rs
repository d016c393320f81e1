//! One command or reading: from words to a request of the API, and its answer printed.

use access::{Command, Method, Reading};
use app::config::Config;
use app::registry;
use clap::ArgMatches;
use kernel::Refused;
use kernel::listing::encode;
use serde_json::{Map, Value};

use crate::door::{Answer, Ask, Door};
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
    ask("per", limit(given(words, "limit"))?);
    for (flag, name) in [("period", "period"), ("as-of", "as_of")] {
        match given(words, flag) {
            Some(value) if reading.takes.contains(&name) => ask(name, value),
            Some(_) if name == "as_of" => return Err(no_day(reading.name)),
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
    let ask = Ask { method: "GET", path: at, body: None, headers: Vec::new() };
    let answer = door.ask(ask, reading.action).await?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    if answer.status >= 400 {
        return Err(Exit::of_reading(answer.status, &body));
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
        return Err(no_day(command.name));
    }
    let at = path(command.path, words);
    let body = body(command, words);
    if words.get_flag("dry-run") {
        let verb = if command.method == Method::Post { "POST" } else { "PATCH" };
        say!("Would send: {verb} {at} {body}\nNothing changed.");
        if words.get_flag("verbose") {
            say!("{}", curl(config, verb, &at, &body));
        }
        return Ok(());
    }
    if OUTWARD.contains(&verb)
        && !words.get_flag("yes")
        && !agreed(command.summary, words.get_flag("no-input"))?
    {
        return Err(Exit::Usage("Nothing changed.".into()));
    }
    let door = Door::open(config).await?;
    let answer = send(&door, command, words, at, body).await?;
    let done: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    if answer.status >= 400 {
        return Err(Exit::of_answer(answer.status, &done));
    }
    output::done(&done, output::format(given(words, "format"))?, words.get_flag("quiet"));
    Ok(())
}

/// The same request for a shell.
fn curl(config: &Config, verb: &str, at: &str, body: &Value) -> String {
    let server = match config.get("server") {
        "" => format!("http://{}", config.get("listen")),
        server => server.trim_end_matches('/').to_owned(),
    };
    let header = if verb == "POST" { "Idempotency-Key: $(uuidgen)" } else { "If-Match: \\\"VERSION\\\"" };
    let quoted = body.to_string().replace('\'', "'\\''");
    format!(
        "curl -X {verb} '{server}{at}' -H \"Authorization: Bearer $QUARTERDECK_TOKEN\" \
         -H 'Content-Type: application/json' -H \"{header}\" -d '{quoted}'"
    )
}

/// Sends a change: with the version of the record it changes, where it must say one. A POST may as well, as that
/// which shuts a person out: then it is told so, and sent again with the version.
async fn send(
    door: &Door,
    command: &'static Command,
    words: &ArgMatches,
    path: String,
    body: Value,
) -> Result<Answer, Exit> {
    let mut headers = vec![("idempotency-key", access::secret::new(&kernel::SystemChance))];
    let method = if command.method == Method::Post { "POST" } else { "PATCH" };
    if command.method == Method::Patch {
        headers.extend(version(door, command, words).await?);
    }
    let mut ask = Ask { method, path, body: Some(body), headers };
    let answer = door.ask(ask.clone(), command.action).await?;
    if answer.status != 428 || command.method == Method::Patch {
        return Ok(answer);
    }
    ask.headers.extend(version(door, command, words).await?);
    door.ask(ask, command.action).await
}

/// The reading of the record a command changes: at the command's own path, or at the one its verb is added to.
fn shown_by(command: &Command) -> Option<&'static Reading> {
    let record = command.path.rsplit_once('/').map_or("", |(record, _)| record);
    let at = |path: &str| registry::readings().find(|reading| reading.path == path);
    at(command.path).or_else(|| at(record).filter(|_| record.ends_with('}')))
}

/// The version of the record a command changes: asked for just before.
async fn version(
    door: &Door,
    command: &'static Command,
    words: &ArgMatches,
) -> Result<Option<(&'static str, String)>, Exit> {
    let Some(reading) = shown_by(command) else { return Ok(None) };
    let ask = Ask { method: "GET", path: path(reading.path, words), body: None, headers: Vec::new() };
    let answer = door.ask(ask, reading.action).await?;
    if answer.status >= 400 {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        return Err(Exit::of_answer(answer.status, &body));
    }
    Ok(answer.tag.map(|tag| ("if-match", tag)))
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
fn agreed(what: &str, no_input: bool) -> Result<bool, Exit> {
    use std::io::{BufRead, IsTerminal, Write};
    if no_input || !std::io::stdin().is_terminal() {
        return Err(Exit::Usage(format!("“{what}” asks first; add --yes to do it without asking.")));
    }
    eprint!("{what}? [y/N] ");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    Ok(read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_that_must_say_a_version_knows_where_it_stands() {
        let lost = registry::commands().filter(|it| it.method == Method::Patch && shown_by(it).is_none());
        assert_eq!(lost.map(|command| command.name).collect::<Vec<_>>(), [""; 0]);
        let of = |name| registry::command(name).and_then(shown_by).map(|reading| reading.name);
        assert_eq!(of("agreement end"), Some("agreement show"));
        assert_eq!(of("user disable"), Some("user show"));
    }
}
