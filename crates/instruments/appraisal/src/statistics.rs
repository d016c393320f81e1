//! What many trials tell: centre, spread, tails, and what moves with what.

/// How a simulated amount spreads.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Mean of the trials.
    pub mean: f64,
    /// Standard error of that mean: sd ÷ √trials.
    pub standard_error: f64,
    /// Standard deviation (n − 1).
    pub sd: f64,
    /// Lowest.
    pub lowest: f64,
    /// A twentieth of the trials lies below (linear between neighbours, as numpy's default).
    pub p5: f64,
    /// Median.
    pub p50: f64,
    /// A twentieth lies above.
    pub p95: f64,
    /// Highest.
    pub highest: f64,
    /// Share of trials below 0.
    pub loss: f64,
    /// Conditional value at risk: mean of the worst 5 % (R. T. Rockafellar, S. Uryasev 2000), as an amount: the
    /// lower, the worse.
    pub cvar5: f64,
    /// How many trials fell where.
    pub histogram: Histogram,
}

/// Counts in equal steps from the lowest to the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Where the first step begins.
    pub from: f64,
    /// Width of a step; 0 where all trials are one value.
    pub step: f64,
    /// Trials in each; an amount on an edge counts in the upper step, the highest in the last.
    pub counts: Vec<u64>,
}

const STEPS: usize = 40;
const TAIL: f64 = 0.05;

impl Spread {
    /// Of amounts in any order, at least one. They are sorted in place.
    pub fn of(values: &mut [f64]) -> Spread {
        let count = values.len() as f64;
        // Before sorting, so that the sum does not depend on it; around the first value, so that equal values
        // have exactly that mean.
        let first = values[0];
        let mean = first + values.iter().map(|value| value - first).sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
        let sd = libm::sqrt(squares / (count - 1.0).max(1.0));
        values.sort_unstable_by(f64::total_cmp);
        Spread {
            mean,
            standard_error: sd / libm::sqrt(count),
            sd,
            lowest: values[0],
            p5: percentile(values, 0.05),
            p50: percentile(values, 0.5),
            p95: percentile(values, 0.95),
            highest: values[values.len() - 1],
            loss: values.partition_point(|value| *value < 0.0) as f64 / count,
            cvar5: tail_mean(values),
            histogram: Histogram::of(values),
        }
    }
}

/// Linear between neighbours of a sorted list.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Mean of the lowest twentieth of a sorted list; where that is no whole number of trials, the last counts by
/// its part.
fn tail_mean(sorted: &[f64]) -> f64 {
    let size = TAIL * sorted.len() as f64;
    let whole = (size as usize).min(sorted.len() - 1);
    let first = sorted[0];
    let beyond: f64 = sorted[..whole].iter().map(|value| value - first).sum();
    first + (beyond + (size - whole as f64) * (sorted[whole] - first)) / size
}

impl Histogram {
    fn of(sorted: &[f64]) -> Histogram {
        let (from, to) = (sorted[0], sorted[sorted.len() - 1]);
        let step = (to - from) / STEPS as f64;
        if step <= 0.0 {
            return Histogram { from, step: 0.0, counts: vec![sorted.len() as u64] };
        }
        let below = |edge: usize| sorted.partition_point(|value| *value < from + step * edge as f64);
        let edges: Vec<usize> = (0..STEPS).map(below).chain([sorted.len()]).collect();
        Histogram { from, step, counts: edges.windows(2).map(|pair| (pair[1] - pair[0]) as u64).collect() }
    }
}

/// C. Spearman's rank correlation of two lists of one length; equal values share their mean rank. 0 where one of
/// them does not vary.
pub fn rank_correlation(one: &[f64], other: &[f64]) -> f64 {
    correlation_of_ranks(&ranks(one), &ranks(other))
}

/// Ranks around their middle.
pub(crate) fn ranks(values: &[f64]) -> Vec<f64> {
    // A value beside its place: sorting looks nowhere else.
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let middle = (values.len() as f64 - 1.0) / 2.0;
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    for group in order.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let rank = start as f64 + (group.len() as f64 - 1.0) / 2.0 - middle;
        group.iter().for_each(|(_, place)| ranks[*place] = rank);
        start += group.len();
    }
    ranks
}

pub(crate) fn correlation_of_ranks(one: &[f64], other: &[f64]) -> f64 {
    let product = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
    let size = libm::sqrt(product(one, one)) * libm::sqrt(product(other, other));
    if size > 0.0 { (product(one, other) / size).clamp(-1.0, 1.0) } else { 0.0 }
}
