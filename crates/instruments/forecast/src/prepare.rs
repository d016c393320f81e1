//! A series made ready to be fitted: gaps filled, single outliers and level shifts seen to, all of it said.

use crate::remark::Remark;
use crate::season::{self, Seasonal};
use crate::unusual;

/// A series without holes, and what was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// One value per period.
    pub values: Vec<f64>,
    /// What was found and done.
    pub remarks: Vec<Remark>,
}

/// Makes `values` ready: leading and trailing holes are cut off, inner ones filled, outliers replaced,
/// earlier levels moved onto the last one.
#[must_use]
pub fn prepare(values: &[Option<f64>], season_length: usize) -> Prepared {
    let mut remarks = Vec::new();
    let known = |value: &Option<f64>| value.is_some();
    let first = values.iter().position(known).unwrap_or(values.len());
    let end = values.iter().rposition(known).map_or(first, |last| last + 1);
    if end < values.len() {
        remarks.push(Remark::Trimmed { count: values.len() - end });
    }
    let mut filled = fill(&values[first..end], season_length, &mut remarks);
    let zeros = filled.iter().filter(|value| **value == 0.0).count();
    let negatives = filled.iter().filter(|value| **value < 0.0).count();
    if zeros + negatives > 0 {
        remarks.push(Remark::NotPositive { zeros, negatives });
    }
    let seasonal = seasonal(&filled, season_length);
    if !crate::intermittent::is_intermittent(&filled) {
        let mut plain = without(&filled, seasonal.as_ref());
        remarks.extend(unusual::outliers(&mut plain, &mut filled, seasonal.as_ref()));
        remarks.extend(unusual::level_shifts(&mut plain, &mut filled, seasonal.as_ref()));
    }
    Prepared { values: filled, remarks }
}

/// The season of a series that passes the test of having one.
fn seasonal(values: &[f64], season_length: usize) -> Option<Seasonal> {
    season::is_seasonal(values, season_length).then(|| season::robust(values, season_length)).flatten()
}

fn without(values: &[f64], seasonal: Option<&Seasonal>) -> Vec<f64> {
    let plain = |(t, value): (usize, &f64)| seasonal.map_or(*value, |seasonal| seasonal.without(t, *value));
    values.iter().enumerate().map(plain).collect()
}

/// Holes on the straight line between their neighbours; where there is a season, on the line without it.
pub(crate) fn fill(values: &[Option<f64>], season_length: usize, remarks: &mut Vec<Remark>) -> Vec<f64> {
    let line = interpolate(values);
    let holes = values.iter().filter(|value| value.is_none()).count();
    let Some(first) = values.iter().position(Option::is_none) else { return line };
    remarks.push(Remark::Filled { count: holes, first });
    let Some(seasonal) = seasonal(&line, season_length) else { return line };
    let plain: Vec<Option<f64>> =
        values.iter().enumerate().map(|(t, value)| value.map(|value| seasonal.without(t, value))).collect();
    let plain = interpolate(&plain);
    let kept = |(t, value): (usize, &Option<f64>)| value.unwrap_or_else(|| seasonal.with(t, plain[t]));
    values.iter().enumerate().map(kept).collect()
}

/// Every hole has a value on both sides.
fn interpolate(values: &[Option<f64>]) -> Vec<f64> {
    let mut line: Vec<f64> = Vec::with_capacity(values.len());
    for (t, value) in values.iter().enumerate() {
        let next =
            values[t..].iter().enumerate().find_map(|(ahead, value)| value.map(|value| (ahead, value)));
        let before = line.last().copied();
        line.push(match (value, before, next) {
            (Some(value), _, _) => *value,
            (None, Some(before), Some((ahead, next))) => before + (next - before) / (ahead as f64 + 1.0),
            (None, before, next) => before.or(next.map(|(_, value)| value)).unwrap_or_default(),
        });
    }
    line
}

/// How the season enters where `by` is moved at observation `t`: an additive change of what is left without
/// the season, in units of the series.
pub(crate) fn in_units(seasonal: Option<&Seasonal>, t: usize, by: f64) -> f64 {
    seasonal.map_or(by, |seasonal| seasonal.scaled(t, by))
}
