//! The binary `quarterdeck`: server and client. The only crate that knows argv.
//!
//! Every command and reading of `app::registry` is a subcommand here, derived from it: the same
//! words, the same input, through the same address of the API. With `--db` the API is called inside
//! this process, on the database itself; with `--server` over HTTP.
//!
//! | file | holds |
//! | --- | --- |
//! | `words` | the command line's shape, derived from the registry |
//! | `door` | the API inside this process or over HTTP |
//! | `client` | one command or reading, from words to answer |
//! | `import` | files in: `import KIND FILE` |
//! | `bill` | bills into an installation, and the rows behind a statement, with the feature `costs` |
//! | `bar` | how far a long import or calculation is, on a terminal |
//! | `calculate` | `calc VERB …`: calculations on files |
//! | `focus` | what is charged as FOCUS, a file per dataset |
//! | `pack` | an organisation in from a folder, everything out into one |
//! | `record` | one record, for people |
//! | `output` | tables, TSV, CSV, JSON; fields |
//! | `costs` | cost data at any scale, on files, with the feature `costs` |
//! | `care` | serve, init, doctor, db, history: what runs on the machine itself |
//! | `exit` | exit codes |

mod bar;
#[cfg(feature = "costs")]
mod bill;
mod calculate;
mod care;
mod client;
#[cfg(feature = "costs")]
mod costs;
mod door;
mod exit;
mod focus;
mod import;
mod output;
mod pack;
mod record;
mod words;

use std::process::ExitCode;

use exit::Exit;

fn main() -> ExitCode {
    let matches = words::command().get_matches();
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("The program cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let ended = runtime.block_on(async {
        if matches.subcommand_name() == Some("serve") {
            // It brings to an end what it does before it stops.
            return run(&matches).await;
        }
        tokio::select! {
            ended = run(&matches) => ended,
            _ = tokio::signal::ctrl_c() => Err(Exit::Stopped),
        }
    });
    if matches!(ended, Err(Exit::Stopped)) && matches.subcommand_name() == Some("calc") {
        // Nobody waits for what is still being calculated; all else may have a half file to remove.
        runtime.shutdown_background();
    }
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(exit) => {
            exit.tell();
            ExitCode::from(exit.code())
        }
    }
}

async fn run(matches: &clap::ArgMatches) -> Result<(), Exit> {
    let config = care::config(matches)?;
    refuse_day(matches)?;
    match matches.subcommand() {
        Some(("serve", _)) => care::serve(&config).await,
        Some(("init", sub)) => care::init(&config, sub).await,
        Some(("doctor", _)) => care::doctor(&config).await,
        Some(("db", sub)) => care::db(&config, sub).await,
        Some(("history", sub)) if sub.subcommand_name() == Some("verify") => {
            care::history(&config, sub).await
        }
        Some(("demo", _)) => care::demo(&config, matches).await,
        Some(("calc", sub)) => calculate::run(sub).await,
        Some((words::FORMATS, _)) => calculate::formats(),
        #[cfg(feature = "costs")]
        Some(("costs", sub)) => costs::run(&config, sub).await,
        Some(("trace", sub)) => client::trace(&config, sub).await,
        Some(("import", sub)) if sub.subcommand_name() == Some("pack") => match sub.subcommand() {
            Some((_, words)) => pack::run(&config, words).await,
            None => Ok(()),
        },
        Some(("export", sub)) => match sub.subcommand() {
            Some(("focus", words)) => focus::export(&config, words).await,
            Some((_, words)) => pack::export(&config, words).await,
            None => Ok(()),
        },
        #[cfg(feature = "costs")]
        Some(("import", sub)) if sub.subcommand_name() == Some("usage") => bill::import(&config, sub).await,
        Some(("import", sub)) if is_file_import(sub) => match sub.subcommand() {
            Some((kind, words)) => import::run(&config, kind, words).await,
            None => Ok(()),
        },
        Some(("completions", sub)) => care::completions(sub),
        Some(("man", sub)) => care::man(sub),
        Some((noun, sub)) => client::run(&config, noun, sub, matches).await,
        None => Ok(()),
    }
}

/// What runs on the machine itself knows no past day; `demo load` takes the month of its story.
fn refuse_day(matches: &clap::ArgMatches) -> Result<(), Exit> {
    const WITHOUT: [&str; 10] =
        ["serve", "init", "doctor", "db", "calc", "costs", "import", "export", "completions", "man"];
    match matches.subcommand() {
        Some((noun, sub)) if WITHOUT.contains(&noun) && given_day(sub) => {
            Err(kernel::Refused::from(app::no_day(noun)).into())
        }
        _ => Ok(()),
    }
}

/// Whether `--as-of` was given, here or in a word below.
fn given_day(words: &clap::ArgMatches) -> bool {
    let here = words.try_get_one::<String>("as-of").ok().flatten().is_some();
    here || words.subcommand().is_some_and(|(_, sub)| given_day(sub))
}

fn is_file_import(sub: &clap::ArgMatches) -> bool {
    app::registry::targets().iter().any(|target| Some(target.kind) == sub.subcommand_name())
}
