//! The least that reading a bill can cost: its four columns decoded, one after the other, and nothing done with them.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};

const COLUMNS: [&str; 4] = ["EffectiveCost", "ChargePeriodStart", "SubAccountId", "tag_app"];

/// Decodes the Parquet files of a folder; how many rows they have.
pub fn decode(folder: &Path) -> usize {
    let files = std::fs::read_dir(folder).expect("a folder of Parquet files");
    files.map(|entry| rows(&entry.expect("an entry").path())).sum()
}

fn rows(path: &Path) -> usize {
    let file = File::open(path).expect("a file that can be read");
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let found = ArrowReaderMetadata::load(&file, options.clone()).expect("Parquet");
    let fields = found.schema().fields().iter().map(|field| {
        let kind = match field.data_type() {
            DataType::Utf8 => DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8)),
            DataType::Decimal128(digits, decimals) if *digits <= 18 => {
                DataType::Decimal64(*digits, *decimals)
            }
            other => other.clone(),
        };
        Field::new(field.name(), kind, true)
    });
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    let metadata = ArrowReaderMetadata::try_new(found.metadata().clone(), options.with_schema(schema));
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata.expect("types that fit"));
    let mask = ProjectionMask::columns(builder.parquet_schema(), COLUMNS);
    let reader = builder.with_projection(mask).with_batch_size(16_384).build().expect("a reader");
    reader.map(|batch| std::hint::black_box(batch.expect("rows")).num_rows()).sum()
}
