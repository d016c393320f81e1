//! `calc backtest SERIES.csv`: how well the methods would have forecast the past.

use clap::{ArgMatches, Command};
use forecast::{Backtest, Options, Trial, backtest_watched};
use serde_json::{Map, Value, json};

use super::table::series as series_of;
use super::words::{arguments, number, object, options, some, told};
use crate::answer::{Answer, Stop};
use crate::format::series::SERIES;
use crate::table::Table;
use crate::{Run, Verb, Watch};

pub(super) const VERB: Verb = Verb { words, reads: &[&SERIES], run: Run::Long(run) };

const EXAMPLE: &str = "\
Example:
  quarterdeck calc backtest crates/instruments/forecast/examples/airline.csv --season 12 --horizon 12 --origins 3

Answers, for all series together (id *) and for each, rows by method: wape (sizes of errors ÷ sizes of values), bias
(forecast minus actual ÷ sizes of values), mase (sizes of errors ÷ mean step from season to season), relative
(mase ÷ that of seasonal naive), coverage (share of values inside of the interval), whether it won.";

fn words() -> Command {
    Command::new("backtest")
        .about("Forecast the past of series and compare, method by method")
        .before_help(EXAMPLE)
        .args(arguments())
        .arg(number("origins", "moments to forecast from, one horizon apart").default_value("3"))
}

fn run(words: &ArgMatches, watch: &mut Watch) -> Result<Answer, Stop> {
    let table = Table::open(words.get_one::<String>("series").map_or("", String::as_str), &SERIES)?;
    let (calendar, series) = series_of(&table)?;
    let options = options(words, &calendar)?;
    let origins = words.get_one::<usize>("origins").copied().unwrap_or(3);
    let tested = backtest_watched(&series, &options, origins, &told(&watch.headway, "Trying the past"))
        .map_err(|error| table.unclean(error))?;
    let all = tested.all.iter().map(|trial| row("*", trial, &options));
    let each =
        tested.series.iter().flat_map(|one| one.trials.iter().map(|trial| row(&one.id, trial, &options)));
    let rows = all.chain(each).collect();
    Ok(Answer::rows(whole(&tested, &options), rows).noting(notes(&tested, &options)))
}

fn row(id: &str, trial: &Trial, options: &Options) -> Map<String, Value> {
    let mut row = object([("id", id.into())]);
    row.extend(figures(trial, options));
    row
}

fn figures(trial: &Trial, options: &Options) -> Map<String, Value> {
    let mut figures = object([
        ("method", trial.method.name().into()),
        ("forecasts", trial.sums.count.into()),
        ("wape", trial.sums.wape().into()),
        ("bias", trial.sums.bias().into()),
        ("mase", trial.sums.mase().into()),
        ("relative", trial.relative.into()),
    ]);
    let coverage = options.levels.iter().zip(trial.coverage());
    figures.extend(coverage.map(|(level, share)| (format!("coverage_{level}"), Value::from(share))));
    figures.insert("won".into(), trial.won.into());
    figures
}

fn whole(tested: &Backtest, options: &Options) -> Value {
    let trials = |trials: &[Trial]| trials.iter().map(|trial| figures(trial, options)).collect::<Vec<_>>();
    let series = tested.series.iter().map(|one| json!({ "id": one.id, "methods": trials(&one.trials) }));
    json!({
        "schema": "quarterdeck.backtest.v1",
        "season": options.season_length,
        "horizon": options.horizon,
        "levels": options.levels,
        "held_out": tested.origins,
        "all": trials(&tested.all),
        "series": series.collect::<Vec<_>>(),
        "untested": tested.untested,
    })
}

/// Who won and by how much; intervals that held less than they say; series that were not tested.
fn notes(tested: &Backtest, options: &Options) -> Vec<String> {
    let mut notes = Vec::new();
    for winner in tested.all.iter().filter(|trial| trial.won) {
        let beside = winner.relative.map(|relative| match relative {
            relative if relative < 1.0 => {
                format!("{:.1} % nearer than seasonal naive", 100.0 * (1.0 - relative))
            }
            relative if relative > 1.0 => {
                format!("{:.1} % farther than seasonal naive", 100.0 * (relative - 1.0))
            }
            _ => "as near as seasonal naive".into(),
        });
        let name = winner.method.name();
        notes.push(format!("{name} won, {}", beside.unwrap_or_else(|| "with nothing to compare".into())));
    }
    for trial in &tested.all {
        for (level, share) in options.levels.iter().zip(trial.coverage()) {
            if share < level / 100.0 {
                let (name, share) = (trial.method.name(), 100.0 * share);
                notes.push(format!("{name}: the {level} % interval held {share:.1} %, less than it says"));
            }
        }
    }
    let untested = some(tested.untested.iter().map(|id| format!("{id} is too short to be tested")).collect());
    notes.extend(untested);
    notes
}
