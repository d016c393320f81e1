//! A dataset of FOCUS as a Parquet file: texts with their types. What is in it, the caller knows.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Decimal128Array, RecordBatch, StringArray, TimestampMicrosecondArray};
use arrow::compute::kernels::cast_utils::string_to_timestamp_nanos;
use arrow::datatypes::{Field, Schema};
use calc::Stop;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::draft::Draft;

/// Digits of a decimal, and how many of them are decimals: cents, and a price of ten decimals times a quantity of
/// six, with room to spare.
const DIGITS: (u8, i8) = (38, 18);

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Words, or JSON.
    Text,
    /// An exact decimal: DECIMAL(38, 18).
    Decimal,
    /// A moment in UTC, to the microsecond.
    Time,
}

/// Writes `rows`, each as long as `columns`, to `path`: whole or not at all.
///
/// # Errors
/// A value is not what its column holds, or the disk refuses.
pub fn write_focus(path: &Path, columns: &[(&str, Holds)], rows: &[Vec<Option<String>>]) -> Result<(), Stop> {
    let mut fields = Vec::with_capacity(columns.len());
    let mut arrays = Vec::with_capacity(columns.len());
    for (at, (name, holds)) in columns.iter().enumerate() {
        let array = array(name, *holds, rows.iter().map(|row| row[at].as_deref()))?;
        fields.push(Field::new(*name, array.data_type().clone(), true));
        arrays.push(array);
    }
    let (draft, file) = Draft::begin(path)?;
    let cannot = |error: &dyn std::fmt::Display| {
        Stop::Failed(format!("{} cannot be written: {error}", path.display()))
    };
    let file = written(file, Arc::new(Schema::new(fields)), arrays).map_err(|error| cannot(&error))?;
    let file = file.into_inner().map_err(|error| cannot(&error))?;
    draft.finish(&file)
}

fn written(
    file: BufWriter<File>,
    schema: Arc<Schema>,
    arrays: Vec<ArrayRef>,
) -> parquet::errors::Result<BufWriter<File>> {
    let properties =
        WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut writer = ArrowWriter::try_new(file, schema.clone(), Some(properties))?;
    writer.write(&RecordBatch::try_new(schema, arrays)?)?;
    writer.into_inner()
}

fn array<'r>(
    name: &str,
    holds: Holds,
    values: impl Iterator<Item = Option<&'r str>>,
) -> Result<ArrayRef, Stop> {
    let wrong = |text: &str| Stop::Unclean(format!("{name} cannot hold “{text}”."));
    Ok(match holds {
        Holds::Text => Arc::new(values.collect::<StringArray>()),
        Holds::Decimal => {
            let read = |text: &str| decimal(text).ok_or_else(|| wrong(text));
            let read: Result<Vec<_>, Stop> = values.map(|text| text.map(read).transpose()).collect();
            let array = Decimal128Array::from(read?).with_precision_and_scale(DIGITS.0, DIGITS.1);
            Arc::new(array.map_err(|error| Stop::Failed(error.to_string()))?)
        }
        Holds::Time => {
            let read = |text: &str| {
                string_to_timestamp_nanos(text).map(|nanos| nanos / 1000).map_err(|_| wrong(text))
            };
            let read: Result<Vec<_>, Stop> = values.map(|text| text.map(read).transpose()).collect();
            Arc::new(TimestampMicrosecondArray::from(read?).with_timezone("UTC"))
        }
    })
}

/// `-12.50` in units of the last decimal there is room for; none of anything else, and never rounded.
fn decimal(text: &str) -> Option<i128> {
    let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let room = usize::from(DIGITS.1.unsigned_abs());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > room {
        return None;
    }
    let unscaled: i128 = format!("{whole}{part:0<room$}").parse().ok()?;
    // 38 digits are all that the type has.
    (unscaled < 10_i128.pow(u32::from(DIGITS.0))).then_some(sign * unscaled)
}

#[cfg(test)]
mod tests {
    use arrow::array::{Array, AsArray};
    use arrow::datatypes::{DataType, Decimal128Type, TimeUnit, TimestampMicrosecondType};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;

    #[test]
    fn a_decimal_is_read_to_its_last_digit_and_never_rounded() {
        for (text, unscaled) in [
            ("12.50", Some(12_500_000_000_000_000_000)),
            ("-0.000000000000000001", Some(-1)),
            ("320", Some(320_000_000_000_000_000_000)),
            ("0.0000000000000000001", None),
            ("100000000000000000000", None),
            ("1e3", None),
            ("", None),
            ("-", None),
            ("1,5", None),
        ] {
            assert_eq!(decimal(text), unscaled, "{text}");
        }
    }

    #[test]
    fn columns_have_their_types_and_what_is_not_there_is_null() {
        let folder = std::env::temp_dir().join(format!("focus-types-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("a.parquet");
        let columns = [
            ("ServiceName", Holds::Text),
            ("BilledCost", Holds::Decimal),
            ("ChargePeriodStart", Holds::Time),
        ];
        let full = ["Mail", "-12.50", "2026-09-01T00:00:00Z"].map(|text| Some(text.to_owned())).to_vec();
        write_focus(&path, &columns, &[full, vec![None; 3]]).unwrap();
        let file = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
        let types: Vec<DataType> =
            file.schema().fields().iter().map(|field| field.data_type().clone()).collect();
        let utc = Some("UTC".into());
        assert_eq!(
            types,
            [DataType::Utf8, DataType::Decimal128(38, 18), DataType::Timestamp(TimeUnit::Microsecond, utc)]
        );
        let batch = file.build().unwrap().next().unwrap().unwrap();
        let cost = batch.column(1).as_primitive::<Decimal128Type>();
        let start = batch.column(2).as_primitive::<TimestampMicrosecondType>();
        // 1 September 2026 is day 20,697 since 1970.
        assert_eq!((cost.value(0), start.value(0)), (-12_500_000_000_000_000_000, 20_697 * 86_400_000_000));
        assert!(batch.columns().iter().all(|column| column.is_null(1)));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_no_value_of_its_column_is_named_and_nothing_is_written() {
        let folder = std::env::temp_dir().join(format!("focus-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (column, value, says) in [
            (("BilledCost", Holds::Decimal), "ten", "BilledCost cannot hold “ten”."),
            (("ChargePeriodStart", Holds::Time), "in May", "ChargePeriodStart cannot hold “in May”."),
        ] {
            let refused = write_focus(&folder.join("a.parquet"), &[column], &[vec![Some(value.to_owned())]]);
            assert_eq!(refused, Err(Stop::Unclean(says.to_owned())));
        }
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
