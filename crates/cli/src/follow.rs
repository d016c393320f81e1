//! `job follow ID`: stays with a job until it has ended, and ends as its command would have.

use std::time::Duration;

use access::Action;
use app::config::Config;
use app::jobs;
use clap::{ArgMatches, Command};
use kernel::Headway;
use kernel::listing::encode;

use crate::bar::{Bar, HERE};
use crate::client::show;
use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::words::{blank, blank_id, given};

/// Between two questions how far it is.
const LOOK: Duration = Duration::from_millis(500);

/// The words.
pub(crate) fn words() -> Command {
    Command::new("follow")
        .about("Stay with a job until it has ended: how far it is, then what came of it; Ctrl-C leaves it running")
        .arg(blank(jobs::AT, "id"))
}

/// Follows it.
pub(crate) async fn run(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let at = format!("/api/v1{}{}", jobs::AT, encode(given(words, &blank_id("id")).unwrap_or_default()));
    let door = Door::open(config).await?;
    let headway = Headway::default().of(HERE);
    let bar = Bar::show(headway.clone(), words.get_flag("quiet"));
    let job = loop {
        let job = door.ask(Ask::get(at.clone()), Action::UseQuarterdeck).await?.read()?;
        let text = |name: &str| job[name].as_str().unwrap_or_default();
        if !["asked", "running"].contains(&text("state")) {
            break job;
        }
        match text("label") {
            "" => headway.begins(&format!("{}: {}", text("command"), text("state")), ""),
            label => {
                headway.shows(label, job["done"].as_i64().unwrap_or(0), job["of"].as_i64(), text("unit"))
            }
        }
        tokio::time::sleep(LOOK).await;
    };
    drop(bar);
    match job["state"].as_str() {
        // The refusal's own code says how to end.
        Some("refused") => Err(Exit::of_answer(409, &job, None)),
        Some("failed") => Err(Exit::Failed(job["says"].as_str().unwrap_or("The job failed.").to_owned())),
        Some("cancelled") => Err(Exit::refused(5, "The job was called off before it ran.".to_owned())),
        _ => show(&job, words, words),
    }
}
