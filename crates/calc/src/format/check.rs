//! Readers accept what is told and nothing else, and every example runs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Format, Need};
use crate::{Answer, Stop, Verb, readers, verbs};

/// A folder of its own with the example of every format that `verb` reads; of two that are called alike, the one
/// that is `chosen`.
fn folder(test: &str, verb: &Verb, chosen: &Format) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("calc-formats-{}-{test}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    for format in verb.reads.iter().filter(|format| format.file != chosen.file) {
        std::fs::write(dir.join(format.file), format.example).unwrap();
    }
    dir
}

/// Says `words` where the file of `format` holds `text`.
fn say(test: &str, words: &str, format: &Format, text: &str) -> Result<Answer, Stop> {
    let verb = verbs().find(|verb| (verb.words)().get_name() == words.split(' ').nth(1).unwrap()).unwrap();
    let dir = folder(test, verb, format);
    std::fs::write(dir.join(format.file), text).unwrap();
    let place = |word: &str| match word.ends_with(".csv") || word.ends_with(".json") {
        true => dir.join(word).to_string_lossy().into_owned(),
        false => word.to_owned(),
    };
    let said = crate::command().try_get_matches_from(words.split(' ').map(place));
    let answer = crate::run(&said.unwrap_or_else(|error| panic!("{words}: {error}")));
    std::fs::remove_dir_all(dir).unwrap();
    answer
}

/// What is said against the file; nothing where it runs.
fn refused(test: &str, words: &str, format: &Format, text: &str) -> String {
    match say(test, words, format, text) {
        Ok(_) => String::new(),
        Err(Stop::Unclean(says) | Stop::Usage(says) | Stop::Failed(says)) => says,
    }
}

/// The words in backticks of a complaint, from `after` on.
fn ticked(says: &str, after: &str) -> BTreeSet<String> {
    let list = says.split_once(after).map_or("", |(_, list)| list);
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_verb_that_takes_a_file_tells_its_format_and_runs_on_each_example() {
    for verb in verbs() {
        let words = (verb.words)();
        let named = words.get_arguments().flat_map(|arg| arg.get_value_names().unwrap_or_default());
        let named = named.filter(|name| name.ends_with(".csv") || name.ends_with(".json"));
        let named: BTreeSet<&str> = named.map(|name| name.as_str()).collect();
        let told: BTreeSet<&str> = verb.reads.iter().map(|format| format.file).collect();
        assert_eq!(named, told, "{}", words.get_name());
        for format in verb.reads {
            let begins = format!("calc {} ", words.get_name());
            let mut runs = format.runs.iter().filter(|run| run.starts_with(&begins));
            assert!(runs.any(|run| run.contains(format.file)), "{begins}has no example of {}", format.file);
        }
    }
}

#[test]
fn every_example_runs_as_it_is_told() {
    for (format, _) in readers() {
        for words in format.runs {
            let says = refused("runs", words, format, format.example);
            assert_eq!(says, "", "{words}");
            let text = crate::formats();
            assert!(text.contains(&format!("    quarterdeck {words}\n")), "{words}");
            assert!(format.example.lines().all(|line| text.contains(line)), "{words}");
        }
    }
}

#[test]
fn a_column_that_is_needed_is_missed_and_others_are_not() {
    for (format, _) in readers().into_iter().filter(|(format, _)| format.file.ends_with(".csv")) {
        let headings: Vec<&str> = format.example.lines().next().unwrap().split(',').collect();
        for field in format.parts[0].fields.iter().filter(|field| !field.name.starts_with("--")) {
            let Some(at) = headings.iter().position(|heading| *heading == field.name) else {
                assert_ne!(field.need, Need::Yes, "{} has no {}", format.file, field.name);
                continue;
            };
            let without = |line: &str| {
                let cells: Vec<&str> =
                    line.split(',').enumerate().filter(|(n, _)| *n != at).map(|(_, c)| c).collect();
                cells.join(",") + "\n"
            };
            let text: String = format.example.lines().map(without).collect();
            let says = refused("columns", format.runs[0], format, &text);
            let missed = says.contains("has no column");
            assert_eq!(missed, field.need != Need::No, "{} without {}: {says}", format.file, field.name);
        }
    }
}

/// All files of a JSON format: its example, and those of the instruments.
fn samples(format: &Format) -> Vec<Value> {
    let schema = |json: &Value| json["schema"].clone();
    let example: Value = serde_json::from_str(format.example).unwrap();
    let instruments = Path::new(env!("CARGO_MANIFEST_DIR")).join("../instruments");
    let folders = std::fs::read_dir(instruments).unwrap().map(|one| one.unwrap().path().join("examples"));
    let files = folders.filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let files =
        files.map(|file| file.unwrap().path()).filter(|file| file.extension().is_some_and(|e| e == "json"));
    let read = files.map(|file| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap());
    let mut samples: Vec<Value> = read.filter(|json| schema(json) == schema(&example)).collect();
    samples.push(example);
    samples
}

/// Pointers to every value inside `json`, with their paths as formats write them.
fn places(json: &Value, pointer: &str, path: &str, found: &mut Vec<(String, String)>) {
    found.push((pointer.to_owned(), path.to_owned()));
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                places(value, &format!("{pointer}/{name}"), &path, found);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                places(value, &format!("{pointer}/{at}"), &format!("{path}[]"), found);
            }
        }
        _ => {}
    }
}

