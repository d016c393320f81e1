//! Reading the answers that several nouns of this crate ask for alike; each wrong one is named.

use kernel::{FieldError, Period, Refusal};

/// All answers fine, or the refusal that names what is wrong.
pub(crate) fn all_fine(wrong: Vec<FieldError>) -> Result<(), Refusal> {
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}

/// Remembers that `field` is wrong.
pub(crate) fn name_wrong(wrong: &mut Vec<FieldError>, field: &str, says: impl Into<String>) {
    wrong.push(FieldError { field: field.to_owned(), says: says.into() });
}

/// A key of 2 to 12 capital letters and digits.
pub(crate) fn read_key(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let key = text.trim();
    let fits =
        (2..=12).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !fits {
        name_wrong(wrong, "key", "Enter a key of 2 to 12 capital letters and digits, for example CLOUD.");
    }
    key.to_owned()
}

/// A required text of at most 200 characters.
pub(crate) fn read_words(field: &str, text: &str, wrong: &mut Vec<FieldError>) -> String {
    let words = text.trim();
    if words.is_empty() || words.chars().count() > 200 {
        name_wrong(wrong, field, format!("Enter a {field} of at most 200 characters."));
    }
    words.to_owned()
}

/// An answer that may be left out; empty is left out.
pub(crate) fn optional(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A month, `2026-09`.
pub(crate) fn read_period(field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<Period> {
    match text.trim().parse() {
        Ok(period) => Some(period),
        Err(says) => {
            name_wrong(wrong, field, says);
            None
        }
    }
}
