//! The description tells what each reading answers: columns of lists with their kind and words, fields of records.

use access::{Params, Reading, View};
use kernel::listing::{Asked, Kind};
use serde_json::{Map, Value, json};

use super::shapes::readings;
use crate::doors;
use crate::walk::{self, Walk};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/openapi/answers.json");

#[test]
fn the_description_tells_what_every_reading_answers() {
    doors::tell(async |door| {
        let walk = walk::walk(&door).await;
        let mut lines = Vec::new();
        for (reading, asked) in readings(&walk).await {
            let told = match view(&walk, reading, &asked).await {
                View::List(listing) => {
                    let columns =
                        listing.columns.iter().map(|column| (column.key.to_owned(), kind(column.kind)));
                    let mut told = json!({"columns": Value::Object(columns.collect())});
                    let few = listing.columns.iter().filter(|column| !column.words.is_empty());
                    let words: Map<String, Value> =
                        few.map(|column| (column.key.to_owned(), json!(column.words))).collect();
                    if !words.is_empty() {
                        told["words"] = Value::Object(words);
                    }
                    told
                }
                View::Record(record) => json!({"record": example(&record)}),
            };
            lines.push(format!("{}: {told}", json!(reading.name)));
        }
        lines.sort();
        let told = format!("{{\n{}\n}}\n", lines.join(",\n"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(FILE, &told).unwrap();
        }
        let there = std::fs::read_to_string(FILE).unwrap_or_default();
        assert!(there == told, "{FILE} is not what readings answer: run BLESS=1 cargo test -p web");
    });
}

/// What a reading gives the executive, or the administrator where that is theirs alone.
async fn view(walk: &Walk, reading: &'static Reading, asked: &[(String, String)]) -> View {
    let house = &walk.door.house.house;
    for who in ["rosa", "adam"] {
        let (who, params) = (walk.who(who).clone(), Params(asked.iter().cloned().collect()));
        if let Ok(view) = app::read(house, reading, who, params, Asked::default()).await {
            return view;
        }
    }
    panic!("neither the executive nor the administrator reads {}", reading.name);
}

fn kind(kind: Kind) -> Value {
    let word = match kind {
        Kind::Money => "money",
        Kind::Count => "count",
        Kind::Bool => "bool",
        Kind::Date => "date",
        Kind::Time => "time",
        Kind::Period => "period",
        _ => "text",
    };
    word.into()
}

/// The types of an example.
fn example(value: &Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(_) => "bool".into(),
        Value::Number(_) => "count".into(),
        Value::String(_) => "text".into(),
        Value::Array(items) => Value::Array(items.iter().map(example).reduce(joined).into_iter().collect()),
        Value::Object(fields)
            if fields.len() == 2 && fields.contains_key("currency") && fields.contains_key("amount") =>
        {
            "money".into()
        }
        // What stands under a record's key is no field: nothing is told of it.
        Value::Object(fields) => (fields.iter())
            .filter(|(name, _)| name.bytes().all(|letter| letter.is_ascii_lowercase() || letter == b'_'))
            .map(|(name, value)| (name.clone(), example(value)))
            .collect(),
    }
}

/// What two items of an array have between them; nothing is told of a field that differs.
fn joined(one: Value, other: Value) -> Value {
    match (one, other) {
        (Value::Null, told) | (told, Value::Null) => told,
        (Value::Object(mut one), Value::Object(other)) => {
            for (name, told) in other {
                let so_far = one.remove(&name).unwrap_or(Value::Null);
                one.insert(name, joined(so_far, told));
            }
            Value::Object(one)
        }
        (Value::Array(one), Value::Array(other)) => {
            Value::Array(one.into_iter().chain(other).reduce(joined).into_iter().collect())
        }
        (one, other) if one == other => one,
        _ => Value::Null,
    }
}
