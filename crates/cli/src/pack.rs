//! `import pack DIR` and `export all DIR`: a whole organisation in, and everything out. Both work on the
//! database itself, where its folder is.

use std::path::Path;

use access::Action;
use app::config::Config;
use app::{House, pack};
use clap::{Arg, ArgMatches, Command};

use crate::care::{on_itself, with_addresses};
use crate::exit::Exit;
use crate::made::with_made;
use crate::output::{self, Format, say};

/// `import pack`.
pub(crate) fn words() -> Command {
    Command::new("pack")
        .about("Bring an organisation in from a folder with a pack.toml; --dry-run rehearses it")
        .arg(Arg::new("dir").required(true).value_name("DIR").help("The folder with pack.toml"))
}

/// Runs the pack in a folder; `--dry-run` rehearses all of it and keeps nothing. Ends with 6 where a step
/// rejected other lines than the pack expects.
pub(crate) async fn run(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let folder = words.get_one::<String>("dir").cloned().unwrap_or_default();
    let format = output::format(words.get_one::<String>("format").map(String::as_str))?;
    let told = matches!(format, Format::Json | Format::JsonLines);
    let what = "A pack is imported";
    on_itself(config, what)?;
    pack::look(Path::new(&folder))?;
    let dry_run = words.get_flag("dry-run");
    let mut tell = |step: &pack::StepReport| {
        if !told {
            say!("{}", step.name);
            step.says.iter().for_each(|line| say!("  {}", with_addresses(config, line)));
        }
    };
    let report = with_made(config, what, async |house: &House| {
        pack::run(house, Path::new(&folder), dry_run, &mut tell).await.map_err(Exit::from)
    });
    let report = report.await?;
    if told {
        say!("{}", report.json());
    } else if dry_run {
        say!("Rehearsed; nothing was kept.");
    }
    if report.clean { Ok(()) } else { Err(Exit::Unclean) }
}

/// Writes everything into a folder.
pub(crate) async fn export(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let folder = words.get_one::<String>("dir").cloned().unwrap_or_default();
    let house = crate::care::own_house(config, "Everything is exported").await?;
    let who = crate::acting::actor(&house, config.get("as"), Action::ExportAll).await?;
    let exported = app::export::all(&house, &who, Path::new(&folder)).await;
    house.db.close().await;
    let exported = exported?;
    say!(
        "Exported {} rows of {} tables and {} files into {folder}; manifest.json has their digests.",
        exported.rows,
        exported.tables,
        exported.files
    );
    Ok(())
}
