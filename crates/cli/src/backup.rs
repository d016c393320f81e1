//! `backup create|verify|restore`: a copy of everything in a folder, and a database made of it again. They work on the
//! database itself, where the folder is.

use std::path::Path;

use access::Action;
use app::backup;
use app::config::Config;
use clap::{Arg, ArgMatches, Command};
use kernel::Headway;
use serde_json::{Value, json};

use crate::bar::{Bar, HERE};
use crate::care::{database, on_itself, own_house};
use crate::exit::Exit;
use crate::made::Missing;
use crate::proof::{as_json, told};
use crate::words::given;

const HELP: &str = "\
Examples:
  quarterdeck backup create /backups/2026-11-30            while people work
  quarterdeck backup verify /backups/2026-11-30            files, history and records; ends with 7 where one differs
  quarterdeck backup restore /backups/2026-11-30 --db sqlite:data/new.db

A backup holds everything, password hashes too: keep it where only administrators look. It restores to SQLite and to
PostgreSQL, whichever it came from.";

/// The words.
pub(crate) fn words() -> Command {
    let verb = |name: &'static str, about: &'static str| {
        let dir = Arg::new("dir").required(true).value_name("DIR").help("Folder of the backup");
        Command::new(name).about(about).arg(dir)
    };
    Command::new("backup")
        .about("A copy of everything, and the way back")
        .before_help(HELP)
        .subcommand_required(true)
        .subcommands([
            verb("create", "Write everything into a new folder"),
            verb("verify", "Prove that a backup is whole: it is read, restored aside and checked"),
            verb("restore", "Make the database of --db from a backup; it must be new"),
        ])
}

/// Runs one of them.
pub(crate) async fn run(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let Some((verb, words)) = words.subcommand() else { return Ok(()) };
    let folder = given(words, "dir").unwrap_or_default();
    let headway = Headway::default().of(HERE);
    let _bar = Bar::show(headway.clone(), words.get_flag("quiet"));
    let (body, lines, whole) = match verb {
        "create" => create(config, folder, headway).await?,
        "restore" => restore(config, folder, &headway).await?,
        _ => verify(folder, &headway).await?,
    };
    told(as_json(words)?, &body, &lines);
    if whole { Ok(()) } else { Err(Exit::Differs) }
}

/// What is told, as JSON and in lines, and whether all is well.
type Told = (Value, Vec<String>, bool);

async fn create(config: &Config, folder: &str, headway: Headway) -> Result<Told, Exit> {
    let house = own_house(config, "A backup is made").await?;
    let house = app::House { headway, ..house };
    let who = crate::acting::actor(&house, config.get("as"), Action::Administer).await?;
    let made = backup::create(&house, &who, Path::new(folder)).await;
    house.db.close().await;
    let made = made?;
    let body = json!({
        "schema": "quarterdeck.backup-create.v1", "folder": folder, "tables": made.tables, "rows": made.rows,
        "files": made.files, "history": made.history,
    });
    let line = format!(
        "Backed up {} rows of {} tables and {} files into {folder}. The history ends with row {}, {}.",
        made.rows, made.tables, made.files, made.history.seq, made.history.digest
    );
    Ok((body, vec![line, format!("Next: quarterdeck backup verify {folder}")], true))
}

async fn verify(folder: &str, headway: &Headway) -> Result<Told, Exit> {
    let found = backup::verify(Path::new(folder), headway).await?;
    let (whole, mut lines) = (found.is_empty(), found.clone());
    if whole {
        lines.push(format!(
            "{folder} is whole: it was restored aside, its history proved and its records compared."
        ));
    }
    let body = json!({"schema": "quarterdeck.backup-verify.v1", "ok": whole, "items": found});
    Ok((body, lines, whole))
}

async fn restore(config: &Config, folder: &str, headway: &Headway) -> Result<Told, Exit> {
    on_itself(config, "A backup is restored")?;
    let url = database(config)?;
    let missing = Missing::before(url)?;
    let done = match backup::restore(Path::new(folder), url, headway).await {
        Ok(done) => done,
        Err(refused) => {
            missing.discard();
            return Err(refused.into());
        }
    };
    let body = json!({
        "schema": "quarterdeck.backup-restore.v1", "organisation": done.organisation, "rows": done.rows,
        "files": done.files, "made_at": done.made_at,
    });
    let line = format!(
        "Restored {} as of {}: {} rows and {} files. Everybody signs in again.",
        done.organisation, done.made_at, done.rows, done.files
    );
    let next =
        format!("Next: quarterdeck db check --db {0}, then quarterdeck serve --db {0}", db::shown(url));
    Ok((body, vec![line, next], true))
}
