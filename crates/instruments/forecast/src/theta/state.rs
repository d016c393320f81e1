//! Level and line of the theta methods, step by step, and what is best for a smoothing parameter.

use super::{SKIPPED, Variant};

/// Level and line after some observations.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) count: usize,
    level: f64,
    mean: f64,
    /// The line through the observations so far: its value before the first, and its slope.
    line: (f64, f64),
}

impl State {
    pub(super) fn expected(&self, alpha: f64, weight: f64) -> f64 {
        self.level + weight * pull(self.line, alpha, self.count)
    }

    /// Takes one more observation; a dynamic line is fitted anew (Fiorucci et al. 2016, eq. 13–15).
    pub(super) fn take(&mut self, value: f64, alpha: f64, dynamic: bool) {
        self.level += alpha * (value - self.level);
        if dynamic {
            (self.mean, self.line) = longer(self.mean, self.line, self.count, value);
        }
        self.count += 1;
    }
}

/// Mean and line through one observation more than `count`.
fn longer(mean: f64, line: (f64, f64), count: usize, value: f64) -> (f64, (f64, f64)) {
    let count = count as f64;
    let slope = ((count - 1.0) * line.1 + 6.0 * (value - mean) / (count + 1.0)) / (count + 2.0);
    let mean = (count * mean + value) / (count + 1.0);
    (mean, (mean - slope * (count + 2.0) / 2.0, slope))
}

/// What the line adds to the level for the observation after the first `count`.
fn pull(line: (f64, f64), alpha: f64, count: usize) -> f64 {
    let left = (1.0 - alpha).powi(i32::try_from(count).unwrap_or(i32::MAX));
    line.0 * left + line.1 * (1.0 - left * (1.0 - alpha)) / alpha
}

/// The line that each observation is expected by, which no parameter changes.
pub(super) struct Lines {
    each: Vec<(f64, f64)>,
    mean: f64,
}

impl Lines {
    /// Number `t` is the line before observation `t`, counted from zero; the last one is after all.
    pub(super) fn of(variant: Variant, values: &[f64]) -> Lines {
        if variant == Variant::Standard {
            let line = crate::ets::start::line(values);
            return Lines { each: vec![line; values.len() + 1], mean: 0.0 };
        }
        let (mut mean, mut line) = (values[0], (values[0], 0.0));
        let mut each = vec![(0.0, 0.0), line];
        for (count, value) in values.iter().enumerate().skip(1) {
            (mean, line) = longer(mean, line, count, *value);
            each.push(line);
        }
        Lines { each, mean }
    }
}

/// The starting level and the weight of the line that leave the least squares, with these squares.
pub(super) struct Solved {
    pub(super) start: f64,
    pub(super) weight: f64,
    pub(super) squares: f64,
}

/// Sums of products for least squares in the starting level (`s`) and the line's weight (`w`).
#[derive(Default)]
struct Sums {
    ss: f64,
    sw: f64,
    ww: f64,
    sy: f64,
    wy: f64,
    yy: f64,
}

/// What is best for a given smoothing parameter.
pub(super) fn solve(variant: Variant, values: &[f64], lines: &Lines, alpha: f64) -> Solved {
    let mut sums = Sums::default();
    let (mut level, mut left) = (0.0, 1.0);
    for (t, value) in values.iter().enumerate() {
        if t >= SKIPPED {
            let line = lines.each[t];
            let pull = line.0 * left + line.1 * (1.0 - left * (1.0 - alpha)) / alpha;
            let rest = value - level;
            sums.ss += left * left;
            sums.sw += left * pull;
            sums.ww += pull * pull;
            sums.sy += left * rest;
            sums.wy += pull * rest;
            sums.yy += rest * rest;
        }
        level += alpha * (value - level);
        left *= 1.0 - alpha;
    }
    let weight = match variant {
        Variant::Standard => 0.5,
        Variant::DynamicOptimised => sums.weight(),
    };
    sums.start(weight)
}

impl Sums {
    /// The line's weight between 0 (θ = 1) and 1 (θ without end).
    fn weight(&self) -> f64 {
        let determinant = self.ss * self.ww - self.sw * self.sw;
        let weight = if determinant > 1e-12 * self.ss * self.ww {
            (self.ss * self.wy - self.sw * self.sy) / determinant
        } else {
            0.5
        };
        weight.clamp(0.0, 1.0)
    }

    fn start(&self, weight: f64) -> Solved {
        let start = (self.sy - weight * self.sw) / self.ss;
        let squares = self.yy - 2.0 * (start * self.sy + weight * self.wy)
            + start * start * self.ss
            + 2.0 * start * weight * self.sw
            + weight * weight * self.ww;
        Solved { start, weight, squares: squares.max(0.0) }
    }
}

/// Runs over `values`: the state at the end and the errors on the way.
pub(super) fn run(values: &[f64], lines: &Lines, alpha: f64, solved: &Solved) -> (State, Vec<f64>) {
    let mut state = State { count: 0, level: solved.start, mean: 0.0, line: (0.0, 0.0) };
    let mut errors = Vec::with_capacity(values.len());
    for (t, value) in values.iter().enumerate() {
        state.line = lines.each[t];
        errors.push(value - state.expected(alpha, solved.weight));
        state.take(*value, alpha, false);
    }
    state.line = lines.each[values.len()];
    state.mean = lines.mean;
    (state, errors)
}
