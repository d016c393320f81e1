//! `costs rows`: the rows of the bill behind a figure, and how the figure is made of them.

use calc::{Answer, Stop};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use datafusion::common::runtime::SpawnedTask;
use serde_json::{Map, Value, json};

use crate::Headway;
use crate::month::Month;
use crate::plan::cells::{Cell, Totals};
use crate::request::{self, Request};
use crate::share::{self, Shared, money};
use crate::usage::Usage;
use crate::usage::cost::spoken;
use crate::usage::file::UsageFile;
use crate::wrong::Wrong;

const HELP: &str = "\
Example:
  quarterdeck costs rows --usage crates/costs/examples/usage.csv --tag-rules crates/costs/examples/tags.csv \\
    --account-rules crates/costs/examples/accounts.csv --drivers crates/costs/examples/drivers.csv \\
    --service Mail --month 2026-09 --customer Care

The rows sum to the service's direct cost of that month. What it carries is that with its share of what no rule
matched; what a customer carries is its part by units. Each is said, to the cent.";

/// The verb and its words.
pub(crate) fn words() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let count = |name: &'static str, usual: &'static str, help: &'static str| {
        let arg = Arg::new(name).long(name).value_name("N").default_value(usual).help(help);
        arg.value_parser(value_parser!(u32).range(1..))
    };
    Command::new("rows")
        .about("The rows of a bill behind a figure, which sum to it")
        .before_help(HELP)
        .args(request::words())
        .arg(text("service", "SERVICE", "Rows of that service").required_unless_present("unmatched"))
        .arg(
            Arg::new("unmatched")
                .long("unmatched")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["service", "customer"])
                .help("Rows that no rule matches"),
        )
        .arg(text("month", "2026-09", "Rows of that month").required(true))
        .arg(text("customer", "CUSTOMER", "Say what that customer carries of it"))
        .arg(text(
            "columns",
            "A,B|all",
            "Columns to show; those that decided and a few that name the row, unless said",
        ))
        .arg(count("from", "1", "First row to show"))
        .arg(count("rows", "100", "How many rows to show"))
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

async fn work(words: &ArgMatches, headway: &Headway) -> Result<Answer, Stop> {
    let request = Request::read(words)?;
    let figure = Figure::read(words, &request)?;
    let (usage, totals) = request.sums(headway).await?;
    let shared = share::share(&totals, &request.drivers)?;
    let number = |name: &str| words.get_one::<u32>(name).map_or(1, |number| *number as usize);
    let (from, rows) = (number("from"), number("rows"));
    let places = request.places(&usage, (figure.code, figure.month), (from - 1, rows)).await?;
    let columns = words.get_one::<String>("columns").map(String::as_str);
    let shown = shown(&usage, &places, columns)?;
    let cell = totals.cells.get(&(figure.month, figure.code)).copied().unwrap_or_default();
    let mut told = figure.told(&cell, &shared)?;
    told["from"] = from.into();
    told["shown"] = shown.len().into();
    told["items"] = Value::Array(shown.iter().cloned().map(Value::Object).collect());
    let mut notes = figure.says(&cell, &shared, &told, &totals, &request);
    notes.extend(usage.left_out());
    Ok(Answer::rows(told, shown).noting(notes))
}

/// Which figure is asked about.
struct Figure {
    /// Of the service, or of what nothing matched.
    code: u32,
    service: Option<String>,
    month: Month,
    customer: Option<(u32, String)>,
}

impl Figure {
    fn read(words: &ArgMatches, request: &Request) -> Result<Figure, Stop> {
        let word = |name: &str| words.get_one::<String>(name).cloned();
        let text = word("month").unwrap_or_default();
        let wrong = || Stop::Usage(format!("--month takes a month such as 2026-09, not “{text}”"));
        let month = Month::parse(&text).ok_or_else(wrong)?;
        let code = |name: &str, names: &[String], kind: &str| {
            let none = || Stop::Usage(format!("there is no {kind} “{name}” in {}", request.drivers.file));
            let at = names.iter().position(|other| other == name).ok_or_else(none)?;
            Ok::<u32, Stop>(u32::try_from(at).unwrap_or(u32::MAX))
        };
        let service = word("service");
        let of = match &service {
            Some(name) => code(name, &request.drivers.services, "service")?,
            None => u32::try_from(request.drivers.services.len()).unwrap_or(u32::MAX),
        };
        let customer = match word("customer") {
            Some(name) => Some((code(&name, &request.drivers.customers, "customer")?, name)),
            None => None,
        };
        Ok(Figure { code: of, service, month, customer })
    }

