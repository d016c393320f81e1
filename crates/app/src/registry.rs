//! Every command, reading, recorded noun and refusal there is. Doors derive from these and from
//! nothing else.

use access::{Command, Noun, Reading};
use kernel::RefusalKind;

/// Everything that changes.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    let whole =
        [access::COMMANDS, imports::COMMANDS, ledger::COMMANDS, portfolio::COMMANDS, relationships::COMMANDS];
    let by_noun = finance::COMMANDS.iter().chain(charging::COMMANDS).copied();
    whole.into_iter().chain(by_noun).chain([usage::COMMANDS, crate::jobs::COMMANDS]).flatten()
}

/// Everything that reads.
pub fn readings() -> impl Iterator<Item = &'static Reading> {
    let whole =
        [access::READINGS, imports::READINGS, ledger::READINGS, portfolio::READINGS, relationships::READINGS];
    let by_noun = finance::READINGS.iter().chain(charging::READINGS).copied();
    whole
        .into_iter()
        .chain(by_noun)
        .chain([usage::READINGS, crate::jobs::READINGS, crate::find::READINGS])
        .flatten()
}

/// Whether a reading of a past day is answered from tables replayed to it: its address is of a context whose tables
/// are. The others that take a day are of rows that are never changed, and choose among them.
pub fn is_replayed(reading: &Reading) -> bool {
    ["/portfolio/", "/relationships/"].iter().any(|context| reading.path.starts_with(context))
}

/// Every kind of record the history tells about.
pub fn nouns() -> Vec<&'static Noun> {
    [
        access::NOUNS,
        imports::NOUNS,
        ledger::NOUNS,
        portfolio::NOUNS,
        relationships::NOUNS,
        finance::NOUNS,
        usage::NOUNS,
        charging::NOUNS,
        crate::jobs::NOUNS,
    ]
    .concat()
}

/// The catalogue of refusals.
pub fn refusals() -> Vec<&'static RefusalKind> {
    [
        access::REFUSALS,
        imports::REFUSALS,
        ledger::REFUSALS,
        portfolio::REFUSALS,
        relationships::REFUSALS,
        finance::REFUSALS,
        usage::REFUSALS,
        charging::REFUSALS,
        &[
            crate::house::REFUSALS,
            crate::setup::REFUSALS,
            crate::backup::REFUSALS,
            crate::demo::REFUSALS,
            crate::pack::REFUSALS,
            crate::jobs::REFUSALS,
            crate::doors::REFUSALS,
            &[&db::BUSY, &db::UNREACHABLE],
        ],
    ]
    .concat()
    .concat()
}

/// Everything that can be imported.
pub fn targets() -> Vec<&'static imports::Target> {
    [portfolio::TARGETS, relationships::TARGETS, finance::TARGETS].concat()
}

/// The command of that name.
pub fn command(name: &str) -> Option<&'static Command> {
    commands().find(|command| command.name == name)
}

/// The reading of that name.
pub fn reading(name: &str) -> Option<&'static Reading> {
    readings().find(|reading| reading.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_path_and_code_is_there_once() {
        let names: Vec<&str> = commands().map(|c| c.name).chain(readings().map(|r| r.name)).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "a name twice");
        let paths: Vec<String> = (commands().map(|c| format!("{:?} {}", c.method, c.path)))
            .chain(readings().map(|r| format!("Get {}", r.path)))
            .collect();
        assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len(), "a path twice");
        let codes: BTreeSet<&str> = refusals().iter().map(|kind| kind.code).collect();
        assert_eq!(codes.len(), refusals().len(), "a refusal's code twice");
        for command in commands() {
            for refusal in command.refusals {
                assert!(
                    codes.contains(refusal.code),
                    "{} of {} is not in the catalogue",
                    refusal.code,
                    command.name
                );
            }
        }
    }
}
