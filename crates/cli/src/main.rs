//! The binary `quarterdeck`: server and client. The only crate that knows argv.
//!
//! Every command and reading of `app::registry` is a subcommand here, derived from it: the same
//! words, the same input, through the same address of the API. With `--db` the API is called inside
//! this process, on the database itself; with `--server` over HTTP.
//!
//! | file | holds |
//! | --- | --- |
//! | `words` | the command line's shape, derived from the registry |
//! | `globals`, `groups`, `examples` | the flags of every command; help on the whole; help on each |
//! | `heard` | which of those flags a command hears |
//! | `door` | the API inside this process or over HTTP |
//! | `acting` | who acts on a database of one's own |
//! | `client`, `change` | one reading or command, from words to answer |
//! | `after` | how what was done is undone, and what comes next |
//! | `import` | files in: `import KIND FILE` |
//! | `bill` | bills into an installation, and the rows behind a statement, with the feature `costs` |
//! | `bar` | how far a long import or calculation is, on a terminal |
//! | `calculate` | `calc VERB …`: calculations on files |
//! | `focus` | what is charged as FOCUS, a file per dataset |
//! | `follow` | staying with a job until it has ended |
//! | `pack` | an organisation in from a folder, everything out into one |
//! | `find` | `open ID`, and what may have been meant by an id that no record has |
//! | `record` | one record, for people |
//! | `output`, `rows`, `table` | JSON; CSV and TSV; tables for eyes |
//! | `look` | width of the terminal, colours, pager, how much is told |
//! | `costs` | cost data at any scale, on files, with the feature `costs` |
//! | `backup` | a copy of everything, and the way back |
//! | `care`, `care_words` | serve, init: what runs on the machine itself |
//! | `demo` | the demo organisation, in and out |
//! | `made` | a database that a command makes, and takes away again where it was in vain |
//! | `proof` | doctor, db, history verify: whether all is well |
//! | `raw` | `api METHOD PATH`: an address of the API itself |
//! | `complete` | completion in a shell, with ids of records |
//! | `topics` | texts of `help` |
//! | `exit` | exit codes |

mod acting;
mod after;
mod backup;
mod bar;
#[cfg(feature = "costs")]
mod bill;
mod calculate;
mod care;
mod care_words;
mod change;
mod client;
mod complete;
#[cfg(feature = "costs")]
mod costs;
mod demo;
mod door;
mod examples;
mod exit;
mod find;
mod focus;
mod follow;
mod globals;
mod groups;
mod heard;
mod import;
mod look;
mod made;
mod output;
mod pack;
mod proof;
mod raw;
mod record;
mod rows;
mod table;
mod topics;
mod words;

use std::process::ExitCode;

use exit::Exit;

fn main() -> ExitCode {
    complete::answer();
    let colours = look::colours(std::env::args_os());
    let matches = words::command().color(colours).get_matches();
    let said = words::deepest(&matches);
    look::settle(colours, said.get_count("verbose"), said.get_flag("excel"));
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
    heard::refuse_unheard(matches)?;
    match matches.subcommand() {
        Some(("serve", _)) => care::serve(&config).await,
        Some(("init", sub)) => care::init(&config, sub).await,
        Some(("doctor", sub)) => proof::doctor(&config, sub).await,
        Some(("db", sub)) => proof::db(&config, sub).await,
        Some(("backup", sub)) => backup::run(&config, sub).await,
        Some(("demo", sub)) => demo::run(&config, sub).await,
        Some(("calc", sub)) => calculate::run(sub).await,
        Some((topics::FORMATS, _)) => calculate::formats(),
        Some(("api", sub)) => raw::run(&config, sub).await,
        #[cfg(feature = "costs")]
        Some(("costs", sub)) => costs::run(&config, sub).await,
        Some((noun @ ("trace" | "search"), sub)) => client::alone(&config, noun, sub).await,
        Some(("open", sub)) => find::open(&config, sub).await,
        Some(("import", sub)) if sub.subcommand_name() == Some("pack") => {
            pack::run(&config, words::deepest(sub)).await
        }
        Some(("export", sub)) => export(&config, sub).await,
        #[cfg(feature = "costs")]
        Some(("import", sub)) if sub.subcommand_name() == Some("usage") => bill::import(&config, sub).await,
        Some(("import", sub)) if is_file_import(sub) => match sub.subcommand() {
            Some((kind, words)) => import::run(&config, kind, words).await,
            None => Ok(()),
        },
        Some(("completions", sub)) => complete::script(sub),
        Some(("man", sub)) => care::man(sub),
        Some((noun, sub)) => by_name(&config, noun, sub, matches).await,
        None => Ok(()),
    }
}

/// What is charged, or everything.
async fn export(config: &app::config::Config, sub: &clap::ArgMatches) -> Result<(), Exit> {
    match sub.subcommand() {
        Some(("focus", words)) => focus::export(config, words).await,
        Some((_, words)) => pack::export(config, words).await,
        None => Ok(()),
    }
}

/// A text of help, or a row of the registry; one of these has a way of its own where nobody could ask for it.
async fn by_name(
    config: &app::config::Config,
    noun: &str,
    sub: &clap::ArgMatches,
    root: &clap::ArgMatches,
) -> Result<(), Exit> {
    if let Some(text) = topics::text(noun) {
        output::say!("{text}");
        return Ok(());
    }
    match sub.subcommand() {
        Some(("verify", _)) if noun == "history" => proof::history(config, sub).await,
        Some(("follow", words)) if noun == "job" => follow::run(config, words).await,
        Some(("reset", words)) if noun == "user" && care::reset(config, words).await? => Ok(()),
        _ => client::run(config, noun, sub, root).await,
    }
}

fn is_file_import(sub: &clap::ArgMatches) -> bool {
    app::registry::targets().iter().any(|target| Some(target.kind) == sub.subcommand_name())
}
