//! `calc frontier PROBLEM.json`: the best value at each level of safety.

use std::cell::RefCell;

use clap::{Arg, ArgAction, ArgMatches, Command};
use kernel::Money;
use selection::{Flow, Frontier, Outcome, Point, PointOutcome, Problem, Study, Targets};
use serde_json::{Map, Value};

use crate::Verb;
use crate::answer::{Answer, Stop};
use crate::format::problem::PROBLEM;
use crate::select::{Told, common, items, money, number, option, problem, settings, stop};

pub(crate) const VERBS: &[Verb] = &[Verb { words: frontier_words, reads: &[&PROBLEM], run: frontier }];

const FRONTIER_HELP: &str = "\
Example:
  quarterdeck calc frontier crates/instruments/selection/examples/twelve.json --points 5

The file is as for calc select, with \"risk\" and outcomes by scenario. Targets are conditional values at risk (the mean
of the worst part of all outcomes) in whole currency, higher is safer. Each point is told on standard error as it
comes.";

fn frontier_words() -> Command {
    Command::new("frontier")
        .about("The best value at each level of safety, safest first")
        .before_help(FRONTIER_HELP)
        .args(common())
        .arg(option("points", "N", "10").help("How many points, in equal steps"))
        .arg(
            Arg::new("target")
                .long("target")
                .value_name("AMOUNT")
                .action(ArgAction::Append)
                .allow_hyphen_values(true)
                .help("At this conditional value at risk instead of in equal steps; may be given again"),
        )
}

fn frontier(words: &ArgMatches) -> Result<Answer, Stop> {
    let (file, problem) = problem(words)?;
    let study = Study::new(&problem, settings(words)?).map_err(|error| stop(file, &error))?;
    let targets = match money(words, "target", &problem)? {
        list if list.is_empty() => Targets::Spaced(number(words, "points")?),
        list => Targets::At(list),
    };
    let bar = RefCell::new(Told::new());
    let mut each = |point: &Point| {
        bar.borrow_mut().line(&point_line(point, &problem));
        Flow::Continue
    };
    let frontier = study.frontier(&targets, &mut each, &mut |progress| bar.borrow_mut().tell(progress));
    let frontier = frontier.map_err(|error| stop(file, &error))?;
    let json = study.frontier_json(&frontier);
    let notes = match &frontier {
        Frontier::Points { .. } => Vec::new(),
        Frontier::Conflict(conflict) => vec![format!("{file}: {}.", conflict.says())],
        Frontier::Unknown => vec![format!("{file}: {}.", Outcome::Unknown.says())],
    };
    let rows = items(&json["points"]).into_iter().map(point_row).collect();
    Ok(Answer::rows(json, rows).noting(notes))
}

/// `1  CVaR at least €120.00: worth €400.00, optimal: …`.
fn point_line(point: &Point, problem: &Problem) -> String {
    let spoken = |minor: i64| Money::of_minor(minor, problem.currency).spoken();
    let says = match &point.outcome {
        PointOutcome::Chosen(answer) => format!("worth {}, {}", spoken(answer.value), answer.says()),
        PointOutcome::Infeasible => "infeasible: no set is as safe as that".to_owned(),
        PointOutcome::Unknown => Outcome::Unknown.says(),
    };
    format!("{}  CVaR at least {}: {says}", point.number, spoken(point.target))
}

/// A point as a row of cells.
fn point_row(point: Map<String, Value>) -> Map<String, Value> {
    let names: Vec<String> = (items(&point.get("chosen").cloned().unwrap_or_default()).iter())
        .map(|one| match (one["candidate"].as_str(), one["option"].as_str()) {
            (Some(candidate), Some(option)) => format!("{candidate}/{option}"),
            (candidate, _) => candidate.unwrap_or_default().to_owned(),
        })
        .collect();
    let cvar = point.get("risk").map_or(Value::Null, |risk| risk["cvar"].clone());
    let mut row = Map::new();
    for field in ["number", "target", "status", "value", "bound", "gap", "cost"] {
        row.insert(field.into(), point.get(field).cloned().unwrap_or_default());
    }
    row.insert("cvar".into(), cvar);
    row.insert("chosen".into(), names.join(" ").into());
    row
}
