//! The command line's shape: `quarterdeck <noun> <verb> [id] [--flags]`, derived from the registry.

use std::collections::BTreeMap;

use access::{Command as Changing, Reading};
use app::config::SETTINGS;
use app::registry;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use crate::care_words;

/// The whole command line.
pub(crate) fn command() -> Command {
    let mut nouns: BTreeMap<&'static str, Vec<Command>> = BTreeMap::new();
    for reading in registry::readings().filter(|reading| reading.name != TRACE) {
        let (noun, verb) = split(reading.name);
        nouns.entry(noun).or_default().push(reading_words(verb, reading));
    }
    for command in registry::commands() {
        let (noun, verb) = split(command.name);
        nouns.entry(noun).or_default().push(command_words(verb, command));
    }
    nouns.entry("history").or_default().push(crate::proof::verify_words());
    let imports = registry::targets().into_iter().map(import_words).chain(other_imports());
    nouns.entry("import").or_default().extend(imports);
    nouns.entry("export").or_default().extend(exports());
    let root = Command::new("quarterdeck")
        .about("Runs the course: service portfolio, money and customers of an IT organisation")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .infer_subcommands(false)
        .after_help(EXAMPLES);
    let trace = registry::reading(TRACE).map(|reading| reading_words("trace".into(), reading));
    let root = globals(root).subcommands(care_words::commands()).subcommands(trace);
    let nouns = nouns.into_iter().map(|(noun, verbs)| {
        Command::new(noun)
            .about(format!("{noun}: {}", verb_list(&verbs)))
            .subcommand_required(true)
            .subcommands(verbs)
    });
    root.subcommands(nouns)
}

/// What goes into a folder: everything, or what is charged.
fn exports() -> [Command; 2] {
    let dir = || Arg::new("dir").required(true).value_name("DIR");
    let all = "Write everything into a new folder, the same bytes from either engine";
    let charged = "Write what is charged in --period as FOCUS into a new folder: a file per dataset, --format csv or \
                   parquet (with the feature costs)";
    let version = Arg::new("version").long("version").value_name("1.4|1.2").help("Of the specification; 1.4");
    [Command::new("all").about(all).arg(dir()), Command::new("focus").about(charged).arg(dir()).arg(version)]
}

/// Names of the answers an import may be given: fields of its one-step command.
pub(crate) fn import_settings() -> Vec<String> {
    let schema = registry::command("import run").map(|command| (command.input)()).unwrap_or_default();
    let names = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let own = ["kind", "file", "file_name", "dry_run", "period"];
    names.into_iter().map(|(name, _)| name).filter(|name| !own.contains(&name.as_str())).collect()
}

/// Imports that begin with a folder.
fn other_imports() -> Vec<Command> {
    vec![
        crate::pack::words(),
        #[cfg(feature = "costs")]
        crate::bill::words(),
    ]
}

/// `import gl FILE`.
fn import_words(target: &'static imports::Target) -> Command {
    let words = Command::new(target.kind)
        .about(format!("Import {}", target.label.to_lowercase()))
        .arg(Arg::new("file").required(true).value_name("FILE"))
        .arg(Arg::new("rejects").long("rejects").value_name("FILE").help("write rejected lines there"));
    import_settings().into_iter().fold(words, |words, name| {
        words.arg(Arg::new(flag_id(&name)).long(long_of(&name)).value_name("VALUE"))
    })
}

fn long_of(name: &str) -> String {
    let long = name.replace('_', "-");
    if TAKEN.contains(&long.as_str()) { format!("with-{long}") } else { long }
}

/// Its noun is its verb: `quarterdeck trace ID`.
pub(crate) const TRACE: &str = "trace show";

const EXAMPLES: &str = "Examples:
  quarterdeck serve --db sqlite:data/larkfield.db
  quarterdeck customer list --format json
  quarterdeck import gl sep.csv --period 2026-09 --dry-run
  quarterdeck history verify

Topics: quarterdeck help formats · filters · money · environment · exit-codes

Exit codes: 0 done · 1 failed · 2 wrong use · 3 not found · 4 sign-in needed or refused · 5 refused by a rule ·
6 data not clean · 7 a check found differences · 8 server not reachable · 130 stopped";

