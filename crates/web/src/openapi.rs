//! The API's description (OpenAPI 3.1), generated from the registry: every address, its input and
//! what it may refuse, and what it answers (`answers`).

mod answers;

use access::{Command, Method, Reading};
use app::registry;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

/// What a list is given as.
const FORMATS: [&str; 4] = ["json", "csv", "excel-csv", "xlsx"];

/// `/api/v1/openapi.json`.
pub(crate) async fn document() -> Response {
    axum::Json(describe()).into_response()
}

/// The whole description.
pub(crate) fn describe() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for reading in registry::readings() {
        let item = paths.entry(format!("/api/v1{}", reading.path)).or_insert_with(|| json!({}));
        item["get"] = read(reading);
    }
    for command in registry::commands() {
        let verb = if command.method == Method::Post { "post" } else { "patch" };
        let item = paths.entry(format!("/api/v1{}", command.path)).or_insert_with(|| json!({}));
        item[verb] = run(command);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Quarterdeck", "version": env!("CARGO_PKG_VERSION") },
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Refusal": refusal_schema(), "Done": done_schema(), "Money": answers::money_schema(),
            },
        },
        "security": [{ "token": [] }],
    })
}

fn read(reading: &Reading) -> Value {
    let mut parameters = blanks(reading.path);
    let answer = answers::of(reading.name);
    if answers::is_list(&answer) {
        parameters.extend(["q", "filter", "sort"].map(query));
        parameters.extend(["page", "per"].map(number));
        let words = answers::words(reading.name).into_iter().flatten();
        parameters.extend(words.filter(|(name, _)| !reading.takes.contains(&name.as_str())).map(one_of));
    }
    parameters.push(format());
    parameters.extend(reading.takes.iter().map(|name| query(name)));
    json!({
        "operationId": reading.name.replace(' ', "_"),
        "summary": reading.summary,
        "description": format!("May: {}.", roles(reading.action)),
        "parameters": parameters,
        "responses": responses(&[("200", "Read")], answer, &[]),
    })
}

fn query(name: &str) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": { "type": "string" } })
}

fn number(name: &str) -> Value {
    let from_one = json!({ "type": "integer", "minimum": 1 });
    json!({ "name": name, "in": "query", "required": false, "schema": from_one })
}

/// A column that holds one of a few words, to filter by.
fn one_of((name, words): (&String, &Value)) -> Value {
    let says = "Only rows of that word, in small letters or capitals.";
    let words = json!({ "type": "string", "enum": words });
    json!({ "name": name, "in": "query", "required": false, "description": says, "schema": words })
}

/// As what a list is given; a record is JSON whatever is asked.
fn format() -> Value {
    let words = json!({ "type": "string", "enum": FORMATS });
    json!({ "name": "format", "in": "query", "required": false, "schema": words })
}

fn run(command: &Command) -> Value {
    let mut parameters = blanks(command.path);
    let header = if command.method == Method::Post { "Idempotency-Key" } else { "If-Match" };
    parameters
        .push(json!({ "name": header, "in": "header", "required": true, "schema": { "type": "string" } }));
    parameters.push(rehearse());
    let refusals: Vec<&str> = command.refusals.iter().map(|kind| kind.code).collect();
    let mut answers = vec![("200", "Nothing had to change; or it was rehearsed")];
    if command.method == Method::Post {
        parameters.push(json!({ "name": "Prefer", "in": "header", "required": false,
            "schema": { "type": "string", "enum": ["respond-async"] } }));
        answers.extend([("201", "Done"), ("202", "Kept as a job, which the location shows")]);
    } else {
        answers[0].1 = "Done; or rehearsed";
    }
    json!({
        "operationId": command.name.replace(' ', "_"),
        "summary": command.summary,
        "description": format!("May: {}.", roles(command.action)),
        "parameters": parameters,
        "requestBody": { "required": true, "content": { "application/json": { "schema": (command.input)() } } },
        "responses": responses(&answers, json!({ "$ref": "#/components/schemas/Done" }), &refusals),
    })
}

/// Asks for a rehearsal of a command.
fn rehearse() -> Value {
    let says = "true: the command is run as ever, with its very refusals, and then taken back, so that nothing is \
                written. The answer has \"rehearsed\": true, and says what would be.";
    let words = json!({ "type": "string", "enum": ["true", "false"] });
    json!({ "name": "Quarterdeck-Rehearse", "in": "header", "required": false, "description": says, "schema": words })
}

fn roles(action: access::Action) -> String {
    let roles: Vec<&str> = action.roles().iter().map(|role| role.word()).collect();
    roles.join(", ")
}

fn blanks(path: &str) -> Vec<Value> {
    let names = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect()
}

fn responses(answers: &[(&str, &str)], schema: Value, refusals: &[&str]) -> Value {
    let own = if refusals.is_empty() { String::new() } else { format!(" Also: {}.", refusals.join(", ")) };
    let mut responses = Map::new();
    let content = |schema: Value| json!({ "application/json": { "schema": schema } });
    for (code, says) in answers {
        responses.insert((*code).into(), json!({ "description": says, "content": content(schema.clone()) }));
    }
    let refused = json!({
        "description": format!("Refused: a code of docs/errors.md, a sentence, a way out.{own}"),
        "content": content(json!({ "$ref": "#/components/schemas/Refusal" })),
    });
    responses.insert("4XX".into(), refused);
    let fault = json!({
        "description": "A fault of ours: nothing was changed, and a reference to tell us.",
        "content": content(json!({ "$ref": "#/components/schemas/Refusal" })),
    });
    responses.insert("500".into(), fault);
    Value::Object(responses)
}

fn refusal_schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["schema", "code", "says", "way_out", "fields"],
        "properties": { "schema": text, "code": text, "says": text, "way_out": text, "fields": {
            "type": "array",
            "items": { "type": "object", "properties": { "field": text, "says": text } },
        } },
    })
}

fn done_schema() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["location", "says", "changed", "key"],
        "properties": { "location": text, "says": text, "changed": { "type": "boolean" },
            "version": { "type": ["integer", "null"] }, "key": text, "body": {},
            "rehearsed": { "type": "boolean", "description": "True: nothing of it was written." } },
    })
}
