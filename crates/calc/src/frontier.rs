//! `calc frontier PROBLEM.json`: the best value at each level of safety.

use std::cell::Cell;

use clap::{Arg, ArgAction, ArgMatches, Command};
use kernel::Money;
use selection::{Flow, Frontier, Outcome, Point, PointOutcome, Problem, Progress, Study, Targets};
use serde_json::{Map, Value};

use crate::answer::{Answer, Stop};
use crate::format::problem::PROBLEM;
use crate::select::{common, items, money, number, option, problem, settings, stop};
use crate::{Run, Verb, Watch};

pub(crate) const VERBS: &[Verb] =
    &[Verb { words: frontier_words, reads: &[&PROBLEM], run: Run::Long(frontier) }];

const FRONTIER_HELP: &str = "\
Example:
  quarterdeck calc frontier crates/instruments/selection/examples/twelve.json --points 5

The file is as for calc select, with \"risk\" and outcomes by scenario. Targets are conditional values at risk (the mean
of the worst part of all outcomes) in whole currency, higher is safer. With --format jsonl each point is written as it
is found.";

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

fn frontier(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let (file, problem) = problem(words)?;
    let study = Study::new(&problem, settings(words)?).map_err(|error| stop(file, &error))?;
    let (targets, of) = match money(words, "target", &problem)? {
        list if list.is_empty() => {
            let points = number(words, "points")?;
            (Targets::Spaced(points), points)
        }
        list => (Targets::At(list.clone()), list.len()),
    };
    let found = Cell::new(0);
    let Watch { headway, rows } = watch;
    let mut each = |point: &Point| {
        found.set(found.get() + 1);
        let goes_on = rows.as_mut().is_none_or(|rows| rows(point_row(&study.point_json(point))));
        if goes_on { Flow::Continue } else { Flow::Stop }
    };
    let mut tell = |progress: &Progress| {
        let of = i64::try_from(of).ok();
        headway.shows(&format!("Solving {progress}"), found.get(), of, "points");
        Flow::Continue
    };
    let frontier = study.frontier(&targets, &mut each, &mut tell).map_err(|error| stop(file, &error))?;
    let json = study.frontier_json(&frontier);
    let notes = match &frontier {
        Frontier::Points { points, .. } => points.iter().map(|point| point_line(point, &problem)).collect(),
        Frontier::Conflict(conflict) => vec![format!("{file}: {}.", conflict.says())],
        Frontier::Unknown => vec![format!("{file}: {}.", Outcome::Unknown.says())],
    };
    let left = json["points"].as_array().filter(|_| watch.rows.is_none());
    let rows = left.into_iter().flatten().map(point_row).collect();
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
fn point_row(point: &Value) -> Map<String, Value> {
    let names: Vec<String> = (items(&point["chosen"]).iter())
        .map(|one| match (one["candidate"].as_str(), one["option"].as_str()) {
            (Some(candidate), Some(option)) => format!("{candidate}/{option}"),
            (candidate, _) => candidate.unwrap_or_default().to_owned(),
        })
        .collect();
    let mut row = Map::new();
    for field in ["number", "target", "status", "value", "bound", "gap", "cost"] {
        row.insert(field.into(), point[field].clone());
    }
    row.insert("cvar".into(), point["risk"]["cvar"].clone());
    row.insert("chosen".into(), names.join(" ").into());
    row
}
