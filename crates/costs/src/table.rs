//! Small tables, read whole: rules and drivers, as Parquet or CSV, plain or gzip.

use std::fs::File;
use std::path::Path;

use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Int64Type, SchemaRef};
use calc::Stop;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::usage::csv;
use crate::usage::find::{Kind, kind};
use crate::wrong::Wrong;

/// A file with named columns.
#[derive(Debug)]
pub(crate) struct Table {
    file: String,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// Reads a file.
    ///
    /// # Errors
    /// It cannot be opened, or is no such file.
    pub(crate) fn open(file: &str) -> Result<Table, Stop> {
        let path = Path::new(file);
        let opened =
            File::open(path).map_err(|error| Stop::Usage(format!("{file} cannot be read: {error}")))?;
        let unreadable = |error: &dyn std::fmt::Display| {
            Wrong(format!("{file} is cut short or damaged: {error}. Fetch it again."))
        };
        let (schema, batches) = match kind(path)? {
            Kind::Parquet => {
                let builder =
                    ParquetRecordBatchReaderBuilder::try_new(opened).map_err(|error| unreadable(&error))?;
                let schema = builder.schema().clone();
                let batches = builder.build().map_err(|error| unreadable(&error))?.collect::<Result<_, _>>();
                (schema, batches.map_err(|error| unreadable(&error))?)
            }
            Kind::Csv { gzip } => csv::whole(path, gzip)?,
        };
        Ok(Table { file: file.to_owned(), schema, batches })
    }

    /// The name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The names of the columns.
    pub(crate) fn headings(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Calls `each` with row (from 1) and text of a column; an empty or null cell is refused.
    pub(crate) fn texts(&self, column: &str) -> Result<Vec<String>, Stop> {
        let mut texts = Vec::new();
        for array in self.column(column, &DataType::Utf8)? {
            for text in array.as_string::<i32>() {
                let text = text.map(str::trim).filter(|text| !text.is_empty());
                let row = texts.len() + 1;
                texts.push(text.ok_or_else(|| self.wrong(row, column, "is empty"))?.to_owned());
            }
        }
        Ok(texts)
    }

    /// The whole numbers of a column, which are not negative.
    pub(crate) fn counts(&self, column: &str) -> Result<Vec<i64>, Stop> {
        let mut counts = Vec::new();
        for (array, whole) in
            self.column(column, &DataType::Utf8)?.iter().zip(self.column(column, &DataType::Int64)?)
        {
            for (text, count) in array.as_string::<i32>().iter().zip(whole.as_primitive::<Int64Type>()) {
                let row = counts.len() + 1;
                let count = count.filter(|count| *count >= 0 && is_whole(text.unwrap_or_default()));
                let says = || {
                    let text = text.unwrap_or_default();
                    format!("“{text}” is no count. Write a whole number from 0 up, such as 12")
                };
                counts.push(count.ok_or_else(|| self.wrong(row, column, &says()))?);
            }
        }
        Ok(counts)
    }

    /// A complaint about a cell.
    pub(crate) fn wrong(&self, row: usize, column: &str, says: &str) -> Wrong {
        Wrong(format!("{}, row {row}, column {column}: {says}.", self.file))
    }

    fn column(&self, name: &str, kind: &DataType) -> Result<Vec<ArrayRef>, Stop> {
        let at = self.schema.index_of(name).map_err(|_| {
            let (file, there) = (&self.file, self.headings().join(", "));
            Wrong(format!("{file} has no column {name}; its columns are {there}. Rename one, or add it."))
        })?;
        let as_kind =
            |batch: &RecordBatch| cast_with_options(batch.column(at), kind, &CastOptions::default());
        let columns = self.batches.iter().map(as_kind).collect::<Result<_, _>>();
        columns.map_err(|error| Wrong(format!("{}, column {name}: {error}.", self.file)).into())
    }
}

/// `12` and `12.000`; not `12.5`.
fn is_whole(text: &str) -> bool {
    text.split_once('.').is_none_or(|(_, part)| part.bytes().all(|digit| digit == b'0'))
}
