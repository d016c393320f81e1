//! One command that changes something: from words to a request of the API, and what is told of it. With `--dry-run` it
//! is rehearsed: the same request is done and taken back, so that its answer, or its refusal, is the very one.

use access::{Command, Method, Reading};
use app::config::Config;
use app::registry;
use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::after;
use crate::care::{address, addressed};
use crate::client::{no_day, path};
use crate::door::{Answer, Ask, Door};
use crate::exit::Exit;
use crate::find::meant;
use crate::import::file_or_text;
use crate::look::look;
use crate::output;
use crate::words::{flag_id, given};

/// Verbs that reach others or cannot be taken back: asked before, on a terminal.
const OUTWARD: [&str; 6] = ["close", "finish", "issue", "revert", "clear", "disable"];

/// Does what the words say, or rehearses it.
pub(crate) async fn change(
    config: &Config,
    command: &'static Command,
    verb: &str,
    words: &ArgMatches,
) -> Result<(), Exit> {
    if given(words, "as-of").is_some() {
        return Err(no_day(command.name));
    }
    let format = output::format(given(words, "format"))?;
    let at = path(command.path, words);
    let body = body(command, words)?;
    let rehearsed = words.get_flag("dry-run");
    if rehearsed {
        tell_request(config, words, method(command), &at, &body);
    } else if OUTWARD.contains(&verb) {
        agree(command.summary, words)?;
    }
    let door = Door::open(config).await?;
    let (done, back) = match send(&door, command, words, at, body).await {
        Ok(sent) => sent,
        Err(exit) => return Err(meant(&door, command.path, words, command.action, exit).await),
    };
    let (done, quiet) = (addressed(config, done), words.get_flag("quiet"));
    output::done(&done, format, quiet);
    if !quiet && !rehearsed {
        after::tell(command, words, &done, back);
    }
    Ok(())
}

/// How a command is asked for.
fn method(command: &Command) -> &'static str {
    if command.method == Method::Post { "POST" } else { "PATCH" }
}

/// Tells, beside a rehearsal and where more is asked for, what would do it for good.
pub(crate) fn tell_request(config: &Config, words: &ArgMatches, method: &str, at: &str, body: &Value) {
    if words.get_count("verbose") > 0 {
        eprintln!("{}", look().aside(&curl(config, method, at, body)));
    }
}

/// What asks the API to rehearse a request.
pub(crate) fn rehearsal() -> (&'static str, String) {
    (web::REHEARSE, "true".to_owned())
}

/// The same request for a shell.
fn curl(config: &Config, verb: &str, at: &str, body: &Value) -> String {
    let server = address(config);
    let header = if verb == "POST" { "Idempotency-Key: $(uuidgen)" } else { "If-Match: \\\"VERSION\\\"" };
    let quoted = body.to_string().replace('\'', "'\\''");
    format!(
        "curl -X {verb} '{server}{at}' -H \"Authorization: Bearer $QUARTERDECK_TOKEN\" \
         -H 'Content-Type: application/json' -H \"{header}\" -d '{quoted}'"
    )
}

/// Sends a change: with the version of the record it changes, where it must say one. A POST may as well, as that
/// which shuts a person out: then it is told so, and sent again with the version. What was done, and of an edit what
/// gives the record back what it was.
async fn send(
    door: &Door,
    command: &'static Command,
    words: &ArgMatches,
    path: String,
    body: Value,
) -> Result<(Value, Option<String>), Exit> {
    let mut ask = Ask::change(method(command), path, Some(body.clone()));
    ask.headers.extend(words.get_flag("dry-run").then(rehearsal));
    let mut back = None;
    if command.method == Method::Patch
        && let Some(shown) = before(door, command, words).await?
    {
        back = after::back(command, words, &body, &shown.read()?);
        ask.headers.extend(version(shown));
    }
    let answer = door.ask(ask.clone(), command.action).await?;
    if answer.status != 428 || command.method == Method::Patch {
        return Ok((answer.read()?, back));
    }
    let shown = before(door, command, words).await?;
    ask.headers.extend(shown.and_then(version));
    Ok((door.ask(ask, command.action).await?.read()?, None))
}

/// The reading of the record a command changes: at the command's own path, or at the one its verb is added to.
fn shown_by(command: &Command) -> Option<&'static Reading> {
    let record = command.path.rsplit_once('/').map_or("", |(record, _)| record);
    let at = |path: &str| registry::readings().find(|reading| reading.path == path);
    at(command.path).or_else(|| at(record).filter(|_| record.ends_with('}')))
}

/// The record a command changes, as it is just before.
async fn before(door: &Door, command: &'static Command, words: &ArgMatches) -> Result<Option<Answer>, Exit> {
    let Some(reading) = shown_by(command) else { return Ok(None) };
    let answer = door.ask(Ask::get(path(reading.path, words)), reading.action).await?;
    answer.read()?;
    Ok(Some(answer))
}

/// Its version, as a change has to say it.
fn version(shown: Answer) -> Option<(&'static str, String)> {
    shown.tag.map(|tag| ("if-match", tag))
}

/// The input from the flags; a field that is no text in its schema is read as JSON, a profile from its file.
fn body(command: &'static Command, words: &ArgMatches) -> Result<Value, Exit> {
    let schema = (command.input)();
    let properties = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let fields = properties.iter().filter_map(|(name, property)| {
        let typed = if name == "period" { given(words, "period") } else { given(words, &flag_id(name)) }?;
        let text = property.get("type").is_none_or(|kind| kind.to_string().contains("string"));
        let read = match (name.as_str(), text) {
            ("toml", _) => file_or_text(typed).map(Value::from),
            (_, true) => Ok(typed.into()),
            (_, false) => Ok(serde_json::from_str(typed).unwrap_or_else(|_| typed.into())),
        };
        Some(read.map(|value| (name.clone(), value)))
    });
    Ok(Value::Object(fields.collect::<Result<Map<String, Value>, Exit>>()?))
}

/// Asks on a terminal whether it is meant; elsewhere `--yes` is needed.
///
/// # Errors
/// Nobody says yes.
pub(crate) fn agree(what: &str, words: &ArgMatches) -> Result<(), Exit> {
    use std::io::{BufRead, IsTerminal, Write};
    if words.get_flag("yes") {
        return Ok(());
    }
    if words.get_flag("no-input") || !std::io::stdin().is_terminal() {
        return Err(Exit::Usage(format!("“{what}” asks first; add --yes to do it without asking.")));
    }
    eprint!("{what}? [y/N] ");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    let yes = read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes");
    if yes { Ok(()) } else { Err(Exit::Usage("Nothing changed.".into())) }
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
