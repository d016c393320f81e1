//! `import KIND FILE`: what begins with a file of the person's own.

use std::path::Path;

use access::Action;
use app::config::Config;
use app::registry;
use clap::ArgMatches;
use kernel::Fault;
use serde_json::{Map, Value};

use crate::bar::Bar;
use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::look::look;
use crate::output::{self, Format, say};
use crate::words::{flag_id, given, import_settings};

/// Imports a file in one step; `--dry-run` only looks. Ends with 6 where lines were rejected.
pub(crate) async fn run(config: &Config, kind: &str, words: &ArgMatches) -> Result<(), Exit> {
    let command = registry::command("import run").ok_or_else(|| Exit::Failed("no import".into()))?;
    let file = given(words, "file").unwrap_or_default();
    let bytes =
        std::fs::read(file).map_err(|error| Exit::Usage(format!("{file} cannot be read: {error}")))?;
    let format = output::format(given(words, "format"))?;
    let mut door = Door::open(config).await?;
    let quiet = words.get_flag("quiet");
    // Where nobody looks, nothing is counted.
    let bar = if quiet { None } else { door.watch().map(|headway| Bar::show(headway, quiet)) };
    let body = body(words, kind, file, &bytes)?;
    let ask = Ask::change("POST", format!("/api/v1{}", command.path), Some(body));
    let answer = door.ask(ask, action(kind)).await;
    drop(bar);
    let done = answer?.read()?;
    if matches!(format, Format::Json | Format::JsonLines) {
        say!("{}", done["body"]);
    } else {
        say!("{}", done["says"].as_str().unwrap_or(""));
    }
    if !quiet {
        crate::after::tell(command, words, &done, None);
    }
    if let Some(path) = given(words, "rejects") {
        write_rejects(Path::new(path), &done["body"])?;
    }
    if is_clean(&done["body"]) {
        return Ok(());
    }
    if !quiet && done["body"]["rejected"]["lines"] != 0 && given(words, "rejects").is_none() {
        eprintln!(
            "{}",
            look().aside(&format!(
                "Write rejected lines: quarterdeck import {kind} {file} … --rejects rejects.csv"
            ))
        );
    }
    Err(Exit::Unclean)
}

/// Whether no line is rejected, the total is the control total, and nothing is asked that has to be answered.
fn is_clean(report: &Value) -> bool {
    let asked = report["questions"].as_array().into_iter().flatten();
    let open = asked.filter(|question| question["must_answer"] == true).count();
    report["rejected"]["lines"] == 0 && report["difference"].is_null() && open == 0
}

/// Who may import that kind: whoever is acted as must.
fn action(kind: &str) -> Action {
    registry::targets()
        .into_iter()
        .find(|target| target.kind == kind)
        .map_or(Action::Import, |target| target.action)
}

fn body(words: &ArgMatches, kind: &str, file: &str, bytes: &[u8]) -> Result<Value, Exit> {
    let name =
        Path::new(file).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut body = Map::new();
    body.insert("kind".into(), kind.into());
    body.insert("file_name".into(), name.into());
    body.insert("file".into(), web::base64(bytes).into());
    if words.get_flag("dry-run") {
        body.insert("dry_run".into(), "yes".into());
    }
    if let Some(period) = given(words, "period") {
        body.insert("period".into(), period.into());
    }
    for (name, _) in import_settings() {
        let id = flag_id(&name);
        let Some(value) = given(words, &id) else { continue };
        let value = match name.as_str() {
            "columns" => pairs(words, &id, str::rsplit_once, "COLUMN=FIELD, as in Betrag=amount")?,
            "constants" => pairs(words, &id, str::split_once, "FIELD=VALUE, as in currency=USD")?,
            "profile_toml" => file_or_text(value)?.into(),
            _ => value.into(),
        };
        body.insert(name, value);
    }
    Ok(Value::Object(body))
}

/// `Konto=account,Betrag=amount`, said once or several times, as an object; or that object as JSON. Names of columns
/// may have marks of their own, so a comma parts pairs only where there is one on either side of it.
fn pairs(words: &ArgMatches, id: &str, cut: Cut, form: &str) -> Result<Value, Exit> {
    let mut map = Map::new();
    for said in words.get_many::<String>(id).into_iter().flatten() {
        if let Ok(Value::Object(whole)) = serde_json::from_str(said) {
            map.extend(whole);
            continue;
        }
        let parts: Vec<&str> = said.split(',').collect();
        let parts = if parts.iter().all(|part| part.contains('=')) { parts } else { vec![said.as_str()] };
        for part in parts {
            let (name, value) =
                cut(part, '=').ok_or_else(|| Exit::Usage(format!("“{part}” is no pair: write {form}.")))?;
            map.insert(name.trim().to_owned(), value.trim().into());
        }
    }
    Ok(Value::Object(map))
}

/// Where a pair is cut: at its first or its last mark.
type Cut = for<'a> fn(&'a str, char) -> Option<(&'a str, &'a str)>;

/// What a file holds; the text itself where it has lines of its own, which no name of a file has.
pub(crate) fn file_or_text(said: &str) -> Result<String, Exit> {
    if said.contains('\n') {
        return Ok(said.to_owned());
    }
    std::fs::read_to_string(said).map_err(|error| Exit::Usage(format!("{said} cannot be read: {error}")))
}

/// The rejected lines as they stand in the file, with a last column that says why.
fn write_rejects(path: &Path, report: &Value) -> Result<(), Exit> {
    let quote = |cell: &str| {
        if cell.contains([',', '"', '\n']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    };
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().into_iter().flatten().filter_map(Value::as_str).map(quote).collect()
    };
    let mut head = texts(&report["columns"]);
    head.push("rejected because".into());
    let mut out = head.join(",") + "\n";
    for reject in report["rejects"].as_array().into_iter().flatten() {
        let mut cells = texts(&reject["cells"]);
        cells.push(quote(reject["reason"].as_str().or(reject["because"].as_str()).unwrap_or("")));
        out.push_str(&(cells.join(",") + "\n"));
    }
    let failed = |error| Exit::from(Fault::new(format!("writing {}", path.display()), error));
    std::fs::write(path, out).map_err(failed)?;
    eprintln!("Rejected lines written to {}.", path.display());
    Ok(())
}
