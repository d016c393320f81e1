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
    let known = MONTHS.as_slice();
    let month = |day: i64| {
        let known = usize::try_from(day).ok().and_then(|day| known.get(day)).copied();
        known.or_else(|| Month::of_day(day).map(|month| month.0))
    };
    let months = each_day(times, month)?;
    let months =
        months.ok_or_else(|| Wrong("a time of the usage lies outside the years 0 to 9999".into()))?;
    Ok(Arc::new(UInt32Array::from(months)))
}

/// What `of` makes of the day of each time, counted from 1970.
pub(super) fn each_day<T>(times: &ArrayRef, of: impl Fn(i64) -> Option<T>) -> Result<Option<Vec<T>>> {
    const DAY: i64 = 86_400;
    Ok(match times.data_type() {
        DataType::Date32 => each::<Date32Type, T>(times, i64::from, of),
        DataType::Timestamp(TimeUnit::Second, _) => {
            each::<TimestampSecondType, T>(times, |time| time.div_euclid(DAY), of)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            each::<TimestampMillisecondType, T>(times, |time| time.div_euclid(DAY * 1_000), of)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            each::<TimestampMicrosecondType, T>(times, |time| time.div_euclid(DAY * 1_000_000), of)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            each::<TimestampNanosecondType, T>(times, |time| time.div_euclid(DAY * 1_000_000_000), of)
        }
        other => return Err(DataFusionError::Plan(format!("a time is a date or a timestamp, not {other}"))),
    })
}

/// The months of the days from 1970 to 2199, computed once.
static MONTHS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    const DAYS: i64 = 84_006;
    (0..DAYS).filter_map(|day| Month::of_day(day).map(|month| month.0)).collect()
});

fn each<A: ArrowPrimitiveType, T>(
    times: &ArrayRef,
    day: impl Fn(A::Native) -> i64,
    of: impl Fn(i64) -> Option<T>,
) -> Option<Vec<T>> {
    let times: &PrimitiveArray<A> = times.as_primitive();
    times.values().iter().map(|time| of(day(*time))).collect()
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
