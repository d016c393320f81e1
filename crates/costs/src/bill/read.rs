//! Read a bill into its summary: what `bill import` of the server takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::datatypes::i256;
use calc::Stop;
use clap::ArgMatches;
use datafusion::common::runtime::SpawnedTask;
use kernel::Headway;
use serde_json::{Value, json};

use super::hashed::sha256;
use super::settings::{BILLED_FOR, Settings};
use crate::month::Month;
use crate::plan::cells::Cell;
use crate::plan::totals::Totals;
use crate::plan::{self, Engine, Extent};
use crate::request::one_currency;
use crate::usage::cost::spoken;
use crate::usage::file::UsageFile;
use crate::usage::zone::Zone;
use crate::usage::{Usage, find};
use crate::wrong::Wrong;

/// The summary of the bill in `dir` for `period`, for its only month where none is named; and what to say of it.
/// Where neither bill nor words say of which zone its months are, they are of `zone`. Dropped, it stops.
///
/// # Errors
/// A word or a file is not as it has to be.
pub async fn summary(
    words: &ArgMatches,
    dir: &str,
    period: Option<&str>,
    zone: Option<&str>,
    headway: &Headway,
) -> Result<(Value, Vec<String>), Stop> {
    let zone: Option<Zone> = zone.map(str::parse).transpose().map_err(Stop::Usage)?;
    let (words, dir, headway) = (words.clone(), dir.to_owned(), headway.clone());
    let period = period.map(|text| {
        let wrong = || Stop::Usage(format!("--period takes a month such as 2026-09, not “{text}”"));
        Month::parse(text).ok_or_else(wrong)
    });
    let period = period.transpose()?;
    let work = SpawnedTask::spawn(async move { work(&words, &dir, (period, zone), &headway).await });
    work.join().await.map_err(|error| Stop::Failed(error.to_string()))?
}

async fn work(
    words: &ArgMatches,
    dir: &str,
    (period, zone): (Option<Month>, Option<Zone>),
    headway: &Headway,
) -> Result<(Value, Vec<String>), Stop> {
    let mut settings = Settings::said(words, zone)?;
    let charged = Usage::of(find::files(dir)?, &settings.names)?;
    let billed = billed_for(words, dir, &charged, &mut settings)?;
    let usage = billed.as_ref().unwrap_or(&charged);
    usage.refuse_two_currencies()?;
    headway.begins("Reading usage", "rows");
    if let Some(rows) = usage.rows() {
        headway.counts(i64::try_from(rows).unwrap_or(i64::MAX));
    }
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    let threads = words.get_one::<u16>("threads").map_or_else(processors, |threads| usize::from(*threads));
    let engine = Engine { threads, cluster: None };
    let sums = plan::sums(usage, &settings.rules, &engine, headway).await?;
    let (told, totals) = one_currency(sums, usage)?;
    let extent = plan::extent(&charged, &engine).await?;
    let month = month(dir, &totals, period)?;
    let mut summary = summed(&settings, &totals, month);
    summary["supplier"] = json!(words.get_one::<String>("supplier"));
    summary["period"] = month.to_string().into();
    summary["basis"] = basis(words, &settings).into();
    summary["currency"] = currency(words, told, dir)?.into();
    summary["unmatched"] = words.get_one::<String>("unmatched").map_or("spread", String::as_str).into();
    summary["ledger_supplier"] = json!(words.get_one::<String>("ledger-supplier"));
    summary["files"] = files(&charged, &extent)?;
    summary["first_day"] = extent.first.into();
    summary["last_day"] = extent.last.into();
    summary["columns"] = settings.columns();
    summary["rules"] = settings.rule_texts();
    let mut notes = Vec::from_iter(usage.left_out());
    if totals.without_cost > 0 {
        notes.push(format!("{} rows have no cost; they count as none.", totals.without_cost));
    }
    Ok((summary, notes))
}

