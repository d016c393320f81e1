//! Long help begins with examples: written for the words people begin with, derived from its arguments for every other.

use clap::{Arg, Command};

/// Noun and verb, and what to show.
const WRITTEN: &[(&str, &str)] = &[
    (
        "service list",
        "  quarterdeck service list
  quarterdeck service list --filter 'state=operational' --sort -key --limit 20
  quarterdeck service list --filter 'cost>1e6' --sort -cost
  quarterdeck service list --fields key,name,state --format csv --excel > services.csv
  quarterdeck service list --as-of 2026-03-31",
    ),
    (
        "customer list",
        "  quarterdeck customer list
  quarterdeck customer list --filter 'kind=outside name~health'
  quarterdeck customer list --format json",
    ),
    (
        "customer add",
        "  quarterdeck customer add --key CARE --name \"Customer Care\" --kind unit --manager marta",
    ),
    (
        "demo clear",
        "  quarterdeck demo clear --db sqlite:data/larkfield.db --dry-run
  quarterdeck demo clear --db sqlite:data/larkfield.db --yes",
    ),
    (
        "import gl",
        "  quarterdeck import gl sep.csv --period 2026-09 --dry-run
  quarterdeck import gl sep.csv --period 2026-09 --rejects rejects.csv
  quarterdeck import gl sep.xlsx --profile \"GL export\" --control-total 7563248.11
  quarterdeck import gl sep.csv --columns Betrag=amount --constants currency=EUR",
    ),
    (
        "period check",
        "  quarterdeck period check 2026-09\n  quarterdeck period check 2026-09 --format json; echo $?",
    ),
    (
        "period close",
        "  quarterdeck period close 2026-09 --dry-run -v\n  quarterdeck period close 2026-09 --yes",
    ),
    (
        "export focus",
        "  quarterdeck export focus focus-2026-09 --period 2026-09
  quarterdeck export focus focus-2026-09 --period 2026-09 --version 1.2",
    ),
    ("search", "  quarterdeck search voicemail\n  quarterdeck search customer care --format json"),
    ("open", "  quarterdeck open VMAIL\n  quarterdeck open B-0012\n  quarterdeck open MAIL --noun offering"),
    (
        "trace",
        "  quarterdeck trace 01985f3e-0000-7000-8000-000000000001\n  quarterdeck statement lines --statement STM-1 --fields id,service,amount",
    ),
    (
        "history verify",
        "  quarterdeck history verify --write today.checkpoint\n  quarterdeck history verify --checkpoint yesterday.checkpoint",
    ),
    (
        "init",
        "  quarterdeck init --db sqlite:data/mine.db --name \"My organisation\" --currency EUR --first-month 1",
    ),
    (
        "serve",
        "  quarterdeck serve --db sqlite:data/mine.db\n  quarterdeck serve --db postgres://quarterdeck@db/quarterdeck --listen 0.0.0.0:8420",
    ),
    (
        "completions",
        "  quarterdeck completions bash > ~/.local/share/bash-completion/completions/quarterdeck",
    ),
    (
        "api",
        "  quarterdeck api GET '/relationships/customers?key=CARE'\n  quarterdeck api POST /jobs/clearings --body '{}'",
    ),
];

/// The command line with examples before the long help of each word that does something.
pub(crate) fn with_examples(command: Command) -> Command {
    with(command, "")
}

fn with(command: Command, above: &str) -> Command {
    let path = if above.is_empty() { String::new() } else { format!("{above} ") };
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let here = format!("{path}{name}");
        command.mut_subcommand(name, |sub| {
            let said = sub.get_before_help().is_some() || sub.get_before_long_help().is_some();
            if sub.has_subcommands() || said { with(sub, &here) } else { shown(sub, &here) }
        })
    })
}

fn shown(command: Command, path: &str) -> Command {
    let written = WRITTEN.iter().find(|(words, _)| *words == path).map(|(_, lines)| (*lines).to_owned());
    let lines = written.unwrap_or_else(|| derived(&command, path));
    command.before_long_help(format!("Examples:\n{lines}"))
}

/// The words with what they cannot be without.
fn derived(command: &Command, path: &str) -> String {
    let mut line = format!("  quarterdeck {path}");
    for arg in command.get_arguments().filter(|arg| arg.is_required_set()) {
        let value = value_of(arg);
        match arg.get_long() {
            Some(long) => line.push_str(&format!(" --{long} {value}")),
            None => line.push_str(&format!(" {value}")),
        }
    }
    line
}

/// What stands for a value: the argument's own word in capitals.
fn value_of(arg: &Arg) -> String {
    let own = arg.get_value_names().and_then(|names| names.first()).map(|name| name.to_string());
    let word = own.filter(|name| name != "VALUE").or_else(|| arg.get_long().map(str::to_owned));
    word.unwrap_or_else(|| arg.get_id().to_string()).replace('-', "_").to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_examples_are_of_words_that_are_there_and_can_be_said_so() {
        for (path, lines) in WRITTEN {
            let mut command = &crate::words::command();
            for word in path.split(' ') {
                command = command.find_subcommand(word).unwrap_or_else(|| panic!("there is no {path}"));
            }
            for line in lines.lines() {
                let parsed = crate::words::command().try_get_matches_from(words_of(line));
                assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
            }
        }
    }

    /// As a shell parts them, up to where it sends the answer elsewhere.
    fn words_of(line: &str) -> Vec<String> {
        let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
        for letter in line.trim().chars().chain([' ']) {
            match (quote, letter) {
                (None, '\'' | '"') => quote = Some(letter),
                (Some(open), _) if open == letter => quote = None,
                (None, ' ' | '>' | ';') => {
                    words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
                    if letter != ' ' {
                        break;
                    }
                }
                _ => word.push(letter),
            }
        }
        words
    }

    #[test]
    fn others_are_derived_from_what_they_need() {
        let root = crate::words::command();
        let of = |noun: &str, verb: &str| {
            let found = root.find_subcommand(noun).and_then(|noun| noun.find_subcommand(verb)).unwrap();
            found.get_before_long_help().map(ToString::to_string).unwrap_or_default()
        };
        assert_eq!(of("contact", "show"), "Examples:\n  quarterdeck contact show NUMBER");
        assert_eq!(of("grant", "confirm"), "Examples:\n  quarterdeck grant confirm ID");
        let add = of("token", "add");
        assert!(add.contains("quarterdeck token add") && add.contains("--name NAME"), "{add}");
    }
}
