//! What readings answer. Columns of lists and fields of records are only known once they are read, so a test
//! reads every one of them and holds `answers.json` to what came: a list's columns with their kind, or the fields
//! of a record with the types of an example. Of a column that holds one of a few words it keeps those too.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

static ANSWERS: LazyLock<Map<String, Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("answers.json")).unwrap_or_default());

/// The schema of what a reading answers.
pub(super) fn of(reading: &str) -> Value {
    let told = ANSWERS.get(reading);
    let part = |name: &str| told.and_then(|told| told.get(name));
    match (part("columns").and_then(Value::as_object), part("record")) {
        (Some(columns), _) => list(columns, words(reading)),
        (None, Some(record)) => typed(record),
        (None, None) => json!({ "type": "object" }),
    }
}

/// The columns of a reading's list that hold one of a few words, with those.
pub(super) fn words(reading: &str) -> Option<&'static Map<String, Value>> {
    ANSWERS.get(reading)?.get("words")?.as_object()
}

/// Whether a schema is that of a list, which filters, sorts and pages.
pub(super) fn is_list(schema: &Value) -> bool {
    schema.pointer("/properties/items").is_some()
}

/// An amount and its currency.
pub(super) fn money_schema() -> Value {
    json!({
        "type": "object",
        "required": ["amount", "currency"],
        "properties": {
            "amount": { "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" },
            "currency": { "type": "string", "pattern": "^[A-Z]{3}$" },
        },
    })
}

fn list(columns: &Map<String, Value>, words: Option<&Map<String, Value>>) -> Value {
    let mut properties = each(columns);
    for (name, words) in words.into_iter().flatten() {
        // A value may be missing, whatever its words.
        let words = words.as_array().into_iter().flatten().cloned().chain([Value::Null]);
        if let Some(property) = properties.get_mut(name) {
            property["enum"] = words.collect();
        }
    }
    json!({
        "type": "object",
        "required": ["schema", "items", "count"],
        "properties": {
            "schema": { "type": "string" },
            "items": { "type": "array", "items": { "type": "object", "properties": properties } },
            "count": { "type": "integer", "minimum": 0 },
            "totals": { "type": "object" },
        },
    })
}

fn each(told: &Map<String, Value>) -> Map<String, Value> {
    told.iter().map(|(name, kind)| (name.clone(), typed(kind))).collect()
}

/// The schema of a value told by its kind, of an object by its fields, of an array by its items.
fn typed(told: &Value) -> Value {
    let nullable = |of: &str| json!({ "type": [of, "null"] });
    let kind = match told {
        Value::Object(fields) => return json!({ "type": ["object", "null"], "properties": each(fields) }),
        Value::Array(items) => {
            let items = items.first().map_or_else(|| json!({}), typed);
            return json!({ "type": ["array", "null"], "items": items });
        }
        _ => told.as_str().unwrap_or_default(),
    };
    match kind {
        "money" => json!({ "anyOf": [{ "$ref": "#/components/schemas/Money" }, { "type": "null" }] }),
        "count" => nullable("integer"),
        "bool" => nullable("boolean"),
        "date" => json!({ "type": ["string", "null"], "format": "date" }),
        "time" => json!({ "type": ["string", "null"], "format": "date-time" }),
        "period" => json!({ "type": ["string", "null"], "pattern": "^[0-9]{4}-[0-9]{2}$" }),
        "text" => nullable("string"),
        // Nothing is known of what was empty in the example.
        _ => json!({}),
    }
}
