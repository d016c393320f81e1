//! Columns made of others, as `pack.toml` says. Each step of the making is left out where it is not
//! asked for; where something it needs is blank, the column is blank.
//!
//! ```text
//! from | text → without → keep → plus → times → days_after → until → words
//! ```

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use kernel::Decimal;
use serde::Deserialize;

use super::fill::Names;

/// How one column is made.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Derive {
    /// Its name.
    pub column: String,
    /// The column it is made from.
    pub from: Option<String>,
    /// Or a text with `{column}` in it.
    pub text: Option<String>,
    /// Words taken off: `" days"`.
    pub without: Option<String>,
    /// `letters and digits`: nothing else is kept, letters become capitals, as keys are.
    pub keep: Option<Keep>,
    /// Columns whose numbers are added.
    pub plus: Vec<String>,
    /// A number it is multiplied by.
    pub times: Option<String>,
    /// The day that so many days are counted from: a day, or `{column}`.
    pub days_after: Option<String>,
    /// `yes` for a day that is not after this one, else `no`.
    pub until: Option<String>,
    /// Words it is translated by.
    pub words: BTreeMap<String, String>,
    /// What a word becomes that is not among them; without it, such a word stops the step.
    pub otherwise: Option<String>,
}

/// What is kept of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum Keep {
    /// Capital letters and digits.
    #[serde(rename = "letters and digits")]
    LettersAndDigits,
}

impl Derive {
    /// The column's value in a row, or why it cannot be made.
    pub(super) fn of(&self, names: &Names<'_>) -> Result<String, String> {
        let text = match (&self.from, &self.text) {
            (Some(from), None) => column(names, from)?,
            (None, Some(text)) => names.text(text)?,
            _ => return Err("it needs either from or text".to_owned()),
        };
        let Some(text) = self.plain(&text) else { return Ok(String::new()) };
        let Some(text) = self.reckoned(names, text)? else { return Ok(String::new()) };
        self.translated(text)
    }

    /// Without what is taken off; `None` where nothing is left.
    fn plain(&self, text: &str) -> Option<String> {
        let text = self.without.as_ref().map_or(text.to_owned(), |words| text.replace(words, ""));
        let kept = match self.keep {
            Some(Keep::LettersAndDigits) => {
                text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
            }
            None => text.trim().to_owned(),
        };
        Some(kept).filter(|text| !text.is_empty())
    }

    /// Sums, products and days; `None` where something that is needed is blank.
    fn reckoned(&self, names: &Names<'_>, text: String) -> Result<Option<String>, String> {
        let mut text = text;
        if !self.plus.is_empty() || self.times.is_some() {
            let mut sum = number(&text)?;
            for other in &self.plus {
                let Some(other) = self.plain(&column(names, other)?) else { return Ok(None) };
                sum = sum.checked_add(number(&other)?).ok_or("it is too large")?;
            }
            if let Some(times) = &self.times {
                sum = sum.checked_mul(number(times)?).ok_or("it is too large")?;
            }
            text = sum.normalize().to_string();
        }
        if let Some(after) = &self.days_after {
            let after = names.text(after)?;
            if after.trim().is_empty() {
                return Ok(None);
            }
            text = days_after(&after, &text)?.to_string();
        }
        if let Some(until) = &self.until {
            let ends = day(&names.text(until)?)?;
            text = if day(&text)? <= ends { "yes" } else { "no" }.to_owned();
        }
        Ok(Some(text))
    }

    fn translated(&self, text: String) -> Result<String, String> {
        if self.words.is_empty() {
            return Ok(text);
        }
        match (self.words.get(&text), &self.otherwise) {
            (Some(word), _) => Ok(word.clone()),
            (None, Some(other)) => Ok(other.clone()),
            (None, None) => Err(format!("“{text}” is none of its words")),
        }
    }
}

fn column(names: &Names<'_>, name: &str) -> Result<String, String> {
    names.row.get(name).cloned().ok_or_else(|| format!("there is no column “{name}”"))
}

fn number(text: &str) -> Result<Decimal, String> {
    Decimal::from_str_exact(text.trim()).map_err(|_| format!("“{text}” is no number"))
}

fn day(text: &str) -> Result<NaiveDate, String> {
    kernel::typed::iso_day(text.trim()).ok_or_else(|| format!("“{text}” is no day"))
}

/// So many whole days after a day; fewer than none is before it.
fn days_after(from: &str, days: &str) -> Result<NaiveDate, String> {
    let count: i64 = days.parse().map_err(|_| format!("“{days}” is no number of days"))?;
    let (from, span) = (day(from)?, Days::new(count.unsigned_abs()));
    let moved = if count < 0 { from.checked_sub_days(span) } else { from.checked_add_days(span) };
    moved.ok_or_else(|| "it is beyond the calendar".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(how: &str) -> Result<String, String> {
        let row = [
            ("identifier", "009-000000704"),
            ("type", "Non Major"),
            ("cost", "5.816783999999999"),
            ("variance", "-0.5"),
            ("start", "2011-08-30"),
            ("duration", "92 days"),
            ("delay", "-29 days"),
            ("number", "4203"),
            ("blank", ""),
        ];
        let row = row.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let derive: Derive = toml::from_str(&format!("column = \"x\"\n{how}")).unwrap();
        derive.of(&Names { row, values: None })
    }

    /// Days checked with `date -d '2011-08-30 +63 days'` and `date -d '2000-01-01 +4203 days'`.
    #[test]
    fn a_column_is_made_as_the_pack_says() {
        for (how, value) in [
            ("from = \"identifier\"\nkeep = \"letters and digits\"", Ok("009000000704")),
            ("text = \"project {number} cost\"", Ok("project 4203 cost")),
            ("from = \"cost\"\ntimes = \"1000000\"", Ok("5816783.999999999")),
            ("from = \"cost\"\nplus = [\"variance\"]\ntimes = \"1000000\"", Ok("5316783.999999999")),
            ("from = \"number\"\ndays_after = \"2000-01-01\"", Ok("2011-07-05")),
            (
                "from = \"duration\"\nwithout = \" days\"\nplus = [\"delay\"]\ndays_after = \"{start}\"",
                Ok("2011-11-01"),
            ),
            ("from = \"delay\"\nwithout = \" days\"\ndays_after = \"{start}\"", Ok("2011-08-01")),
            ("from = \"start\"\nuntil = \"2011-08-30\"", Ok("yes")),
            (
                "from = \"start\"\nuntil = \"2011-08-29\"\nwords = { yes = \"actual\", no = \"expected\" }",
                Ok("expected"),
            ),
            (
                "from = \"type\"\nwords = { Major = \"core\", \"Non Major\" = \"supporting\" }",
                Ok("supporting"),
            ),
            ("from = \"type\"\nwords = { Major = \"core\" }\notherwise = \"\"", Ok("")),
            ("from = \"type\"\nwords = { Major = \"core\" }", Err("“Non Major” is none of its words")),
            ("from = \"blank\"\nwords = { Major = \"core\" }", Ok("")),
            ("from = \"cost\"\nplus = [\"blank\"]", Ok("")),
            ("from = \"number\"\ndays_after = \"{blank}\"", Ok("")),
            ("from = \"type\"\ntimes = \"2\"", Err("“Non Major” is no number")),
            ("from = \"cost\"\ndays_after = \"2000-01-01\"", Err("“5.816783999999999” is no number of days")),
            ("from = \"nothing\"", Err("there is no column “nothing”")),
            ("", Err("it needs either from or text")),
        ] {
            let told = made(how);
            assert_eq!(told.as_deref().map_err(String::as_str), value, "{how}");
        }
    }
}
