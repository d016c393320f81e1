//! An import pack: a folder with `pack.toml`, which brings an organisation in in one go.
//!
//! ```text
//! pack.toml → (found the organisation and its people, where there is none) → step → step → …
//! ```
//! A step imports a file, with columns derived where the file does not hold them as they are needed, or
//! runs a command, once or for every row of a file. Everything goes through the frame, by people of the
//! organisation: a pack can do nothing that they could not. A pack may be run again: rows that are known
//! are known, a command with the same answers is done once. A step that is refused stops the pack by its
//! name; what was done before it stays, and is named.
//!
//! | file | holds |
//! | --- | --- |
//! | `manifest` | what stands in `pack.toml` |
//! | `derive` | columns made of others: keys, words, sums, days. Pure |
//! | `table` | a file read with its derived columns, rows left out with the reason |
//! | `fill` | `{column}` and `{value}` in texts. Pure |
//! | `stage` | where commands run: for good, or rehearsed in one transaction that is given up |
//! | `found` | the organisation and its people |
//! | `step` | one step, and what it says |
//! | `error` | why a pack is refused |

mod derive;
pub mod error;
mod fill;
mod found;
mod manifest;
mod stage;
mod step;
mod table;

use std::path::Path;

use kernel::{Refusal, RefusalKind, Refused};
use serde_json::{Value, json};

use crate::House;
use error::{NO_PACK, STOPPED};
use manifest::Pack;
use stage::Stage;

/// Refusals of packs, for the catalogue.
pub static REFUSALS: &[&RefusalKind] = error::ALL;

/// What a pack did.
#[derive(Clone, Debug)]
pub struct PackReport {
    /// Each step with what it said and its reports.
    pub steps: Vec<StepReport>,
    /// Every step rejected as many lines as the pack expects.
    pub clean: bool,
}

/// What a step did.
#[derive(Clone, Debug)]
pub struct StepReport {
    /// Its name.
    pub name: String,
    /// What it says, line by line.
    pub says: Vec<String>,
    /// The import's report, where it imported.
    pub report: Value,
    /// Rows of the file, and those left out, with why.
    pub rows: Value,
    /// It rejected as many lines as the pack expects.
    pub clean: bool,
}

impl PackReport {
    /// For scripts.
    pub fn json(&self) -> Value {
        let step = |step: &StepReport| json!({ "step": step.name, "says": step.says, "rows": step.rows, "report": step.report });
        let steps: Vec<Value> = self.steps.iter().map(step).collect();
        json!({ "schema": "quarterdeck.pack-report.v1", "clean": self.clean, "steps": steps })
    }
}

/// Looks whether there is a pack in `folder`, before anything is made for it.
///
/// # Errors
/// There is none, or its `pack.toml` cannot be read.
pub fn look(folder: &Path) -> Result<(), Refused> {
    Pack::read(folder).map(drop)
}

/// Runs the pack in `folder`. A `dry_run` does all of it in one transaction and gives that up, so it
/// finds exactly what a run would. `tell` hears each step when it is done.
pub async fn run(
    house: &House,
    folder: &Path,
    dry_run: bool,
    tell: &mut (dyn FnMut(&StepReport) + Send),
) -> Result<PackReport, Refused> {
    let pack = Pack::read(folder)?;
    let mut stage = if dry_run { Stage::rehearsal(house).await? } else { Stage::for_good(house) };
    let mut report = PackReport { steps: Vec::new(), clean: true };
    let founded = found::found(&mut stage, &pack).await;
    let founded = founded.map_err(|refused| stopped("found the organisation", refused, &report))?;
    tell(&founded);
    report.steps.push(founded);
    for step in &pack.steps {
        let done = step::run(&mut stage, &pack, step).await;
        let done = done.map_err(|refused| stopped(&step.name, refused, &report))?;
        tell(&done);
        report.clean &= done.clean;
        report.steps.push(done);
    }
    stage.end().await?;
    Ok(report)
}

/// A step that was refused, by its name, with what was done before it.
fn stopped(step: &str, refused: Refused, report: &PackReport) -> Refused {
    let Refused::Refusal(refusal) = refused else { return refused };
    let done: Vec<&str> = report.steps.iter().map(|step| step.name.as_str()).collect();
    let done = if done.is_empty() { "nothing".to_owned() } else { done.join(", ") };
    let Refusal { fields, .. } = refusal.clone();
    Refusal { fields, ..STOPPED.with(&[step, refusal.says.trim_end_matches('.'), &refusal.way_out, &done]) }
        .into()
}

/// A file of the pack, as bytes.
fn bytes_of(folder: &Path, file: &str) -> Result<Vec<u8>, Refused> {
    let wrong = |says: String| NO_PACK.with(&[&folder.display().to_string(), &says]);
    if Path::new(file).components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
        return Err(wrong(format!("{file} is not inside the folder")).into());
    }
    std::fs::read(folder.join(file)).map_err(|error| wrong(format!("{file} cannot be read, {error}")).into())
}
