//! The command line's shape: `quarterdeck <noun> <verb> [id] [--flags]`, derived from the registry.

use std::collections::BTreeMap;

use access::{Command as Changing, Reading};
use app::registry;
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;

use crate::care_words;
use crate::examples::with_examples;
use crate::find::noun_of;
use crate::globals::{TAKEN, globals};
use crate::groups::grouped;

/// The whole command line.
pub(crate) fn command() -> Command {
    let mut nouns: BTreeMap<&'static str, Vec<Command>> = BTreeMap::new();
    for reading in registry::readings().filter(|reading| !ALONE.contains(&reading.name)) {
        let (noun, verb) = split(reading.name);
        nouns.entry(noun).or_default().push(reading_words(verb, reading));
    }
    for command in registry::commands() {
        let (noun, verb) = split(command.name);
        nouns.entry(noun).or_default().push(command_words(verb, command));
    }
    nouns.entry("history").or_default().push(crate::proof::verify_words());
    nouns.entry("job").or_default().push(crate::follow::words());
    let imports = registry::targets().into_iter().map(import_words).chain(other_imports());
    nouns.entry("import").or_default().extend(imports);
    nouns.entry("export").or_default().extend(exports());
    let root = Command::new("quarterdeck")
        .about("Runs the course: service portfolio, money and customers of an IT organisation")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .infer_subcommands(false);
    let alone = ALONE.iter().filter_map(|name| registry::reading(name));
    let alone = alone.map(|reading| reading_words(split(reading.name).0.to_owned(), reading));
    let root = globals(root).subcommands(care_words::commands()).subcommands(alone);
    let nouns = nouns.into_iter().map(|(noun, verbs)| {
        Command::new(noun)
            .about(format!("{noun}: {}", verb_list(&verbs)))
            .subcommand_required(true)
            .subcommands(verbs)
    });
    grouped(with_examples(root.subcommands(nouns)))
}

/// What goes into a folder: everything, or what is charged.
fn exports() -> [Command; 2] {
    let dir = || Arg::new("dir").required(true).value_name("DIR").help("New folder for it");
    let all = "Write everything into a new folder, the same bytes from either engine";
    let charged = "Write what is charged in --period as FOCUS into a new folder: a file per dataset, --format csv or \
                   parquet (with the feature costs)";
    let version = Arg::new("version").long("version").value_name("1.4|1.2").help("Of the specification; 1.4");
    [Command::new("all").about(all).arg(dir()), Command::new("focus").about(charged).arg(dir()).arg(version)]
}

/// The answers an import may be given, with what each says: fields of its one-step command.
pub(crate) fn import_settings() -> Vec<(String, String)> {
    let schema = registry::command("import run").map(|command| (command.input)()).unwrap_or_default();
    let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    let own = ["kind", "file", "file_name", "dry_run", "period"];
    let fields = fields.into_iter().filter(|(name, _)| !own.contains(&name.as_str()));
    fields.map(|(name, field)| (name, described(&field))).collect()
}

/// What the schema says of a field.
fn described(field: &Value) -> String {
    field.get("description").and_then(Value::as_str).unwrap_or("").to_owned()
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
        .arg(Arg::new("file").required(true).value_name("FILE").help("The file, as CSV or XLSX"))
        .arg(Arg::new("rejects").long("rejects").value_name("FILE").help("write rejected lines there"));
    import_settings().into_iter().fold(words, |words, (name, help)| {
        let arg = Arg::new(flag_id(&name)).long(long_of(&name));
        words.arg(match name.as_str() {
            "columns" => {
                arg.value_name("COLUMN=FIELD").action(ArgAction::Append).help("Which column is which field")
            }
            "constants" => {
                arg.value_name("FIELD=VALUE").action(ArgAction::Append).help("A value for the whole file")
            }
            "profile_toml" => arg.value_name("FILE").help("A profile from its file"),
            _ => arg.value_name("VALUE").help(help),
        })
    })
}

/// The flag of a field: its name, with a mark of its own where a flag of every command has that.
pub(crate) fn long_of(name: &str) -> String {
    let long = name.replace('_', "-");
    if TAKEN.contains(&long.as_str()) { format!("with-{long}") } else { long }
}

