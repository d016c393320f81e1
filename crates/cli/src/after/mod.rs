//! What is told beside what a command did: how it is undone, or why it stays, and what mostly comes next. The lines
//! stand on standard error, so that a script reads what was done alone.

mod table;

use access::Command;
use clap::ArgMatches;
use serde_json::Value;

use crate::look::look;
use crate::words::{blank_id, blanks, given, long_of};
use table::AFTER;

/// Tells how to undo what was done and what comes next; nothing where nothing was done.
pub(crate) fn tell(command: &'static Command, words: &ArgMatches, done: &Value, back: Option<String>) {
    if done["changed"] != Value::Bool(true) {
        return;
    }
    let after = AFTER.iter().find(|(name, ..)| *name == command.name);
    let (undo, next) = after.map_or((None, None), |(_, undo, next)| (*undo, *next));
    let fill = |text: &str| filled(text, command, words, done);
    let undo = back.or_else(|| undo.map(fill));
    for (word, text) in [("Undo", undo), ("Next", next.map(fill))] {
        if let Some(text) = text {
            eprintln!("{}", look().aside(&labelled(word, &text)));
        }
    }
}

/// The text under its word; a sentence, which says why something stays, as it is.
fn labelled(word: &str, text: &str) -> String {
    if text.starts_with(char::is_uppercase) { text.to_owned() } else { format!("{word}: {text}") }
}

/// The text with `{key}`, the blanks of the path, `{period}` and what the answer has besides filled in.
fn filled(text: &str, command: &'static Command, words: &ArgMatches, done: &Value) -> String {
    let of_path = blanks(command.path).filter_map(|name| Some((name, given(words, &blank_id(name))?)));
    let key = done["key"].as_str().map(|key| ("key", key));
    let period = given(words, "period").map(|period| ("period", period));
    let told = done["body"].as_object().into_iter().flatten();
    let told = told.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
    // A blank of the path may be called key as well, of another record: what was made goes first.
    let known = key.into_iter().chain(of_path).chain(period).chain(told);
    known.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), &quoted(value)))
}

/// The command that gives an edited record back what it was before, where its reading says that.
pub(crate) fn back(
    command: &'static Command,
    words: &ArgMatches,
    body: &Value,
    before: &Value,
) -> Option<String> {
    if !command.name.ends_with(" edit") {
        return None;
    }
    let mut line = format!("quarterdeck {}", command.name);
    for name in blanks(command.path) {
        line.push_str(&format!(" {}", quoted(given(words, &blank_id(name))?)));
    }
    for (name, _) in body.as_object()? {
        line.push_str(&format!(" --{} {}", long_of(name), quoted(&said(before.get(name)?)?)));
    }
    Some(line)
}

/// A value of a record as it is typed; nothing where it had none, since what is left out stays.
fn said(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        Value::Object(of) => {
            ["username", "key", "number", "amount"].iter().find_map(|name| said(of.get(*name)?))
        }
        _ => None,
    }
}

/// A word of a shell.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_.,:/@%+=".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use app::registry;
    use serde_json::json;

    use super::*;

    /// The words of a command line, with a word in place of what is filled in.
    fn words_of(line: &str) -> Vec<String> {
        let mut line = line.to_owned();
        while let (Some(from), Some(to)) = (line.find('{'), line.find('}')) {
            let blank = line[from + 1..to].to_owned();
            line.replace_range(from..=to, if blank == "period" { "2026-09" } else { "X1" });
        }
        line.split_whitespace().map(|word| word.trim_matches('\'').to_owned()).collect()
    }

    #[test]
    fn every_command_says_how_it_is_undone_or_why_not() {
        let names: Vec<&str> = AFTER.iter().map(|(name, ..)| *name).collect();
        for command in registry::commands() {
            let told = names.iter().filter(|name| **name == command.name).count();
            assert!(told == 1 || (told == 0 && command.name.ends_with(" edit")), "{}", command.name);
        }
        let mut wrong = Vec::new();
        for (name, undo, next) in AFTER {
            let command = registry::command(name).unwrap_or_else(|| panic!("there is no {name}"));
            let edits = command.name.ends_with(" edit");
            assert!(undo.is_some() || edits, "{name} says nothing of undoing it");
            for line in undo.iter().chain(next.iter()).filter(|line| line.starts_with("quarterdeck ")) {
                if let Err(error) = crate::words::command().try_get_matches_from(words_of(line)) {
                    wrong.push(format!("after {name}: {line}: {error}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn an_edit_is_undone_by_what_the_record_was() {
        let edit = registry::command("customer edit").unwrap();
        let before = json!({"name": "O'Hara & Co", "kind": "unit", "manager": {"username": "marta"}, "source_key": null});
        let line = "quarterdeck customer edit CARE --name X --manager Y";
        let matches = crate::words::command().try_get_matches_from(line.split(' ')).unwrap();
        let words = crate::words::deepest(&matches);
        let undo = back(edit, words, &json!({"name": "X", "manager": "Y"}), &before);
        assert_eq!(
            undo.as_deref(),
            Some("quarterdeck customer edit CARE --name 'O'\\''Hara & Co' --manager marta")
        );
        assert_eq!(
            back(edit, words, &json!({"source_key": "7"}), &before),
            None,
            "there was none to give back"
        );
    }

    #[test]
    fn blanks_are_filled_with_what_was_done() {
        let relate = registry::command("service relate").unwrap();
        let line = "quarterdeck service relate VMAIL --kind replaces --other MAIL";
        let matches = crate::words::command().try_get_matches_from(line.split(' ')).unwrap();
        let done = json!({"key": "VMAIL", "changed": true, "body": {"relation": "0192"}});
        let told =
            filled("quarterdeck service unrelate {relation}", relate, crate::words::deepest(&matches), &done);
        assert_eq!(told, "quarterdeck service unrelate 0192");
    }
}
