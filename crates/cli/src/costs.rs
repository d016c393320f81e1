//! `costs VERB …`: cost data at any scale, on files, without a database.

use std::time::Duration;

use clap::ArgMatches;
use kernel::Headway;

use crate::bar::{Bar, HERE};
use crate::exit::Exit;
use crate::output;
use crate::words::given;

/// Between two looks at how far the work is.
const LOOK: Duration = Duration::from_millis(200);

/// Runs a verb and prints what it answers; how far it is, is shown on a terminal.
pub(crate) async fn run(words: &ArgMatches) -> Result<(), Exit> {
    let said = words.subcommand().map(|(_, words)| words);
    let format = output::format(said.and_then(|said| given(said, "format")))?;
    let quiet = said.is_some_and(|said| said.get_flag("quiet"));
    let (counted, headway) = (costs::Headway::default(), Headway::default().of(HERE));
    headway.begins("Reading usage", "rows");
    let bar = Bar::show(headway.clone(), quiet);
    let work = costs::run(words, &counted);
    tokio::pin!(work);
    let answer = loop {
        tokio::select! {
            answer = &mut work => break answer?,
            () = tokio::time::sleep(LOOK) => tell(&counted, &headway),
        }
    };
    drop(bar);
    for note in answer.notes.iter().filter(|_| !quiet) {
        eprintln!("{note}");
    }
    output::calculated(answer, format, said.and_then(|said| given(said, "fields")))
}

fn tell(counted: &costs::Headway, headway: &Headway) {
    let whole = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    if let Some(rows) = counted.rows() {
        headway.counts(whole(rows));
    }
    headway.at(whole(counted.read()));
}
