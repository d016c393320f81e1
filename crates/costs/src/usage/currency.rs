//! The one currency of a bill: amounts in two cannot be added.

use std::sync::{Mutex, PoisonError};

use crate::wrong::Wrong;

/// The currency that all usage is in, once a row told it.
#[derive(Debug, Default)]
pub(crate) struct Currency(Mutex<Option<(String, String)>>);

impl Currency {
    /// Notes the currency of rows of `file`.
    ///
    /// # Errors
    /// Other rows are in another one.
    pub(crate) fn note(&self, currency: &str, file: &str) -> Result<(), Wrong> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.as_ref() {
            Some((other, at)) if other != currency => Err(Wrong(format!(
                "{file} has costs in {currency}, and {at} in {other}: they cannot be added. \
                 Allocate each currency by itself, or convert the files."
            ))),
            Some(_) => Ok(()),
            None => {
                *known = Some((currency.to_owned(), file.to_owned()));
                Ok(())
            }
        }
    }

    /// The currency, if any row told one.
    pub(crate) fn known(&self) -> Option<String> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().map(|(currency, _)| currency.clone())
    }
}
