//! The words that all verbs take: where usage, rules and drivers are, and how much of the machine may be used.

use std::sync::Arc;

use calc::Stop;
use clap::{Arg, ArgMatches};

use crate::Headway;
use crate::drivers::Drivers;
use crate::meter;
use crate::month::Month;
use crate::plan::{self, cells::Totals};
use crate::profile;
use crate::rules::{RuleTable, Rules};
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
    threads: usize,
    /// In megabytes.
    memory: Option<u64>,
}

/// The words for it.
pub(crate) fn words() -> Vec<Arg> {
    let file = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let mut all = vec![
        file("usage", "DIR|GLOB|FILE", "The bill: Parquet or CSV, plain or gzip").required(true),
        file("tag-rules", "FILE", "Table of a tag's values and the services they mean").required(true),
        file("account-rules", "FILE", "Table of sub-accounts and their services, where the tag says nothing")
            .required(true),
        file("drivers", "FILE", "Table of service, customer, month and units").required(true),
        file("threads", "N", "Threads to read with; as many as processors, unless said")
            .value_parser(clap::value_parser!(u16).range(1..)),
        file("memory-limit", "256MB", "Stop rather than take more memory"),
    ];
    all.splice(4..4, profile::words());
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
        let drivers = Drivers::read(Table::open(word("drivers"))?)?;
        let (tags, accounts) = (rules(word("tag-rules"))?, rules(word("account-rules"))?);
        let names = profile::names(words, &tags.heading, &accounts.heading)?;
        let rules = Arc::new(Rules::new(drivers.services.clone(), &tags, &accounts)?);
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        let threads =
            words.get_one::<u16>("threads").map_or_else(processors, |threads| usize::from(*threads));
        Ok(Request {
            usage: word("usage").to_owned(),
            names,
            rules,
            drivers: Arc::new(drivers),
            threads,
            memory,
        })
    }

    /// Opens the usage and sums it by month and service.
    ///
    /// # Errors
    /// A file is not as it has to be.
    pub(crate) async fn sums(&self, headway: &Headway) -> Result<(Usage, Totals), Stop> {
        let usage = Usage::open(&self.usage, &self.names)?;
        if let Some(rows) = usage.rows() {
            // Only a second run with the same headway could have set it.
            let _ = headway.rows.set(rows);
        }
        let sums = plan::sums(&usage, &self.rules, self.threads, &headway.read);
        let totals = match self.memory {
            None => sums.await?,
            Some(limit) => tokio::select! {
                totals = sums => totals?,
                () = meter::beyond(limit) => return Err(Stop::Failed(format!(
                    "It takes more than {limit} MB. Allow more (--memory-limit), or read with fewer threads (--threads 1)."
                ))),
            },
        };
        if totals.cells.is_empty() {
            return Err(Wrong(format!("{} has no rows.", self.usage)).into());
        }
        Ok((usage, totals))
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
        plan::places(usage, &self.rules, of, part, self.threads).await
    }
}

/// A table of two columns: what is looked at, and the service.
fn rules(file: &str) -> Result<RuleTable, Stop> {
    let mut table = Table::open(file)?;
    let headings = table.headings();
    let looked_at = headings.iter().find(|heading| *heading != "service");
    let heading = looked_at.ok_or_else(|| {
        Wrong(format!(
            "{file} has the column service alone. Add one with what is looked at, such as SubAccountId."
        ))
    })?;
    let (word, service) = (table.column(heading)?, table.column("service")?);
    let mut rules = Vec::new();
    while let Some(part) = table.next()? {
        let words = part.each(word, |word| Ok(word.to_owned()))?;
        rules.extend(words.into_iter().zip(part.each(service, |name| Ok(name.to_owned()))?));
    }
    Ok(RuleTable { file: file.to_owned(), heading: heading.clone(), rules })
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
