//! Columns and rules of a bill: as a person says them, and as the bill keeps them so that it can be read again.

use std::collections::BTreeSet;
use std::sync::Arc;

use calc::Stop;
use clap::ArgMatches;
use serde_json::{Value, json};

use crate::profile::{self, Profile};
use crate::rules::read::Reader;
use crate::rules::{Field, Rules};
use crate::table::Table;
use crate::usage::day::DateOrder;
use crate::usage::layout::Names;
use crate::usage::zone::Zone;

/// The column that says of which month a bill is, where it has one.
pub(super) const BILLED_FOR: &str = "BillingPeriodStart";

/// Kinds of files of rules, with the words that name them, in the order they are looked at.
const KINDS: [(&str, &str); 3] = [("rules", "rules"), ("tag", "tag-rules"), ("account", "account-rules")];

/// How a bill is read.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) names: Names,
    /// Keys of the services that rules name, by code.
    pub(super) services: Vec<String>,
    pub(super) rules: Arc<Rules>,
    texts: Vec<RuleText>,
    /// The tag and the account that rules are about, if not as their headings say.
    tag: Option<String>,
    account: Option<String>,
}

/// A file of rules.
#[derive(Debug)]
struct RuleText {
    kind: String,
    name: String,
    text: String,
}

impl Settings {
    /// As said; in `zone` where no other is said.
    pub(super) fn said(words: &ArgMatches, zone: Option<Zone>) -> Result<Settings, Stop> {
        let mut texts = Vec::new();
        for (kind, word) in KINDS {
            let Some(file) = words.get_one::<String>(word) else { continue };
            let text = std::fs::read_to_string(file);
            let text = text.map_err(|error| {
                Stop::Usage(format!(
                    "{file} cannot be read as text: {error}. Rules of an installation are CSV."
                ))
            })?;
            texts.push(RuleText { kind: kind.to_owned(), name: file.clone(), text });
        }
        let Profile { names, tag, account } = profile::profile(words)?;
        let names = Names { zone: names.zone.clone().or(zone), ..names };
        Settings::of(names, texts, tag, account)
    }

    /// As a bill keeps them.
    pub(super) fn kept(bill: &Value) -> Result<Settings, Stop> {
        let text = |of: &Value, name: &str| of[name].as_str().unwrap_or_default().to_owned();
        let list = |name: &str| bill[name].as_array().map(Vec::as_slice).unwrap_or_default();
        let rule =
            |of: &Value| RuleText { kind: text(of, "kind"), name: text(of, "name"), text: text(of, "text") };
        let column = |role: &str| {
            let column = list("columns").iter().find(|column| column["role"] == role);
            column.map(|column| text(column, "name"))
        };
        let needed = |role: &str| column(role).unwrap_or_default();
        let dates = match needed("dates").as_str() {
            "mdy" => DateOrder::MonthDayYear,
            "dmy" => DateOrder::DayMonthYear,
            _ => DateOrder::YearMonthDay,
        };
        let names = Names {
            cost: needed("cost"),
            time: needed("time"),
            tags: needed("tags"),
            currency: column("currency"),
            dates,
            zone: column("zone").map(|zone| zone.parse().map_err(Stop::Usage)).transpose()?,
            fields: Vec::new(),
        };
        Settings::of(names, list("rules").iter().map(rule).collect(), column("tag"), column("account"))
    }

    fn of(
        mut names: Names,
        texts: Vec<RuleText>,
        tag: Option<String>,
        account: Option<String>,
    ) -> Result<Settings, Stop> {
        let services = services(&texts)?;
        let unmatched = u32::try_from(services.len()).unwrap_or(u32::MAX);
        let mut reader = Reader::new(&services, unmatched);
        for RuleText { kind, name, text } in &texts {
            let table = Table::of_text(name, text)?;
            match kind.as_str() {
                "tag" => reader
                    .words_in(table, |heading| Field::Tag(tag.clone().unwrap_or_else(|| heading.into())))?,
                "account" => reader.words_in(table, |heading| {
                    Field::Column(account.clone().unwrap_or_else(|| heading.into()))
                })?,
                _ => reader.table_in(table)?,
            }
        }
        let rules = Arc::new(reader.rules());
        names.fields.clone_from(&rules.fields);
        Ok(Settings { names, services, rules, texts, tag, account })
    }

    /// The columns, each with what it stands for: what [`Settings::kept`] reads.
    pub(super) fn columns(&self) -> Value {
        let names = &self.names;
        let dates = match names.dates {
            DateOrder::YearMonthDay => "ymd",
            DateOrder::MonthDayYear => "mdy",
            DateOrder::DayMonthYear => "dmy",
        };
        let all = [
            ("cost", Some(names.cost.as_str())),
            ("time", Some(names.time.as_str())),
            ("tags", Some(names.tags.as_str())),
            ("currency", names.currency.as_deref()),
            ("dates", Some(dates)),
            ("zone", names.zone.as_ref().map(Zone::name)),
            ("tag", self.tag.as_deref()),
            ("account", self.account.as_deref()),
        ];
        let all = all.iter().filter_map(|(role, name)| Some(json!({"role": role, "name": (*name)?})));
        all.collect()
    }

    /// Files of rules as a summary holds them.
    pub(super) fn rule_texts(&self) -> Value {
        let texts = self.texts.iter();
        texts.map(|rules| json!({"kind": rules.kind, "name": rules.name, "text": rules.text})).collect()
    }
}

/// Keys of all services that rules name, sorted.
fn services(texts: &[RuleText]) -> Result<Vec<String>, Stop> {
    let mut all = BTreeSet::new();
    for rules in texts {
        let mut table = Table::of_text(&rules.name, &rules.text)?;
        let service = table.column("service")?;
        while let Some(part) = table.next()? {
            all.extend(part.each(service, |name| Ok(name.to_owned()))?);
        }
    }
    Ok(all.into_iter().collect())
}
