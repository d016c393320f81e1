//! Reading the answers that both nouns of this crate ask for alike.

use kernel::{FieldError, Refusal};

pub(crate) fn all_fine(wrong: Vec<FieldError>) -> Result<(), Refusal> {
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}

pub(crate) fn name_wrong(wrong: &mut Vec<FieldError>, field: &str, says: impl Into<String>) {
    wrong.push(FieldError { field: field.to_owned(), says: says.into() });
}
