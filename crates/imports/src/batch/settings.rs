//! What a person says about how a file is read: the same answers from the form, JSON and the command
//! line, as texts.

use std::collections::BTreeMap;

use access::input::{YES_NO, or_none};
use kernel::FieldError;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sheets::formats::{DateOrder, DecimalMark, Digits, Sign, ThousandsMark};
use sheets::{Delimiter, Dialect, Formats, Quote};

use super::control;

/// How a file is read, as far as it is said. What is left out is proposed, or stays.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Settings {
    /// Name of a saved profile.
    pub profile: Option<String>,
    /// A profile as the text of its file.
    pub profile_toml: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// How bytes stand for letters: `utf-8`, `windows-1252` …
    pub encoding: Option<String>,
    /// `comma`, `semicolon`, `tab` or `bar`.
    #[schemars(extend("enum" = known_or_none::<Delimiter>(&[])))]
    pub delimiter: Option<String>,
    /// `double`, `single` or `none`.
    #[schemars(extend("enum" = known_or_none::<Quote>(&["none"])))]
    pub quote: Option<String>,
    /// Line of the header, or `none`.
    pub header_line: Option<String>,
    /// Whether rows that look like totals are left out: `yes` or `no`.
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub skip_totals: Option<String>,
    /// `point` or `comma`.
    #[schemars(extend("enum" = known_or_none::<DecimalMark>(&[])))]
    pub decimal_mark: Option<String>,
    /// `none`, `point`, `comma`, `blank` or `apostrophe`.
    #[schemars(extend("enum" = known_or_none::<ThousandsMark>(&[])))]
    pub thousands_mark: Option<String>,
    /// `Y-M-D`, `D/M/Y`, `M/D/Y` or `YYYYMMDD`.
    #[schemars(extend("enum" = known_or_none::<DateOrder>(&[])))]
    pub date_order: Option<String>,
    /// Year of dates that name none.
    pub assumed_year: Option<String>,
    /// Whether `(1,234)` is negative: `yes` or `no`.
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub brackets_negative: Option<String>,
    /// Whether `12-` is negative: `yes` or `no`.
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub trailing_minus: Option<String>,
    /// `as-written` or `reversed`.
    #[schemars(extend("enum" = known_or_none::<Sign>(&[])))]
    pub sign: Option<String>,
    /// `refuse` or `round` digits the currency does not have.
    #[schemars(extend("enum" = known_or_none::<Digits>(&[])))]
    pub digits: Option<String>,
    /// Column name → field. Given whole; a single one is `"column:NAME": "field"`, empty for none.
    pub columns: BTreeMap<String, String>,
    /// Field → one value for the whole file. Given whole; a single one is `"constant:FIELD": "value"`.
    pub constants: BTreeMap<String, String>,
    /// The one period of the file: `2026-09`.
    pub period: Option<String>,
    /// The one currency of the file: `EUR`.
    pub currency: Option<String>,
    /// What the file must add up to: `7563248.11`, or for each currency `59746.50 EUR + 11550.00 USD`.
    pub control_total: Option<String>,
    /// Single columns and constants by their names.
    #[serde(flatten)]
    pub named: BTreeMap<String, String>,
}

