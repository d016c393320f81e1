//! The words that all verbs take: where usage, rules and drivers are, and how much of the machine may be used.

use std::sync::Arc;

use calc::Stop;
use clap::{Arg, ArgMatches};
use kernel::Headway;

use crate::drivers::Drivers;
use crate::meter;
use crate::month::Month;
use crate::plan::totals::{ByCurrency, Totals};
use crate::plan::{self, Engine};
use crate::profile::{self, Profile};
use crate::rates::{Converted, Rates};
use crate::rules::read::Reader;
use crate::rules::{Field, Rules};
use crate::table::Table;
use crate::usage::Usage;
use crate::usage::layout::Names;
use crate::wrong::Wrong;

/// What every verb is asked.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    usage: String,
    names: Names,
    pub(crate) rules: Arc<Rules>,
    pub(crate) drivers: Arc<Drivers>,
    rates: Option<Rates>,
    engine: Engine,
    /// In megabytes.
    memory: Option<u64>,
}

/// A bill, opened and summed.
#[derive(Debug)]
pub(crate) struct Summed {
    pub(crate) usage: Usage,
    /// The one that it is in, if it says so, or was converted into.
    pub(crate) currency: Option<String>,
    /// What was converted.
    pub(crate) converted: Vec<Converted>,
    pub(crate) totals: Totals,
}

/// The words for it.
pub(crate) fn words() -> Vec<Arg> {
    let file = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let mut all = vec![
        file("usage", "DIR|GLOB|FILE", "The bill: Parquet or CSV, plain or gzip").required(true),
        file(
            "rules",
            "FILE",
            "Table of rules: conditions, from, to and service; the first that is met decides",
        )
        .required_unless_present_any(["tag-rules", "account-rules"]),
        file("tag-rules", "FILE", "Table of a tag's values and the services they mean, after the rules"),
        file("account-rules", "FILE", "Table of sub-accounts and their services, after those"),
        file(
            "unmatched",
            "spread|keep",
            "What no rule matches: spread over services, or kept as a line of its own",
        )
        .value_parser(["spread", "keep"])
        .default_value("spread"),
        file("drivers", "FILE", "Table of service, customer, month and units").required(true),
        file(
            "rates",
            "FILE",
            "Table of currency, month, rate and source: a bill of several currencies is converted",
        )
        .requires("into"),
        file("into", "CURRENCY", "The currency that it is converted into").requires("rates"),
        file("threads", "N", "Threads to read with; as many as processors, unless said")
            .value_parser(clap::value_parser!(u16).range(1..)),
        file("memory-limit", "256MB", "Stop rather than take more memory"),
    ];
    all.splice(6..6, profile::words());
    #[cfg(feature = "cluster")]
    all.push(file("cluster", "HOST:PORT", "Let the executors of that scheduler do it, in --threads parts"));
    all
}

impl Request {
    /// Reads the words, the rules and the drivers.
    ///
    /// # Errors
    /// A word is wrong, or a table is not as it has to be.
    pub(crate) fn read(words: &ArgMatches) -> Result<Request, Stop> {
        let word = |name: &str| words.get_one::<String>(name).map_or("", String::as_str);
        let memory = words.get_one::<String>("memory-limit").map(|text| megabytes(text)).transpose()?;
        let drivers = Drivers::read(Table::open(word("drivers"))?, word("unmatched") == "keep")?;
        let Profile { mut names, tag, account } = profile::profile(words)?;
        let mut reader = Reader::new(&drivers.services, drivers.unmatched());
        let given = |name: &str| words.get_one::<String>(name);
        if let Some(file) = given("rules") {
            reader.table(file)?;
        }
        if let Some(file) = given("tag-rules") {
            reader.words(file, |heading| Field::Tag(tag.clone().unwrap_or_else(|| heading.to_owned())))?;
        }
        if let Some(file) = given("account-rules") {
            reader.words(file, |heading| {
                Field::Column(account.clone().unwrap_or_else(|| heading.to_owned()))
            })?;
        }
        let rules = Arc::new(reader.rules());
        names.fields.clone_from(&rules.fields);
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads =
            words.get_one::<u16>("threads").map_or_else(processors, |threads| usize::from(*threads));
        let cluster = words.try_get_one::<String>("cluster").ok().flatten().cloned();
        let engine = Engine { threads, cluster };
        let rates = given("rates").map(|file| Rates::read(file, word("into"))).transpose()?;
        Ok(Request {
            usage: word("usage").to_owned(),
            names,
            rates,
            rules,
            drivers: Arc::new(drivers),
            engine,
            memory,
        })
    }

