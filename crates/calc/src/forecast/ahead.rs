//! `calc forecast SERIES.csv`: what comes, with intervals.

use clap::{Arg, ArgMatches, Command};
use forecast::time::Calendar;
use forecast::{
    Adjustment, Effect, Forecast, Hierarchy, Options, Reconciliation, adjust, forecast_hierarchy_watched,
    forecast_watched,
};
use serde_json::{Map, Value, json};

use super::table::series as series_of;
use super::words::{arguments, object, options, some, told};
use crate::answer::{Answer, Stop};
use crate::format::series::{KNOWN, PARTS, SERIES};
use crate::table::{Column, Table};
use crate::{Run, Verb, Watch};

pub(super) const VERB: Verb = Verb { words, reads: &[&SERIES, &KNOWN, &PARTS], run: Run::Long(run) };

const EXAMPLE: &str = "\
Example:
  quarterdeck calc forecast crates/instruments/forecast/examples/airline.csv --season 12 --horizon 18 --levels 80,95

Answers rows of id, h (periods ahead), method, mean and the ends of the intervals, in units of y.
The adjustments are a table of id, from, to (may be empty), effect (add or multiply), amount and reason;
the hierarchy is a table of part and whole.";

fn words() -> Command {
    let file = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    Command::new("forecast")
        .about("Forecast series, with intervals from their past errors")
        .before_help(EXAMPLE)
        .args(arguments())
        .arg(file("adjustments", "KNOWN.csv", "known future effects, each with its reason"))
        .arg(file("hierarchy", "PARTS.csv", "which series add up to which"))
        .arg(
            Arg::new("reconcile")
                .long("reconcile")
                .value_parser(["mint", "ols", "bottom-up"])
                .default_value("mint")
                .requires("hierarchy")
                .help("how forecasts of a hierarchy are made to add up"),
        )
}

fn run(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let file = |name: &str| words.get_one::<String>(name).map(String::as_str);
    let table = Table::open(file("series").unwrap_or_default(), &SERIES)?;
    let (calendar, series) = series_of(&table)?;
    let options = options(words, &calendar)?;
    let hierarchy = file("hierarchy").map(parts).transpose()?;
    let tell = told(&watch.headway, "Forecasting");
    let made = match &hierarchy {
        Some(hierarchy) => {
            forecast_hierarchy_watched(&series, hierarchy, how(file("reconcile")), &options, &tell)
        }
        None => forecast_watched(&series, &options, &tell),
    };
    let mut made = made.map_err(|error| table.unclean(error))?;
    if let Some(file) = file("adjustments") {
        let table = Table::open(file, &KNOWN)?;
        let known = known(&table, &calendar)?;
        adjust(&mut made, &known, hierarchy.as_ref()).map_err(|error| table.unclean(error))?;
    }
    let rows = made.iter().flat_map(rows).collect();
    let notes =
        made.iter().flat_map(|one| one.remarks.iter().map(move |remark| format!("{}: {remark}", one.id)));
    let notes = some(notes.collect());
    Ok(Answer::rows(whole(&made, &options, &calendar), rows).noting(notes))
}

fn how(word: Option<&str>) -> Reconciliation {
    match word {
        Some("ols") => Reconciliation::Ols,
        Some("bottom-up") => Reconciliation::BottomUp,
        _ => Reconciliation::MinTraceShrink,
    }
}

fn parts(file: &str) -> Result<Hierarchy, Stop> {
    let table = Table::open(file, &PARTS)?;
    let (part, whole) = (table.column("part")?, table.column("whole")?);
    let pair = |row| (table.text(row, part).to_owned(), table.text(row, whole).to_owned());
    let pairs: Vec<(String, String)> = (0..table.len()).map(pair).collect();
    Hierarchy::new(&pairs).map_err(|error| table.unclean(error))
}

fn known(table: &Table, calendar: &Calendar) -> Result<Vec<Adjustment>, Stop> {
    let (id, from, to) = (table.column("id")?, table.column("from")?, table.optional("to"));
    let (effect, amount, reason) =
        (table.column("effect")?, table.column("amount")?, table.column("reason")?);
    let mut known = Vec::new();
    for row in 0..table.len() {
        let time = |column: Column| {
            let cell = table.text(row, column);
            let wrong = || format!("“{cell}” is no time of the series; write it as their t");
            calendar.index_of(cell).ok_or_else(|| table.wrong(row, column, &wrong()))
        };
        let by = table.number(row, amount)?;
        let effect = match table.text(row, effect) {
            "add" => Effect::Add(by),
            "multiply" => Effect::Multiply(by),
            other => return Err(table.wrong(row, effect, &format!("“{other}” is neither add nor multiply"))),
        };
        let to = to.filter(|to| !table.text(row, *to).is_empty()).map(time).transpose()?;
        let (id, reason) = (table.text(row, id).to_owned(), table.text(row, reason).to_owned());
        known.push(Adjustment { id, from: time(from)?, to, effect, reason });
    }
    Ok(known)
}

/// The ends of the intervals at a step, under their names.
fn ends(made: &Forecast, step: usize) -> impl Iterator<Item = (String, Value)> + '_ {
    made.bands.iter().flat_map(move |band| {
        let level = band.level;
        [
            (format!("lower_{level}"), Value::from(band.lower[step])),
            (format!("upper_{level}"), Value::from(band.upper[step])),
        ]
    })
}

fn rows(made: &Forecast) -> impl Iterator<Item = Map<String, Value>> + '_ {
    made.mean.iter().enumerate().map(|(step, mean)| {
        let mut row = object([
            ("id", made.id.clone().into()),
            ("h", (step + 1).into()),
            ("method", made.method.name().into()),
            ("mean", (*mean).into()),
        ]);
        row.extend(ends(made, step));
        row
    })
}

fn whole(made: &[Forecast], options: &Options, calendar: &Calendar) -> Value {
    let series: Vec<Value> = made.iter().map(|one| record(one, calendar)).collect();
    json!({
        "schema": "quarterdeck.forecast.v1",
        "season": options.season_length,
        "horizon": options.horizon,
        "levels": options.levels,
        "series": series,
    })
}

fn record(made: &Forecast, calendar: &Calendar) -> Value {
    let unadjusted = made.unadjusted();
    let steps = (made.first..).zip(&made.mean).enumerate().map(|(step, (index, mean))| {
        let mut row =
            object([("h", (step + 1).into()), ("t", calendar.label(index).into()), ("mean", (*mean).into())]);
        row.extend(ends(made, step));
        if !made.adjustments.is_empty() {
            row.insert("unadjusted".into(), unadjusted[step].into());
        }
        row
    });
    let adjustments = made
        .adjustments
        .iter()
        .map(|applied| json!({ "of": applied.of, "reason": applied.reason, "added": applied.added }));
    json!({
        "id": made.id,
        "method": made.method.name(),
        "form": made.form,
        "steps": steps.collect::<Vec<_>>(),
        "adjustments": adjustments.collect::<Vec<_>>(),
        "remarks": made.remarks.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
