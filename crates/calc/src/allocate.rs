//! `calc allocate MODEL.json`: who carries which cost, exactly.

use clap::{Arg, ArgMatches, Command};
use serde_json::{Map, Value};

use crate::Verb;
use crate::answer::{Answer, Stop, read};

pub(crate) const VERBS: &[Verb] = &[Verb { words, run }];

fn words() -> Command {
    Command::new("allocate")
        .about("Share cost from pools to receivers, exactly")
        .arg(Arg::new("model").required(true).value_name("MODEL.json"))
}

fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let file = words.get_one::<String>("model").map_or("", String::as_str);
    let text = read(file)?;
    let json = allocation::run_json(&text).map_err(|error| Stop::Unclean(format!("{file}: {error}")))?;
    let shares =
        rows(&json["lines"], [("stage", "stage"), ("origin", "origin"), ("from", "from"), ("to", "to")]);
    let left =
        rows(&json["residuals"], [("stage", "residual"), ("origin", "origin"), ("from", "node"), ("to", "")]);
    let rows = shares.chain(left).collect();
    Ok(Answer::rows(json.clone(), rows))
}

/// Rows of stage, origin, from, to and amount; a residual has its word for a stage and goes to nobody.
fn rows<'a>(
    items: &'a Value,
    fields: [(&'static str, &'static str); 4],
) -> impl Iterator<Item = Map<String, Value>> + 'a {
    items.as_array().into_iter().flatten().map(move |item| {
        let cell = |field: &str| match field {
            "residual" => Value::from("residual"),
            "" => Value::Null,
            field => item[field].clone(),
        };
        let mut row: Map<String, Value> =
            fields.iter().map(|(name, field)| ((*name).to_owned(), cell(field))).collect();
        row.insert("amount".into(), item["amount"].clone());
        row
    })
}
