//! `costs allocate`: a bill of any size becomes lines of customer, service, month and cents.

use std::path::PathBuf;

use calc::{Answer, Stop};
use clap::{Arg, ArgMatches, Command};
use datafusion::common::runtime::SpawnedTask;
use serde_json::{Value, json};

use crate::lines::{self, Writing};
use crate::plan::cells::Totals;
use crate::request::{self, Request};
use crate::share::{self, Shared, money};
use crate::usage::Usage;
use crate::usage::cost::spoken;
use crate::{Headway, meter};

const HELP: &str = "\
Example:
  quarterdeck costs allocate --usage crates/costs/examples/usage.csv --tag-rules crates/costs/examples/tags.csv \\
    --account-rules crates/costs/examples/accounts.csv --drivers crates/costs/examples/drivers.csv --out lines.csv

Each row of the bill belongs to the service that its tag names in the tag rules; if none, to the one its account names
in the account rules; if none, to no service. The first column of a rule file says which column of the bill it is
about, or which tag of its Tags. A month's total is rounded once and split over its services in proportion to their
own cost, so that what no rule matched is shared too, and each service over customers in proportion to their units:
exactly, by largest remainder. The check value is the MD5 of customer, service, month and cents of all lines.";

/// The verb and its words.
pub(crate) fn words() -> Command {
    let out = Arg::new("out").long("out").value_name("LINES.parquet|.csv").required(true);
    Command::new("allocate")
        .about("Share a cloud bill over services and customers, to the cent")
        .before_help(HELP)
        .args(request::words())
        .arg(out.help("Where the lines go; written whole or not at all"))
}

/// Runs it. Dropped, it stops.
///
/// # Errors
/// A word or a file is not as it has to be; then there is no file of lines.
pub(crate) async fn run(words: &ArgMatches, headway: &Headway) -> Result<Answer, Stop> {
    let out = PathBuf::from(words.get_one::<String>("out").cloned().unwrap_or_default());
    let (words, headway) = (words.clone(), headway.clone());
    // On a thread of its own, so that who waits here can still hear Ctrl-C.
    let work = SpawnedTask::spawn(async move { work(&words, out, &headway).await });
    work.join().await.map_err(|error| Stop::Failed(error.to_string()))?
}

async fn work(words: &ArgMatches, out: PathBuf, headway: &Headway) -> Result<Answer, Stop> {
    let writing = Writing::begin(&out)?;
    let request = Request::read(words)?;
    let (usage, totals) = request.sums(headway).await?;
    let shared = share::share(&totals, &request.drivers)?;
    writing.finish(&shared.lines, &request.drivers)?;
    let check_value = lines::check_value(&shared.lines, &request.drivers);
    let mut told = told(&usage, &totals, &shared);
    told["md5"] = check_value.into();
    told["out"] = out.to_string_lossy().into();
    told["cpu_seconds"] = meter::cpu_seconds().map_or(Value::Null, Value::from);
    told["peak_megabytes"] = meter::peak_megabytes().map_or(Value::Null, Value::from);
    Ok(Answer::record(told).noting(notes(&usage, &totals, &shared)))
}

fn told(usage: &Usage, totals: &Totals, shared: &Shared) -> Value {
    json!({
        "schema": "quarterdeck.costs-allocate.v1",
        "files": usage.files().count(),
        "rows": totals.cells.values().map(|cell| cell.rows).sum::<u64>(),
        "currency": usage.currency.known(),
        "total": spoken(shared.total),
        "unmatched": spoken(shared.unmatched),
        "allocated": money(shared.cents),
        "lines": shared.lines.len(),
    })
}

fn notes(usage: &Usage, totals: &Totals, shared: &Shared) -> Vec<String> {
    let mut notes = Vec::from_iter(usage.left_out());
    if totals.without_cost > 0 {
        notes.push(format!("{} rows have no cost; they count as none.", totals.without_cost));
    }
    if shared.unmatched != arrow::datatypes::i256::ZERO {
        let unmatched = spoken(shared.unmatched);
        notes.push(format!("{unmatched} is matched by no rule; it is shared in proportion to what is."));
    }
    notes
}
