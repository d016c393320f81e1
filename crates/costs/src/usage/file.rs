//! One file of usage, opened: what it holds, in which pieces it can be read.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Type as Physical;
use parquet::file::statistics::Statistics;

use super::csv;
use super::find::{Kind, kind};
use super::layout::{Layout, Names};
use crate::wrong::Wrong;

/// A file, its columns and where the needed ones stand.
#[derive(Debug)]
pub(crate) struct UsageFile {
    pub(crate) path: PathBuf,
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
    /// Its rows, where the file tells; else an estimate by its size, for sharing out the work.
    pub(crate) weight: u64,
}

impl UsageFile {
    /// Opens a file and finds its columns.
    ///
    /// # Errors
    /// It cannot be read, or a column is missing or of a wrong type.
    pub(crate) fn open(path: &Path, names: &Names) -> Result<UsageFile, calc::Stop> {
        let kind = kind(path)?;
        let (schema, metadata) = match kind {
            Kind::Csv { gzip } => (csv::schema(path, gzip)?, None),
            Kind::Parquet => {
                let metadata = parquet(path)?;
                (metadata.schema().clone(), Some(metadata))
            }
        };
        let layout = Layout::find(&path.display().to_string(), &schema, names)?;
        Ok(UsageFile { path: path.to_owned(), kind, schema, layout, metadata })
    }

    /// The file in pieces.
    pub(crate) fn pieces(self: &Arc<UsageFile>) -> Vec<Piece> {
        let piece = |row_group, first_row, weight| Piece { file: self.clone(), row_group, first_row, weight };
        let Some(metadata) = &self.metadata else {
            let bytes = self.path.metadata().map_or(0, |file| file.len());
            return vec![piece(None, 0, bytes / 100)];
        };
        let groups = metadata.metadata().row_groups().iter().enumerate();
        let pieces = groups.scan(0, |first, (at, group)| {
            let rows = u64::try_from(group.num_rows()).unwrap_or_default();
            *first += rows;
            Some(piece(Some(at), *first - rows, rows))
        });
        pieces.collect()
    }

    /// How many rows it has, where it tells.
    pub(crate) fn rows(&self) -> Option<u64> {
        let rows = self.metadata.as_ref()?.metadata().file_metadata().num_rows();
        u64::try_from(rows).ok()
    }

    /// The one currency of all rows, where the file tells without being read.
    pub(crate) fn only_currency(&self) -> Option<String> {
        let (column, metadata) = (self.layout.currency?, self.metadata.as_ref()?);
        let leaf = (0..metadata.parquet_schema().num_columns())
            .find(|leaf| metadata.parquet_schema().get_column_root_idx(*leaf) == column)?;
        let mut only = None;
        for group in metadata.metadata().row_groups().iter().filter(|group| group.num_rows() > 0) {
            let Some(Statistics::ByteArray(statistics)) = group.column(leaf).statistics() else {
                return None;
            };
            let (least, greatest) = (statistics.min_opt()?, statistics.max_opt()?);
            if least != greatest || only.as_ref().is_some_and(|only| only != least) {
                return None;
            }
            only = Some(least.clone());
        }
        only.and_then(|only| only.as_utf8().ok().map(str::to_owned))
    }
}

impl Piece {
    /// Its rows with the columns at `projection`, sorted places in the file.
    ///
    /// # Errors
    /// It cannot be read.
    pub(crate) fn read(
        &self,
        projection: &[usize],
        batch_rows: usize,
    ) -> Result<Box<dyn Iterator<Item = Result<RecordBatch, Wrong>> + Send>, Wrong> {
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