/// The example with another value at a place, of another schema: that is looked at when all fields are read, so that no
/// work begins.
fn with(json: &Value, pointer: &str, value: Value) -> String {
    let mut json = json.clone();
    json["schema"] = "none".into();
    *json.pointer_mut(pointer).unwrap() = match value {
        Value::Object(mut fields) if pointer.is_empty() => {
            if let Some(schema) = fields.get_mut("schema") {
                *schema = "none".into();
            }
            Value::Object(fields)
        }
        value => value,
    };
    json.to_string()
}

/// What the reader would have taken in place of a strange field or word.
fn taken(format: &Format, text: &str) -> Option<BTreeSet<String>> {
    let says = refused("fields", format.runs[0], format, text);
    (says.contains("unknown field `strange`") || says.contains("unknown variant `strange`"))
        .then(|| ticked(&says, "expected"))
}

#[test]
fn each_object_of_a_json_file_takes_the_fields_that_are_told_and_no_other() {
    for (format, _) in readers().into_iter().filter(|(format, _)| format.file.ends_with(".json")) {
        let mut met = BTreeSet::new();
        for json in samples(format) {
            let mut all = Vec::new();
            places(&json, "", "", &mut all);
            for (pointer, path) in all {
                let value = json.pointer(&pointer).unwrap();
                if let Value::Object(fields) = value {
                    let mut more = value.clone();
                    more["strange"] = 0.into();
                    let choice = fields.iter().next().filter(|_| fields.len() == 1);
                    let other = choice.map(|(_, value)| serde_json::json!({ "strange": value }));
                    for taken in [Some(more), other]
                        .into_iter()
                        .flatten()
                        .filter_map(|it| taken(format, &with(&json, &pointer, it)))
                    {
                        met.insert(told(format, &path, &taken));
                    }
                    missing(format, &json, &pointer, &path);
                } else if let Some(words) = value
                    .is_string()
                    .then(|| taken(format, &with(&json, &pointer, "strange".into())))
                    .flatten()
                {
                    worded(format, &path, &words);
                }
            }
        }
        assert_eq!(met.len(), format.parts.len(), "{}: parts met {met:?}", format.file);
    }
}

/// The part that tells just these fields at this place.
fn told(format: &Format, path: &str, taken: &BTreeSet<String>) -> usize {
    let same = |part: &super::Part| {
        let names: BTreeSet<String> = part.fields.iter().map(|field| field.name.to_owned()).collect();
        (part.at == path || part.at.contains(' ')) && names == *taken
    };
    let at = format.parts.iter().position(same);
    at.unwrap_or_else(|| panic!("{} does not tell that {path:?} takes {taken:?}", format.file))
}

/// Whether a needed field is missed where it is taken out, and others are not.
fn missing(format: &Format, json: &Value, pointer: &str, path: &str) {
    let Some(part) = format.parts.iter().find(|part| part.at == path) else { return };
    for field in part.fields {
        let mut fields = json.pointer(pointer).unwrap().as_object().unwrap().clone();
        if fields.shift_remove(field.name).is_none() {
            assert_ne!(field.need, Need::Yes, "{path} has no {}", field.name);
            continue;
        }
        let says = refused("missing", format.runs[0], format, &with(json, pointer, fields.into()));
        let missed = says.contains(&format!("missing field `{}`", field.name));
        assert_eq!(missed, field.need == Need::Yes, "{path}, {}: {says}", field.name);
    }
}

/// Whether the field at `path` tells each of its words.
fn worded(format: &Format, path: &str, words: &BTreeSet<String>) {
    let (at, name) = path.rsplit_once('.').unwrap_or(("", path));
    let field = format.parts.iter().filter(|part| part.at == at).flat_map(|part| part.fields);
    let field = field.into_iter().find(|field| field.name == name);
    let choice = format.parts.iter().filter(|part| part.at.starts_with(path)).flat_map(|part| part.fields);
    let others: String = choice.map(|field| format!("\"{}\"", field.name)).collect();
    let says = field.map_or("", |field| field.is).to_owned() + &others;
    for word in words {
        assert!(says.contains(&format!("\"{word}\"")), "{}, {path}: {word} is not told", format.file);
    }
}
