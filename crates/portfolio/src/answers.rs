//! Reading answers: what a form, a JSON body and the command line send as words becomes typed, and
//! everything that is wrong is named at once.

use chrono::NaiveDate;
use kernel::{Currency, Decimal, FieldError, Quantity, Refusal, typed};

/// Answers being read; keeps what is wrong until [`Answers::fine`].
#[derive(Default)]
pub struct Answers {
    wrong: Vec<FieldError>,
}

impl Answers {
    /// Nothing wrong yet.
    pub fn new() -> Answers {
        Answers::default()
    }

    /// Notes what is wrong with `field`.
    pub fn wrong(&mut self, field: &str, says: impl Into<String>) {
        self.wrong.push(FieldError { field: field.to_owned(), says: says.into() });
    }

    /// All answers fine, or the refusal that names what is wrong.
    pub fn fine(self) -> Result<(), Refusal> {
        if self.wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(self.wrong)) }
    }

    /// A key of 2 to 12 capital letters and digits.
    pub fn key(&mut self, field: &str, text: &str) -> String {
        let key = text.trim();
        let fits = (2..=12).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if !fits {
            self.wrong(field, "Enter a key of 2 to 12 capital letters and digits, for example CARE.");
        }
        key.to_owned()
    }

    /// Words of at most `most` characters that must be there.
    pub fn needed(&mut self, field: &str, text: &str, most: usize) -> String {
        let words = text.trim();
        if words.is_empty() {
            self.wrong(field, format!("Needs an answer of at most {most} characters."));
        }
        self.length(field, words, most);
        words.to_owned()
    }

    /// Words of at most `most` characters; blank is none.
    pub fn words(&mut self, field: &str, text: Option<&str>, most: usize) -> Option<String> {
        let words = text.map(str::trim).filter(|words| !words.is_empty())?;
        self.length(field, words, most);
        Some(words.to_owned())
    }

    fn length(&mut self, field: &str, words: &str, most: usize) {
        if words.chars().count() > most {
            self.wrong(field, format!("Shorten it to {most} characters."));
        }
    }

    /// A day written 2026-09-30 or 30 Sep 2026; blank is none.
    pub fn day(&mut self, field: &str, text: Option<&str>) -> Option<NaiveDate> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let day = typed::day(text);
        if day.is_none() {
            self.wrong(field, format!("“{text}” is no day; write it as 2026-09-30."));
        }
        day
    }

    /// A day that must be there.
    pub fn needed_day(&mut self, field: &str, text: &str) -> NaiveDate {
        if text.trim().is_empty() {
            self.wrong(field, "Enter a day, for example 2026-09-30.");
        }
        self.day(field, Some(text)).unwrap_or_default()
    }

    /// An exact decimal, as pages print it or plain.
    pub fn decimal(&mut self, field: &str, text: &str) -> Decimal {
        let text = text.trim();
        let plain = typed::plain_number(text).and_then(|plain| Decimal::from_str_exact(&plain).ok());
        plain.unwrap_or_else(|| {
            self.wrong(field, format!("“{text}” is no number; write it as 1234.56."));
            Decimal::ZERO
        })
    }

    /// A quantity greater than nothing, with at most six digits after the dot. One that could be a thousand
    /// times as much is asked again.
    pub fn quantity(&mut self, field: &str, text: &str) -> Quantity {
        if typed::has_two_readings(text) {
            let (whole, part) = text.trim().split_once('.').unwrap_or((text, ""));
            let says =
                format!("“{}” can be read in two ways; write {whole}{part} or {whole}.{part}0.", text.trim());
            self.wrong(field, says);
            return Quantity::ZERO;
        }
        let plain = typed::plain_number(text);
        match plain.and_then(|plain| Quantity::parse(&plain).ok()) {
            Some(quantity) if quantity > Quantity::ZERO => quantity,
            _ => {
                self.wrong(field, "Enter a quantity greater than 0, for example 1357 or 12.5.");
                Quantity::ZERO
            }
        }
    }

    /// A currency code; blank is `otherwise`.
    pub fn currency(&mut self, field: &str, text: Option<&str>, otherwise: Currency) -> Currency {
        let Some(code) = text.map(str::trim).filter(|code| !code.is_empty()) else { return otherwise };
        Currency::parse(code).unwrap_or_else(|_| {
            self.wrong(field, format!("“{code}” is no currency code; write it as EUR."));
            otherwise
        })
    }

    /// A whole number from 0 to `most`; blank is `otherwise`.
    pub fn whole(&mut self, field: &str, text: Option<&str>, otherwise: u32, most: u32) -> u32 {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return otherwise };
        match text.parse::<u32>() {
            Ok(number) if number <= most => number,
            _ => {
                self.wrong(field, format!("Enter a whole number from 0 to {most}."));
                otherwise
            }
        }
    }

    /// One of the words of `choices`; `None` if it is not, which is noted.
    pub fn one_of<T: Copy>(&mut self, field: &str, text: &str, choices: &[(&str, T)]) -> Option<T> {
        let word = text.trim();
        let found = choices.iter().find(|(choice, _)| *choice == word).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<String> = choices.iter().map(|(choice, _)| format!("“{choice}”")).collect();
            self.wrong(field, format!("Choose one of {}.", words.join(", ")));
        }
        found
    }

    /// Yes or no; blank is `otherwise`.
    pub fn yes(&mut self, field: &str, text: Option<&str>, otherwise: bool) -> bool {
        match text.map(str::trim) {
            None | Some("") => otherwise,
            Some("yes" | "true" | "on") => true,
            Some("no" | "false") => false,
            Some(_) => {
                self.wrong(field, "Answer “yes” or “no”.");
                otherwise
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_answer_is_named_at_once_and_none_is_guessed() {
        let mut answers = Answers::new();
        answers.key("key", "care");
        answers.needed("name", " ", 200);
        answers.day("first_day", Some("30.09.2026"));
        answers.decimal("per_unit", "1,5");
        answers.quantity("quantity", "0");
        answers.currency("currency", Some("euro"), Currency::EUR);
        answers.one_of("state", "live", &[("operational", 1), ("retired", 2)]);
        answers.yes("central", Some("maybe"), false);
        answers.whole("notice_days", Some("-1"), 0, 999);
        let refusal = answers.fine().unwrap_err();
        let fields: Vec<_> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "key",
                "name",
                "first_day",
                "per_unit",
                "quantity",
                "currency",
                "state",
                "central",
                "notice_days"
            ]
        );
    }

    #[test]
    fn blank_is_none_where_it_may_be() {
        let mut answers = Answers::new();
        assert_eq!(answers.words("for_whom", Some("  "), 10), None);
        assert_eq!(answers.day("last_day", Some("")), None);
        assert_eq!(answers.currency("currency", None, Currency::USD), Currency::USD);
        assert!(answers.yes("central", None, true));
        assert_eq!(answers.whole("notice_days", Some(""), 30, 999), 30);
        assert!(answers.fine().is_ok());
    }

    #[test]
    fn only_a_real_day_is_a_day() {
        for (text, real) in
            [("2028-02-29", true), ("2027-02-29", false), ("2026-9-30", false), ("0201-01-01", false)]
        {
            let mut answers = Answers::new();
            answers.day("day", Some(text));
            assert_eq!(answers.fine().is_ok(), real, "{text}");
        }
    }
}
