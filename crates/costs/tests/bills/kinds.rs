//! The same rows, written in many ways.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Decimal64Array, Decimal128Array, Float64Array, MapBuilder, RecordBatch, StringArray,
    StringBuilder, TimestampMicrosecondArray,
};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

use super::Row;

/// How costs are kept.
#[derive(Clone, Copy, Debug)]
pub enum Cost {
    Decimal(u8, i8),
    Narrow,
    Float,
    Text,
}

/// How tags are kept.
#[derive(Clone, Copy, Debug)]
pub enum Tag {
    Column,
    Json,
    Map,
}

/// The rows as a table.
pub fn batch(rows: &[Row], cost: Cost, tag: Tag) -> RecordBatch {
    let costs: ArrayRef = match cost {
        Cost::Narrow => {
            let costs: Decimal64Array = rows.iter().map(|row| Some(row.cost)).collect();
            Arc::new(costs.with_precision_and_scale(18, 6).unwrap())
        }
        Cost::Decimal(digits, decimals) => {
            let power = 10_i128.pow(u32::try_from(decimals - 6).unwrap());
            let costs: Decimal128Array = rows.iter().map(|row| Some(i128::from(row.cost) * power)).collect();
            Arc::new(costs.with_precision_and_scale(digits, decimals).unwrap())
        }
        Cost::Float => Arc::new(
            rows.iter().map(|row| Some(written(row.cost).parse::<f64>().unwrap())).collect::<Float64Array>(),
        ),
        Cost::Text => Arc::new(rows.iter().map(|row| Some(written(row.cost))).collect::<StringArray>()),
    };
    let times: TimestampMicrosecondArray = rows.iter().map(|row| Some(time(row))).collect();
    let accounts: StringArray = rows.iter().map(|row| Some(row.account.as_str())).collect();
    let (name, tags): (&str, ArrayRef) = match tag {
        Tag::Column => ("tag_app", Arc::new(rows.iter().map(|row| row.tag.clone()).collect::<StringArray>())),
        Tag::Json => ("Tags", Arc::new(rows.iter().map(json).collect::<StringArray>())),
        Tag::Map => ("Tags", map(rows)),
    };
    RecordBatch::try_from_iter_with_nullable([
        ("EffectiveCost", costs, true),
        ("ChargePeriodStart", Arc::new(times) as ArrayRef, true),
        ("SubAccountId", Arc::new(accounts) as ArrayRef, true),
        (name, tags, true),
    ])
    .unwrap()
}

/// `-12.345678`
pub fn written(cost: i64) -> String {
    let magnitude = cost.unsigned_abs();
    let sign = if cost < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", magnitude / 1_000_000, magnitude % 1_000_000)
}

/// Microseconds since 1970.
pub fn time(row: &Row) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    /// 2026-01-01.
    const NEW_YEAR: i64 = 20_454;
    ((NEW_YEAR + BEFORE[row.month as usize - 1]) * 24 + i64::from(row.hour)) * 3_600_000_000
}

fn json(row: &Row) -> Option<String> {
    let tag = row.tag.as_ref();
    tag.map(|tag| format!("{{\"env\": \"prod\", \"app\": \"{tag}\"}}")).or_else(|| Some("{}".to_owned()))
}

fn map(rows: &[Row]) -> ArrayRef {
    let mut maps = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    for row in rows {
        maps.keys().append_value("env");
        maps.values().append_value("prod");
        if let Some(tag) = &row.tag {
            maps.keys().append_value("app");
            maps.values().append_value(tag);
        }
        maps.append(true).unwrap();
    }
    Arc::new(maps.finish())
}

/// Writes a Parquet file in row groups of that many rows.
pub fn parquet(path: &str, batch: &RecordBatch, group_rows: usize, dictionary: bool) {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group_rows))
        .set_dictionary_enabled(dictionary)
        .set_data_page_row_count_limit(1_000)
        .set_write_batch_size(500)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

/// The rows as CSV.
pub fn csv(rows: &[Row]) -> String {
    let mut text = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n".to_owned();
    for row in rows {
        let (day, hour) = (row.hour / 24 + 1, row.hour % 24);
        let tag = row.tag.as_deref().unwrap_or("NULL");
        let time = format!("2026-{:02}-{day:02} {hour:02}:00:00", row.month);
        text.push_str(&format!("{},{time},{},{tag}\n", written(row.cost), row.account));
    }
    text
}

/// Text, packed.
pub fn gzip(path: &str, text: &str) {
    let mut file = flate2::write::GzEncoder::new(File::create(path).unwrap(), flate2::Compression::fast());
    file.write_all(text.as_bytes()).unwrap();
    file.finish().unwrap();
}
