//! One pass of exponential smoothing over a series, and the same backwards for the gradient.
//!
//! The recursions are those of Hyndman, Koehler, Snyder & Grose (2002), table 1: with `q` the level carried on
//! by the trend, level, slope and season each move towards what the observation says of them. They are the
//! same for both forms of the error; only the likelihood tells these apart. The gradient is the adjoint of
//! the recursion, step by step backwards.

use super::form::{ErrorForm, Form, Season, Trend};

/// Smoothing parameters and initial states.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Coefficients {
    /// Smoothing of the level.
    pub alpha: f64,
    /// Smoothing of the slope.
    pub beta: f64,
    /// Smoothing of the season.
    pub gamma: f64,
    /// What of the slope is left after each step.
    pub phi: f64,
    /// Level before the first observation.
    pub level: f64,
    /// Slope before the first observation.
    pub slope: f64,
    /// Season of each place of the cycle, the first observation's first.
    pub season: Vec<f64>,
}

impl Coefficients {
    /// All zero, with as many seasons: where a gradient is gathered.
    pub(super) fn zero(seasons: usize) -> Coefficients {
        Coefficients {
            alpha: 0.0,
            beta: 0.0,
            gamma: 0.0,
            phi: 0.0,
            level: 0.0,
            slope: 0.0,
            season: vec![0.0; seasons],
        }
    }
}

/// What one step saw, kept for the way back.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// Slope before the step.
    slope: f64,
    /// Level carried on by the trend.
    carried: f64,
    /// Season of the step before it was updated.
    season: f64,
    /// Expected observation.
    expected: f64,
}

/// A pass over a series.
#[derive(Debug, Clone, Default)]
pub(super) struct Pass {
    steps: Vec<Step>,
    /// Level after the last observation.
    pub level: f64,
    /// Slope after the last observation.
    pub slope: f64,
    /// Seasons after the last observation, by place of the cycle.
    pub season: Vec<f64>,
}

impl Pass {
    /// Runs over `values`. False where the form breaks down: an expectation or a season that is not
    /// positive where something is divided by it.
    pub(super) fn run(&mut self, form: Form, at: &Coefficients, values: &[f64]) -> bool {
        self.steps.clear();
        self.season.clone_from(&at.season);
        (self.level, self.slope) = (at.level, at.slope);
        let positive = form.error == ErrorForm::Multiplicative;
        let mut place = 0;
        for &value in values {
            let step = self.step(form, at, place);
            if !step.expected.is_finite() || (positive && step.expected <= TINY) {
                return false;
            }
            if form.season == Season::Multiplicative && (step.season <= TINY || step.carried <= TINY) {
                return false;
            }
            self.update(form, at, place, value, &step);
            self.steps.push(step);
            place = if place + 1 >= self.season.len() { 0 } else { place + 1 };
        }
        true
    }

    fn step(&self, form: Form, at: &Coefficients, place: usize) -> Step {
        let carried = if form.trend == Trend::None { self.level } else { self.level + at.phi * self.slope };
        let season = if form.season == Season::None { 0.0 } else { self.season[place] };
        let expected = match form.season {
            Season::Multiplicative => carried * season,
            _ => carried + season,
        };
        Step { slope: self.slope, carried, season, expected }
    }

    fn update(&mut self, form: Form, at: &Coefficients, place: usize, value: f64, step: &Step) {
        let (seen, season) = seen(form, value, step);
        let surprise = seen - step.carried;
        self.level = step.carried + at.alpha * surprise;
        if form.trend != Trend::None {
            self.slope = at.phi * step.slope + at.beta * surprise;
        }
        if form.season != Season::None {
            self.season[place] = step.season + at.gamma * (season - step.season);
        }
    }

