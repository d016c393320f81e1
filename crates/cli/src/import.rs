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
use crate::output::{self, Format, say};
use crate::words::{flag_id, given};

/// Imports a file in one step; `--dry-run` only looks. Ends with 6 where lines were rejected.
pub(crate) async fn run(config: &Config, kind: &str, words: &ArgMatches) -> Result<(), Exit> {
    let command = registry::command("import run").ok_or_else(|| Exit::Failed("no import".into()))?;
    let file = given(words, "file").unwrap_or_default();
    let bytes =
        std::fs::read(file).map_err(|error| Exit::Usage(format!("{file} cannot be read: {error}")))?;
    let mut door = Door::open(config).await?;
    let quiet = words.get_flag("quiet");
    // Where nobody looks, nothing is counted.
    let bar = if quiet { None } else { door.watch().map(|headway| Bar::show(headway, quiet)) };
    let body = body(words, kind, file, &bytes);
    let headers = vec![("idempotency-key", access::secret::new(&kernel::SystemChance))];
    let ask = Ask { method: "POST", path: format!("/api/v1{}", command.path), body: Some(body), headers };
    let answer = door.ask(ask, action(kind)).await;
    drop(bar);
    let answer = answer?;
    let done: Value = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
    if answer.status >= 400 {
        return Err(Exit::of_answer(answer.status, &done));
    }
    let format = output::format(given(words, "format"))?;
    if matches!(format, Format::Json | Format::JsonLines) {
        say!("{}", done["body"]);
    } else {
        say!("{}", done["says"].as_str().unwrap_or(""));
    }
    if let Some(path) = given(words, "rejects") {
        write_rejects(Path::new(path), &done["body"])?;
    }
    let rejected = done["body"]["rejected"]["lines"].as_i64().unwrap_or(0);
    if rejected > 0 { Err(Exit::Unclean) } else { Ok(()) }
}

/// Who may import that kind: whoever is acted as must.
fn action(kind: &str) -> Action {
    registry::targets()
        .into_iter()
        .find(|target| target.kind == kind)
        .map_or(Action::Import, |target| target.action)
}

fn body(words: &ArgMatches, kind: &str, file: &str, bytes: &[u8]) -> Value {
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
    for name in crate::words::import_settings() {
        if let Some(value) = given(words, &flag_id(&name)) {
            let typed = serde_json::from_str(value).ok().filter(Value::is_object);
            body.insert(name, typed.unwrap_or_else(|| value.into()));
        }
    }
    Value::Object(body)
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
