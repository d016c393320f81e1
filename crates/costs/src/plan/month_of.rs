//! `month_of(time)`: the month of a charge, as [`Month`] counts them. Times are taken as they are written: FOCUS
//! writes UTC.

use std::sync::{Arc, LazyLock};

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveArray, UInt32Array};
use arrow::datatypes::{
    ArrowPrimitiveType, DataType, Date32Type, TimeUnit, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType,
};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

use crate::month::Month;
use crate::wrong::Wrong;

/// The function.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct MonthOf {
    signature: Signature,
}

impl MonthOf {
    pub(crate) fn new() -> MonthOf {
        MonthOf { signature: Signature::any(1, Volatility::Immutable) }
    }
}

impl ScalarUDFImpl for MonthOf {
    fn name(&self) -> &'static str {
        "month_of"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::UInt32)
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let times = ColumnarValue::values_to_arrays(&args.args)?;
        Ok(ColumnarValue::Array(months(&times[0])?))
    }
}

fn months(times: &ArrayRef) -> Result<ArrayRef> {
    match times.data_type() {
        DataType::Date32 => each::<Date32Type>(times, i64::from),
        DataType::Timestamp(TimeUnit::Second, _) => {
            each::<TimestampSecondType>(times, |time| time.div_euclid(86_400))
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            each::<TimestampMillisecondType>(times, |time| time.div_euclid(86_400_000))
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            each::<TimestampMicrosecondType>(times, |time| time.div_euclid(86_400_000_000))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            each::<TimestampNanosecondType>(times, |time| time.div_euclid(86_400_000_000_000))
        }
        other => Err(DataFusionError::Plan(format!("month_of takes dates and times, not {other}"))),
    }
}

/// The months of the days from 1970 to 2199, computed once.
static MONTHS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    const DAYS: i64 = 84_006;
    (0..DAYS).filter_map(|day| Month::of_day(day).map(|month| month.0)).collect()
});

fn each<T: ArrowPrimitiveType>(times: &ArrayRef, day: impl Fn(T::Native) -> i64) -> Result<ArrayRef> {
    let times: &PrimitiveArray<T> = times.as_primitive();
    let known = MONTHS.as_slice();
    let month = |time: &T::Native| {
        let day = day(*time);
        let known = usize::try_from(day).ok().and_then(|day| known.get(day)).copied();
        known.or_else(|| Month::of_day(day).map(|month| month.0))
    };
    let months = times.values().iter().map(month).collect::<Option<Vec<u32>>>();
    let months =
        months.ok_or_else(|| Wrong("a time of the usage lies outside the years 0 to 9999".into()))?;
    Ok(Arc::new(UInt32Array::from(months)))
}

#[cfg(test)]
mod tests {
    use arrow::array::{Date32Array, TimestampNanosecondArray, TimestampSecondArray};

    use super::*;

    fn told(times: impl Array + 'static) -> Vec<String> {
        let months = months(&(Arc::new(times) as ArrayRef)).unwrap();
        let months: &UInt32Array = months.as_primitive();
        months.values().iter().map(|month| Month(*month).to_string()).collect()
    }

    #[test]
    fn the_last_second_of_a_month_is_in_it_and_the_next_is_not() {
        // 2026-02-28 23:59:59 and 2026-03-01 00:00:00; 1969-12-31 23:59:59; 2200-01-01.
        let seconds = vec![1_772_323_199, 1_772_323_200, -1, 7_258_118_400];
        assert_eq!(
            told(TimestampSecondArray::from(seconds.clone())),
            ["2026-02", "2026-03", "1969-12", "2200-01"]
        );
        let nanoseconds: Vec<i64> = seconds.iter().map(|second| second * 1_000_000_000).collect();
        assert_eq!(
            told(TimestampNanosecondArray::from(nanoseconds)),
            ["2026-02", "2026-03", "1969-12", "2200-01"]
        );
        assert_eq!(told(Date32Array::from(vec![20_512, 20_513])), ["2026-02", "2026-03"]);
    }
}
