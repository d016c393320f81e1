//! `calc VERB …`: a calculation on files, without a database.

use std::io::IsTerminal;

use calc::{Answer, Stop, Watch};
use clap::ArgMatches;
use kernel::Headway;

use crate::bar::{Bar, HERE};
use crate::exit::Exit;
use crate::output::{self, Format};
use crate::words::given;

/// Calculates on a thread of its own, so that Ctrl-C is heard meanwhile.
pub(crate) async fn run(words: &ArgMatches) -> Result<(), Exit> {
    let said = words.subcommand().map(|(_, words)| words);
    let format = output::format(said.and_then(|said| given(said, "format")))?;
    let fields = said.and_then(|said| given(said, "fields")).map(str::to_owned);
    let quiet = said.is_some_and(|said| said.get_flag("quiet"));
    let headway = Headway::default().of(HERE);
    // Rows that come one by one to a terminal show it themselves.
    let shown = format == Format::JsonLines && std::io::stdout().is_terminal();
    let bar = Bar::show(headway.clone(), quiet || shown);
    let (words, columns) = (words.clone(), fields.clone());
    let calculated =
        tokio::task::spawn_blocking(move || watched(&words, headway, format, columns.as_deref()));
    let answer = calculated.await.map_err(|error| Exit::Failed(error.to_string()))?;
    drop(bar);
    let answer = answer?;
    for note in answer.notes.iter().filter(|_| !quiet) {
        eprintln!("{note}");
    }
    output::calculated(answer, format, fields.as_deref())
}

/// `help formats`: what the files hold that `calc` reads.
pub(crate) fn formats() -> Result<(), Exit> {
    output::say!("{}", calc::formats());
    Ok(())
}

/// Calculates; rows that are found one by one are printed as JSON lines as they come.
fn watched(
    words: &ArgMatches,
    headway: Headway,
    format: Format,
    fields: Option<&str>,
) -> Result<Answer, Exit> {
    let mut unprinted = None;
    let mut print = |row| match output::row(row, fields) {
        Ok(()) => true,
        Err(exit) => {
            unprinted = Some(exit);
            false
        }
    };
    let streams = format == Format::JsonLines && fields != Some("");
    let rows: Option<calc::EachRow> = if streams { Some(&mut print) } else { None };
    let answer = calc::watched(words, &mut Watch { headway, rows });
    match unprinted {
        Some(exit) => Err(exit),
        None => answer.map_err(|stop: Stop| stop.into()),
    }
}
