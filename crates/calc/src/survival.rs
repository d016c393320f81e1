//! `calc survival FILE.csv`: how long customers stay, by group.

use std::collections::BTreeMap;

use clap::{Arg, ArgMatches, Command};
use perception::{Interval, Level};
use retention::{CohortCount, Curve, LogRank, Observation, Point, RestrictedMean, RiskTable, log_rank};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Stop};
use crate::format::customers::{COHORTS, WATCHED};
use crate::table::{Column, Table, known};
use crate::{Run, Verb};

pub(crate) const VERBS: &[Verb] = &[Verb { words, reads: &[&WATCHED, &COHORTS], run: Run::Short(run) }];

const HELP: &str = "\
Example:
  quarterdeck calc survival crates/instruments/retention/examples/leukaemia.csv --time weeks --event event --group group

Cohorts as counts:
  quarterdeck calc survival crates/instruments/retention/examples/renewals.csv --time renewal --at-risk at_risk --left \
left --group segment

The file is CSV with a heading line. Times are numbers in any one unit, and so are median and restricted mean; survival
is a part of 1. An event is 1 (left) or 0 (still there when last seen).";

fn words() -> Command {
    let column =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("COLUMN").help(help);
    Command::new("survival")
        .about("How long customers stay: Kaplan–Meier by group, log-rank test")
        .before_help(HELP)
        .arg(Arg::new("file").required(true).value_name("FILE.csv"))
        .arg(column("time", "How long each was watched").required(true))
        .arg(column("event", "Whether they left then").required_unless_present("at-risk"))
        .arg(column("at-risk", "Counts: customers there until then").requires("left").conflicts_with("event"))
        .arg(column("left", "Counts: those of them who left then").requires("at-risk"))
        .arg(column("group", "Curves by this column, and their comparison"))
        .arg(column("count", "How many customers a row stands for").conflicts_with("at-risk"))
        .arg(horizon())
        .arg(level())
}

fn horizon() -> Arg {
    let help = "Up to when the restricted mean goes; the last time all groups have seen if not given";
    Arg::new("horizon").long("horizon").value_name("TIME").value_parser(clap::value_parser!(f64)).help(help)
}

/// `--level`, of every verb with intervals.
pub(crate) fn level() -> Arg {
    let parse = |text: &str| -> Result<Level, String> {
        let number = text.parse().map_err(|_| format!("{text} is no number: give 0.95 for 95 %"))?;
        Level::new(number).map_err(|error| error.to_string())
    };
    let help = "Confidence of intervals, a part of 1";
    Arg::new("level").long("level").value_name("PART").default_value("0.95").value_parser(parse).help(help)
}

/// The level that was said.
pub(crate) fn level_of(words: &ArgMatches) -> Level {
    words.get_one("level").copied().unwrap_or(Level::NINETY_FIVE)
}

/// What was said for a word that names something.
pub(crate) fn said<'a>(words: &'a ArgMatches, name: &str) -> Option<&'a str> {
    words.get_one::<String>(name).map(String::as_str)
}

/// A group's curve.
struct Group {
    name: String,
    table: RiskTable,
    curve: Curve,
}

fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let format = if said(words, "at-risk").is_some() { &COHORTS } else { &WATCHED };
    let table = Table::open(said(words, "file").unwrap_or_default(), format)?;
    let group = said(words, "group").map(|name| table.told("--group", name)).transpose()?;
    let level = level_of(words);
    let mut groups = Vec::new();
    for (name, rows) in grouped(&table, group) {
        let table = risk_table(&table, words, &rows)?;
        groups.push(Group { name, curve: Curve::new(&table, level), table });
    }
    let seen = groups.iter().map(|group| group.curve.last_time()).fold(f64::INFINITY, f64::min);
    let horizon = words.get_one("horizon").copied().unwrap_or(seen);
    let means: Vec<Result<RestrictedMean, String>> =
        groups.iter().map(|group| group.curve.restricted_mean(horizon).map_err(|e| e.to_string())).collect();
    let tables: Vec<RiskTable> = groups.iter().map(|group| group.table.clone()).collect();
    let compared = (groups.len() > 1).then(|| log_rank(&tables).map_err(|error| error.to_string()));
    let notes = notes(&groups, &means, compared.as_ref());
    let shown: Vec<Value> = groups.iter().zip(&means).map(|(group, mean)| whole(group, mean)).collect();
    let test = compared.and_then(Result::ok).map(|test| comparison(&test, &groups));
    let json = json!({
        "schema": "quarterdeck.survival.v1",
        "level": level.part(),
        "groups": shown,
        "log_rank": test,
    });
    let rows =
        groups.iter().flat_map(|group| group.curve.points().iter().map(|point| row(&group.name, point)));
    Ok(Answer::rows(json, rows.collect()).noting(notes))
}

