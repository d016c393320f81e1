//! CSV files, plain or gzip: UTF-8, with or without a byte order mark, a heading line first.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use arrow::array::RecordBatch;
use arrow::csv::ReaderBuilder;
use arrow::csv::reader::Format;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::error::ArrowError;
use flate2::read::MultiGzDecoder;
use regex::Regex;

use crate::wrong::Wrong;

/// What [`is_nothing`] says, for cells.
static NOTHING: LazyLock<Regex> = LazyLock::new(|| Regex::new("^(NULL|null)?$").expect("a pattern"));

/// Words that come again and again.
pub(crate) fn words() -> DataType {
    DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8))
}

/// The columns of a file, all of them words.
pub(crate) fn schema(path: &Path, gzip: bool) -> Result<SchemaRef, Wrong> {
    schema_of(path, open(path, gzip)?)
}

fn schema_of(path: &Path, reader: impl BufRead) -> Result<SchemaRef, Wrong> {
    let format = Format::default().with_header(true);
    let (schema, _) = format.infer_schema(reader, Some(0)).map_err(|error| unreadable(path, &error))?;
    let fields = schema.fields().iter().map(|field| Field::new(field.name().trim(), words(), true));
    let fields: Vec<Field> = fields.collect();
    if fields.iter().all(|field| field.name().is_empty()) {
        return Err(Wrong(format!("{} is empty: begin it with a heading line.", path.display())));
    }
    Ok(Arc::new(Schema::new(fields)))
}

/// A small table in a text; `path` is what it is called.
pub(crate) fn in_text(path: &Path, text: &str) -> Result<(SchemaRef, Vec<RecordBatch>), Wrong> {
    let bytes = text.trim_start_matches('\u{feff}').as_bytes();
    let schema = schema_of(path, bytes)?;
    let reader = ReaderBuilder::new(schema.clone()).with_header(true).with_null_regex(NOTHING.clone());
    let reader = reader.build_buffered(bytes).map_err(|error| unreadable(path, &error))?;
    let batches = reader.collect::<Result<_, _>>().map_err(|error| unreadable(path, &error))?;
    Ok((schema, batches))
}

/// The rows of a file, with the columns at `projection`.
pub(crate) fn rows(
    path: &Path,
    gzip: bool,
    schema: &SchemaRef,
    projection: Vec<usize>,
    batch_rows: usize,
) -> Result<impl Iterator<Item = Result<RecordBatch, Wrong>> + Send + use<>, Wrong> {
    let reader = ReaderBuilder::new(schema.clone())
        .with_header(true)
        .with_null_regex(NOTHING.clone())
        .with_batch_size(batch_rows)
        .with_projection(projection)
        .build_buffered(open(path, gzip)?)
        .map_err(|error| unreadable(path, &error))?;
    let path = path.to_owned();
    Ok(reader.map(move |batch| batch.map_err(|error| unreadable(&path, &error))))
}

fn open(path: &Path, gzip: bool) -> Result<Box<dyn BufRead + Send>, Wrong> {
    const BUFFER_BYTES: usize = 1 << 18;
    let file =
        File::open(path).map_err(|error| Wrong(format!("{} cannot be read: {error}.", path.display())))?;
    let bytes: Box<dyn Read + Send> = if gzip { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    let mut reader = BufReader::with_capacity(BUFFER_BYTES, bytes);
    let mark = reader.fill_buf().map_err(|error| unreadable(path, &error))?.starts_with(b"\xef\xbb\xbf");
    if mark {
        reader.consume(3);
    }
    Ok(Box::new(reader))
}

fn unreadable(path: &Path, error: &dyn std::fmt::Display) -> Wrong {
    let says = error.to_string();
    let says = says.trim_start_matches("Csv error: ").trim_start_matches("Io error: ");
    Wrong(format!("{} is cut short or damaged: {says}. Fetch it again.", path.display()))
}

/// Providers write nothing in these ways.
pub(crate) fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "NULL" | "null")
}

impl From<ArrowError> for Wrong {
    fn from(error: ArrowError) -> Wrong {
        Wrong(error.to_string())
    }
}
