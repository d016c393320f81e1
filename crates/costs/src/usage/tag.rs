//! One tag of a row's tags, which are JSON or a map.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StringArray, StringDictionaryBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type};
use serde_json::Value;

use super::csv::is_nothing;

/// The value of `key` in each JSON object, with or without its braces.
pub(crate) fn of_json(words: &StringArray, key: &str) -> Result<ArrayRef, String> {
    let tag = |word: Option<&str>| -> Result<Option<String>, String> {
        let Some(word) = word.map(str::trim).filter(|word| !is_nothing(word)) else { return Ok(None) };
        let braced = if word.starts_with('{') { word.to_owned() } else { format!("{{{word}}}") };
        let Ok(Value::Object(tags)) = serde_json::from_str(&braced) else { return Err(word.to_owned()) };
        Ok(match tags.get(key) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        })
    };
    let tags = words.iter().map(tag).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(StringArray::from(tags)))
}

/// The value of `key` in each map.
pub(crate) fn of_map(array: &ArrayRef, key: &str) -> ArrayRef {
    let maps = array.as_map();
    let text = |array: &ArrayRef| cast(array, &DataType::Utf8).unwrap_or_else(|_| array.clone());
    let (keys, values) = (text(maps.keys()), text(maps.values()));
    let (keys, values) = (keys.as_string::<i32>(), values.as_string::<i32>());
    let mut tags = StringDictionaryBuilder::<Int32Type>::new();
    for (row, ends) in maps.value_offsets().windows(2).enumerate() {
        let entries =
            usize::try_from(ends[0]).unwrap_or_default()..usize::try_from(ends[1]).unwrap_or_default();
        let found = entries.filter(|_| maps.is_valid(row)).find(|at| keys.value(*at) == key);
        tags.append_option(found.filter(|at| values.is_valid(*at)).map(|at| values.value(at)));
    }
    Arc::new(tags.finish())
}
