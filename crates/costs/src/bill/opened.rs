//! The rows of a bill that was read before: from files that hold the very bytes it was read from.

use std::path::PathBuf;

use calc::Stop;
use datafusion::common::runtime::SpawnedTask;
use kernel::Headway;
use serde_json::{Map, Value};

use super::hashed::{Missing, found};
use super::settings::Settings;
use crate::month::Month;
use crate::plan::{self, Engine};
use crate::request::one_currency;
use crate::rows::shown;
use crate::usage::cost::spoken;
use crate::usage::find::Found;
use crate::usage::{Usage, find};
use crate::wrong::Wrong;

/// Which rows of a bill.
#[derive(Debug, Clone)]
pub struct Behind {
    /// Those of that service; without one those that no rule matches.
    pub service: Option<String>,
    /// A folder or pattern where the files are now; where they were, unless said.
    pub usage: Option<String>,
    /// The first row shown, from 1, and how many.
    pub part: (usize, usize),
    /// The columns shown: names, or `all`.
    pub columns: Option<String>,
}

/// Rows of a bill, `bill` as the server shows it: those asked for, how many there are, and what all sum to.
/// Dropped, it stops.
///
/// # Errors
/// A file is not where it was said to be, holds other bytes, or is damaged.
pub async fn behind(bill: &Value, asked: &Behind, headway: &Headway) -> Result<Opened, Stop> {
    let (bill, asked, headway) = (bill.clone(), asked.clone(), headway.clone());
    let work = SpawnedTask::spawn(async move { work(&bill, &asked, &headway).await });
    work.join().await.map_err(|error| Stop::Failed(error.to_string()))?
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The rows asked for, each with its file and its number there.
    pub rows: Vec<Map<String, Value>>,
    /// All rows there are.
    pub count: u64,
    /// What all sum to, exactly.
    pub total: String,
}

async fn work(bill: &Value, asked: &Behind, headway: &Headway) -> Result<Opened, Stop> {
    let settings = Settings::kept(bill)?;
    let files = files(bill, asked.usage.as_deref())?;
    let usage = Usage::of(Found { files, others: Vec::new() }, &settings.names)?;
    let engine =
        Engine { threads: std::thread::available_parallelism().map_or(1, usize::from), cluster: None };
    headway.begins("Reading usage", "rows");
    let sums = plan::sums(&usage, &settings.rules, &engine, headway).await?;
    let (_, totals) = one_currency(sums, &usage)?;
    let period = bill["period"].as_str().and_then(Month::parse);
    let month = period.ok_or_else(|| Stop::Failed("a bill of no month".into()))?;
    let code = match &asked.service {
        None => settings.rules.unmatched,
        Some(service) => {
            let at = settings.services.iter().position(|other| other == service);
            let none = || Stop::Usage(format!("no rule of the bill leads to {service}"));
            u32::try_from(at.ok_or_else(none)?).unwrap_or(u32::MAX)
        }
    };
    let part = (asked.part.0.saturating_sub(1), asked.part.1);
    let places = plan::places(&usage, &settings.rules, (code, month), part, &engine).await?;
    let cell = totals.cells.get(&(month, code)).copied().unwrap_or_default();
    let rows = shown(&usage, &places, asked.columns.as_deref())?;
    Ok(Opened { rows, count: cell.rows, total: spoken(cell.sum) })
}

/// The files that hold the bytes the bill was read from.
fn files(bill: &Value, usage: Option<&str>) -> Result<Vec<PathBuf>, Stop> {
    let kept = bill["files"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = |file: &Value, name: &str| file[name].as_str().unwrap_or_default().to_owned();
    let at_hand = match usage {
        Some(word) => find::files(word)?.files,
        None => kept.iter().map(|file| PathBuf::from(text(file, "name"))).collect(),
    };
    let digests: Vec<String> = kept.iter().map(|file| text(file, "sha256")).collect();
    let digests: Vec<&str> = digests.iter().map(String::as_str).collect();
    found(&at_hand, &digests).map_err(|missing| match missing {
        Missing::Stopped(stop) => stop,
        Missing::File(at) => {
            let (label, name) = (text(bill, "number"), text(&kept[at], "name"));
            Wrong(format!(
                "{label} was read from {name}, which is not there any more or holds other bytes (SHA-256 {}…). Say \
                 where it is now (--usage DIR).",
                &digests[at][..12]
            ))
            .into()
        }
    })
}
