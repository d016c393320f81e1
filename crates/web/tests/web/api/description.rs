//! The description lists what there is, with inputs, headers and who may.

use std::collections::BTreeSet;

use access::{Method, Role};
use app::registry;
use serde_json::{Value, json};

use crate::doors::{self, blanks};

#[test]
fn the_description_lists_exactly_what_there_is() {
    doors::tell(async |door| {
        let answer = door.ask("GET", "/api/v1/openapi.json").send().await;
        assert!(answer.status == 200 && answer.header("content-type").starts_with("application/json"));
        let description: Value = serde_json::from_slice(&answer.body).expect("it is JSON");
        assert_eq!(description["openapi"], "3.1.0");
        let mut described = BTreeSet::new();
        for (path, item) in description["paths"].as_object().unwrap() {
            for (verb, operation) in item.as_object().unwrap() {
                described.insert((verb.clone(), path.clone()));
                let named: Vec<&str> = (operation["parameters"].as_array().unwrap().iter())
                    .filter(|parameter| parameter["in"] == "path")
                    .map(|parameter| parameter["name"].as_str().unwrap())
                    .collect();
                assert_eq!(named, blanks(path), "{verb} {path}");
            }
        }
        let readings = registry::readings().map(|it| ("get".to_owned(), format!("/api/v1{}", it.path)));
        let commands = registry::commands().map(|it| {
            let verb = if it.method == Method::Post { "post" } else { "patch" };
            (verb.to_owned(), format!("/api/v1{}", it.path))
        });
        let there: BTreeSet<_> = readings.chain(commands).collect();
        assert_eq!(described, there);
        let item = "/paths/~1api~1v1~1finance~1recovery/get/responses/200/content/application~1json/schema/properties/items";
        let column = |name: &str| &description.pointer(item).unwrap()["items"]["properties"][name];
        assert_eq!(column("cost")["anyOf"][0]["$ref"], "#/components/schemas/Money");
        assert_eq!(column("service")["type"][0], "string");
        let ids = strings(&description, "operationId");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an operation's name twice");
        let refs = strings(&description, "$ref");
        assert!(refs.len() > there.len(), "answers and refusals refer to their schemas");
        for reference in refs {
            let pointer =
                reference.strip_prefix('#').unwrap_or_else(|| panic!("{reference} leads elsewhere"));
            assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
        }
    });
}

/// Every text of that name, however deep.
fn strings(value: &Value, name: &str) -> Vec<String> {
    let own = value.get(name).and_then(Value::as_str).map(str::to_owned);
    let inner: Vec<&Value> = match value {
        Value::Object(map) => map.values().collect(),
        Value::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    own.into_iter().chain(inner.into_iter().flat_map(|value| strings(value, name))).collect()
}

/// The words are those of `domain.md`; a field that may be left out may be null as well.
#[test]
fn the_description_says_which_words_there_are_where_there_are_few() {
    doors::tell(async |door| {
        let description = door.ask("GET", "/api/v1/openapi.json").send().await.json();
        let operation = |verb: &str, path: &str| description["paths"][format!("/api/v1{path}")][verb].clone();
        for (verb, path, field, words) in [
            ("post", "/relationships/customers", "kind", json!(["unit", "outside"])),
            ("patch", "/relationships/customers/{key}", "kind", json!(["unit", "outside", null])),
            ("post", "/portfolio/offerings", "charging", json!(["at cost", "fixed", "not charged"])),
            ("post", "/relationships/agreements", "settlement", json!(["memo", "recharge", null])),
            ("patch", "/finance/pools/{key}", "purpose", json!(["run", "grow", "transform", "", null])),
            ("post", "/ledger/accounts", "class", json!(["cost", "income", "asset", "balance"])),
            ("post", "/imports/run", "quote", json!(["double", "single", "none", null])),
            ("post", "/imports/run", "decimal_mark", json!(["point", "comma", null])),
        ] {
            let schema = &operation(verb, path)["requestBody"]["content"]["application/json"]["schema"];
            assert_eq!(schema["properties"][field]["enum"], words, "{verb} {path}: {schema}");
        }
        let list = operation("get", "/portfolio/services");
        let states = json!(["operational", "retiring", "retired"]);
        let state = list["parameters"].as_array().unwrap().iter().find(|it| it["name"] == "state");
        assert_eq!(state.map(|it| &it["schema"]["enum"]), Some(&states), "{}", list["parameters"]);
    });
}

#[test]
fn the_description_names_inputs_headers_and_who_may() {
    doors::tell(async |door| {
        let description = door.ask("GET", "/api/v1/openapi.json").send().await.json();
        for command in registry::commands() {
            let (verb, header) = match command.method {
                Method::Post => ("post", "Idempotency-Key"),
                Method::Patch => ("patch", "If-Match"),
            };
            let operation = &description["paths"][format!("/api/v1{}", command.path)][verb];
            let headers = operation["parameters"].as_array().unwrap().iter();
            let needed =
                headers.filter(|it| it["in"] == "header" && it["required"] == true).map(|it| &it["name"]);
            assert_eq!(needed.collect::<Vec<_>>(), [header], "{}", command.name);
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            assert_eq!(schema["type"], "object", "{}", command.name);
            let known = schema["properties"].as_object().map_or(0, serde_json::Map::len);
            let required = schema["required"].as_array().map_or(0, Vec::len);
            assert!(required <= known, "{}: {schema}", command.name);
            let says = operation["description"].as_str().unwrap();
            assert!(
                command.action.roles().iter().all(|role| says.contains(role.word())),
                "{}: {says}",
                command.name
            );
            let refused = operation["responses"]["4XX"]["description"].as_str().unwrap();
            assert!(
                command.refusals.iter().all(|kind| refused.contains(kind.code)),
                "{}: {refused}",
                command.name
            );
        }
        let rosa = door.who("rosa", Role::Executive).await;
        let page = door.get(&rosa, "/api").await.text();
        for path in description["paths"].as_object().unwrap().keys() {
            assert!(page.contains(path), "the page of the API does not tell of {path}");
        }
    });
}
