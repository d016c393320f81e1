//! How far forecasts were off.

/// Sums over forecasts and what came, of one series or of many.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sums {
    /// Forecasts that could be compared.
    pub count: usize,
    /// Sizes of the errors.
    pub errors: f64,
    /// Forecast minus actual.
    pub bias: f64,
    /// Sizes of the actual values.
    pub actual: f64,
    /// Sizes of the errors ÷ the mean step from one cycle to the next in the history.
    pub scaled: f64,
    /// Forecasts with such a step: a history without one has no scale.
    pub with_scale: usize,
}

impl Sums {
    /// Adds one forecast; `scale` is the [`scale`] of its history.
    pub fn add(&mut self, forecast: f64, actual: f64, scale: Option<f64>) {
        self.count += 1;
        self.errors += (forecast - actual).abs();
        self.bias += forecast - actual;
        self.actual += actual.abs();
        if let Some(scale) = scale {
            self.scaled += (forecast - actual).abs() / scale;
            self.with_scale += 1;
        }
    }

    /// The same over more.
    #[must_use]
    pub fn and(self, other: Sums) -> Sums {
        Sums {
            count: self.count + other.count,
            errors: self.errors + other.errors,
            bias: self.bias + other.bias,
            actual: self.actual + other.actual,
            scaled: self.scaled + other.scaled,
            with_scale: self.with_scale + other.with_scale,
        }
    }

    /// Weighted absolute percentage error: sizes of errors ÷ sizes of actual values.
    #[must_use]
    pub fn wape(&self) -> Option<f64> {
        (self.actual > 0.0).then(|| self.errors / self.actual)
    }

    /// Forecast minus actual ÷ sizes of actual values: above 0 where forecasts were too high.
    #[must_use]
    pub fn bias(&self) -> Option<f64> {
        (self.actual > 0.0).then(|| self.bias / self.actual)
    }

    /// Mean absolute scaled error (Hyndman & Koehler 2006): below 1 where forecasts were nearer than one
    /// cycle is to the next.
    #[must_use]
    pub fn mase(&self) -> Option<f64> {
        (self.with_scale > 0).then(|| self.scaled / self.with_scale as f64)
    }
}

/// The mean size of the step from one cycle to the next in a history; from one value to the next where there
/// is no whole cycle. None where it is 0.
#[must_use]
pub fn scale(history: &[f64], season_length: usize) -> Option<f64> {
    let cycle = if history.len() > season_length { season_length.max(1) } else { 1 };
    let steps = history.iter().zip(history.get(cycle..)?).map(|(one, two)| (two - one).abs());
    let mean = steps.sum::<f64>() / history.len().saturating_sub(cycle).max(1) as f64;
    (mean > 0.0).then_some(mean)
}
