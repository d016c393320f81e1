//! A batch as a file has it becomes a batch as the plan reads it. What is wrong is said with file, row and column.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, Date32Array, Decimal256Array, DictionaryArray, Int32Array, RecordBatch,
    StringArray, UInt64Array,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int32Type, Int64Type, SchemaRef, TimeUnit, i256};

use super::cost;
use super::csv::is_nothing;
use super::day::{self, DateOrder};
use super::file::UsageFile;
use super::layout::{Column, Take};
use super::tag;
use super::zone::Zone;
use crate::wrong::Wrong;

/// Words of a dictionary and what they became.
type Remembered = Option<(ArrayRef, ArrayRef)>;

/// Makes batches of one file what the plan reads.
pub(crate) struct Taking {
    file: Arc<UsageFile>,
    schema: SchemaRef,
    /// The columns, with where they stand in the batches that come; none for the row's place.
    columns: Vec<Option<(Column, usize)>>,
    /// By column.
    memory: Vec<Remembered>,
}

impl Taking {
    /// Of the columns at `wanted` among those of the layout's schema; with what has to be read for it.
    pub(crate) fn new(file: Arc<UsageFile>, wanted: &[usize]) -> Result<(Taking, Vec<usize>), Wrong> {
        let columns: Vec<Option<&Column>> = wanted.iter().map(|at| file.layout.columns.get(*at)).collect();
        let mut read: Vec<usize> = columns.iter().flatten().filter_map(|column| column.source).collect();
        read.sort_unstable();
        read.dedup();
        let stands =
            |column: &Column| column.source.and_then(|at| read.binary_search(&at).ok()).unwrap_or_default();
        let schema = Arc::new(file.layout.schema(&file.schema).project(wanted)?);
        let memory = columns.iter().map(|_| None).collect();
        let column = |column: Option<&Column>| column.map(|column| (column.clone(), stands(column)));
        let columns = columns.into_iter().map(column).collect();
        Ok((Taking { file, schema, columns, memory }, read))
    }

    /// The batch that begins at row `first` of the file.
    pub(crate) fn take(&mut self, batch: &RecordBatch, first: u64) -> Result<RecordBatch, Wrong> {
        let rows = batch.num_rows();
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.columns.len());
        for (column, memory) in self.columns.iter().zip(&mut self.memory) {
            let Some((column, at)) = column else {
                let places = (first..).map(|row| self.file.place(row)).take(rows);
                arrays.push(Arc::new(UInt64Array::from_iter_values(places)));
                continue;
            };
            let array = match (&column.take, column.source) {
                (Take::Only(word), _) => only(word.as_deref(), rows, memory)?,
                (take, Some(source)) => {
                    let name = self.file.schema.field(source).name();
                    let place = Place { file: &self.file, first, name };
                    taken(batch.column(*at), take, memory, &place)?
                }
                (take, None) => return Err(Wrong(format!("{take:?} needs a column."))),
            };
            arrays.push(array);
        }
        Ok(RecordBatch::try_new(self.schema.clone(), arrays)?)
    }
}

/// The same word, or none, in each of so many rows.
fn only(word: Option<&str>, rows: usize, memory: &mut Remembered) -> Result<ArrayRef, Wrong> {
    let known = memory.as_ref().filter(|(known, _)| known.len() >= rows);
    if let Some((known, _)) = known {
        return Ok(known.slice(0, rows));
    }
    let keys = match word {
        Some(_) => Int32Array::from(vec![0; rows]),
        None => Int32Array::new_null(rows),
    };
    let words: ArrayRef = Arc::new(word.into_iter().map(Some).collect::<StringArray>());
    let all: ArrayRef = Arc::new(DictionaryArray::<Int32Type>::try_new(keys, words.clone())?);
    *memory = Some((all.clone(), words));
    Ok(all)
}

/// Where in a file.
struct Place<'a> {
    file: &'a UsageFile,
    first: u64,
    name: &'a str,
}

impl Place<'_> {
    fn wrong(&self, row: usize, says: &str) -> Wrong {
        let (file, row) = (self.file.path.display(), self.first + row as u64 + 1);
        Wrong(format!("{file}, row {row}, column {}: {says}.", self.name))
    }
}

fn taken(array: &ArrayRef, take: &Take, memory: &mut Remembered, place: &Place) -> Result<ArrayRef, Wrong> {
    let out = match take {
        Take::Same | Take::Only(_) => array.clone(),
        Take::WholeCost => cast(array, &DataType::Decimal128(20, 0))?,
        Take::FloatCost => floats(array, place)?,
        Take::TextCost => read(array, memory, costs, place, "is no cost. Write it as 1234.56")?,
        Take::DayIn(zone) => days_in(array, zone)?,
        Take::TextTime(order, zone) => {
            let days = |words: &StringArray| Ok(days(words, *order, zone.as_ref()));
            let says = "is no date. Write it as 2026-09-30, or say the order of its parts (--dates)";
            read(array, memory, days, place, says)?
        }
        Take::JsonTag(key) => {
            let says =
                |text: String| place.wrong(first_of(array, &text), &format!("“{text}” is no JSON object"));
            let tags = each(array, memory, |words| tag::of_json(words, key).map_err(says))?;
            let keys = array.as_dictionary::<Int32Type>().keys().clone();
            Arc::new(DictionaryArray::try_new(keys, tags)?)
        }
        Take::MapTag(key) => tag::of_map(array, key),
    };
    if out.data_type().is_temporal() { with_times(out, place) } else { Ok(out) }
}

