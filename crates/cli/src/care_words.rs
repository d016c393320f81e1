//! The words of what runs on the machine itself.

use clap::{Arg, Command};

use crate::topics;

/// All of them.
pub(crate) fn commands() -> Vec<Command> {
    let text =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("VALUE").help(help);
    let mut commands = vec![
        Command::new("serve").about("Serve pages and API"),
        Command::new("init")
            .about("Found an organisation and make its first administrator")
            .arg(text("name", "name of the organisation").required(true))
            .arg(text("currency", "reporting currency").default_value("EUR"))
            .arg(text("first-month", "month the year starts in, 1-12").default_value("1"))
            .arg(text("admin", "username of the administrator").default_value("admin"))
            .arg(text("admin-name", "name of the administrator").default_value("Administrator")),
        Command::new("doctor").about("Where each setting came from, and whether the database is well"),
        Command::new("db").about("The database itself").subcommand_required(true).subcommands([
            Command::new("migrate").about("Bring the schema up to date"),
            Command::new("check").about("Compare each record with its last event"),
        ]),
        demo(),
        crate::backup::words(),
        api(),
        calc::command(),
        #[cfg(feature = "costs")]
        costs::command(),
        Command::new("completions").about("Completions for a shell").arg(
            Arg::new("shell")
                .required(true)
                .help("Which shell")
                .value_parser(clap::value_parser!(clap_complete::Shell)),
        ),
        Command::new("man")
            .about("Write manual pages into a folder")
            .arg(Arg::new("dir").required(true).help("The folder, made where it is not there")),
    ];
    commands.extend(topics::commands());
    commands
}

fn demo() -> Command {
    Command::new("demo").about("The demo organisation Larkfield").subcommand_required(true).subcommands([
        Command::new("load").about("Load Larkfield into an empty database; --as-of takes its September"),
        Command::new("clear").about("Remove the demo, and the database with it; no other is ever cleared"),
    ])
}

fn api() -> Command {
    let text =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("VALUE").help(help);
    Command::new("api")
        .about("Ask an address of the API itself and print what it answers")
        .arg(Arg::new("method").required(true).value_parser(["GET", "POST", "PATCH"]).help("How it is asked"))
        .arg(Arg::new("path").required(true).value_name("PATH").help("as in /api, with or without /api/v1"))
        .arg(text("body", "the input of a command, as JSON"))
        .arg(text("version", "the version a PATCH changes: the number in the record"))
}
