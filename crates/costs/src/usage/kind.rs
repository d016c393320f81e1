//! What a column's type lets it be.

use arrow::datatypes::DataType;

use super::csv::words;
use super::day::DateOrder;
use super::layout::Take;
use super::zone::Zone;

pub(super) fn cost(kind: &DataType) -> Option<Take> {
    match kind {
        DataType::Decimal64(..) | DataType::Decimal128(..) | DataType::Decimal256(..) => Some(Take::Same),
        kind if kind.is_integer() => Some(Take::WholeCost),
        DataType::Float64 | DataType::Float32 => Some(Take::FloatCost),
        DataType::Dictionary(..) => Some(Take::TextCost),
        _ => None,
    }
}

pub(super) fn time(kind: &DataType, order: DateOrder, zone: Option<&Zone>) -> Option<Take> {
    match (kind, zone) {
        (DataType::Timestamp(..), Some(zone)) => Some(Take::DayIn(zone.clone())),
        (DataType::Timestamp(..) | DataType::Date32, _) => Some(Take::Same),
        (DataType::Dictionary(..), _) => Some(Take::TextTime(order, zone.cloned())),
        _ => None,
    }
}

pub(super) fn word(kind: &DataType) -> Option<Take> {
    (*kind == words()).then_some(Take::Same)
}

/// Tags in text are JSON; a map has to be one of text to text.
pub(super) fn tags(kind: &DataType, key: &str) -> Option<Take> {
    match kind {
        DataType::Map(entries, _) => match entries.data_type() {
            DataType::Struct(fields) if fields.iter().all(|field| is_text(field.data_type())) => {
                Some(Take::MapTag(key.to_owned()))
            }
            _ => None,
        },
        DataType::Dictionary(..) => Some(Take::JsonTag(key.to_owned())),
        _ => None,
    }
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Dictionary(_, values) => is_text(values),
        kind => matches!(kind, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View),
    }
}

/// A type in a word that people know.
pub(super) fn plain(kind: &DataType) -> String {
    match kind {
        DataType::Dictionary(..) => "text".to_owned(),
        DataType::Boolean => "yes or no".to_owned(),
        DataType::Timestamp(..) => "a timestamp".to_owned(),
        DataType::Date32 | DataType::Date64 => "a date".to_owned(),
        DataType::Decimal32(..) | DataType::Decimal64(..) | DataType::Decimal128(..) => {
            "a decimal".to_owned()
        }
        DataType::Map(..) => "a map of other than text".to_owned(),
        kind if kind.is_integer() => "a whole number".to_owned(),
        kind if kind.is_floating() => "a floating number".to_owned(),
        kind if kind.is_nested() => "a list or record".to_owned(),
        kind => kind.to_string(),
    }
}
