//! Reading the answers that several nouns of this crate ask for alike.

use kernel::{FieldError, Period, Refusal};

pub(crate) fn all_fine(wrong: Vec<FieldError>) -> Result<(), Refusal> {
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}

pub(crate) fn name_wrong(wrong: &mut Vec<FieldError>, field: &str, says: impl Into<String>) {
    wrong.push(FieldError { field: field.to_owned(), says: says.into() });
}

pub(crate) fn optional(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(crate) fn read_period(field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Option<Period> {
    text.trim().parse().map_err(|says: String| name_wrong(wrong, field, says)).ok()
}
