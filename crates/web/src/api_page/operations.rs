//! Every operation by its noun, out of the API's description: method and address, what it does, who may, what it
//! takes, what a list answers.

use std::collections::BTreeMap;

use parts::{Markup, Render, html};
use serde_json::{Map, Value};

/// What all lists take, told once for all of them.
const OF_ALL: [&str; 6] = ["q", "filter", "sort", "page", "per", "format"];

/// The operations on one kind of record.
pub(super) struct Noun<'d> {
    name: &'d str,
    operations: Vec<Operation<'d>>,
}

struct Operation<'d> {
    verb: String,
    path: &'d str,
    told: &'d Value,
}

/// The operations of a description, by noun.
pub(super) fn operations(description: &Value) -> Vec<Noun<'_>> {
    let mut nouns: BTreeMap<&str, Vec<Operation<'_>>> = BTreeMap::new();
    for (path, verbs) in description["paths"].as_object().into_iter().flatten() {
        for (verb, told) in verbs.as_object().into_iter().flatten() {
            let id = text(told, "operationId");
            let noun = id.split_once('_').map_or(id, |(noun, _)| noun);
            nouns.entry(noun).or_default().push(Operation { verb: verb.to_uppercase(), path, told });
        }
    }
    nouns.into_iter().map(|(name, operations)| Noun { name, operations }).collect()
}

/// What is on the page, each a link.
pub(super) fn contents(sections: &[(&str, &str)], nouns: &[Noun<'_>]) -> Markup {
    html! {
        nav aria-label="Contents" {
            ul .toc { @for (id, label) in sections { li { a href={ "#" (id) } { (label) } } } }
            ul .toc.gap-s { @for noun in nouns { li { a href={ "#of-" (noun.name) } { (noun.name) } } } }
        }
    }
}

impl Render for Noun<'_> {
    fn render(&self) -> Markup {
        html! {
            section id={ "of-" (self.name) } {
                h2 { (self.name) }
                @for operation in &self.operations { (operation.render()) }
            }
        }
    }
}

impl Operation<'_> {
    fn render(&self) -> Markup {
        let schema = &self.told["requestBody"]["content"]["application/json"]["schema"];
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let columns = self.columns();
        html! {
            div .gap-s id=(text(self.told, "operationId")) {
                h3 { code { (self.verb) " " (self.path) } }
                p { (text(self.told, "summary")) }
                dl .summary.wide {
                    div { dt { "May" } dd { (text(self.told, "description").trim_start_matches("May: ")) } }
                    @for parameter in self.parameters() {
                        (field(&format!("?{}", text(parameter, "name")), &parameter["schema"], false))
                    }
                    @for (name, told) in schema["properties"].as_object().into_iter().flatten() {
                        (field(name, told, required.contains(&name.as_str())))
                    }
                    @if let Some(columns) = columns {
                        div { dt { "Columns" } dd { (columns.keys().map(String::as_str).collect::<Vec<_>>().join(", ")) } }
                    }
                }
            }
        }
    }

    /// What it takes of its own in the query.
    fn parameters(&self) -> impl Iterator<Item = &Value> {
        let all = self.told["parameters"].as_array().into_iter().flatten();
        all.filter(|it| it["in"] == "query" && !OF_ALL.contains(&text(it, "name")))
    }

    /// The columns of the list it answers.
    fn columns(&self) -> Option<&Map<String, Value>> {
        let answer = self.told["responses"]["200"].pointer("/content/application~1json/schema/properties")?;
        answer.pointer("/items/items/properties")?.as_object()
    }
}

/// One value it takes: its type, whether it is needed, its words, what it is.
fn field(name: &str, told: &Value, needed: bool) -> Markup {
    let words: Vec<&str> = told["enum"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    html! {
        div {
            dt { code { (name) } }
            dd {
                (kind(told)) @if needed { ", " strong { "needed" } }
                @if !words.is_empty() { ": " (words.join(" | ")) }
                @let says = text(told, "description");
                @if !says.is_empty() { ". " (worded(says)) }
            }
        }
    }
}

/// A sentence of the schema, with what stands between backticks as it is typed.
fn worded(says: &str) -> Markup {
    html! {
        @for (at, part) in says.split('`').enumerate() {
            @if at % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A type as people call it.
fn kind(told: &Value) -> &'static str {
    let word = told["type"].as_str().or_else(|| told["type"][0].as_str());
    match word.unwrap_or("object") {
        "string" => "text",
        "integer" => "whole number",
        "number" => "number",
        "boolean" => "true or false",
        "array" => "list",
        _ => "object",
    }
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}
