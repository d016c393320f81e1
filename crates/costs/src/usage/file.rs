//! One file of usage, opened: what it holds, in which pieces it can be read.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Type as Physical;

use super::csv;
use super::currency::only_word;
use super::find::{Kind, kind};
use super::layout::{Layout, Names};
use crate::wrong::Wrong;

/// A file, its columns and where the needed ones stand.
#[derive(Debug)]
pub(crate) struct UsageFile {
    pub(crate) path: PathBuf,
    /// Its number among the files of the bill.
    number: u32,
    kind: Kind,
    /// As it is read: words as dictionaries, decimals as narrow as they are.
    pub(crate) schema: SchemaRef,
    pub(crate) layout: Layout,
    /// Of a Parquet file.
    metadata: Option<ArrowReaderMetadata>,
}

/// A part of a file that is read in one go.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) file: Arc<UsageFile>,
    /// Of a Parquet file.
    row_group: Option<usize>,
    /// Rows of the file before it.
    pub(crate) first_row: u64,
    /// Its rows, where the file tells.
    rows: Option<u64>,
}

/// Rows of one file have that many bits in a place.
const ROW_BITS: u32 = 40;

/// How many rows with all their columns are held at once.
const ROWS_AT_ONCE: usize = 1_024;

impl UsageFile {
    /// Opens a file and finds its columns.
    ///
    /// # Errors
    /// It cannot be read, or a column is missing or of a wrong type.
    pub(crate) fn open(path: &Path, number: u32, names: &Names) -> Result<UsageFile, calc::Stop> {
        let kind = kind(path)?;
        let (schema, metadata) = match kind {
            Kind::Csv { gzip } => (csv::schema(path, gzip)?, None),
            Kind::Parquet => {
                let metadata = parquet(path)?;
                (metadata.schema().clone(), Some(metadata))
            }
        };
        let mut layout = Layout::find(&path.display().to_string(), &schema, names)?;
        if let Some(only) = layout.currency.zip(metadata.as_ref()).and_then(|(at, of)| only_word(of, at)) {
            layout.in_currency(only);
        }
        Ok(UsageFile { path: path.to_owned(), number, kind, schema, layout, metadata })
    }

    /// Its number among the files of the bill.
    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    /// Where a row stands among all of the bill, the file's first being 0: file by file, row by row.
    pub(crate) fn place(&self, row: u64) -> u64 {
        u64::from(self.number) << ROW_BITS | row
    }

    /// The file's number and the row of a place.
    pub(crate) fn of_place(place: u64) -> (usize, u64) {
        ((place >> ROW_BITS) as usize, place & ((1 << ROW_BITS) - 1))
    }

    /// The rows at `wanted`, sorted, with all columns as texts.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn rows_at(self: &Arc<UsageFile>, wanted: &[u64]) -> Result<Vec<Vec<String>>, Wrong> {
        let all: Vec<usize> = (0..self.schema.fields().len()).collect();
        let mut found = Vec::new();
        for piece in self.pieces() {
            let after = piece.rows.map_or(u64::MAX, |rows| piece.first_row + rows);
            let here = wanted.iter().filter(|row| (piece.first_row..after).contains(row));
            let Some(last) = here.clone().next_back() else { continue };
            let mut first = piece.first_row;
            for batch in piece.read(&all, ROWS_AT_ONCE)? {
                let batch = batch?;
                let end = first + batch.num_rows() as u64;
                for row in here.clone().filter(|row| (first..end).contains(row)) {
                    found.push(texts(&batch, usize::try_from(row - first).unwrap_or_default())?);
                }
                if end > *last {
                    break;
                }
                first = end;
            }
        }
        Ok(found)
    }

    /// The file in pieces.
    pub(crate) fn pieces(self: &Arc<UsageFile>) -> Vec<Piece> {
        let piece = |row_group, first_row, rows| Piece { file: self.clone(), row_group, first_row, rows };
        let Some(metadata) = &self.metadata else { return vec![piece(None, 0, None)] };
        let groups = metadata.metadata().row_groups().iter().enumerate();
        let pieces = groups.scan(0, |first, (at, group)| {
            let rows = u64::try_from(group.num_rows()).unwrap_or_default();
            *first += rows;
            Some(piece(Some(at), *first - rows, Some(rows)))
        });
        pieces.collect()
    }

    /// How many rows it has, where it tells.
    pub(crate) fn rows(&self) -> Option<u64> {
        let rows = self.metadata.as_ref()?.metadata().file_metadata().num_rows();
        u64::try_from(rows).ok()
    }
}

