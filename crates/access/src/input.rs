//! A command's input out of JSON: everything that is missing, unknown or of another kind is named at once,
//! in words for people and not in the reader's own.

use kernel::{FieldError, Refusal, Refused};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads a command's input.
pub fn read_input<T: DeserializeOwned + JsonSchema>(body: Value) -> Result<T, Refused> {
    let body = match body {
        Value::Null => Map::new(),
        Value::Object(fields) => fields,
        _ => return Err(Refusal::field("body", "Send an object of fields.").into()),
    };
    let error = match serde_json::from_value(Value::Object(body.clone())) {
        Ok(input) => return Ok(input),
        Err(error) => error.to_string(),
    };
    let mut wrong = unreadable::<T>(body.clone());
    wrong.extend(missing(&schemars::schema_for!(T).to_value(), &body));
    if wrong.is_empty() {
        let field = quoted(&error).next().unwrap_or("body");
        wrong.push(FieldError { field: field.to_owned(), says: sentence(&error, None) });
    }
    Err(Refusal::invalid(wrong).into())
}

/// The words of a question that is answered so.
pub const YES_NO: [&str; 2] = ["yes", "no"];

/// The words of a field that may be left out, as its schema says them: one of them, or nothing.
pub fn or_none(words: impl IntoIterator<Item = &'static str>) -> Vec<Option<&'static str>> {
    words.into_iter().map(Some).chain([None]).collect()
}

/// Fields that are unknown or of another kind: each is taken out until only what is missing is left to mend.
fn unreadable<T: DeserializeOwned>(mut body: Map<String, Value>) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    while let Err(error) = serde_json::from_value::<T>(Value::Object(body.clone())) {
        let error = error.to_string();
        if error.starts_with("missing field") {
            break;
        }
        let without = |field: &str| {
            let mut rest = body.clone();
            rest.remove(field);
            serde_json::from_value::<T>(Value::Object(rest)).err().map(|error| error.to_string())
        };
        let named = body.keys().find(|field| without(field).as_deref() != Some(&error)).cloned();
        let Some(field) = named else { break };
        let says = sentence(&error, body.get(&field));
        body.remove(&field);
        wrong.push(FieldError { field, says });
    }
    wrong
}

fn missing(schema: &Value, body: &Map<String, Value>) -> Vec<FieldError> {
    let needed = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let absent = needed.filter(|field| !body.contains_key(*field));
    absent.map(|field| FieldError { field: field.to_owned(), says: "Needs an answer.".to_owned() }).collect()
}

/// What the reader says, in words for people.
fn sentence(error: &str, value: Option<&Value>) -> String {
    let typed = match value {
        Some(Value::String(text)) => format!("“{text}”"),
        // Nothing where something must be is as good as left out.
        Some(Value::Null) => return "Needs an answer.".to_owned(),
        Some(other) => format!("“{other}”"),
        None => "This".to_owned(),
    };
    if error.starts_with("missing field") {
        return "Needs an answer.".to_owned();
    }
    if error.starts_with("unknown field") {
        let known: Vec<&str> = quoted(error).skip(1).collect();
        return format!("There is no such field; there are {}.", known.join(", "));
    }
    if error.starts_with("unknown variant") {
        let known: Vec<&str> = quoted(error).skip(1).collect();
        return format!("{typed} is none of {}.", known.join(", "));
    }
    match error.split_once(", expected ") {
        Some((_, wanted)) if error.starts_with("invalid ") => format!("{typed} is not {}.", kind(wanted)),
        _ => format!("{}.", error.trim_end_matches('.')),
    }
}

/// A type of the program as people call it.
fn kind(wanted: &str) -> &str {
    match wanted {
        "a string" => "text",
        "a boolean" => "true or false",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "a sequence" => "a list",
        "a map" => "an object of fields",
        other => other,
    }
}

/// What stands between backticks.
fn quoted(error: &str) -> impl Iterator<Item = &str> {
    error.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Input {
        #[expect(dead_code, reason = "read, never looked at")]
        name: String,
        #[expect(dead_code, reason = "read, never looked at")]
        method: String,
        #[serde(default)]
        #[expect(dead_code, reason = "read, never looked at")]
        days: Option<u32>,
    }

    fn said(body: Value) -> Vec<(String, String)> {
        let Err(Refused::Refusal(refusal)) = read_input::<Input>(body) else { panic!("was read") };
        refusal.fields.into_iter().map(|wrong| (wrong.field, wrong.says)).collect()
    }

    #[test]
    fn all_that_is_wrong_is_named_at_once_in_words_for_people() {
        for (body, expected) in [
            (json!(null), vec![("name", "Needs an answer."), ("method", "Needs an answer.")]),
            (json!([1]), vec![("body", "Send an object of fields.")]),
            (
                json!({"name": 7, "days": "x", "moth": 1}),
                vec![
                    ("days", "“x” is not a whole number."),
                    ("moth", "There is no such field; there are name, method, days."),
                    ("name", "“7” is not text."),
                    ("method", "Needs an answer."),
                ],
            ),
        ] {
            let mut found = said(body);
            let last = found.len() - 1;
            found[..last].sort();
            let mut expected: Vec<(String, String)> =
                expected.into_iter().map(|(field, says)| (field.to_owned(), says.to_owned())).collect();
            expected[..last].sort();
            assert_eq!(found, expected);
        }
        assert!(read_input::<Input>(json!({"name": "n", "method": "m"})).is_ok());
    }
}