    fn told(&self, cell: &Cell<arrow::datatypes::i256>, shared: &Shared) -> Result<Value, Stop> {
        let carried = shared.services.get(&(self.month, self.code));
        let line = self.customer.as_ref().map(|(customer, name)| {
            let mut lines = shared.lines.iter();
            let is = |line: &&share::Line| {
                (line.customer, line.service, line.month) == (*customer, self.code, self.month)
            };
            lines.find(is).ok_or_else(|| {
                let service = self.service.as_deref().unwrap_or_default();
                Wrong(format!(
                    "{name} carries nothing of {service} in {}: it has no units of it.",
                    self.month
                ))
            })
        });
        Ok(json!({
            "schema": "quarterdeck.costs-rows.v1",
            "service": self.service,
            "month": self.month.to_string(),
            "customer": self.customer.as_ref().map(|(_, name)| name),
            "count": cell.rows,
            "total": spoken(cell.sum),
            "carried": carried.map(|carried| money(carried.cents)),
            "amount": line.transpose()?.map(|line| money(line.cents)),
        }))
    }

    /// How the figure is made, in sentences.
    fn says(
        &self,
        cell: &Cell<arrow::datatypes::i256>,
        shared: &Shared,
        told: &Value,
        totals: &Totals,
        request: &Request,
    ) -> Vec<String> {
        let (month, rows, sum) = (self.month, cell.rows, spoken(cell.sum));
        let Some(service) = &self.service else {
            return vec![format!("{rows} rows of {month} that no rule matches sum to {sum}.")];
        };
        let mut says = vec![format!("{rows} rows of {service} in {month} sum to {sum}.")];
        if let Some(carried) = shared.services.get(&(month, self.code)) {
            let unmatched = totals.cells.get(&(month, request.rules.unmatched()));
            let unmatched = unmatched.map_or_else(|| "0.00".to_owned(), |cell| spoken(cell.sum));
            says.push(format!(
                "With its part of the {unmatched} that no rule matches in {month}, {service} carries {}.",
                money(carried.cents)
            ));
        }
        if let (Some((customer, name)), Some(amount)) = (&self.customer, told["amount"].as_str()) {
            let units = request.drivers.units.get(&(self.code, month)).map(Vec::as_slice).unwrap_or_default();
            let all: i128 = units.iter().map(|(_, units)| i128::from(*units)).sum();
            let own = units.iter().find(|(other, _)| other == customer).map_or(0, |(_, units)| *units);
            says.push(format!("{name} has {own} of {all} units: {amount}."));
        }
        says
    }
}

/// Columns that name a row, where a bill has them.
const NAMING: [&str; 5] = ["ServiceName", "ChargeDescription", "ResourceId", "ResourceName", "RegionId"];

/// The rows at the places, each with its file and its number there.
fn shown(usage: &Usage, places: &[u64], columns: Option<&str>) -> Result<Vec<Map<String, Value>>, Stop> {
    let mut shown = Vec::new();
    let at: Vec<(usize, u64)> = places.iter().map(|place| UsageFile::of_place(*place)).collect();
    for part in at.chunk_by(|one, next| one.0 == next.0) {
        let Some(file) = usage.file(part[0].0) else { continue };
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
            let mut picked: Vec<usize> = file.layout.columns.iter().map(|column| column.source).collect();
            picked.extend(NAMING.iter().filter_map(|name| named(name)));
            picked.sort_unstable();
            picked.dedup();
            Ok(picked)
        }
    }
}
