//! Tables of rules and drivers: read part by part, as Parquet or CSV, plain or gzip, with words as dictionaries.

use std::path::Path;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, FieldRef, Int32Type, Int64Type, SchemaRef};
use calc::Stop;

use crate::usage::csv::{in_text, is_nothing, words};
use crate::usage::file::whole;
use crate::wrong::Wrong;

/// A file with named columns.
pub(crate) struct Table {
    file: String,
    schema: SchemaRef,
    batches: Box<dyn Iterator<Item = Result<RecordBatch, Wrong>> + Send>,
    /// Rows that came.
    rows: usize,
}

/// Rows of a table.
pub(crate) struct Part<'t> {
    table: &'t Table,
    batch: RecordBatch,
    /// Rows before it.
    before: usize,
}

/// A column, by its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column(usize);

impl Table {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be read, or is no such file.
    pub(crate) fn open(file: &str) -> Result<Table, Stop> {
        let path = Path::new(file);
        std::fs::File::open(path).map_err(|error| Stop::Usage(format!("{file} cannot be read: {error}")))?;
        let (schema, batches) = whole(path)?;
        let table = Table { file: file.to_owned(), schema, batches, rows: 0 };
        table.refuse_twice()?;
        Ok(table)
    }

    /// Reads a text that a file held.
    ///
    /// # Errors
    /// It is no table.
    pub(crate) fn of_text(file: &str, text: &str) -> Result<Table, Wrong> {
        let (schema, batches) = in_text(Path::new(file), text)?;
        let batches = Box::new(batches.into_iter().map(Ok));
        let table = Table { file: file.to_owned(), schema, batches, rows: 0 };
        table.refuse_twice()?;
        Ok(table)
    }

    /// The name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The names of the columns.
    pub(crate) fn headings(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    /// A column that must be there; capitals do not count.
    ///
    /// # Errors
    /// It is not.
    pub(crate) fn column(&self, name: &str) -> Result<Column, Wrong> {
        self.perhaps(name).ok_or_else(|| {
            let (file, there) = (&self.file, self.headings().join(", "));
            Wrong(format!("{file} has no column {name}; its columns are {there}. Rename one, or add it."))
        })
    }

    /// A column, if it is there.
    pub(crate) fn perhaps(&self, name: &str) -> Option<Column> {
        let is = |field: &FieldRef| field.name().trim().eq_ignore_ascii_case(name.trim());
        self.schema.fields().iter().position(is).map(Column)
    }

    /// Refuses two columns of one name: nobody could tell which is meant.
    fn refuse_twice(&self) -> Result<(), Wrong> {
        let names: Vec<String> =
            self.headings().iter().map(|heading| heading.trim().to_lowercase()).collect();
        let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
        match twice {
            None => Ok(()),
            Some((_, name)) => {
                Err(Wrong(format!("{} has two columns {name}. Keep one, or rename the other.", self.file)))
            }
        }
    }

    /// The next rows; none after the last.
    ///
    /// # Errors
    /// The file is damaged.
    pub(crate) fn next(&mut self) -> Result<Option<Part<'_>>, Wrong> {
        let Some(batch) = self.batches.next() else { return Ok(None) };
        let (batch, before) = (batch?, self.rows);
        self.rows += batch.num_rows();
        Ok(Some(Part { table: self, batch, before }))
    }
}

impl Part<'_> {
    /// A column's words, as what `coded` makes of each, computed once per word of a part. An empty cell is refused,
    /// and what `coded` refuses.
    ///
    /// # Errors
    /// A cell is refused: file, row, column and what it says.
    pub(crate) fn each<T: Clone>(
        &self,
        column: Column,
        coded: impl FnMut(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, Wrong> {
        let cells = self.perhaps_each(column, coded)?.into_iter().enumerate();
        cells.map(|(row, cell)| cell.ok_or_else(|| self.wrong(row, column, "is empty"))).collect()
    }

    /// The same; nothing for an empty cell.
    ///
    /// # Errors
    /// A cell is refused: file, row, column and what it says.
    pub(crate) fn perhaps_each<T: Clone>(
        &self,
        column: Column,
        mut coded: impl FnMut(&str) -> Result<T, String>,
    ) -> Result<Vec<Option<T>>, Wrong> {
        let cells = self.cast(column, &words())?;
        let cells = cells.as_dictionary::<Int32Type>();
        let texts = cells.values().as_string::<i32>();
        let mut known: Vec<Option<T>> = vec![None; texts.len()];
        let mut all = Vec::with_capacity(cells.len());
        for (row, key) in cells.keys().iter().enumerate() {
            let key = key.and_then(|key| usize::try_from(key).ok()).filter(|key| texts.is_valid(*key));
            let Some(key) = key.filter(|key| !is_nothing(texts.value(*key).trim())) else {
                all.push(None);
                continue;
            };
            if known[key].is_none() {
                let made = coded(texts.value(key).trim());
                known[key] = Some(made.map_err(|says| self.wrong(row, column, &says))?);
            }
            all.push(known[key].clone());
        }
        Ok(all)
    }

    /// A column's whole numbers, which are not negative.
    ///
    /// # Errors
    /// A cell is none.
    pub(crate) fn counts(&self, column: Column) -> Result<Vec<i64>, Wrong> {
        if self.batch.column(column.0).data_type().is_integer() {
            let cells = self.cast(column, &DataType::Int64)?;
            let cells = cells.as_primitive::<Int64Type>();
            let good = cells.null_count() == 0 && cells.values().iter().all(|count| *count >= 0);
            if good {
                return Ok(cells.values().to_vec());
            }
        }
        self.each(column, |text| {
            let (whole, part) = text.split_once('.').unwrap_or((text, ""));
            let count = whole.parse().ok().filter(|count: &i64| *count >= 0);
            let count = count.filter(|_| part.bytes().all(|digit| digit == b'0'));
            count.ok_or_else(|| format!("“{text}” is no count. Write a whole number from 0 up, such as 12"))
        })
    }

    fn cast(&self, column: Column, kind: &DataType) -> Result<ArrayRef, Wrong> {
        let wrong = |error| Wrong(format!("{}, column {}: {error}.", self.table.file, self.name(column)));
        cast(self.batch.column(column.0), kind).map_err(wrong)
    }

    fn name(&self, column: Column) -> &str {
        self.table.schema.field(column.0).name()
    }

    /// What is wrong with a cell, with its place.
    pub(crate) fn wrong(&self, row: usize, column: Column, says: &str) -> Wrong {
        let (file, row) = (&self.table.file, self.before + row + 1);
        Wrong(format!("{file}, row {row}, column {}: {says}.", self.name(column)))
    }
}
