//! `calc forecast SERIES.csv`: what comes, with intervals.

use clap::{Arg, ArgMatches, Command};
use forecast::time::Calendar;
use forecast::{
    Adjustment, Effect, Forecast, Hierarchy, Options, Reconciliation, adjust, forecast, forecast_hierarchy,
};
use serde_json::{Map, Value, json};

use super::table::Table;
use super::words::{arguments, object, options, some};
use crate::Verb;
use crate::answer::{Answer, Stop};

pub(super) const VERB: Verb = Verb { words, run };

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

fn run(words: &ArgMatches) -> Result<Answer, Stop> {
    let file = |name: &str| words.get_one::<String>(name).map(String::as_str);
    let table = Table::read(file("series").unwrap_or_default())?;
    let (calendar, series) = table.series()?;
    let options = options(words, &calendar)?;
    let hierarchy = file("hierarchy").map(parts).transpose()?;
    let made = match &hierarchy {
        Some(hierarchy) => forecast_hierarchy(&series, hierarchy, how(file("reconcile")), &options),
        None => forecast(&series, &options),
    };
    let mut made = made.map_err(|error| table.refused(&error))?;
    if let Some(file) = file("adjustments") {
        let table = Table::read(file)?;
        let known = known(&table, &calendar)?;
        adjust(&mut made, &known, hierarchy.as_ref()).map_err(|error| table.refused(&error))?;
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
    let table = Table::read(file)?;
    let (part, whole) = (table.column("part")?, table.column("whole")?);
    let pairs: Vec<(String, String)> =
        table.rows().iter().map(|row| (row.cell(part).to_owned(), row.cell(whole).to_owned())).collect();
    Hierarchy::new(&pairs).map_err(|error| table.refused(&error))
}

fn known(table: &Table, calendar: &Calendar) -> Result<Vec<Adjustment>, Stop> {
    let (id, from, to) = (table.column("id")?, table.column("from")?, table.has("to"));
    let (effect, amount, reason) =
        (table.column("effect")?, table.column("amount")?, table.column("reason")?);
    let mut known = Vec::new();
    for row in table.rows() {
        let time = |name: &str, column: usize| {
            let cell = row.cell(column);
            calendar.index_of(cell).ok_or_else(|| {
                let why = format!("column {name}: {cell:?} is no time of the series: write it as their t");
                table.unclean(row.line, &why)
            })
        };
        let by = table.filled(row, amount)?;
        let effect = match row.cell(effect) {
            "add" => Effect::Add(by),
            "multiply" => Effect::Multiply(by),
            other => {
                let why = format!("column effect: {other:?}: write add or multiply");
                return Err(table.unclean(row.line, &why));
            }
        };
        let to = to.filter(|to| !row.cell(*to).is_empty()).map(|to| time("to", to)).transpose()?;
        let (id, reason) = (row.cell(id).to_owned(), row.cell(reason).to_owned());
        known.push(Adjustment { id, from: time("from", from)?, to, effect, reason });
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