/// The first row with a word.
fn first_of(array: &ArrayRef, word: &str) -> usize {
    let column = array.as_dictionary::<Int32Type>();
    let words = column.values().as_string::<i32>();
    let is =
        |key: Option<i32>| key.is_some_and(|key| words.value(key.cast_unsigned() as usize).trim() == word);
    column.keys().iter().position(is).unwrap_or_default()
}

/// Refuses the first row without a time.
fn with_times(times: ArrayRef, place: &Place) -> Result<ArrayRef, Wrong> {
    let nulls = times.nulls().filter(|nulls| nulls.null_count() > 0);
    match nulls.and_then(|nulls| (0..nulls.len()).find(|row| nulls.is_null(*row))) {
        None => Ok(times),
        Some(row) => Err(place.wrong(
            row,
            "a charge without a time has no month. Ask for the file again, or leave the row out",
        )),
    }
}

/// A value per row, read from its word.
fn read(
    array: &ArrayRef,
    memory: &mut Remembered,
    become_: impl Fn(&StringArray) -> Result<ArrayRef, Wrong>,
    place: &Place,
    says: &str,
) -> Result<ArrayRef, Wrong> {
    let values = spread(array, &each(array, memory, become_)?)?;
    refuse_lost(array, &values, place, says)?;
    Ok(values)
}

/// What the words of a dictionary become, computed once per dictionary.
fn each(
    array: &ArrayRef,
    memory: &mut Remembered,
    become_: impl Fn(&StringArray) -> Result<ArrayRef, Wrong>,
) -> Result<ArrayRef, Wrong> {
    let words = array.as_dictionary::<Int32Type>().values();
    if let Some((_, known)) = memory.as_ref().filter(|(other, _)| words.to_data().ptr_eq(&other.to_data())) {
        return Ok(known.clone());
    }
    let values = become_(words.as_string::<i32>())?;
    *memory = Some((words.clone(), values.clone()));
    Ok(values)
}

/// A value per word becomes a value per row.
fn spread(array: &ArrayRef, values: &ArrayRef) -> Result<ArrayRef, Wrong> {
    Ok(arrow::compute::take(values, array.as_dictionary::<Int32Type>().keys(), None)?)
}

/// Refuses the first row that has a word and lost it.
fn refuse_lost(array: &ArrayRef, values: &ArrayRef, place: &Place, says: &str) -> Result<(), Wrong> {
    let words = array.as_dictionary::<Int32Type>();
    if values.null_count() == words.keys().null_count() {
        return Ok(());
    }
    let texts = words.values().as_string::<i32>();
    let lost = words.keys().iter().enumerate().filter(|(row, key)| key.is_some() && values.is_null(*row));
    for (row, key) in lost {
        let key = key.and_then(|key| usize::try_from(key).ok()).unwrap_or_default();
        if texts.is_valid(key) && !is_nothing(texts.value(key).trim()) {
            return Err(place.wrong(row, &format!("“{}” {says}", texts.value(key))));
        }
    }
    Ok(())
}

fn costs(words: &StringArray) -> Result<ArrayRef, Wrong> {
    let amounts = words.iter().map(|word| word.and_then(|word| cost::of_text(word.trim())));
    decimals(amounts.collect())
}

fn decimals(amounts: Decimal256Array) -> Result<ArrayRef, Wrong> {
    Ok(Arc::new(amounts.with_precision_and_scale(76, cost::DECIMALS.cast_signed())?))
}

fn floats(array: &ArrayRef, place: &Place) -> Result<ArrayRef, Wrong> {
    let exact = |(row, float): (usize, Option<f64>)| -> Result<Option<i256>, Wrong> {
        let Some(float) = float else { return Ok(None) };
        let amount = cost::of_float(float).ok_or_else(|| place.wrong(row, &format!("{float} is no cost")))?;
        Ok(Some(amount))
    };
    // A float of 32 bits is widened by its shortest decimal, as the others are read.
    let wide = match array.data_type() {
        DataType::Float32 => cast(&cast(array, &DataType::Utf8)?, &DataType::Float64)?,
        _ => array.clone(),
    };
    let amounts = wide.as_primitive::<Float64Type>().iter().enumerate().map(exact);
    decimals(amounts.collect::<Result<Vec<_>, _>>()?.into())
}

/// The days of dates.
fn days(words: &StringArray, order: DateOrder, zone: Option<&Zone>) -> ArrayRef {
    let day = |word: Option<&str>| word.and_then(|word| day::parse(word, order, zone));
    Arc::new(words.iter().map(day).collect::<Date32Array>())
}

/// The days of moments in a zone.
fn days_in(array: &ArrayRef, zone: &Zone) -> Result<ArrayRef, Wrong> {
    let seconds = cast(array, &DataType::Timestamp(TimeUnit::Second, None))?;
    let seconds = cast(&seconds, &DataType::Int64)?;
    let days = zone.days(seconds.as_primitive::<Int64Type>().iter());
    Ok(Arc::new(Date32Array::from(days)))
}
