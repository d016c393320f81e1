//! Outliers and level shifts: found by medians, so that what is looked for does not move the yardstick.
//!
//! Both rules are strict on purpose: an ordinary series must come out as it went in. A single value counts as
//! an outlier from six robust standard deviations (1.4826 × median absolute deviation); a level shift has to
//! be as far in one step, and to part the values on both sides completely.

use crate::prepare::in_units;
use crate::remark::Remark;
use crate::season::Seasonal;

/// Robust standard deviations from which something is unusual.
const FAR: f64 = 6.0;
/// Standard deviation of a normal variable ÷ its median absolute deviation.
const NORMAL: f64 = 1.482_602_218_505_602;
/// Values on each side of one that its median is taken of.
const NEIGHBOURS: usize = 3;
/// Values on each side of a level shift that must agree with it.
const SIDE: usize = 8;
/// Fewer values than this are too few to call one of them unusual.
const FEWEST: usize = 16;
/// Level shifts at most.
const SHIFTS: usize = 3;

/// Replaces outliers in `plain`, the series without its season, and in `values`. More than one in 30 are
/// no outliers but the nature of the series: then nothing is done.
pub(crate) fn outliers(plain: &mut [f64], values: &mut [f64], seasonal: Option<&Seasonal>) -> Vec<Remark> {
    let count = plain.len();
    if count < FEWEST {
        return Vec::new();
    }
    let middles: Vec<f64> = (0..count).map(|t| median(&around(plain, t))).collect();
    let rest: Vec<f64> = plain.iter().zip(&middles).map(|(value, middle)| value - middle).collect();
    let deviation = NORMAL * median(&rest.iter().map(|rest| rest.abs()).collect::<Vec<_>>());
    let steps: Vec<f64> = plain.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
    // Where medians fit too well the steps from value to value are the measure.
    let limit = FAR * deviation.max(NORMAL * median(&steps) / 2.0_f64.sqrt());
    // A trend leaves the medians of the ends behind: there and everywhere the neighbours must be far too.
    let alone = |t: usize| {
        let neighbours = [t.checked_sub(1), (t + 1 < count).then_some(t + 1)];
        neighbours.into_iter().flatten().all(|next| (plain[t] - plain[next]).abs() > limit)
    };
    let far: Vec<usize> = (0..count).filter(|t| limit > 0.0 && rest[*t].abs() > limit && alone(*t)).collect();
    if far.len() > count.div_ceil(30) {
        return Vec::new();
    }
    let remark = |t: usize| {
        let seen = values[t];
        if t + NEIGHBOURS < count {
            values[t] = seen - in_units(seasonal, t, rest[t]);
            plain[t] = middles[t];
        }
        Remark::Outlier { at: t, seen, used: values[t] }
    };
    far.into_iter().map(remark).collect()
}

fn around(values: &[f64], t: usize) -> Vec<f64> {
    values[t.saturating_sub(NEIGHBOURS)..(t + NEIGHBOURS + 1).min(values.len())].to_vec()
}

/// Moves what came before a level shift onto the level after it: by a factor where all values are
/// positive, by a difference otherwise.
pub(crate) fn level_shifts(
    plain: &mut [f64],
    values: &mut [f64],
    seasonal: Option<&Seasonal>,
) -> Vec<Remark> {
    let mut remarks = Vec::new();
    while remarks.len() < SHIFTS {
        let Some((at, before, after)) = level_shift(plain) else { break };
        let by = in_units(seasonal, at, after - before);
        let positive = values.iter().all(|value| *value > 0.0) && before > 0.0 && after > 0.0;
        for t in 0..at {
            if positive {
                plain[t] *= after / before;
                values[t] *= after / before;
            } else {
                plain[t] += after - before;
                values[t] += in_units(seasonal, t, after - before);
            }
        }
        remarks.push(Remark::LevelShift { at, by });
    }
    remarks
}

/// The clearest level shift: its first value, and the levels before and after it.
fn level_shift(plain: &[f64]) -> Option<(usize, f64, f64)> {
    if plain.len() < 2 * FEWEST {
        return None;
    }
    let steps: Vec<f64> = plain.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let drift = median(&steps);
    let deviation = NORMAL * median(&steps.iter().map(|step| (step - drift).abs()).collect::<Vec<_>>());
    let found = (SIDE..=plain.len() - SIDE).filter_map(|at| {
        let jump = steps[at - 1] - drift;
        let (left, right) = (&plain[at - SIDE..at], &plain[at..at + SIDE]);
        let side = SIDE as f64;
        // What a drift alone would have brought from the middle of one side to that of the other.
        let (before, after) =
            (median(left) + drift * (side + 1.0) / 2.0, median(right) - drift * (side - 1.0) / 2.0);
        let clear = deviation > 0.0 && jump.abs() > FAR * deviation && parts(left, right, jump > 0.0);
        let whole = (after - before) * jump.signum() > 0.6 * jump.abs();
        (clear && whole).then_some((at, before, after))
    });
    found.max_by(|one, two| (one.2 - one.1).abs().total_cmp(&(two.2 - two.1).abs()))
}

/// Whether all values on the one side are below all on the other.
fn parts(left: &[f64], right: &[f64], upwards: bool) -> bool {
    let (low, high) = if upwards { (left, right) } else { (right, left) };
    let most = low.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    high.iter().all(|value| *value > most)
}

/// The middle value; 0 of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}
