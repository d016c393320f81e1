//! `calc case CASE.json`, `calc simulate CASE.json`: what a business case is worth, and what it may be.

use std::num::NonZeroUsize;

use appraisal::{Error, run_case_deciding, run_simulation_watched};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::format::case::CASE;
use crate::{Run, Verb, Watch};

pub(crate) const VERBS: &[Verb] = &[
    Verb { words: case_words, reads: &[&CASE], run: Run::Short(run_on_case) },
    Verb { words: simulate_words, reads: &[&CASE], run: Run::Long(run_trials) },
];

const FORMAT: &str = "CASE.json is of schema quarterdeck.case.v1: amounts per line and period in the file's own \
                      unit, what is spent with a minus, numbers whole or in quotes; the rate is a fraction per \
                      year, 0.09 being 9 %. Every field: quarterdeck help formats.";

fn file() -> Arg {
    Arg::new("case").required(true).value_name("CASE.json").help("The business case")
}

fn case_words() -> Command {
    Command::new("case")
        .about("Figures of a business case: NPV, IRR, payback, tornado, delay, scenarios")
        .before_help("Example:\n  quarterdeck calc case crates/instruments/appraisal/examples/four_g.json")
        .after_help(FORMAT)
        .arg(file())
        .arg(
            Arg::new("at")
                .long("at")
                .value_name("MONTHS")
                .action(ArgAction::Append)
                .value_parser(months)
                .help("Also the NPV to go so many months after the start, as 18; may be given again"),
        )
}

fn months(text: &str) -> Result<f64, String> {
    let months: Option<f64> = text.parse().ok();
    let later = months.filter(|months| months.is_finite() && *months >= 0.0);
    later.ok_or_else(|| "give the months since the start of the case, as 18".to_owned())
}

fn simulate_words() -> Command {
    let number = |name: &'static str, value: &'static str, default: &'static str| {
        Arg::new(name).long(name).value_name(value).default_value(default)
    };
    Command::new("simulate")
        .about("Simulate a business case: spread, chance of loss, what drives it")
        .before_help(
            "Example:\n  quarterdeck calc simulate crates/instruments/appraisal/examples/uncertain.json --trials 100000 \
             --seed 7",
        )
        .after_help(FORMAT)
        .arg(file())
        .arg(number("trials", "N", "100000").value_parser(value_parser!(usize)).help("How many trials"))
        .arg(
            number("seed", "S", "1")
                .value_parser(value_parser!(u64))
                .help("Same file, trials and seed: same result, whatever the threads"),
        )
        .arg(Arg::new("scenario").long("scenario").value_name("KEY").help("Simulate this scenario of the case"))
        .arg(
            Arg::new("threads")
                .long("threads")
                .value_name("N")
                .value_parser(value_parser!(NonZeroUsize))
                .help("Threads to use; without it, one per core"),
        )
}

fn path(words: &ArgMatches) -> &str {
    words.get_one::<String>("case").map_or("", String::as_str)
}

fn stopped(file: &str, error: &Error) -> Stop {
    match error {
        Error::NoTrials | Error::TooLarge { .. } => Stop::Usage(error.to_string()),
        error => Stop::Unclean(format!("{file}: {error}")),
    }
}

fn run_on_case(words: &ArgMatches) -> Result<Answer, Stop> {
    let file = path(words);
    let decisions: Vec<f64> = words.get_many("at").into_iter().flatten().copied().collect();
    let json = run_case_deciding(&CASE.read(file)?, &decisions).map_err(|error| stopped(file, &error))?;
    let rows = figures(&json);
    let notes = remarks(&json);
    Ok(Answer::rows(json, rows).noting(notes))
}

fn run_trials(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let file = path(words);
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let run = appraisal::Run {
        trials: words.get_one::<usize>("trials").copied().unwrap_or_default(),
        seed: words.get_one::<u64>("seed").copied().unwrap_or_default(),
        threads: words.get_one::<NonZeroUsize>("threads").copied().unwrap_or_else(cores),
    };
    let scenario = words.get_one::<String>("scenario").map(String::as_str);
    watch.headway.shows("Simulating", 0, i64::try_from(run.trials).ok(), "trials");
    let done = |trials| watch.headway.adds(i64::try_from(trials).unwrap_or_default());
    let json = run_simulation_watched(&CASE.read(file)?, scenario, run, &done)
        .map_err(|error| stopped(file, &error))?;
    let rows = spreads(&json);
    let notes = remarks(&json);
    Ok(Answer::rows(json, rows).noting(notes))
}

