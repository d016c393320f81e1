//! `costs VERB …`: cost data at any scale, on files, without a database; but for the rows behind a statement.

use app::config::Config;
use clap::ArgMatches;
use kernel::Headway;

use crate::bar::{Bar, HERE};
use crate::exit::Exit;
use crate::words::given;
use crate::{bill, output};

/// Runs a verb and prints what it answers; how far it is, is shown on a terminal.
pub(crate) async fn run(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let said = words.subcommand().map(|(_, words)| words);
    if let Some(rows) = said.filter(|said| given(said, "statement").is_some()) {
        return bill::rows(config, rows).await;
    }
    let format = output::format(said.and_then(|said| given(said, "format")))?;
    let quiet = said.is_some_and(|said| said.get_flag("quiet"));
    let answer = watched(quiet, |headway| async move { costs::run(words, &headway).await }).await?;
    for note in answer.notes.iter().filter(|_| !quiet) {
        eprintln!("{note}");
    }
    output::calculated(answer, format, said.and_then(|said| given(said, "fields")))
}

/// Does work that counts the rows it reads; how far it is, is shown on a terminal.
pub(crate) async fn watched<T, W>(quiet: bool, work: impl FnOnce(Headway) -> W) -> Result<T, Exit>
where
    W: Future<Output = Result<T, calc::Stop>>,
{
    let headway = Headway::default().of(HERE);
    let bar = Bar::show(headway.clone(), quiet);
    let answer = work(headway).await?;
    drop(bar);
    Ok(answer)
}
