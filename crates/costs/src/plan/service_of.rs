//! `service_of(tag, account)`: the rules, done on dictionary codes. A row costs two look-ups in small tables; a word
//! is looked for among the rules once per dictionary.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef, AsArray, DictionaryArray, UInt32Array};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Int32Type};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use crate::rules::Rules;

/// The function: the code of the service a row belongs to, or [`Rules::unmatched`].
#[derive(Debug)]
pub(crate) struct ServiceOf {
    rules: Arc<Rules>,
    tags: Known,
    accounts: Known,
    signature: Signature,
}

impl ServiceOf {
    pub(crate) fn new(rules: Arc<Rules>) -> ServiceOf {
        let signature = Signature::any(2, Volatility::Immutable);
        ServiceOf { rules, tags: Known::default(), accounts: Known::default(), signature }
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
        self.rules.services().hash(state);
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
        let words = ColumnarValue::values_to_arrays(&args.args)?;
        let (tags, accounts) = (words[0].as_dictionary::<Int32Type>(), words[1].as_dictionary::<Int32Type>());
        let by_tag = self.tags.codes(tags, |tag| self.rules.by_tag(tag));
        let by_account = self.accounts.codes(accounts, |account| self.rules.by_account(account));
        let unmatched = self.rules.unmatched();
        let (tag, account) = (Codes::new(tags, &by_tag), Codes::new(accounts, &by_account));
        let services = (0..tags.len()).map(|row| {
            // Both are looked up, so that the processor need not guess which is needed.
            let (tag, account) = (tag.of(row), account.of(row));
            let account = if account == NONE { unmatched } else { account };
            if tag == NONE { account } else { tag }
        });
        Ok(ColumnarValue::Array(Arc::new(UInt32Array::from_iter_values(services))))
    }
}

/// No rule.
const NONE: u32 = u32::MAX;

/// A column of words as codes of services.
struct Codes<'a> {
    keys: &'a [i32],
    nulls: Option<&'a NullBuffer>,
    /// By key; the last stands for no word.
    codes: &'a [u32],
}

impl<'a> Codes<'a> {
    fn new(column: &'a DictionaryArray<Int32Type>, codes: &'a [u32]) -> Codes<'a> {
        let nulls = column.keys().nulls().filter(|nulls| nulls.null_count() > 0);
        Codes { keys: column.keys().values(), nulls, codes }
    }

    #[inline]
    fn of(&self, row: usize) -> u32 {
        let none = self.codes.len() - 1;
        let there = self.nulls.is_none_or(|nulls| nulls.is_valid(row));
        let key = if there { self.keys[row].cast_unsigned() as usize } else { none };
        self.codes[key]
    }
}

/// How many dictionaries are remembered: those that the readers of a plan are in at the same time.
const REMEMBERED: usize = 16;

/// Dictionaries that were translated: their words, and codes of services by key. The words are kept, so that
/// no others can come to lie at their address.
#[derive(Debug, Default)]
struct Known(Mutex<Vec<(ArrayRef, Arc<Vec<u32>>)>>);

impl Known {
    fn codes(
        &self,
        column: &DictionaryArray<Int32Type>,
        rule: impl Fn(&str) -> Option<u32>,
    ) -> Arc<Vec<u32>> {
        let words = column.values();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = known.iter().find(|(other, _)| words.to_data().ptr_eq(&other.to_data()));
        if let Some((_, codes)) = same {
            return codes.clone();
        }
        let code = |word: Option<&str>| word.and_then(&rule).unwrap_or(NONE);
        let codes: Arc<Vec<u32>> =
            Arc::new(words.as_string::<i32>().iter().map(code).chain([NONE]).collect());
        if known.len() == REMEMBERED {
            known.remove(0);
        }
        known.push((words.clone(), codes.clone()));
        codes
    }
}
