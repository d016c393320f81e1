//! `demo load|clear`: the demo organisation into a database of its own, and that database away again.

use app::House;
use app::config::Config;
use clap::ArgMatches;
use kernel::Period;

use crate::care::{database, own_house};
use crate::change::agree;
use crate::exit::Exit;
use crate::look::look;
use crate::made::with_made;
use crate::output::{self, say};
use crate::words::given;

/// Runs one of them.
pub(crate) async fn run(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    match words.subcommand() {
        Some(("clear", words)) => clear(config, words).await,
        Some((_, words)) => load(config, words).await,
        None => Ok(()),
    }
}

/// Loads the demo organisation.
async fn load(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let as_of: Period = given(words, "as-of").unwrap_or("2026-09").parse().map_err(Exit::Usage)?;
    let loaded = with_made(config, "The demo is loaded", async |house: &House| {
        let tell = |chapter: &str| eprintln!("Larkfield: {chapter} …");
        app::demo::load(house, as_of, &tell).await.map_err(Exit::from)
    });
    loaded.await?;
    say!("Loaded Larkfield Mobile as of {as_of}. Next: quarterdeck serve --db {}", config.get("db"));
    Ok(())
}

/// Clears it, or says what that would remove.
async fn clear(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let format = output::format(given(words, "format"))?;
    let house = own_house(config, "The demo is cleared").await?;
    let (rehearsed, quiet) = (words.get_flag("dry-run"), words.get_flag("quiet"));
    let name = app::demo::name_of(&house).await?;
    if !rehearsed {
        agree(&format!("Clear {name} with its database"), words)?;
    }
    let done = app::demo::clear(&house, database(config)?, rehearsed).await?;
    output::done(&serde_json::to_value(&done).unwrap_or_default(), format, quiet);
    if !quiet && !rehearsed {
        let next = format!("It is gone; load it again: quarterdeck demo load --db {}", config.get("db"));
        eprintln!("{}", look().aside(&next));
    }
    Ok(())
}
