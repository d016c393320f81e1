//! `service_of(time, field, …)`: the rules, done on dictionary codes. A row costs a look-up per field in small tables; a
//! word is looked for among the rules once per dictionary.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef, AsArray, DictionaryArray, UInt32Array};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Int32Type};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use super::month_of::each_day;
use crate::rules::Rules;
use crate::rules::lookup::{Lookup, Said};
use crate::usage::csv::is_nothing;

/// The function: the code of the service a row belongs to, or [`Rules::unmatched`].
#[derive(Debug)]
pub(crate) struct ServiceOf {
    rules: Arc<Rules>,
    lookup: Lookup,
    /// By field.
    known: Vec<Known>,
    signature: Signature,
}

impl ServiceOf {
    pub(crate) fn new(rules: Arc<Rules>) -> ServiceOf {
        let signature = Signature::any(1 + rules.fields.len(), Volatility::Immutable);
        let known = rules.fields.iter().map(|_| Known::default()).collect();
        ServiceOf { lookup: Lookup::new(&rules), rules, known, signature }
    }

    /// What [`ServiceOf::new`] was given.
    #[cfg(feature = "cluster")]
    pub(crate) fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The rule of each row: the first that asks for one of its words alone.
    fn first_alone(&self, columns: &[Words], rows: usize) -> Vec<u32> {
        let mut first = vec![self.lookup.none(); rows];
        for column in columns {
            for (row, first) in first.iter_mut().enumerate() {
                *first = column.said.first(column.key(row)).min(*first);
            }
        }
        first
    }

    /// The same with the rules that ask for more.
    fn first_of_all(&self, times: &ArrayRef, columns: &[Words], first: &mut [u32]) -> Result<()> {
        let days = each_day(times, Some)?.unwrap_or_default();
        let mut words: Vec<(&Said, usize)> = columns.iter().map(|column| (&*column.said, 0)).collect();
        for (row, (first, day)) in first.iter_mut().zip(days).enumerate() {
            for (word, column) in words.iter_mut().zip(columns) {
                word.1 = column.key(row);
            }
            *first = self.lookup.first_joint(*first, day, &words);
        }
        Ok(())
    }
}

impl PartialEq for ServiceOf {
    fn eq(&self, other: &ServiceOf) -> bool {
        self.rules == other.rules
    }
}

impl Eq for ServiceOf {}

impl Hash for ServiceOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.rules.rules.len().hash(state);
    }
}

impl ScalarUDFImpl for ServiceOf {
    fn name(&self) -> &'static str {
        "service_of"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::UInt32)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let (times, fields) = (&arrays[0], &arrays[1..]);
        let columns = fields.iter().zip(&self.known).enumerate().map(|(field, (array, known))| {
            let words = array.as_dictionary::<Int32Type>();
            Words::new(words, known.said(words.values(), &self.lookup, field))
        });
        let columns: Vec<Words> = columns.collect();
        let mut first = self.first_alone(&columns, times.len());
        if self.lookup.is_joint() {
            self.first_of_all(times, &columns, &mut first)?;
        }
        let services = first.into_iter().map(|rule| self.lookup.service(rule));
        Ok(ColumnarValue::Array(Arc::new(UInt32Array::from_iter_values(services))))
    }
}

/// A column of words and what each of them says.
struct Words<'a> {
    keys: &'a [i32],
    nulls: Option<&'a NullBuffer>,
    said: Arc<Said>,
    no_word: usize,
}

impl<'a> Words<'a> {
    fn new(words: &'a DictionaryArray<Int32Type>, said: Arc<Said>) -> Words<'a> {
        let nulls = words.keys().nulls().filter(|nulls| nulls.null_count() > 0);
        Words { keys: words.keys().values(), nulls, no_word: said.no_word(), said }
    }

    #[inline]
    fn key(&self, row: usize) -> usize {
        let there = self.nulls.is_none_or(|nulls| nulls.is_valid(row));
        if there { self.keys[row].cast_unsigned() as usize } else { self.no_word }
    }
}

/// How many dictionaries are remembered: those that the readers of a plan are in at the same time.
const REMEMBERED: usize = 16;

/// Dictionaries that were looked up. The words are kept, so that no others can come to lie at their address.
#[derive(Debug, Default)]
struct Known(Mutex<Vec<(ArrayRef, Arc<Said>)>>);

impl Known {
    fn said(&self, words: &ArrayRef, lookup: &Lookup, field: usize) -> Arc<Said> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = known.iter().find(|(other, _)| words.to_data().ptr_eq(&other.to_data()));
        if let Some((_, said)) = same {
            return said.clone();
        }
        let texts = words.as_string::<i32>().iter();
        let texts = texts.map(|word| word.map(str::trim).filter(|word| !is_nothing(word)));
        let said = Arc::new(lookup.said(field, texts));
        if known.len() == REMEMBERED {
            known.remove(0);
        }
        known.push((words.clone(), said.clone()));
        said
    }
}