    /// Opens the usage and sums it by month and service.
    ///
    /// # Errors
    /// A file is not as it has to be.
    pub(crate) async fn sums(&self, headway: &Headway) -> Result<Summed, Stop> {
        let usage = Usage::open(&self.usage, &self.names)?;
        if self.rates.is_none() {
            usage.refuse_two_currencies()?;
        }
        match (&self.engine.cluster, usage.rows()) {
            // The rows that others read are not told here.
            (Some(_), _) => headway.begins("Reading usage on the cluster", "rows"),
            (None, rows) => {
                headway.begins("Reading usage", "rows");
                rows.into_iter().for_each(|rows| headway.counts(i64::try_from(rows).unwrap_or(i64::MAX)));
            }
        }
        let sums = plan::sums(&usage, &self.rules, &self.engine, headway);
        let sums = match self.memory {
            None => sums.await?,
            Some(limit) => tokio::select! {
                sums = sums => sums?,
                () = meter::beyond(limit) => return Err(Stop::Failed(format!(
                    "It takes more than {limit} MB. Allow more (--memory-limit), or read with fewer threads (--threads 1)."
                ))),
            },
        };
        let (currency, totals, converted) = match &self.rates {
            None => one_currency(sums, &usage).map(|(currency, totals)| (currency, totals, Vec::new()))?,
            Some(rates) => {
                let (totals, converted) = rates.convert(sums)?;
                (Some(rates.into.clone()), totals, converted)
            }
        };
        if totals.cells.is_empty() {
            return Err(Wrong(format!("{} has no rows.", self.usage)).into());
        }
        Ok(Summed { usage, currency, converted, totals })
    }

    /// The places of rows of a service in a month: those after so many, at most so many.
    ///
    /// # Errors
    /// A file is not as it has to be.
    pub(crate) async fn places(
        &self,
        usage: &Usage,
        of: (u32, Month),
        part: (usize, usize),
    ) -> Result<Vec<u64>, Stop> {
        plan::places(usage, &self.rules, of, part, &self.engine).await
    }
}

/// The sums of a bill in one currency; rows that tell none are taken to be in the others'.
pub(crate) fn one_currency(sums: ByCurrency, usage: &Usage) -> Result<(Option<String>, Totals), Wrong> {
    let named: Vec<String> = sums.0.keys().filter(|currency| !currency.is_empty()).cloned().collect();
    if let [one, other, ..] = named.as_slice() {
        return Err(usage.two_currencies(one, other));
    }
    let mut all = Totals::default();
    sums.0.into_values().try_for_each(|totals| all.merge(totals))?;
    Ok((named.into_iter().next(), all))
}

/// `256MB`, `2GB`.
fn megabytes(text: &str) -> Result<u64, Stop> {
    let upper = text.trim().to_uppercase();
    let (number, unit) = match (upper.strip_suffix("MB"), upper.strip_suffix("GB")) {
        (Some(number), _) => (number, 1),
        (_, Some(number)) => (number, 1024),
        _ => ("", 0),
    };
    let megabytes = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
    let wrong = || Stop::Usage(format!("--memory-limit takes an amount such as 256MB or 2GB, not “{text}”"));
    megabytes.filter(|megabytes| *megabytes > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_said_with_its_unit() {
        for (text, megabytes_) in [("256MB", 256), ("2 gb", 2_048), ("1MB", 1)] {
            assert_eq!(megabytes(text), Ok(megabytes_));
        }
        for text in ["256", "MB", "0MB", "-1MB", "lots"] {
            assert!(megabytes(text).is_err(), "{text}");
        }
    }
}
