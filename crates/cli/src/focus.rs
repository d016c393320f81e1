//! `export focus DIR`: what is charged in a month as FOCUS, a file per dataset. The rows come through the API like
//! those of `statement focus`; here they become files, all of them or none.

use std::path::{Path, PathBuf};

use app::config::Config;
use app::registry;
use charging::statement::focus::{Column, Dataset, Version, columns};
use clap::ArgMatches;
use kernel::Fault;
use kernel::listing::encode;
use serde_json::Value;

use crate::door::{Ask, Door};
use crate::exit::Exit;
use crate::output::say;
use crate::words::given;

/// A dataset's rows: values by its columns, none for null.
type Rows = Vec<Vec<Option<String>>>;

/// What the files are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    #[cfg(feature = "costs")]
    Parquet,
}

impl Kind {
    fn of(word: Option<&str>) -> Result<Kind, Exit> {
        match word {
            None | Some("csv") => Ok(Kind::Csv),
            #[cfg(feature = "costs")]
            Some("parquet") => Ok(Kind::Parquet),
            #[cfg(not(feature = "costs"))]
            Some("parquet") => Err(Exit::Usage(
                "This program was built without Parquet: cargo build --release -p cli --features costs."
                    .into(),
            )),
            Some(other) => {
                Err(Exit::Usage(format!("FOCUS is written as csv or parquet, not as “{other}” (--format).")))
            }
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Kind::Csv => "csv",
            #[cfg(feature = "costs")]
            Kind::Parquet => "parquet",
        }
    }
}

/// Writes every dataset of a month into a new folder.
pub(crate) async fn export(config: &Config, words: &ArgMatches) -> Result<(), Exit> {
    let kind = Kind::of(given(words, "format"))?;
    let word = given(words, "version").unwrap_or(Version::V1_4.word());
    let version = Version::parse(word);
    let version = version
        .ok_or_else(|| Exit::Usage(format!("There is no version “{word}”; there are 1.4 and 1.2.")))?;
    let period = given(words, "period");
    let period =
        period.ok_or_else(|| Exit::Usage("Which month is exported? Say --period 2026-09.".into()))?;
    let folder = PathBuf::from(given(words, "dir").unwrap_or_default());
    if std::fs::read_dir(&folder).map_or(folder.exists(), |mut files| files.next().is_some()) {
        let says = format!("{} holds files already; name a new folder.", folder.display());
        return Err(Exit::refused(5, says));
    }
    let door = Door::open(config).await?;
    let mut read = Vec::new();
    for dataset in version.datasets() {
        read.push((*dataset, rows(&door, period, version, *dataset).await?));
    }
    let charges = read.first().map_or(0, |(_, rows)| rows.len());
    if charges == 0 {
        return Err(Exit::refused(3, format!("Nothing is charged in {period} that you may see.")));
    }
    if !of_one_moment(&read, version) {
        return Err(Exit::Failed("The statements were issued while they were read: export again.".into()));
    }
    written(&folder, kind, version, &read)?;
    let names: Vec<String> = read.iter().map(|(set, rows)| format!("{} {}", rows.len(), set.id())).collect();
    say!("Exported {period} as FOCUS {} into {}: {}.", version.word(), folder.display(), names.join(", "));
    Ok(())
}

async fn rows(door: &Door, period: &str, version: Version, dataset: Dataset) -> Result<Rows, Exit> {
    let reading = registry::reading("statement focus");
    let reading = reading.ok_or_else(|| Exit::Failed("There is no reading of FOCUS.".into()))?;
    let (version_word, dataset_word) = (version.word(), dataset.word());
    let asked = format!("period={}&version={version_word}&dataset={dataset_word}&per=all", encode(period));
    let ask = Ask::get(format!("/api/v1{}?{asked}", reading.path));
    let body = door.ask(ask, reading.action).await?.read()?;
    let value = |row: &Value, column: &Column| row.get(column.name)?.as_str().map(str::to_owned);
    let row = |row: &Value| columns(dataset, version).map(|column| value(row, column)).collect();
    let items = body.get("items").and_then(Value::as_array);
    Ok(items.into_iter().flatten().map(row).collect())
}

/// Whether the month was not issued between two of the readings: then it is closed, and all charges are on invoices.
fn of_one_moment(read: &[(Dataset, Rows)], version: Version) -> bool {
    let values = |dataset: Dataset, name: &str| {
        let at = columns(dataset, version).position(|column| column.name == name);
        let rows = read.iter().find(|(set, _)| *set == dataset).map(|(_, rows)| rows.iter());
        at.zip(rows).map(|(at, rows)| rows.map(|row| row[at].clone()).collect::<Vec<_>>())
    };
    let status = values(Dataset::BillingPeriod, "BillingPeriodStatus");
    let invoices = values(Dataset::CostAndUsage, "InvoiceId");
    let (Some(status), Some(invoices)) = (status, invoices) else { return true };
    let closed = status.iter().flatten().all(|status| status == "Closed");
    invoices.iter().all(|invoice| invoice.is_some() == closed)
}

/// Writes the files beside their place and moves them there together.
fn written(folder: &Path, kind: Kind, version: Version, read: &[(Dataset, Rows)]) -> Result<(), Exit> {
    let cannot = |error| Fault::new(format!("writing {}", folder.display()), error);
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.with_file_name(format!(".{name}.{}", std::process::id()));
    std::fs::create_dir_all(&beside).map_err(cannot)?;
    let write = |(dataset, rows): &(Dataset, Rows)| {
        let path = beside.join(format!("{}.{}", dataset.id(), kind.ending()));
        match kind {
            Kind::Csv => {
                std::fs::write(&path, csv(*dataset, version, rows)).map_err(|error| cannot(error).into())
            }
            #[cfg(feature = "costs")]
            Kind::Parquet => parquet(&path, *dataset, version, rows),
        }
    };
    let done = read.iter().try_for_each(write);
    let done = done.and_then(|()| std::fs::rename(&beside, folder).map_err(|error| cannot(error).into()));
    if done.is_err() {
        // What failed is told; that half of it cannot be cleared either would hide it.
        let _ = std::fs::remove_dir_all(&beside);
    }
    done
}

fn csv(dataset: Dataset, version: Version, rows: &Rows) -> String {
    let quoted = |value: &str| {
        if value.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", value.replace('"', "\"\""))
        } else {
            value.to_owned()
        }
    };
    let names: Vec<&str> = columns(dataset, version).map(|column| column.name).collect();
    let mut text = names.join(",") + "\n";
    for row in rows {
        let cells: Vec<String> =
            row.iter().map(|value| quoted(value.as_deref().unwrap_or_default())).collect();
        text.push_str(&(cells.join(",") + "\n"));
    }
    text
}

#[cfg(feature = "costs")]
fn parquet(path: &Path, dataset: Dataset, version: Version, rows: &Rows) -> Result<(), Exit> {
    use charging::statement::focus::Holds;
    let typed = |column: &'static Column| {
        let holds = match column.holds {
            Holds::Text | Holds::Json => costs::Holds::Text,
            Holds::Decimal => costs::Holds::Decimal,
            Holds::Time => costs::Holds::Time,
        };
        (column.name, holds)
    };
    let typed: Vec<(&str, costs::Holds)> = columns(dataset, version).map(typed).collect();
    Ok(costs::write_focus(path, &typed, rows)?)
}
