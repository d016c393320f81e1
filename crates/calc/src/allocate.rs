//! `calc allocate MODEL.json`: who carries which cost, exactly.

use allocation::{Error, Line, Model, Stage, allocate_each, parse_model};
use clap::{Arg, ArgMatches, Command};
use kernel::{Headway, Money};
use serde_json::{Map, Value};

use crate::answer::{Answer, Stop};
use crate::format::model::MODEL;
use crate::{EachRow, Run, Verb, Watch};

pub(crate) const VERBS: &[Verb] = &[Verb { words, reads: &[&MODEL], run: Run::Long(run) }];

fn words() -> Command {
    Command::new("allocate")
        .about("Share cost from pools to receivers, exactly")
        .before_help(
            "Example:\n  quarterdeck calc allocate crates/instruments/allocation/examples/robinson_reciprocal.json",
        )
        .after_help(FORMAT)
        .arg(Arg::new("model").required(true).value_name("MODEL.json").help("The pools, layers, drivers and rules"))
}

/// What a model holds and in what units.
const FORMAT: &str = "\
Amounts are in the model's currency and quantities in their driver's unit, written as strings (\"12.5\") or whole
numbers. Every field: quarterdeck help formats. The result's are in crates/instruments/allocation/README.md. With
--format jsonl each line is written when it is reckoned and none is kept: so results larger than memory come out too.";

fn run(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let file = words.get_one::<String>("model").map_or("", String::as_str);
    let text = MODEL.read(file)?;
    watch.headway.begins("Sharing", "lines");
    let unclean = |error| Stop::Unclean(format!("{file}: {error}"));
    if let Some(rows) = &mut watch.rows {
        return streamed(&parse_model(&text).map_err(unclean)?, &watch.headway, *rows).map_err(unclean)?;
    }
    let mut lines = |lines| watch.headway.at(i64::try_from(lines).unwrap_or_default());
    let json = allocation::run_json_watched(&text, &mut lines).map_err(unclean)?;
    let shares =
        rows(&json["lines"], [("stage", "stage"), ("origin", "origin"), ("from", "from"), ("to", "to")]);
    let rows = shares.chain(residuals(&json)).collect();
    Ok(Answer::rows(json.clone(), rows).noting(bounds(&json["solutions"])))
}

/// Lines between two looks at how many there are.
const TELLING: i64 = 1 << 10;

/// Hands on each line when it is reckoned and keeps none, so that memory is that of the model.
fn streamed(model: &Model, headway: &Headway, rows: EachRow) -> Result<Result<Answer, Stop>, Error> {
    let (mut count, mut wanted) = (0, true);
    let summary = allocate_each(model, |stage: &Stage, line: Line| {
        count += 1;
        if count % TELLING == 0 {
            headway.at(count);
        }
        if wanted {
            let amount = Money::of_minor(line.amount, model.currency).plain();
            let cells = [("stage", &*stage.key), ("origin", &*line.origin), ("from", &*line.from)];
            let cells = cells.into_iter().chain([("to", &*line.to), ("amount", &amount)]);
            wanted = rows(cells.map(|(name, cell)| (name.to_owned(), cell.into())).collect());
        }
    })?;
    let json = summary.to_json();
    let mut left = residuals(&json);
    if !wanted || !left.all(&mut *rows) {
        return Ok(Err(Stop::Failed("Nobody wants the rest of the lines.".to_owned())));
    }
    drop(left);
    let notes: Vec<String> = bounds(&json["solutions"]).collect();
    Ok(Ok(Answer::rows(json, Vec::new()).noting(notes)))
}

fn residuals(json: &Value) -> impl Iterator<Item = Map<String, Value>> + '_ {
    rows(&json["residuals"], [("stage", "residual"), ("origin", "origin"), ("from", "node"), ("to", "")])
}

/// Which layers were too large to be solved exactly, and how near they are.
fn bounds(solutions: &Value) -> impl Iterator<Item = String> {
    let bounded =
        solutions.as_array().into_iter().flatten().filter(|solution| solution["method"] == "bounded");
    bounded.map(|solution| {
        let word = |field: &str| solution[field].as_str().unwrap_or_default();
        let (nodes, splits, uncertain) = (&solution["nodes"], &solution["splits"], &solution["uncertain"]);
        format!(
            "{}: {nodes} nodes solved to within {} of any share; {uncertain} of {splits} amounts may be a minor unit \
             from the exact ones.",
            word("stage"),
            word("share_error")
        )
    })
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
