//! `costs VERB …`: cost data at any scale, on files, without a database.

use clap::ArgMatches;
use kernel::Headway;

use crate::bar::{Bar, HERE};
use crate::exit::Exit;
use crate::output;
use crate::words::given;

/// Runs a verb and prints what it answers; how far it is, is shown on a terminal.
pub(crate) async fn run(words: &ArgMatches) -> Result<(), Exit> {
    let said = words.subcommand().map(|(_, words)| words);
    let format = output::format(said.and_then(|said| given(said, "format")))?;
    let quiet = said.is_some_and(|said| said.get_flag("quiet"));
    let headway = Headway::default().of(HERE);
    let bar = Bar::show(headway.clone(), quiet);
    let answer = costs::run(words, &headway).await?;
    drop(bar);
    for note in answer.notes.iter().filter(|_| !quiet) {
        eprintln!("{note}");
    }
    output::calculated(answer, format, said.and_then(|said| given(said, "fields")))
}