/// The usage by the month it is billed for, where nobody said by which time to go and all files have that.
fn billed_for(
    words: &ArgMatches,
    dir: &str,
    charged: &Usage,
    settings: &mut Settings,
) -> Result<Option<Usage>, Stop> {
    let said = words.get_one::<String>("time").is_some() || words.get_one::<String>("profile").is_some();
    let has = |file: &Arc<UsageFile>| file.schema.fields().iter().any(|field| field.name() == BILLED_FOR);
    if said || !charged.files().iter().all(has) {
        return Ok(None);
    }
    // A month that a bill names itself is no moment of any zone.
    settings.names.zone = None;
    BILLED_FOR.clone_into(&mut settings.names.time);
    Usage::of(find::files(dir)?, &settings.names).map(Some)
}

/// The month asked for, which the bill has to have; else its only one.
fn month(dir: &str, totals: &Totals, period: Option<Month>) -> Result<Month, Stop> {
    let mut there: Vec<Month> = totals.cells.keys().map(|(month, _)| *month).collect();
    there.dedup();
    let named = || there.iter().map(Month::to_string).collect::<Vec<_>>().join(", ");
    match (period, there.as_slice()) {
        (_, []) => Err(Wrong(format!("{dir} has no rows.")).into()),
        (Some(month), all) if all.contains(&month) => Ok(month),
        (Some(month), _) => Err(Wrong(format!("{dir} has no rows of {month}; it has {}.", named())).into()),
        (None, [only]) => Ok(*only),
        (None, _) => {
            let says = format!("{dir} has rows of {}: say which month it is of (--period)", named());
            Err(Stop::Usage(says))
        }
    }
}

/// The sums of the month by service, of all services that a rule names; and the rows of other months, which do not
/// count in it.
fn summed(settings: &Settings, totals: &Totals, month: Month) -> Value {
    let unmatched = settings.rules.unmatched;
    let of = |code: u32| totals.cells.get(&(month, code)).copied().unwrap_or_default();
    let services = settings.services.iter().zip(0_u32..).map(
        |(service, code)| json!({"service": service, "rows": of(code).rows, "total": spoken(of(code).sum)}),
    );
    let (mut all, mut others) = (Cell::<i256>::default(), BTreeMap::<Month, Cell<i256>>::new());
    for ((other, _), cell) in &totals.cells {
        let into = if *other == month { &mut all } else { others.entry(*other).or_default() };
        *into = Cell { sum: into.sum.wrapping_add(cell.sum), rows: into.rows + cell.rows };
    }
    let what = if settings.names.time == BILLED_FOR { "billed for" } else { "charged in" };
    let refused = others.iter().map(|(other, cell)| {
        json!({"reason": format!("{what} {other}"), "rows": cell.rows, "total": spoken(cell.sum)})
    });
    json!({
        "rows": all.rows,
        "total": spoken(all.sum),
        "services": services.collect::<Vec<_>>(),
        "unmatched_rows": of(unmatched).rows,
        "unmatched_total": spoken(of(unmatched).sum),
        "refused": refused.collect::<Vec<_>>(),
    })
}

/// What the cost is: as said, else by its column; one of another name is what was billed.
fn basis(words: &ArgMatches, settings: &Settings) -> String {
    let by_column = if settings.names.cost == "EffectiveCost" { "effective" } else { "billed" };
    words.get_one::<String>("basis").cloned().unwrap_or_else(|| by_column.to_owned())
}

fn currency(words: &ArgMatches, told: Option<String>, dir: &str) -> Result<String, Stop> {
    let said = words.get_one::<String>("bill-currency").cloned();
    match (told, said) {
        (Some(known), Some(said)) if known != said => {
            Err(Stop::Usage(format!("{dir} is in {known}, not in {said} (--bill-currency)")))
        }
        (Some(known), _) => Ok(known),
        (None, Some(said)) => Ok(said),
        (None, None) => {
            Err(Stop::Usage(format!("{dir} does not say its currency: say it (--bill-currency EUR)")))
        }
    }
}

/// The files, with what they hold and how many rows.
fn files(usage: &Usage, extent: &Extent) -> Result<Value, Stop> {
    let mut files = Vec::new();
    for file in usage.files() {
        let path = std::path::absolute(&file.path).unwrap_or_else(|_| file.path.clone());
        let rows = extent.rows.get(&UsageFile::of_place(file.place(0)).0).copied().unwrap_or(0);
        files.push(json!({"name": path.to_string_lossy(), "sha256": sha256(&file.path)?, "rows": rows}));
    }
    files.sort_by_key(|file| file["name"].to_string());
    Ok(Value::Array(files))
}