/// Places of rows by group, groups by name; one named `all` where there is no column.
pub(crate) fn grouped(table: &Table, column: Option<Column>) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in 0..table.len() {
        let name = column.map_or("all", |column| table.text(row, column));
        groups.entry(name.to_owned()).or_default().push(row);
    }
    if groups.is_empty() {
        groups.insert("all".to_owned(), Vec::new());
    }
    groups
}

fn risk_table(table: &Table, words: &ArgMatches, rows: &[usize]) -> Result<RiskTable, Stop> {
    let named = |word: &str| said(words, &word[2..]).map(|name| table.told(word, name)).transpose();
    let time = table.told("--time", said(words, "time").unwrap_or_default())?;
    if let (Some(at_risk), Some(left)) = (named("--at-risk")?, named("--left")?) {
        let counts = rows.iter().map(|row| {
            let (at_risk, left) = (table.count(*row, at_risk)?, table.count(*row, left)?);
            Ok(CohortCount { time: table.number(*row, time)?, at_risk, left })
        });
        let counts = counts.collect::<Result<Vec<_>, Stop>>()?;
        let columns = [("time", time), ("at risk", at_risk), ("left", left)];
        return RiskTable::of_counts(&counts).map_err(|error| table.refused(error, rows, &columns));
    }
    let event = table.told("--event", said(words, "event").unwrap_or_default())?;
    let count = named("--count")?;
    let observations = rows.iter().map(|row| {
        let (left, count) = (table.flag(*row, event)?, table.customers(*row, count)?);
        Ok(Observation { time: table.number(*row, time)?, left, count })
    });
    let observations = observations.collect::<Result<Vec<_>, Stop>>()?;
    let columns: Vec<_> = [("time", time)].into_iter().chain(count.map(|count| ("count", count))).collect();
    RiskTable::of_observations(&observations).map_err(|error| table.refused(error, rows, &columns))
}

fn row(group: &str, point: &Point) -> Map<String, Value> {
    let end = |end: fn(&Interval) -> f64| known(point.interval.as_ref().map(end));
    let cells = [
        ("group", Value::from(group)),
        ("time", point.time.into()),
        ("at_risk", point.at_risk.into()),
        ("left", point.events.into()),
        ("censored", point.censored.into()),
        ("survival", point.survival.into()),
        ("standard_error", known(point.standard_error)),
        ("lower", end(|interval| interval.lower)),
        ("upper", end(|interval| interval.upper)),
    ];
    cells.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn whole(group: &Group, mean: &Result<RestrictedMean, String>) -> Value {
    let median = group.curve.median();
    let points: Vec<Value> = (group.curve.points().iter())
        .map(|point| {
            let mut cells = row(&group.name, point);
            cells.shift_remove("group");
            Value::Object(cells)
        })
        .collect();
    json!({
        "group": group.name,
        "customers": group.table.rows().first().map_or(0, |row| row.at_risk),
        "left": group.table.events(),
        "median": {"time": median.time, "lower": median.lower, "upper": median.upper},
        "restricted_mean": mean.as_ref().ok().map(|mean| json!({
            "horizon": mean.horizon, "mean": mean.mean, "standard_error": mean.standard_error,
        })),
        "points": points,
    })
}

fn comparison(test: &LogRank, groups: &[Group]) -> Value {
    let tallies: Vec<Value> = (groups.iter().zip(&test.groups))
        .map(|(group, tally)| json!({"group": group.name, "observed": tally.observed, "expected": tally.expected}))
        .collect();
    let (chi_square, freedom, p) = (test.test.chi_square, test.test.freedom, test.test.p);
    json!({"chi_square": chi_square, "freedom": freedom, "p": p, "groups": tallies})
}

fn notes(
    groups: &[Group],
    means: &[Result<RestrictedMean, String>],
    compared: Option<&Result<LogRank, String>>,
) -> Vec<String> {
    let time = |time: Option<f64>| time.map_or_else(|| "not reached".to_owned(), |time| time.to_string());
    let group = |(group, mean): (&Group, &Result<RestrictedMean, String>)| {
        let median = group.curve.median();
        let (lower, upper) = (time(median.lower), time(median.upper));
        let mean = match mean {
            Ok(mean) => {
                let (horizon, error) = (mean.horizon, mean.standard_error);
                format!("mean time up to {horizon}: {:.4} (standard error {error:.4})", mean.mean)
            }
            Err(says) => says.clone(),
        };
        format!("{}: median {} ({lower} to {upper}); {mean}", group.name, time(median.time))
    };
    let test = compared.map(|compared| match compared {
        Ok(LogRank { test, .. }) => {
            let (chi_square, freedom, p) = (test.chi_square, test.freedom, test.p);
            format!("log-rank: chi-square {chi_square:.4}, {freedom} degrees of freedom, p {p:.4e}")
        }
        Err(says) => format!("log-rank: {says}"),
    });
    groups.iter().zip(means).map(group).chain(test).collect()
}