    /// One-step errors of the pass over the same `values`: observation minus expectation.
    pub(super) fn errors<'a>(&'a self, values: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        self.steps.iter().zip(values).map(|(step, value)| value - step.expected)
    }

    /// Minus twice the log-likelihood of the pass over the same `values`, up to a constant of the series.
    pub(super) fn loss(&self, form: Form, values: &[f64]) -> f64 {
        let logs = match form.error {
            ErrorForm::Additive => 0.0,
            ErrorForm::Multiplicative => {
                // One logarithm for the product of a few is as good as one for each.
                let few = self.steps.chunks(16);
                few.map(|few| few.iter().map(|step| step.expected).product::<f64>().ln()).sum()
            }
        };
        values.len() as f64 * self.squares(form, values).max(SMALLEST).ln() + 2.0 * logs
    }

    /// Adds the derivative of [`Pass::loss`] to `gradient`; its seasons must be zero at the start.
    pub(super) fn gradient(
        &self,
        form: Form,
        at: &Coefficients,
        values: &[f64],
        gradient: &mut Coefficients,
    ) {
        let squares = self.squares(form, values).max(SMALLEST);
        let weight = 2.0 * values.len() as f64 / squares;
        let (mut level, mut slope) = (0.0, 0.0);
        let cycle = self.season.len().max(1);
        for (index, (step, &value)) in self.steps.iter().zip(values).enumerate().rev() {
            let expected = by_expected(form, value, step, weight);
            let surprise = at.alpha * level + at.beta * slope;
            let (seen, season) = seen(form, value, step);
            gradient.alpha += level * (seen - step.carried);
            gradient.beta += slope * (seen - step.carried);
            gradient.phi += slope * step.slope;
            let mut carried = level - surprise;
            match form.season {
                Season::None => carried += expected,
                _ => {
                    let after = &mut gradient.season[index % cycle];
                    gradient.gamma += *after * (season - step.season);
                    let back = Back { expected, seen: surprise, season: *after * at.gamma };
                    let (more, before) = back.through(form, value, step);
                    *after = *after * (1.0 - at.gamma) + before;
                    carried += more;
                }
            }
            slope = at.phi * (slope + carried);
            gradient.phi += carried * step.slope;
            level = carried;
        }
        gradient.level += level;
        gradient.slope += slope;
    }

    fn squares(&self, form: Form, values: &[f64]) -> f64 {
        let relative = |step: &Step| match form.error {
            ErrorForm::Additive => 1.0,
            ErrorForm::Multiplicative => step.expected,
        };
        let errors =
            self.steps.iter().zip(values).map(|(step, value)| (value - step.expected) / relative(step));
        errors.map(|error| error * error).sum()
    }

    /// The path of expectations after the last observation, which was number `count`.
    pub(super) fn ahead(&self, form: Form, phi: f64, count: usize, horizon: usize) -> Vec<f64> {
        let (mut level, mut slope) = (self.level, self.slope);
        let cycle = self.season.len().max(1);
        let path = (count..count + horizon).map(|index| {
            if form.trend != Trend::None {
                slope *= phi;
                level += slope;
            }
            match form.season {
                Season::None => level,
                Season::Additive => level + self.season[index % cycle],
                Season::Multiplicative => level * self.season[index % cycle],
            }
        });
        path.collect()
    }
}

/// Below this nothing is divided by: values are scaled to a mean of one.
const TINY: f64 = 1e-6;
/// A sum of squares is not taken to be smaller than this, so that a perfect fit has a logarithm.
const SMALLEST: f64 = 1e-24;

/// Derivative of the loss by an expectation; `weight` is twice the count ÷ the sum of squares.
fn by_expected(form: Form, value: f64, step: &Step, weight: f64) -> f64 {
    match form.error {
        ErrorForm::Additive => -weight * (value - step.expected),
        ErrorForm::Multiplicative => {
            let ratio = value / step.expected;
            (2.0 - weight * (ratio - 1.0) * ratio) / step.expected
        }
    }
}

/// What an observation says of the level and of the season.
fn seen(form: Form, value: f64, step: &Step) -> (f64, f64) {
    match form.season {
        Season::None => (value, 0.0),
        Season::Additive => (value - step.season, value - step.carried),
        Season::Multiplicative => (value / step.season, value / step.carried),
    }
}

/// Derivatives by what a step computed.
struct Back {
    /// By the expectation.
    expected: f64,
    /// By what was seen of the level.
    seen: f64,
    /// By what was seen of the season.
    season: f64,
}

impl Back {
    /// Derivatives by the carried level and by the season before the step.
    fn through(&self, form: Form, value: f64, step: &Step) -> (f64, f64) {
        match form.season {
            Season::None => (self.expected, 0.0),
            Season::Additive => (self.expected - self.season, self.expected - self.seen),
            Season::Multiplicative => (
                self.expected * step.season - self.season * value / (step.carried * step.carried),
                self.expected * step.carried - self.seen * value / (step.season * step.season),
            ),
        }
    }
}
