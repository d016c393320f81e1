//! Checkpoints of the history that leave the database: a file at each close and one a day, in the folder of the
//! setting `checkpoints`, which is best on another machine. `quarterdeck history verify --checkpoint FILE` finds a
//! tail that was cut since.

use std::path::Path;

use access::history::{self, Checkpoint};
use access::{Command, Done};
use kernel::Fault;

use crate::House;

/// Keeps the checkpoint that a close answers with. The close stands, also where the file cannot be written: the
/// log says so, and the answer holds it too.
pub(crate) fn keep_of(house: &House, command: &Command, done: &Done) {
    let checkpoint = done.body.get("checkpoint").filter(|_| command.action == access::Action::ClosePeriod);
    let checkpoint = checkpoint.and_then(|told| serde_json::from_value::<Checkpoint>(told.clone()).ok());
    if let (Some(folder), Some(checkpoint)) = (&house.checkpoints, checkpoint) {
        let name = format!("close-{}-{}", done.key, checkpoint.seq);
        if let Err(fault) = keep(folder, &name, &checkpoint) {
            tracing::error!(chain = fault.chain(), "a checkpoint of the history could not be kept");
        }
    }
}

/// Keeps today's checkpoint, unless it is there; whether it was written now.
pub async fn keep_todays(house: &House) -> Result<bool, Fault> {
    let Some(folder) = &house.checkpoints else { return Ok(false) };
    let name = format!("day-{}", house.clock.now().date_naive());
    if folder.join(file_of(&name)).exists() {
        return Ok(false);
    }
    let checkpoint = history::checkpoint(&mut house.db.read().await?).await?;
    keep(folder, &name, &checkpoint)?;
    Ok(true)
}

fn file_of(name: &str) -> String {
    format!("checkpoint-{name}.json")
}

/// Written aside first: a file that is there is whole.
fn keep(folder: &Path, name: &str, checkpoint: &Checkpoint) -> Result<(), Fault> {
    let at = folder.join(file_of(name));
    let fault = |error| Fault::new(format!("writing {}", at.display()), error);
    let text =
        serde_json::to_string(checkpoint).map_err(|error| Fault::new("writing a checkpoint", error))?;
    std::fs::create_dir_all(folder).map_err(fault)?;
    let aside = folder.join(format!(".{}.{}", file_of(name), std::process::id()));
    std::fs::write(&aside, text + "\n").map_err(fault)?;
    std::fs::rename(&aside, &at).map_err(fault)
}
