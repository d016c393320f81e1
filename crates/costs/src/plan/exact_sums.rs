//! `exact_sums(service, month, cost)`: the aggregate of the plan. Its state and result are [`Totals`] as bytes, so
//! that parts computed anywhere add up to the same.

use std::fmt;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveArray};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Decimal64Type, Decimal128Type, Decimal256Type, Field, FieldRef, UInt32Type,
    i256,
};
use datafusion::common::ScalarValue;
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};

use super::cells::{Cells, Sum, Totals};
use crate::wrong::Wrong;

/// The function. Codes of services are below `services`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct ExactSums {
    services: usize,
    signature: Signature,
}

impl ExactSums {
    pub(crate) fn new(services: usize) -> ExactSums {
        ExactSums { services, signature: Signature::any(3, Volatility::Immutable) }
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
    cells: Cells<S>,
    /// What other parts found.
    others: Totals,
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

impl<T: ArrowPrimitiveType, S: Sum> Adding<T, S> {
    fn new(services: usize, widen: fn(T::Native) -> S) -> Adding<T, S> {
        Adding { cells: Cells::new(services), others: Totals::default(), widen }
    }

    fn totals(&self) -> Totals {
        let mut totals = self.cells.totals();
        totals.merge(self.others.clone());
        totals
    }

    fn binary(&self) -> ScalarValue {
        ScalarValue::Binary(Some(self.totals().write()))
    }
}

impl<T: ArrowPrimitiveType, S: Sum> Accumulator for Adding<T, S> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let services: &PrimitiveArray<UInt32Type> = values[0].as_primitive();
        let months: &PrimitiveArray<UInt32Type> = values[1].as_primitive();
        let costs: &PrimitiveArray<T> = values[2].as_primitive();
        let (services, months) = (services.values().as_ref(), months.values().as_ref());
        let Some((low, high)) = ends(months) else { return Ok(()) };
        self.cells.cover(low, high).map_err(Wrong)?;
        let (amounts, widen) = (costs.values().as_ref(), self.widen);
        match costs.nulls().filter(|nulls| nulls.null_count() > 0) {
            None => self.cells.add(months, services, |at| widen(amounts[at])),
            Some(nulls) => {
                self.cells.without_cost += nulls.null_count() as u64;
                let cost = |at| if nulls.is_valid(at) { widen(amounts[at]) } else { S::default() };
                self.cells.add(months, services, cost);
            }
        }
        Ok(())
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        Ok(self.binary())
    }

    fn size(&self) -> usize {
        size_of_val(self) + self.cells.size()
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.binary()])
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        for state in states[0].as_binary::<i32>().iter().flatten() {
            let totals = Totals::read(state);
            self.others
                .merge(totals.ok_or_else(|| DataFusionError::Execution("these are no totals".into()))?);
        }
        Ok(())
    }
}

/// The least and the greatest.
fn ends(months: &[u32]) -> Option<(u32, u32)> {
    let first = *months.first()?;
    Some(months.iter().fold((first, first), |(low, high), month| (low.min(*month), high.max(*month))))
}
