//! One step of a pack, and what it says.

use std::collections::BTreeMap;

use access::{Done, Params};
use base64::Engine as _;
use kernel::{Fault, Refused};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::error::NO_PACK;
use super::fill::Names;
use super::manifest::{Pack, Step};
use super::stage::Stage;
use super::table::Table;
use super::{StepReport, bytes_of};
use crate::{Request, registry};

/// Runs a step.
pub(super) async fn run(stage: &mut Stage, pack: &Pack, step: &Step) -> Result<StepReport, Refused> {
    match (&step.kind, &step.command) {
        (Some(kind), _) => import(stage, pack, step, kind).await,
        (None, Some(command)) => commands(stage, pack, step, command).await,
        (None, None) => Err(Fault::because("a step was not checked").into()),
    }
}

/// Answers of a step that cannot be filled in.
fn unfilled<T>(pack: &Pack, filled: Result<T, String>) -> Result<T, Refused> {
    filled.map_err(|says| NO_PACK.with(&[&pack.folder.display().to_string(), &says]).into())
}

/// Imports the file in one step. It is asked anew each time: rows that are known are known.
async fn import(stage: &mut Stage, pack: &Pack, step: &Step, kind: &str) -> Result<StepReport, Refused> {
    let file = step.file.as_deref().unwrap_or_default();
    let plain = step.derive.is_empty() && step.leave_out.blank.is_empty() && step.leave_out.again.is_empty();
    let table = if plain { None } else { Some(Table::read(pack, step, file)?) };
    let bytes = match &table {
        Some(table) => table.file()?,
        None => bytes_of(&pack.folder, file)?,
    };
    let names = Names { row: BTreeMap::new(), values: Some(&pack.values) };
    let mut body = unfilled(pack, names.table(&step.settings))?;
    body.insert("kind".into(), kind.into());
    body.insert("file_name".into(), file.into());
    body.insert("file".into(), base64::engine::general_purpose::STANDARD.encode(&bytes).into());
    let key = Some(access::secret::new(stage.house.chance.as_ref()));
    let request = Request { body: Value::Object(body), key, ..Request::default() };
    let (done, _) = stage.does(&step.who, "import run", request).await?;
    let rejected = done.body["rejected"]["lines"].as_i64().unwrap_or(-1);
    let clean = rejected == step.rejected;
    let mut says: Vec<String> = table.iter().map(|table| table.says(file)).collect();
    says.extend(done.says.lines().map(str::to_owned));
    if !clean {
        says.push(format!("{rejected} lines were rejected; the pack expects {}.", step.rejected));
    }
    let rows = table.map_or(Value::Null, |table| table.counts());
    Ok(StepReport { name: step.name.clone(), says, report: done.body, rows, clean })
}

/// Runs the command once, or for every row of the file.
async fn commands(stage: &mut Stage, pack: &Pack, step: &Step, command: &str) -> Result<StepReport, Refused> {
    let Some(file) = &step.file else {
        let names = Names { row: BTreeMap::new(), values: Some(&pack.values) };
        let (done, before) = one(stage, pack, step, command, &names).await?;
        let says = if before { format!("Done before: {}", done.says) } else { done.says };
        return Ok(told(step, vec![says], done.body, Value::Null));
    };
    let table = Table::read(pack, step, file)?;
    let (mut did, mut before) = (0_usize, 0_usize);
    for (line, names) in table.rows(pack) {
        let (_, known) =
            one(stage, pack, step, command, &names).await.map_err(|refused| at(file, line, refused))?;
        *(if known { &mut before } else { &mut did }) += 1;
    }
    let says = format!("{command}: {did} done, {before} done before.");
    let report = json!({ "done": did, "before": before });
    Ok(told(step, vec![table.says(file), says], report, table.counts()))
}

fn told(step: &Step, says: Vec<String>, report: Value, rows: Value) -> StepReport {
    StepReport { name: step.name.clone(), says, report, rows, clean: true }
}

/// Names the row a command was refused for.
fn at(file: &str, line: u64, refused: Refused) -> Refused {
    match refused {
        Refused::Refusal(refusal) => {
            let says = format!("{file}, line {line}: {}", refusal.says);
            kernel::Refusal { says, ..refusal }.into()
        }
        fault => fault,
    }
}

/// One command with those that follow on the record it made.
async fn one(
    stage: &mut Stage,
    pack: &Pack,
    step: &Step,
    command: &str,
    names: &Names<'_>,
) -> Result<(Done, bool), Refused> {
    let at = step.at.iter().map(|(name, text)| Ok((name.clone(), names.text(text)?)));
    let at: BTreeMap<String, String> = unfilled(pack, at.collect())?;
    let body = unfilled(pack, names.table(&step.body))?;
    let (done, mut before) = does(stage, pack, step, &step.who, command, at, body).await?;
    for then in &step.then {
        let who = then.who.as_deref().unwrap_or(&step.who);
        let at = blank_of(&then.command).map(|blank| (blank, done.key.clone())).into_iter().collect();
        let body = unfilled(pack, names.table(&then.body))?;
        before &= does(stage, pack, step, who, &then.command, at, body).await?.1;
    }
    Ok((done, before))
}

/// The first blank of a command's path.
fn blank_of(command: &str) -> Option<String> {
    let path = registry::command(command)?.path;
    let blank = path.split('/').find_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    blank.map(str::to_owned)
}

async fn does(
    stage: &mut Stage,
    pack: &Pack,
    step: &Step,
    who: &str,
    command: &str,
    at: BTreeMap<String, String>,
    body: Map<String, Value>,
) -> Result<(Done, bool), Refused> {
    let body = Value::Object(body);
    let key = if step.every_time {
        access::secret::new(stage.house.chance.as_ref())
    } else {
        key(&pack.name, &step.name, command, &at, &body)
    };
    let request = Request { params: Params(at), body, key: Some(key), expected: None };
    stage.does(who, command, request).await
}

/// The same step with the same answers is the same request.
fn key(pack: &str, step: &str, command: &str, at: &BTreeMap<String, String>, body: &Value) -> String {
    let mut hash = Sha256::new();
    for part in [pack, step, command, &format!("{at:?}"), &body.to_string()] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let digest: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("pack-{digest}")
}
