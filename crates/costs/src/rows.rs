//! `costs rows`: the rows of the bill behind a figure, and how the figure is made of them.

use calc::{Answer, Stop};
use clap::{Arg, ArgMatches, Command, value_parser};
use datafusion::common::runtime::SpawnedTask;
use kernel::Headway;
use serde_json::{Map, Value};

use crate::figure::Figure;
use crate::request::{self, Request, Summed};
use crate::share;
use crate::usage::Usage;
use crate::usage::file::UsageFile;

const HELP: &str = "\
Example:
  quarterdeck costs rows --usage crates/costs/examples/usage.csv --tag-rules crates/costs/examples/tags.csv \\
    --account-rules crates/costs/examples/accounts.csv --drivers crates/costs/examples/drivers.csv \\
    --service Mail --month 2026-09 --customer Care

The rows sum to the service's direct cost of that month. What it carries is that with its share of what no rule
matched; what a customer carries is its part by units. Each is said, to the cent. The service “unmatched” is that of
rows that no rule matches.";

/// The verb and its words.
pub(crate) fn words() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let from = text("from", "N", "First row to show").default_value("1");
    Command::new("rows")
        .about("The rows of a bill behind a figure, which sum to it")
        .before_help(HELP)
        .args(request::words().into_iter().map(unless_of_a_statement))
        .arg(
            text("statement", "STM-3", "Rows behind a line of that statement, in an installation; --usage says where the files are now")
                .requires("line"),
        )
        .arg(text("line", "LINE", "The line: its service, offering or id").requires("statement"))
        .arg(text("service", "SERVICE", "Rows of that service; unmatched, of none").required_unless_present("statement"))
        .arg(text("month", "2026-09", "Rows of that month").required_unless_present("statement"))
        .arg(text("customer", "CUSTOMER", "Say what that customer carries of it"))
        .arg(text(
            "columns",
            "A,B|all",
            "Columns to show; those that decided and a few that name the row, unless said",
        ))
        .arg(from.value_parser(value_parser!(u32).range(1..)))
        .arg(text("limit", "N|all", "How many rows to show; 100, unless said").alias("rows"))
}

/// A word that a statement, which knows its bill, makes needless.
fn unless_of_a_statement(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        "usage" | "drivers" => arg.required(false).required_unless_present("statement"),
        "rules" => {
            arg.required(false).required_unless_present_any(["tag-rules", "account-rules", "statement"])
        }
        _ => arg,
    }
}

/// Runs it.
///
/// # Errors
/// A word or a file is not as it has to be.
pub(crate) async fn run(words: &ArgMatches, headway: &Headway) -> Result<Answer, Stop> {
    let (words, headway) = (words.clone(), headway.clone());
    let work = SpawnedTask::spawn(async move { work(&words, &headway).await });
    work.join().await.map_err(|error| Stop::Failed(error.to_string()))?
}

/// The first row that is shown, from 1, and how many.
///
/// # Errors
/// That is no number of rows.
pub fn window(words: &ArgMatches) -> Result<(usize, usize), Stop> {
    let from = words.get_one::<u32>("from").map_or(1, |from| *from as usize);
    let said = words.get_one::<String>("limit").map_or("100", String::as_str);
    let rows =
        if said == "all" { Some(usize::MAX) } else { said.parse::<usize>().ok().filter(|rows| *rows > 0) };
    let wrong = || Stop::Usage(format!("--limit {said}: say how many rows, from 1 on, or all."));
    Ok((from, rows.ok_or_else(wrong)?))
}

async fn work(words: &ArgMatches, headway: &Headway) -> Result<Answer, Stop> {
    let (from, rows) = window(words)?;
    let request = Request::read(words)?;
    let figure = Figure::read(words, &request)?;
    let Summed { usage, currency, converted, totals } = request.sums(headway).await?;
    let places = request.places(&usage, (figure.code, figure.month), (from - 1, rows)).await?;
    let columns = words.get_one::<String>("columns").map(String::as_str);
    let shown = shown(&usage, &places, columns)?;
    let of_month = totals.of_month(figure.month);
    let made = figure.made(&of_month, &request, share::digits(currency.as_deref()))?;
    let mut told = made.told(&figure, currency.as_deref());
    told["from"] = from.into();
    told["shown"] = shown.len().into();
    told["items"] = Value::Array(shown.iter().cloned().map(Value::Object).collect());
    let into = currency.as_deref().unwrap_or_default();
    let rates = converted.iter().filter(|converted| converted.is_of(figure.month)).map(|one| one.says(into));
    let notes: Vec<String> = made.notes.iter().cloned().chain(rates).chain(usage.left_out()).collect();
    Ok(Answer::rows(told, shown).noting(notes))
}

/// Columns that name a row, where a bill has them.
const NAMING: [&str; 5] = ["ServiceName", "ChargeDescription", "ResourceId", "ResourceName", "RegionId"];

/// The rows at the places, each with its file and its number there.
pub(crate) fn shown(
    usage: &Usage,
    places: &[u64],
    columns: Option<&str>,
) -> Result<Vec<Map<String, Value>>, Stop> {
    let mut shown = Vec::new();
    let at: Vec<(usize, u64)> = places.iter().map(|place| UsageFile::of_place(*place)).collect();
    for part in at.chunk_by(|one, next| one.0 == next.0) {
        let Some(file) = usage.files().get(part[0].0) else { continue };
        let names: Vec<&str> = file.schema.fields().iter().map(|field| field.name().as_str()).collect();
        let picked = picked(file, &names, columns)?;
        let rows: Vec<u64> = part.iter().map(|(_, row)| *row).collect();
        for (row, texts) in rows.iter().zip(file.rows_at(&rows)?) {
            let mut cells = Map::new();
            cells.insert("file".into(), file.path.to_string_lossy().into());
            cells.insert("row".into(), (row + 1).into());
            cells.extend(picked.iter().map(|at| (names[*at].to_owned(), texts[*at].clone().into())));
            shown.push(cells);
        }
    }
    Ok(shown)
}

/// Which columns of a file are shown.
fn picked(file: &UsageFile, names: &[&str], columns: Option<&str>) -> Result<Vec<usize>, Stop> {
    let named = |name: &str| names.iter().position(|other| *other == name);
    match columns {
        Some("all") => Ok((0..names.len()).collect()),
        Some(list) => {
            let none = |name: &str| {
                Stop::Usage(format!(
                    "{} has no column {name}; its columns are {}",
                    file.path.display(),
                    names.join(", ")
                ))
            };
            list.split(',').map(str::trim).map(|name| named(name).ok_or_else(|| none(name))).collect()
        }
        None => {
            let columns = file.layout.columns.iter().filter_map(|column| column.source);
            let mut picked: Vec<usize> = columns.chain(file.layout.currency).collect();
            picked.extend(NAMING.iter().filter_map(|name| named(name)));
            picked.sort_unstable();
            picked.dedup();
            Ok(picked)
        }
    }
}
