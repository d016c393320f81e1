//! `open ID`: the record of any id; and what may have been meant by an id that no record has.

use access::Action;
use app::config::Config;
use app::registry;
use clap::ArgMatches;
use kernel::listing::encode;
use serde_json::Value;

use crate::client::{no_day, show};
use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::words::{NAMED, blank_id, blanks, flag_id, given};

/// Prints the one record with that id as its own `show` would.
pub(crate) async fn open(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    if given(words, "as-of").is_some() {
        return Err(no_day(app::find::OPEN));
    }
    let id = given(words, &blank_id("id")).unwrap_or_default();
    let door = Door::open(config).await?;
    let found = door.ask(asked(id, given(words, "noun")), Action::UseQuarterdeck).await?.read()?;
    let [record] = found["items"].as_array().map_or(&[][..], Vec::as_slice) else {
        return Err(several(id, &found["items"]));
    };
    let text = |name: &str| record[name].as_str().unwrap_or_default();
    let reading = registry::reading(&format!("{} show", text("noun")));
    let action = reading.map_or(Action::UseQuarterdeck, |reading| reading.action);
    let body = door.ask(Ask::get(format!("/api/v1{}", text("path"))), action).await?.read()?;
    show(&body, words, words)
}

fn asked(id: &str, noun: Option<&str>) -> Ask {
    let noun = noun.map(|noun| format!("?noun={}", encode(noun))).unwrap_or_default();
    Ask::get(format!("/api/v1/open/{}{noun}", encode(id)))
}

/// Whoever asks has to say which.
fn several(id: &str, found: &Value) -> Exit {
    let text = |record: &Value, name: &str| record[name].as_str().unwrap_or_default().to_owned();
    let line = |record: &Value| {
        let (noun, key) = (text(record, "noun"), text(record, "key"));
        format!("\n  quarterdeck {noun} show {key}   {}", text(record, "name")).trim_end().to_owned()
    };
    let lines: String = found.as_array().into_iter().flatten().map(line).collect();
    Exit::Usage(format!("“{id}” is the id of several records. Say which is meant:{lines}"))
}

/// The refusal with the nearest records of those the reader may see, where it is of a record that is not there: one
/// the command is about, or one that a flag names.
pub(crate) async fn meant(
    door: &Door,
    path: &'static str,
    words: &ArgMatches,
    action: Action,
    exit: Exit,
) -> Exit {
    let Exit::Refused { code, kind, mut says, request } = exit else { return exit };
    if kind == kernel::refusal::NOT_FOUND.code {
        for name in blanks(path) {
            let id = given(words, &blank_id(name)).unwrap_or_default();
            let Some(noun) = noun_of(path, name) else { continue };
            if let Some(near) = near(door, noun, id, action).await {
                says = format!("{} {near}", kernel::refusal::NOT_FOUND.says);
                break;
            }
        }
    }
    for noun in NAMED {
        let Some(id) = given(words, &flag_id(noun)) else { continue };
        let said = format!("There is no {noun} “{id}”.");
        if says.contains(&said)
            && let Some(near) = near(door, noun, id, action).await
        {
            says = says.replace(&said, &format!("{said} {near}"));
        }
    }
    Exit::Refused { code, kind, says, request }
}

/// `Did you mean CARE?`, of records of that noun; nothing where none is near, or where it cannot be asked: it was only
/// to help.
async fn near(door: &Door, noun: &str, id: &str, action: Action) -> Option<String> {
    let answer = door.ask(asked(id, Some(noun)), action).await.ok()?;
    let Err(Exit::Refused { says, .. }) = answer.read() else { return None };
    says.find(app::find::DID_YOU_MEAN).map(|at| says[at..].to_owned())
}

/// What the blank of a path names: the record that is read at the path up to it, else what it is called itself.
pub(crate) fn noun_of(path: &'static str, blank: &'static str) -> Option<&'static str> {
    let at = path.find(&format!("{{{blank}}}"))?;
    let record = &path[..at + blank.len() + 2];
    let there = |noun: &&str| app::find::list_of(noun).is_some();
    let shown = registry::readings().filter(|reading| reading.path == record);
    let mut shown = shown.filter_map(|reading| reading.name.strip_suffix(" show"));
    shown.find(there).or_else(|| Some(blank).filter(there))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_is_of_the_record_that_stands_there() {
        for (path, blank, noun) in [
            ("/relationships/customers/{key}", "key", Some("customer")),
            ("/portfolio/offerings/{key}/prices", "key", Some("offering")),
            ("/access/people/{username}/disable", "username", Some("user")),
            ("/finance/close/{period}/review", "period", Some("period")),
            ("/finance/variances/{period}/{pool}/explain", "pool", Some("pool")),
            ("/finance/trace/{id}", "id", None),
        ] {
            assert_eq!(noun_of(path, blank), noun, "{path}");
        }
    }
}
