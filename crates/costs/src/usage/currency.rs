//! Where a bill says which currency: amounts in two cannot be added, and who sent both is told where they are.

use std::sync::Arc;

use arrow::array::AsArray;
use arrow::datatypes::Int32Type;
use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::file::statistics::Statistics;

use super::Usage;
use super::file::UsageFile;
use crate::wrong::Wrong;

/// How many rows are looked at in one go.
const ROWS: usize = 16_384;

impl Usage {
    /// Refuses files that tell two currencies without being read.
    ///
    /// # Errors
    /// They do.
    pub(crate) fn refuse_two_currencies(&self) -> Result<(), Wrong> {
        let mut told = self.files.iter().filter_map(|file| Some((file, file.layout.only_currency()?)));
        let Some((first, one)) = told.next() else { return Ok(()) };
        match told.find(|(_, other)| *other != one) {
            None => Ok(()),
            Some((file, other)) => Err(two((other, &at(file)), (one, &at(first)))),
        }
    }

    /// What to say of rows in two currencies.
    pub(crate) fn two_currencies(&self, one: &str, other: &str) -> Wrong {
        let place = |currency: &str| {
            let found = self.files.iter().find_map(|file| first_in(file, currency).transpose());
            found.unwrap_or_else(|| Ok("a row".to_owned()))
        };
        match (place(one), place(other)) {
            (Ok(first), Ok(second)) => two((other, &second), (one, &first)),
            (Err(wrong), _) | (_, Err(wrong)) => wrong,
        }
    }
}

fn two((other, there): (&str, &str), (one, here): (&str, &str)) -> Wrong {
    Wrong(format!(
        "{there} has costs in {other}, and {here} in {one}: they cannot be added. \
         Convert them (--rates), or allocate each currency by itself."
    ))
}

fn at(file: &UsageFile) -> String {
    file.path.display().to_string()
}

/// The first row of a file that is in a currency.
fn first_in(file: &Arc<UsageFile>, currency: &str) -> Result<Option<String>, Wrong> {
    if let Some(only) = file.layout.only_currency() {
        return Ok((only == currency).then(|| at(file)));
    }
    let Some(column) = file.layout.currency else { return Ok(None) };
    for piece in file.pieces() {
        let mut row = piece.first_row;
        for batch in piece.read(&[column], ROWS)? {
            let batch = batch?;
            let words = batch.column(0).as_dictionary::<Int32Type>();
            let texts = words.values().as_string::<i32>();
            let is = |key: Option<i32>| {
                key.is_some_and(|key| texts.value(key.cast_unsigned() as usize).trim() == currency)
            };
            if let Some(there) = words.keys().iter().position(is) {
                return Ok(Some(format!("{}, row {},", at(file), row + there as u64 + 1)));
            }
            row += batch.num_rows() as u64;
        }
    }
    Ok(None)
}

/// The one word that all rows have in a column, where the footer tells.
pub(super) fn only_word(metadata: &ArrowReaderMetadata, column: usize) -> Option<String> {
    let schema = metadata.parquet_schema();
    let leaf = (0..schema.num_columns()).find(|leaf| schema.get_column_root_idx(*leaf) == column)?;
    let mut only = None;
    for group in metadata.metadata().row_groups().iter().filter(|group| group.num_rows() > 0) {
        let Some(Statistics::ByteArray(statistics)) = group.column(leaf).statistics() else { return None };
        let (least, greatest) = (statistics.min_opt()?, statistics.max_opt()?);
        let differs = least != greatest || only.as_ref().is_some_and(|only| only != least);
        if differs || statistics.null_count_opt() != Some(0) {
            return None;
        }
        only = Some(least.clone());
    }
    only.and_then(|only| only.as_utf8().ok().map(str::to_owned))
}
