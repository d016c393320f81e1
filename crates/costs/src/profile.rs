//! Which columns a bill has for what: said on the command line, else in a profile that was saved, else as FOCUS
//! calls them.
//!
//! A profile is a TOML file with some of these:
//!
//! ```toml
//! cost = "CostInBillingCurrency"   # or effective, billed
//! time = "Date"
//! dates = "mdy"                    # ymd, mdy, dmy: for dates in text
//! tags = "Tags"                    # JSON with or without its braces, or a map
//! tag = "application"              # for --tag-rules: a column of its own, or a key in tags
//! account = "SubscriptionId"       # for --account-rules: a column
//! currency = "BillingCurrencyCode"
//! zone = "Europe/London"           # whose days and months charges are of; UTC, unless said
//! ```

use calc::Stop;
use clap::{Arg, ArgMatches};
use toml::{Table, Value};

use crate::usage::day::DateOrder;
use crate::usage::layout::Names;
use crate::wrong::Wrong;

/// What a profile may say.
const KEYS: [&str; 8] = ["cost", "time", "dates", "account", "tags", "tag", "currency", "zone"];

/// The words that say the same on the command line.
pub(crate) fn words() -> Vec<Arg> {
    let word = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    vec![
        word("profile", "FILE", "A saved profile: which columns hold what, in TOML"),
        word("cost", "COLUMN", "effective (unless said otherwise), billed, or the name of a column"),
        word("tag", "KEY", "The tag to go by, if not as the tag rules' first column is called"),
        word(
            "account",
            "COLUMN",
            "The account to go by, if not as the account rules' first column is called",
        ),
        word("tags", "COLUMN", "All tags, as JSON or as a map: Tags, unless said otherwise"),
        word("currency", "COLUMN", "The currency of a cost: BillingCurrency, where there is one"),
        word("time", "COLUMN", "When a charge began: ChargePeriodStart, unless said otherwise"),
        word("dates", "ORDER", "How dates in text are written: ymd, mdy or dmy"),
        word(
            "zone",
            "ZONE",
            "The time zone whose days and months charges are of, such as Europe/London; else UTC",
        ),
    ]
}

/// What words and profile say.
#[derive(Debug)]
pub(crate) struct Profile {
    /// The names to look for; without fields.
    pub(crate) names: Names,
    /// The tag that the rules by tag are about, if not as their heading says.
    pub(crate) tag: Option<String>,
    /// Likewise the account.
    pub(crate) account: Option<String>,
}

/// Reads the words, and the profile where one is named.
///
/// # Errors
/// The profile cannot be read, or says what no profile says.
pub(crate) fn profile(words: &ArgMatches) -> Result<Profile, Stop> {
    let file = words.get_one::<String>("profile").map_or("", String::as_str);
    let profile = if file.is_empty() { Table::new() } else { read(file)? };
    let name = |name: &str| {
        let said = words.try_get_one::<String>(name).ok().flatten().cloned();
        said.or_else(|| profile.get(name).and_then(Value::as_str).map(str::to_owned))
    };
    let usual = |word: &str, usual: &str| name(word).unwrap_or_else(|| usual.to_owned());
    let cost = match usual("cost", "effective").as_str() {
        "effective" => "EffectiveCost".to_owned(),
        "billed" => "BilledCost".to_owned(),
        other => other.to_owned(),
    };
    let names = Names {
        cost,
        time: usual("time", "ChargePeriodStart"),
        tags: usual("tags", "Tags"),
        currency: name("currency"),
        dates: order(&usual("dates", "ymd"))?,
        zone: name("zone").map(|zone| zone.parse().map_err(Stop::Usage)).transpose()?,
        fields: Vec::new(),
    };
    Ok(Profile { names, tag: name("tag"), account: name("account") })
}

fn read(file: &str) -> Result<Table, Stop> {
    let text = std::fs::read_to_string(file);
    let text = text.map_err(|error| Stop::Usage(format!("{file} cannot be read: {error}")))?;
    let table: Table = text.parse().map_err(|error: toml::de::Error| {
        Wrong(format!("{file} is no profile: {}. Write lines such as cost = \"Cost\".", error.message()))
    })?;
    let wrong = table.iter().find(|(key, value)| !KEYS.contains(&key.as_str()) || !value.is_str());
    match wrong {
        None => Ok(table),
        Some((key, _)) => Err(Wrong(format!(
            "{file}: {key} is not what a profile says. It may say {}, each as a text.",
            KEYS.join(", ")
        ))
        .into()),
    }
}

fn order(text: &str) -> Result<DateOrder, Stop> {
    match text {
        "ymd" => Ok(DateOrder::YearMonthDay),
        "mdy" => Ok(DateOrder::MonthDayYear),
        "dmy" => Ok(DateOrder::DayMonthYear),
        other => Err(Stop::Usage(format!("dates are written as ymd, mdy or dmy, not “{other}”"))),
    }
}
