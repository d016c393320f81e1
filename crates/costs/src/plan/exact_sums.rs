//! `exact_sums(service, month, cost, currency)`: the aggregate of the plan. Its state and result are [`ByCurrency`] as
//! bytes, so that parts computed anywhere add up to the same.

use std::fmt;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, DictionaryArray, PrimitiveArray};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal64Type, Decimal128Type, Decimal256Type, Field, FieldRef, Int32Type,
    UInt32Type, i256,
};
use datafusion::common::ScalarValue;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};

use super::cells::{Cells, Sum};
use super::totals::ByCurrency;
use crate::usage::csv::is_nothing;
use crate::wrong::Wrong;

/// The function. Codes of services are below `services`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct ExactSums {
    services: usize,
    signature: Signature,
}

impl ExactSums {
    pub(crate) fn new(services: usize) -> ExactSums {
        ExactSums { services, signature: Signature::any(4, Volatility::Immutable) }
    }

    /// What [`ExactSums::new`] was given.
    #[cfg(feature = "cluster")]
    pub(crate) fn services(&self) -> usize {
        self.services
    }
}

impl AggregateUDFImpl for ExactSums {
    fn name(&self) -> &'static str {
        "exact_sums"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Binary)
    }

    fn state_fields(&self, _: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        Ok(vec![Arc::new(Field::new("totals", DataType::Binary, true))])
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let services = self.services;
        // The final part of a plan is made of the same arguments as the first, whose input is the cost.
        Ok(match args.expr_fields[2].data_type() {
            DataType::Decimal64(..) => Box::new(Adding::<Decimal64Type, i128>::new(services, i128::from)),
            DataType::Decimal128(..) => {
                Box::new(Adding::<Decimal128Type, i256>::new(services, i256::from_i128))
            }
            DataType::Decimal256(..) => Box::new(Adding::<Decimal256Type, i256>::new(services, |cost| cost)),
            other => return Err(DataFusionError::Plan(format!("exact_sums adds decimals, not {other}"))),
        })
    }
}

/// Sums of costs of type `T`, in `S`.
struct Adding<T: ArrowPrimitiveType, S> {
    services: usize,
    /// By currency, of which there are few.
    cells: Vec<(String, Cells<S>)>,
    /// What other parts found.
    others: ByCurrency,
    widen: fn(T::Native) -> S,
}

impl<T: ArrowPrimitiveType, S: Sum> fmt::Debug for Adding<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Adding")
            .field("cells", &self.cells)
            .field("others", &self.others)
            .finish_non_exhaustive()
    }
}

/// A batch of rows.
struct Rows<'a, T: ArrowPrimitiveType> {
    services: &'a [u32],
    months: &'a [u32],
    costs: &'a PrimitiveArray<T>,
}

impl<T: ArrowPrimitiveType, S: Sum> Adding<T, S> {
    fn new(services: usize, widen: fn(T::Native) -> S) -> Adding<T, S> {
        Adding { services, cells: Vec::new(), others: ByCurrency::default(), widen }
    }

    fn binary(&self) -> Result<ScalarValue> {
        let mut all = self.others.clone();
        for (currency, cells) in &self.cells {
            all.add(currency.clone(), cells.totals())?;
        }
        Ok(ScalarValue::Binary(Some(all.write())))
    }

    /// The table of a currency.
    fn cells(&mut self, currency: &str) -> &mut Cells<S> {
        let known = self.cells.iter().position(|(known, _)| known == currency);
        let at = known.unwrap_or_else(|| {
            self.cells.push((currency.to_owned(), Cells::new(self.services)));
            self.cells.len() - 1
        });
        &mut self.cells[at].1
    }

    /// Adds those rows of the batch, which are in one currency.
    fn add(&mut self, currency: &str, batch: &Rows<T>, rows: impl Iterator<Item = usize>) -> Result<()> {
        let (amounts, widen) = (batch.costs.values().as_ref(), self.widen);
        let Some((low, high)) = ends(batch.months) else { return Ok(()) };
        let cells = self.cells(currency);
        cells.cover(low, high).map_err(Wrong)?;
        let by = (batch.months, batch.services);
        let added = match batch.costs.nulls().filter(|nulls| nulls.null_count() > 0) {
            None => cells.add(rows, by, |at| widen(amounts[at])),
            Some(nulls) => {
                let mut without = 0;
                let rows = rows.inspect(|at| without += u64::from(nulls.is_null(*at)));
                let cost = |at| if nulls.is_valid(at) { widen(amounts[at]) } else { S::default() };
                let added = cells.add(rows, by, cost);
                cells.without_cost += without;
                added
            }
        };
        Ok(added.map_err(Wrong)?)
    }
}

/// The currency of all rows, where they are in one: empty where they tell none.
fn only(currencies: &DictionaryArray<Int32Type>) -> Option<&str> {
    let words = currencies.values().as_string::<i32>();
    match currencies.keys().null_count() {
        nulls if nulls == currencies.len() => Some(""),
        0 if words.len() == 1 => Some(currency(words.is_valid(0).then(|| words.value(0)))),
        _ => None,
    }
}

fn currency(word: Option<&str>) -> &str {
    word.map(str::trim).filter(|word| !is_nothing(word)).unwrap_or("")
}

impl<T: ArrowPrimitiveType, S: Sum> Accumulator for Adding<T, S> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let services: &PrimitiveArray<UInt32Type> = values[0].as_primitive();
        let months: &PrimitiveArray<UInt32Type> = values[1].as_primitive();
        let currencies = values[3].as_dictionary::<Int32Type>();
        let batch =
            Rows { services: services.values(), months: months.values(), costs: values[2].as_primitive() };
        if let Some(only) = only(currencies) {
            return self.add(only, &batch, 0..currencies.len());
        }
        let words: Vec<&str> = currencies.values().as_string::<i32>().iter().map(currency).collect();
        let word = |row: usize| currencies.key(row).map_or("", |key| words[key]);
        let mut there: Vec<&str> = (0..currencies.len()).map(word).collect();
        there.sort_unstable();
        there.dedup();
        for currency in there {
            self.add(currency, &batch, (0..currencies.len()).filter(|row| word(*row) == currency))?;
        }
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        self.binary()
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.cells.iter().map(|(_, cells)| cells.size()).sum::<usize>()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.binary()?])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        for state in states[0].as_binary::<i32>().iter().flatten() {
            let totals = ByCurrency::read(state);
            self.others
                .merge(totals.ok_or_else(|| DataFusionError::Execution("these are no totals".into()))?)?;
        }
        Ok(())
    }
}

/// The least and the greatest.
fn ends(months: &[u32]) -> Option<(u32, u32)> {
    let first = *months.first()?;
    Some(months.iter().fold((first, first), |(low, high), month| (low.min(*month), high.max(*month))))
}
