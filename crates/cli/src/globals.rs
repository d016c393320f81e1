//! The flags that stand with every command: settings, output, what is looked at, how much is told.

use app::config::SETTINGS;
use clap::{Arg, ArgAction, Command};

/// Their heading in long help; short help leaves them out.
const HEADING: &str = "Options of every command";

/// Names of these flags, which a field of a command must not take.
pub(crate) const TAKEN: [&str; 16] = [
    "db",
    "checkpoints",
    "listen",
    "server",
    "as",
    "config",
    "format",
    "fields",
    "filter",
    "sort",
    "limit",
    "as-of",
    "yes",
    "dry-run",
    "color",
    "excel",
];

/// All of them.
pub(crate) fn globals(root: Command) -> Command {
    let settings = SETTINGS.iter().map(|setting| value(setting.name, "VALUE", setting.help));
    root.args(settings).args([
        value("config", "FILE", "configuration file"),
        value("format", "FORMAT", "table, json, jsonl, csv or tsv"),
        flag("excel", "CSV as Excel opens it: a byte order mark, and ; where the locale has a decimal comma"),
        value("fields", "A,B,C", "columns to print; empty lists them"),
        value("filter", "CONDITIONS", "as in 'state=operational customers>=5'"),
        value("sort", "COLUMN", "sort by a column; -COLUMN for largest first").allow_hyphen_values(true),
        value("limit", "N", "rows to print, or all"),
        value("period", "2026-09", "period looked at").add(crate::complete::of("period")),
        value("as-of", "2026-03-31", "as it was on that day"),
        flag(
            "dry-run",
            "rehearse it: what would be, or why not, with the same exit code; nothing is written",
        )
        .short('n'),
        flag("yes", "do not ask").short('y'),
        flag("no-input", "never ask"),
        flag("quiet", "say nothing but results").short('q'),
        flag("verbose", "say more: the request of an error, a rehearsal as curl; -vv every request")
            .short('v')
            .action(ArgAction::Count),
        value("color", "WHEN", "colours: auto, always or never")
            .value_parser(clap::builder::EnumValueParser::<clap::ColorChoice>::new()),
    ])
}

fn value(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    of_every_command(Arg::new(name).long(name).value_name(value).help(help))
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    of_every_command(Arg::new(name).long(name).action(ArgAction::SetTrue).help(help))
}

fn of_every_command(arg: Arg) -> Arg {
    arg.global(true).hide_short_help(true).help_heading(HEADING)
}
