//! Help on the whole: nouns in groups, each with its verbs, and a few examples.

use clap::Command;

/// Headings and what stands under each.
const GROUPS: [(&str, &[&str]); 10] = [
    (
        "SERVE & CARE",
        &[
            "serve",
            "init",
            "demo",
            "doctor",
            "db",
            "backup",
            "history",
            "job",
            "expired",
            "organisation",
            "user",
            "grant",
            "token",
        ],
    ),
    ("PORTFOLIO", &["service", "offering", "target", "price", "promise"]),
    ("CUSTOMERS", &["customer", "contact", "catalogue", "order", "agreement"]),
    (
        "MONEY IN",
        &[
            "import",
            "batch",
            "profile",
            "line",
            "account",
            "ledger",
            "rate",
            "driver",
            "quantity",
            "budget",
            "bill",
            "reconciliation",
        ],
    ),
    (
        "WHERE IT GOES",
        &[
            "cost-centre",
            "pool",
            "mapping",
            "unmapped",
            "coverage",
            "object",
            "rule",
            "sharing",
            "allocate",
            "run",
            "share",
            "residual",
        ],
    ),
    (
        "CLOSE & CHARGE",
        &["period", "close", "close-policy", "variance", "statement", "journal", "recovery", "cost", "trace"],
    ),
    ("ON FILES", &["calc"]),
    ("BIG COSTS", &["costs"]),
    ("WHOLE SETS", &["export"]),
    ("ANYWHERE", &["search", "open", "api", "completions", "man", "help"]),
];

/// After the short list.
const EXAMPLES: &str = "Examples:
  quarterdeck serve --db sqlite:data/larkfield.db
  quarterdeck customer list --format json
  quarterdeck import gl sep.csv --period 2026-09 --dry-run

--help says more · quarterdeck NOUN VERB --help · quarterdeck help formats|filters|money|import-profiles|environment|exit-codes";

/// Before the long one.
const MANY: &str = "Examples:
  quarterdeck demo load --db sqlite:data/larkfield.db       the demo organisation
  quarterdeck serve --db sqlite:data/larkfield.db           pages and API
  quarterdeck search voicemail                              what is called so
  quarterdeck open VMAIL                                    a record by its key, number or UUID
  quarterdeck service list --filter state=retiring          some of a list
  quarterdeck customer list --format json --fields key,name for a script
  quarterdeck import gl sep.csv --period 2026-09 --dry-run  what a file would bring
  quarterdeck customer edit CARE --name Care --dry-run      what a change would do, or why not
  quarterdeck period check 2026-09                          whether money ties, to the cent
  quarterdeck history verify                                whether nobody altered what was done
  quarterdeck customer list --server https://it.example.org with a token in QUARTERDECK_TOKEN";

/// After the long one.
const ENDS: &str = "Topics: quarterdeck help formats · filters · money · import-profiles · environment · exit-codes

Exit codes: 0 done · 1 failed · 2 wrong use · 3 not found · 4 sign-in needed or refused · 5 refused by a rule ·
6 data not clean · 7 a check found differences · 8 server not reachable · 130 stopped";

/// The whole command line with its nouns in groups.
pub(crate) fn grouped(root: Command) -> Command {
    let list = list(&root);
    root.override_usage("quarterdeck NOUN VERB [ID] [OPTIONS]")
        .help_template(format!(
            "{{before-help}}{{about}}\n\n{{usage-heading}} {{usage}}\n{list}\n{{options}}{{after-help}}"
        ))
        .before_long_help(MANY)
        .after_help(EXAMPLES)
        .after_long_help(ENDS)
}

/// Every group with its nouns and their verbs, or what a noun without verbs does.
fn list(root: &Command) -> String {
    let mut text = String::new();
    for (heading, nouns) in GROUPS {
        let there: Vec<String> = nouns.iter().filter_map(|noun| line(root, noun)).collect();
        if !there.is_empty() {
            text.push_str(&format!("\n{heading}\n{}\n", there.join("\n")));
        }
    }
    text
}

fn line(root: &Command, noun: &str) -> Option<String> {
    if noun == "help" {
        return Some(format!("  {noun:<15} of a noun, a verb or a topic"));
    }
    let found = root.get_subcommands().find(|sub| sub.get_name() == noun)?;
    let verbs: Vec<&str> = found.get_subcommands().map(Command::get_name).collect();
    let says = if verbs.is_empty() {
        found.get_about().map(ToString::to_string).unwrap_or_default()
    } else {
        verbs.join(" · ")
    };
    Some(format!("  {noun:<15} {says}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_stands_in_one_group() {
        let root = crate::words::command();
        let grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, nouns)| nouns.iter().copied()).collect();
        for sub in root.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let times = grouped.iter().filter(|noun| **noun == sub.get_name()).count();
            assert_eq!(times, 1, "{} stands in {times} groups", sub.get_name());
        }
        // The costs are a feature of the build.
        let there = |noun: &&&str| root.find_subcommand(noun).is_some() || ["help", "costs"].contains(*noun);
        let gone: Vec<_> = grouped.iter().filter(|noun| !there(noun)).collect();
        assert!(gone.is_empty(), "{gone:?}");
    }
}