fn remarks(json: &Value) -> Vec<String> {
    let remarks = json["remarks"].as_array().into_iter().flatten();
    remarks.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// One row per figure, with what it refers to.
fn figures(json: &Value) -> Vec<Map<String, Value>> {
    let plain = ["mirr", "profitability_index", "roi", "discounted_roi", "tco", "discounted_tco"];
    let mut rows = vec![row("npv", json["timing"].clone(), json["npv"].clone())];
    let timings = ["end", "mid", "start"];
    let others = timings.into_iter().filter(|timing| json["timing"] != *timing);
    rows.extend(others.map(|timing| row("npv", timing.into(), json["npv_by_timing"][timing].clone())));
    rows.extend(items(&json["irr"]["rates"]).map(|rate| row("irr", Value::Null, rate.clone())));
    rows.extend(plain.map(|name| row(name, Value::Null, json[name].clone())));
    for name in ["payback", "discounted_payback"] {
        rows.push(row(name, json[name]["period"].clone(), json[name]["years"].clone()));
    }
    let break_even = "break_even_benefit_per_year";
    rows.push(row(break_even, Value::Null, json[break_even].clone()));
    rows.extend(more(json));
    rows
}

fn more(json: &Value) -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    for period in items(&json["periods"]) {
        rows.push(row("net", period["period"].clone(), period["net"].clone()));
    }
    for bar in items(&json["tornado"]["bars"]) {
        rows.push(row("npv_line_smaller", bar["line"].clone(), bar["smaller"].clone()));
        rows.push(row("npv_line_larger", bar["line"].clone(), bar["larger"].clone()));
    }
    for late in items(&json["delays"]) {
        rows.push(row("npv_late_end_fixed", late["months"].clone(), late["end_fixed"].clone()));
        rows.push(row("npv_late_same_years", late["months"].clone(), late["same_years_of_benefit"].clone()));
    }
    for at in items(&json["to_go"]) {
        let of = if at["at_start_of"].is_null() { &at["months"] } else { &at["at_start_of"] };
        rows.push(row("npv_to_go", of.clone(), at["npv_to_go"].clone()));
    }
    for way in items(&json["scenarios"]["items"]) {
        rows.push(row("npv_scenario", way["key"].clone(), way["npv"].clone()));
    }
    if !json["scenarios"]["weighted_npv"].is_null() {
        rows.push(row("npv_scenarios_weighted", Value::Null, json["scenarios"]["weighted_npv"].clone()));
    }
    rows
}

fn items(json: &Value) -> impl Iterator<Item = &Value> {
    json.as_array().into_iter().flatten()
}

fn row(figure: &str, of: Value, value: Value) -> Map<String, Value> {
    Map::from_iter([("figure".into(), figure.into()), ("of".into(), of), ("value".into(), value)])
}

/// One row per simulated amount; then what drives the NPV.
fn spreads(json: &Value) -> Vec<Map<String, Value>> {
    const FIGURES: [&str; 8] =
        ["mean", "standard_error", "sd", "p5", "p50", "p95", "probability_of_loss", "cvar5"];
    let of = |name: Value, spread: &Value| {
        let cells = FIGURES.map(|figure| (figure.to_owned(), spread[figure].clone()));
        let mut row = Map::from_iter([("of".to_owned(), name)]);
        row.extend(cells);
        row.insert("rank_correlation".into(), Value::Null);
        row
    };
    let mut rows = vec![of("npv".into(), &json["npv"])];
    rows.extend(
        items(&json["net"]).map(|net| of(json!(format!("net {}", text(&net["period"]))), &net["spread"])),
    );
    for driver in items(&json["drivers"]["items"]) {
        let mut row = of(json!(format!("driver {}", text(&driver["input"]))), &Value::Null);
        row.insert("rank_correlation".into(), driver["rank_correlation"].clone());
        rows.push(row);
    }
    rows
}

fn text(json: &Value) -> &str {
    json.as_str().unwrap_or_default()
}