/// Empty answers of a form say nothing.
pub(super) fn said(answer: &Option<String>) -> Option<&str> {
    answer.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

impl Settings {
    /// The saved profile named.
    pub(crate) fn profile_name(&self) -> Option<&str> {
        said(&self.profile)
    }

    /// The profile given as text.
    pub(crate) fn profile_text(&self) -> Option<&str> {
        said(&self.profile_toml)
    }

    /// Whether anything is said about how the file is cut.
    pub(crate) fn cuts(&self) -> bool {
        [&self.sheet, &self.encoding, &self.delimiter, &self.quote, &self.header_line]
            .into_iter()
            .any(|answer| said(answer).is_some())
    }

    /// Whether anything is said about columns.
    pub(crate) fn maps(&self) -> bool {
        !self.columns.is_empty() || self.named.keys().any(|name| name.starts_with("column:"))
    }

    /// Whether the answer to a question about `setting` is given.
    pub(crate) fn answers(&self, setting: &str) -> bool {
        let answer = match setting {
            "sheet" => &self.sheet,
            "encoding" => &self.encoding,
            "delimiter" => &self.delimiter,
            "quote" => &self.quote,
            "header_line" => &self.header_line,
            "skip_totals" => &self.skip_totals,
            "decimal_mark" => &self.decimal_mark,
            "brackets_negative" => &self.brackets_negative,
            "date_order" => &self.date_order,
            "period" => &self.period,
            "columns" => return self.maps(),
            _ => return false,
        };
        said(answer).is_some()
    }

    /// The control total as it is kept.
    pub(crate) fn control(&self, wrong: &mut Vec<FieldError>) -> Option<String> {
        match control::read(said(&self.control_total)?) {
            Ok(kept) => Some(kept),
            Err(says) => {
                wrong.push(FieldError { field: "control_total".into(), says });
                None
            }
        }
    }

    /// Puts what is said about cutting into `dialect`.
    pub(crate) fn cut(&self, dialect: &mut Dialect, wrong: &mut Vec<FieldError>) {
        if let Some(sheet) = said(&self.sheet) {
            dialect.sheet = Some(sheet.to_owned());
        }
        set(&mut dialect.encoding, "encoding", &self.encoding, wrong);
        set(&mut dialect.delimiter, "delimiter", &self.delimiter, wrong);
        match said(&self.quote) {
            None => {}
            Some("none") => dialect.quote = None,
            Some(_) => {
                let mut quote = dialect.quote.unwrap_or(Quote::Double);
                set(&mut quote, "quote", &self.quote, wrong);
                dialect.quote = Some(quote);
            }
        }
        match said(&self.header_line) {
            None => {}
            Some("none") => dialect.header_line = None,
            Some(text) => match text.parse() {
                Ok(line) if line > 0 => dialect.header_line = Some(line),
                _ => wrong.push(FieldError {
                    field: "header_line".into(),
                    says: format!("“{text}” is no line; write its number, or none."),
                }),
            },
        }
        flag(&mut dialect.skip.totals, "skip_totals", &self.skip_totals, wrong);
    }

    /// Puts what is said about figures and dates into `formats`.
    pub(crate) fn format(&self, formats: &mut Formats, wrong: &mut Vec<FieldError>) {
        set(&mut formats.decimal_mark, "decimal_mark", &self.decimal_mark, wrong);
        set(&mut formats.thousands_mark, "thousands_mark", &self.thousands_mark, wrong);
        set(&mut formats.date_order, "date_order", &self.date_order, wrong);
        set(&mut formats.sign, "sign", &self.sign, wrong);
        set(&mut formats.digits, "digits", &self.digits, wrong);
        flag(&mut formats.brackets_negative, "brackets_negative", &self.brackets_negative, wrong);
        flag(&mut formats.trailing_minus, "trailing_minus", &self.trailing_minus, wrong);
        if let Some(text) = said(&self.assumed_year) {
            match text.parse::<i32>() {
                Ok(year) if (1900..=9999).contains(&year) => formats.assumed_year = Some(year),
                _ => wrong
                    .push(FieldError {
                        field: "assumed_year".into(), says: format!("“{text}” is no year.")
                    }),
            }
        }
    }
}

fn set<T: DeserializeOwned>(
    place: &mut T,
    field: &str,
    answer: &Option<String>,
    wrong: &mut Vec<FieldError>,
) {
    let Some(text) = said(answer) else { return };
    match serde_json::from_value(serde_json::Value::from(text)) {
        Ok(value) => *place = value,
        Err(error) => {
            let says = format!("“{text}” is none of {}.", known(&error).join(", "));
            wrong.push(FieldError { field: field.into(), says });
        }
    }
}

/// The words that would have been read instead.
fn known(error: &serde_json::Error) -> Vec<String> {
    error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect()
}

/// The words of a type that is read from one of a few, and `more`, as the schema says them: or nothing. The reader
/// itself tells them of a word that is none.
fn known_or_none<T: DeserializeOwned>(more: &[&str]) -> Vec<Option<String>> {
    let words = serde_json::from_value::<T>(serde_json::Value::from("")).err();
    let words = words.map(|error| known(&error)).unwrap_or_default();
    words.into_iter().chain(more.iter().map(|word| (*word).to_owned())).map(Some).chain([None]).collect()
}

fn flag(place: &mut bool, field: &str, answer: &Option<String>, wrong: &mut Vec<FieldError>) {
    match said(answer) {
        None => {}
        Some("yes" | "true" | "on") => *place = true,
        Some("no" | "false") => *place = false,
        Some(text) => {
            let says = format!("“{text}” is neither yes nor no.");
            wrong.push(FieldError { field: field.into(), says });
        }
    }
}