/// Their nouns are their verbs: `quarterdeck trace ID`.
pub(crate) const ALONE: [&str; 3] = ["trace show", "search show", app::find::OPEN];

fn verb_list(verbs: &[Command]) -> String {
    verbs.iter().map(Command::get_name).collect::<Vec<_>>().join(" · ")
}

/// `customer add` → noun and verb; a longer name joins its verb with hyphens.
pub(crate) fn split(name: &'static str) -> (&'static str, String) {
    let (noun, verb) = name.split_once(' ').unwrap_or((name, "show"));
    (noun, verb.replace(' ', "-"))
}

fn reading_words(verb: String, reading: &'static Reading) -> Command {
    let words = Command::new(verb).about(reading.summary).after_long_help(twin("GET", reading.path));
    let words = blanks(reading.path).fold(words, |words, name| words.arg(blank(reading.path, name)));
    let own = reading.takes.iter().filter(|name| !matches!(**name, "period" | "as_of"));
    own.fold(words, |words, name| {
        words.arg(match *name {
            // What is looked for needs no flag, nor marks around its words.
            "q" => Arg::new(*name).required(true).num_args(1..).value_name("TEXT").help("Words to look for"),
            name => naming(Arg::new(name).long(name.replace('_', "-")).value_name("VALUE"), Some(name)),
        })
    })
}

fn command_words(verb: String, command: &'static Changing) -> Command {
    let method = if command.method == access::Method::Post { "POST" } else { "PATCH" };
    let words = Command::new(verb).about(command.summary).after_long_help(twin(method, command.path));
    let words = blanks(command.path).fold(words, |words, name| words.arg(blank(command.path, name)));
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
        // A blank of the path and a field may share a name; the flag then has a mark of its own.
        let id = flag_id(&name);
        let arg = Arg::new(id).long(long_of(&name)).value_name("VALUE").help(described(&property));
        let arg = naming(arg, NAMED.into_iter().find(|noun| *noun == name));
        words.arg(arg.required(required.contains(&name.as_str())))
    })
}

/// Fields of commands that name a record by its key.
pub(crate) const NAMED: [&str; 7] = ["customer", "service", "offering", "pool", "driver", "account", "batch"];

/// A blank of a path as an argument, with the ids it may be for the shell.
pub(crate) fn blank(path: &'static str, name: &'static str) -> Arg {
    let noun = noun_of(path, name);
    naming(Arg::new(blank_id(name)).required(true).value_name(name).help(which(name, noun)), noun)
}

/// What is typed for a blank.
fn which(name: &str, noun: Option<&str>) -> String {
    match (name, noun) {
        ("period", _) => "The month, as in 2026-09".to_owned(),
        ("id", None) => "Its id, as lists and records say it".to_owned(),
        (word @ ("id" | "key" | "number" | "code" | "name" | "username"), Some(noun)) => {
            format!("{} of the {noun}", capital(word))
        }
        (word, _) => format!("{} it is about", capital(&format!("the {word}"))),
    }
}

/// With a capital at the start.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The argument with the ids of records of that noun, if there are any.
fn naming(arg: Arg, noun: Option<&'static str>) -> Arg {
    match noun.filter(|noun| app::find::list_of(noun).is_some()) {
        Some(noun) => arg.add(crate::complete::of(noun)),
        None => arg,
    }
}

/// Where the same is in the API.
fn twin(method: &str, path: &str) -> String {
    format!("In the API: {method} /api/v1{path}")
}

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

/// The words of the last verb: what was said anywhere stands there.
pub(crate) fn deepest(mut words: &ArgMatches) -> &ArgMatches {
    while let Some((_, sub)) = words.subcommand() {
        words = sub;
    }
    words
}

/// All that was said for `name`, with blanks between.
pub(crate) fn all_given(words: &ArgMatches, name: &str) -> Option<String> {
    let said = words.try_get_many::<String>(name).ok().flatten()?;
    Some(said.map(String::as_str).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_has_no_clash() {
        command().debug_assert();
    }
}
