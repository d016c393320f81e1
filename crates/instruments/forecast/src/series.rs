//! Rows of a table become series: one value per period, holes where there is none.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::method::FEWEST;
use crate::time::{Calendar, Time};

/// One row of a table of series.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its line in the file, for what has to be said of it.
    pub line: u64,
    /// The series it belongs to.
    pub id: String,
    /// When, in one of the forms of [`crate::time`].
    pub time: String,
    /// How much; none where it is not known.
    pub value: Option<f64>,
}

/// A series with one place per period.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name.
    pub id: String,
    /// The index of its first period in the calendar.
    pub first: i64,
    /// Its values; none where there is none.
    pub values: Vec<Option<f64>>,
}

impl Series {
    /// A series of known values from index 0 on.
    #[must_use]
    pub fn new(id: impl Into<String>, values: &[f64]) -> Series {
        Series { id: id.into(), first: 0, values: values.iter().copied().map(Some).collect() }
    }

    /// The index after its last known value.
    #[must_use]
    pub fn end(&self) -> i64 {
        self.first + i64::try_from(self.known_end()).unwrap_or(i64::MAX)
    }

    /// Places up to and with the last known value.
    pub(crate) fn known_end(&self) -> usize {
        self.values.iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    }

    /// How many values are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.values.iter().flatten().count()
    }
}

/// More than this many periods for each known value are no series.
const SPARSEST: i64 = 200;

/// The series of `rows`, sorted by id, whatever the order of rows, and the calendar they share.
///
/// # Errors
/// Where a time cannot be read or comes twice, or a series has fewer than [`FEWEST`] values.
pub fn read(rows: &[Row]) -> Result<(Calendar, Vec<Series>), Error> {
    if rows.is_empty() {
        return Err(Error::Empty);
    }
    let time = |row: &Row| {
        Time::read(row.time.trim()).ok_or_else(|| Error::Time { line: row.line, found: row.time.clone() })
    };
    let times: Vec<Time> = rows.iter().map(time).collect::<Result<_, _>>()?;
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let next = ids.len();
        ids.entry(&row.id).or_insert(next);
    }
    let by_series: Vec<usize> = rows.iter().map(|row| ids[row.id.as_str()]).collect();
    let calendar = Calendar::of(&times, &by_series)
        .map_err(|at| Error::MixedTimes { line: rows[at].line, found: rows[at].time.clone() })?;
    let mut places: BTreeMap<&str, BTreeMap<i64, Option<f64>>> = BTreeMap::new();
    for (row, time) in rows.iter().zip(&times) {
        let index = calendar.index(*time);
        if places.entry(&row.id).or_default().insert(index, row.value).is_some() {
            return Err(Error::Repeated { line: row.line, id: row.id.clone(), time: row.time.clone() });
        }
    }
    let series = places.into_iter().map(|(id, values)| one(id, &values)).collect::<Result<_, _>>()?;
    Ok((calendar, series))
}

fn one(id: &str, values: &BTreeMap<i64, Option<f64>>) -> Result<Series, Error> {
    let known = values.values().flatten().count();
    if known < FEWEST {
        return Err(Error::TooShort { id: id.into(), count: known, needed: FEWEST });
    }
    let (first, last) = (*values.keys().next().unwrap_or(&0), *values.keys().next_back().unwrap_or(&0));
    let periods = last - first + 1;
    if periods > SPARSEST * i64::try_from(known).unwrap_or(i64::MAX) {
        return Err(Error::TooSparse { id: id.into(), periods, count: known });
    }
    let values = (first..=last).map(|index| values.get(&index).copied().flatten()).collect();
    Ok(Series { id: id.into(), first, values })
}
