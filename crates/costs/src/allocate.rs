//! `costs allocate`: a bill of any size becomes lines of customer, service, month and cents.

use std::path::PathBuf;

use calc::{Answer, Stop};
use clap::{Arg, ArgMatches, Command};
use datafusion::common::runtime::SpawnedTask;
use kernel::Headway;
use serde_json::{Value, json};

use crate::drivers::UNMATCHED;
use crate::lines::{self, Writing};
use crate::meter;
use crate::request::{self, Request, Summed};
use crate::share::{self, Carrying, money};
use crate::usage::cost::spoken;

const HELP: &str = "\
Example:
  quarterdeck costs allocate --usage crates/costs/examples/usage.csv --tag-rules crates/costs/examples/tags.csv \\
    --account-rules crates/costs/examples/accounts.csv --drivers crates/costs/examples/drivers.csv --out lines.csv

Each row of the bill belongs to the service of the first rule that it meets. --rules is a table of rules: a column
service, perhaps from and to (2026-09 or 2026-09-30), and one for each thing they look at: a column of the bill, or
tag_KEY for a tag. A cell is a word, several (prod|test), a beginning (web-*), anything (*), or empty: not asked.
--tag-rules and --account-rules are tables of two columns, words and service, looked at after that, in this order.
A month's total is rounded once and split over its services in proportion to their own cost, so that what no rule
matched is shared too (--unmatched keep makes it a line of its own), and each service over customers in proportion to
their units: exactly, by largest remainder. Where a month has services with a credit and others with a cost, the side
that is smaller in sum keeps its own amounts and the other shares the rest. Cents are the currency's smallest unit.
Amounts in several currencies are not added, unless --rates says what each is, month by month, --into another.
The check value is the MD5 of customer, service, month and cents of all lines.";

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
    let summed = request.sums(headway).await?;
    let digits = share::digits(summed.currency.as_deref());
    let carrying = share::carrying(&summed.totals, &request.drivers, digits)?;
    let lines = share::lines(&carrying.services, &request.drivers, digits)?;
    writing.finish(&lines, &request.drivers)?;
    let check_value = lines::check_value(&lines, &request.drivers);
    let mut told = told(&summed, &carrying, digits);
    told["lines"] = lines.len().into();
    told["md5"] = check_value.into();
    told["out"] = out.to_string_lossy().into();
    told["cpu_seconds"] = meter::cpu_seconds().map_or(Value::Null, Value::from);
    told["peak_megabytes"] = meter::peak_megabytes().map_or(Value::Null, Value::from);
    Ok(Answer::record(told).noting(notes(&request, &summed, &carrying)))
}

fn told(summed: &Summed, carrying: &Carrying, digits: u32) -> Value {
    json!({
        "schema": "quarterdeck.costs-allocate.v1",
        "files": summed.usage.files().len(),
        "rows": summed.totals.rows(),
        "currency": summed.currency,
        "converted": summed.converted,
        "total": spoken(carrying.total),
        "unmatched": spoken(carrying.unmatched),
        "allocated": money(carrying.cents, digits),
    })
}

fn notes(request: &Request, summed: &Summed, carrying: &Carrying) -> Vec<String> {
    let mut notes = Vec::from_iter(summed.usage.left_out());
    let into = summed.currency.as_deref().unwrap_or_default();
    notes.extend(summed.converted.iter().map(|converted| converted.says(into)));
    let without_cost = summed.totals.without_cost;
    if without_cost > 0 {
        notes.push(format!("{without_cost} rows have no cost; they count as none."));
    }
    if carrying.unmatched != arrow::datatypes::i256::ZERO {
        let becomes = match request.drivers.kept {
            None => "it is shared in proportion to what is".to_owned(),
            Some(_) => format!("it is kept, as {UNMATCHED}"),
        };
        notes.push(format!("{} is matched by no rule; {becomes}.", spoken(carrying.unmatched)));
    }
    notes
}