impl Piece {
    /// Its number among the pieces of its file.
    pub(crate) fn number(&self) -> u32 {
        u32::try_from(self.row_group.unwrap_or_default()).unwrap_or(u32::MAX)
    }

    /// About how many rows it has, for sharing out the work.
    pub(crate) fn weight(&self) -> u64 {
        /// Of a row of text.
        const BYTES: u64 = 100;
        let bytes = || self.file.path.metadata().map_or(0, |file| file.len());
        self.rows.unwrap_or_else(|| bytes() / BYTES)
    }

    /// Its rows with the columns at `projection`, sorted places in the file.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn read(&self, projection: &[usize], batch_rows: usize) -> Result<Batches, Wrong> {
        let file = &self.file;
        match (&file.metadata, self.row_group, file.kind) {
            (Some(metadata), Some(group), _) => {
                let opened = opened(&file.path)?;
                let mask = ProjectionMask::roots(metadata.parquet_schema(), projection.iter().copied());
                let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(opened, metadata.clone())
                    .with_row_groups(vec![group])
                    .with_projection(mask)
                    .with_batch_size(batch_rows)
                    .build();
                let path = file.path.clone();
                let reader = reader.map_err(|error| damaged(&path, &error))?;
                Ok(Box::new(reader.map(move |batch| batch.map_err(|error| damaged(&path, &error)))))
            }
            (_, _, kind) => {
                let gzip = kind == Kind::Csv { gzip: true };
                let rows = csv::rows(&file.path, gzip, &file.schema, projection.to_vec(), batch_rows)?;
                Ok(Box::new(rows))
            }
        }
    }
}

/// Batches of a file, one after the other.
pub(crate) type Batches = Box<dyn Iterator<Item = Result<RecordBatch, Wrong>> + Send>;

/// A file with all its columns and rows.
///
/// # Errors
/// It is no such file, or damaged.
pub(crate) fn whole(path: &Path) -> Result<(SchemaRef, Batches), calc::Stop> {
    const ROWS: usize = 65_536;
    match kind(path)? {
        Kind::Csv { gzip } => {
            let schema = csv::schema(path, gzip)?;
            let all = (0..schema.fields().len()).collect();
            let rows = csv::rows(path, gzip, &schema, all, ROWS)?;
            Ok((schema, Box::new(rows)))
        }
        Kind::Parquet => {
            let metadata = parquet(path)?;
            let schema = metadata.schema().clone();
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(opened(path)?, metadata);
            let rows = builder.with_batch_size(ROWS).build().map_err(|error| damaged(path, &error))?;
            let path = path.to_owned();
            Ok((schema, Box::new(rows.map(move |batch| batch.map_err(|error| damaged(&path, &error))))))
        }
    }
}

/// A row's cells as people read them; nothing for null.
fn texts(batch: &RecordBatch, row: usize) -> Result<Vec<String>, Wrong> {
    let options = FormatOptions::default();
    let text = |column: &ArrayRef| Ok(ArrayFormatter::try_new(column, &options)?.value(row).to_string());
    batch.columns().iter().map(text).collect()
}

/// The footer of a Parquet file, to be read with words as dictionaries.
fn parquet(path: &Path) -> Result<ArrowReaderMetadata, Wrong> {
    let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let found = ArrowReaderMetadata::load(&opened(path)?, plain.clone());
    let found = found.map_err(|error| damaged(path, &error))?;
    let columns = found.parquet_schema().root_schema().get_fields();
    let fields = found.schema().fields().iter().zip(columns).map(|(field, column)| {
        let narrow = column.is_primitive() && column.get_physical_type() != Physical::FIXED_LEN_BYTE_ARRAY;
        let kind = match field.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => csv::words(),
            DataType::Decimal128(digits, decimals) if narrow && *digits <= 18 => {
                DataType::Decimal64(*digits, *decimals)
            }
            other => other.clone(),
        };
        Field::new(field.name(), kind, field.is_nullable())
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let read = ArrowReaderMetadata::try_new(found.metadata().clone(), plain.with_schema(schema));
    read.map_err(|error| damaged(path, &error))
}

fn opened(path: &Path) -> Result<File, Wrong> {
    File::open(path).map_err(|error| Wrong(format!("{} cannot be read: {error}.", path.display())))
}

fn damaged(path: &Path, error: &dyn std::fmt::Display) -> Wrong {
    let says = error.to_string();
    let says = says.trim_start_matches("Parquet argument error: ").trim_start_matches("Parquet error: ");
    Wrong(format!("{} is cut short or damaged: {says}. Fetch it again.", path.display()))
}