fn verb_list(verbs: &[Command]) -> String {
    verbs.iter().map(Command::get_name).collect::<Vec<_>>().join(" · ")
}

/// `customer add` → noun and verb; a longer name joins its verb with hyphens.
pub(crate) fn split(name: &'static str) -> (&'static str, String) {
    let (noun, verb) = name.split_once(' ').unwrap_or((name, "show"));
    (noun, verb.replace(' ', "-"))
}

fn globals(root: Command) -> Command {
    let value = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .value_name(value)
            .help(help)
            .global(true)
            .allow_hyphen_values(name == "sort")
    };
    let flag = |name: &'static str, short: char, help: &'static str| {
        Arg::new(name).long(name).short(short).action(ArgAction::SetTrue).help(help).global(true)
    };
    let root =
        SETTINGS.iter().fold(root, |root, setting| root.arg(value(setting.name, "VALUE", setting.help)));
    root.arg(value("config", "FILE", "configuration file"))
        .arg(value("format", "FORMAT", "table, json, jsonl, csv or tsv"))
        .arg(value("fields", "A,B,C", "columns to print; empty lists them"))
        .arg(value("filter", "CONDITIONS", "as in 'state=operational cost>1e6'"))
        .arg(value("sort", "COLUMN", "sort by a column; -COLUMN for largest first"))
        .arg(value("limit", "N", "rows to print, or all"))
        .arg(value("period", "2026-09", "period looked at"))
        .arg(value("as-of", "2026-03-31", "as it was on that day"))
        .arg(flag("dry-run", 'n', "say what would happen; change nothing"))
        .arg(flag("yes", 'y', "do not ask"))
        .arg(Arg::new("no-input").long("no-input").action(ArgAction::SetTrue).global(true).help("never ask"))
        .arg(flag("quiet", 'q', "say nothing but results"))
        .arg(flag("verbose", 'v', "say more"))
}

fn reading_words(verb: String, reading: &'static Reading) -> Command {
    let words = Command::new(verb).about(reading.summary);
    let words = blanks(reading.path)
        .fold(words, |words, name| words.arg(Arg::new(blank_id(name)).required(true).value_name(name)));
    let own = reading.takes.iter().filter(|name| !matches!(**name, "period" | "as_of"));
    own.fold(words, |words, name| words.arg(Arg::new(*name).long(name.replace('_', "-")).value_name("VALUE")))
}

fn command_words(verb: String, command: &'static Changing) -> Command {
    let words = Command::new(verb).about(command.summary);
    let words = blanks(command.path)
        .fold(words, |words, name| words.arg(Arg::new(blank_id(name)).required(true).value_name(name)));
    let schema = (command.input)();
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    // The period is the one every command takes: --period.
    let own = properties.into_iter().filter(|(name, _)| name != "period");
    own.fold(words, |words, (name, property)| {
        let help = property.get("description").and_then(Value::as_str).unwrap_or("").to_owned();
        // A blank of the path and a field may share a name; the flag then has a mark of its own.
        let id = flag_id(&name);
        let arg = Arg::new(id).long(long_of(&name)).value_name("VALUE").help(help);
        words.arg(arg.required(required.contains(&name.as_str())))
    })
}

/// Names of global flags, which a field of a command must not take.
const TAKEN: [&str; 14] = [
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
];

/// Id of the argument that holds field `name` of a command's input.
pub(crate) fn flag_id(name: &str) -> String {
    format!("field:{name}")
}

/// Id of the positional argument that fills blank `name` of a path; a flag may have the same name.
pub(crate) fn blank_id(name: &str) -> String {
    format!("blank:{name}")
}

/// The blanks of a path, in order.
pub(crate) fn blanks(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// What was said for `name`, here or before the verb; nothing where the command knows no such word.
pub(crate) fn given<'m>(words: &'m ArgMatches, name: &str) -> Option<&'m str> {
    words.try_get_one::<String>(name).ok().flatten().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_has_no_clash() {
        command().debug_assert();
    }
}
