//! Season: whether a series has one, and what is left without it.

use crate::ets::LONGEST_SEASON;

/// How a season was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decomposition {
    /// Subtracted.
    Additive,
    /// Divided by.
    Multiplicative,
}

/// The season of each place of the cycle, the first observation's first.
#[derive(Debug, Clone, PartialEq)]
pub struct Seasonal {
    /// How it was taken out.
    pub kind: Decomposition,
    /// One figure per place: they add up to zero, or multiply around one.
    pub figures: Vec<f64>,
}

impl Seasonal {
    /// The season of observation number `index`, counted from zero.
    #[must_use]
    pub fn at(&self, index: usize) -> f64 {
        self.figures[index % self.figures.len()]
    }

    /// `value`, observation number `index`, without its season.
    #[must_use]
    pub fn without(&self, index: usize, value: f64) -> f64 {
        match self.kind {
            Decomposition::Additive => value - self.at(index),
            Decomposition::Multiplicative => value / self.at(index),
        }
    }

    /// A deviation at observation number `index`, in units of the series.
    #[must_use]
    pub fn scaled(&self, index: usize, deviation: f64) -> f64 {
        match self.kind {
            Decomposition::Additive => deviation,
            Decomposition::Multiplicative => deviation * self.at(index),
        }
    }

    /// `value` with the season of observation number `index`.
    #[must_use]
    pub fn with(&self, index: usize, value: f64) -> f64 {
        match self.kind {
            Decomposition::Additive => value + self.at(index),
            Decomposition::Multiplicative => value * self.at(index),
        }
    }
}

/// The point of the normal distribution that 95 % lie below.
const NORMAL_95: f64 = 1.644_853_626_951_472_7;
/// A multiplicative season smaller than this is none: it would be divided by.
const SMALLEST: f64 = 0.01;

/// Whether a series has a season. Up to [`LONGEST_SEASON`] periods: whether the autocorrelation at its length is
/// larger than chance would make it in nine of ten series (the test of the theta literature: Fiorucci et al. 2016,
/// §2; Bartlett's standard error), in at least two whole cycles. A longer season would have to be stronger than
/// everything that is alike within it; there its strength decides, 1 − variance of the remainder ÷ variance
/// without the trend (Wang, Smith & Hyndman 2006), from .64 (as R's `nsdiffs`), in at least three cycles.
#[must_use]
pub fn is_seasonal(values: &[f64], season_length: usize) -> bool {
    if season_length > LONGEST_SEASON {
        is_strong(values, season_length)
    } else {
        repeats(values, season_length)
    }
}

fn is_strong(values: &[f64], season_length: usize) -> bool {
    let found = (values.len() >= 3 * season_length).then(|| decompose(values, season_length)).flatten();
    let Some(seasonal) = found else { return false };
    let trend = moving_average(values, season_length);
    let first = season_length / 2;
    let parts = trend.iter().enumerate().map(|(offset, level)| {
        let t = first + offset;
        (values[t] - level, seasonal.without(t, values[t]) - level)
    });
    let (detrended, remainder): (Vec<f64>, Vec<f64>) = parts.unzip();
    let whole = variance(&detrended);
    whole > 0.0 && 1.0 - variance(&remainder) / whole >= STRONG
}

/// Strength from which a season counts.
const STRONG: f64 = 0.64;

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / values.len() as f64
}

fn repeats(values: &[f64], season_length: usize) -> bool {
    let count = values.len();
    if season_length < 2 || count < 2 * season_length {
        return false;
    }
    let mean = values.iter().sum::<f64>() / count as f64;
    let variance: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    if variance <= 0.0 {
        return false;
    }
    let correlation = |lag: usize| {
        let products = values.iter().zip(&values[lag..]).map(|(one, two)| (one - mean) * (two - mean));
        products.sum::<f64>() / variance
    };
    let shorter: f64 = (1..season_length).map(|lag| correlation(lag).powi(2)).sum();
    let error = ((1.0 + 2.0 * shorter) / count as f64).sqrt();
    correlation(season_length).abs() > NORMAL_95 * error
}

/// Classical decomposition by centred moving averages; multiplicative unless a value or a figure is not
/// positive. At least two whole cycles are needed; none otherwise.
#[must_use]
pub fn decompose(values: &[f64], season_length: usize) -> Option<Seasonal> {
    let positive = values.iter().all(|value| *value > 0.0);
    let multiplicative = positive
        .then(|| figures(values, season_length, Decomposition::Multiplicative))
        .flatten()
        .filter(|seasonal| seasonal.figures.iter().all(|figure| *figure >= SMALLEST));
    multiplicative.or_else(|| figures(values, season_length, Decomposition::Additive))
}

/// The classical figures of one kind: means over the cycles.
pub(crate) fn figures(values: &[f64], season_length: usize, kind: Decomposition) -> Option<Seasonal> {
    let mean = |cell: &[f64]| cell.iter().sum::<f64>() / cell.len() as f64;
    figures_by(values, season_length, kind, mean)
}

/// The same by medians over the cycles, which a single value does not move.
pub(crate) fn robust(values: &[f64], season_length: usize) -> Option<Seasonal> {
    let positive = values.iter().all(|value| *value > 0.0);
    let kind = if positive { Decomposition::Multiplicative } else { Decomposition::Additive };
    figures_by(values, season_length, kind, crate::unusual::median)
        .filter(|seasonal| !positive || seasonal.figures.iter().all(|figure| *figure >= SMALLEST))
}

fn figures_by(
    values: &[f64],
    season_length: usize,
    kind: Decomposition,
    middle: impl Fn(&[f64]) -> f64,
) -> Option<Seasonal> {
    if season_length < 2 || values.len() < 2 * season_length {
        return None;
    }
    let trend = moving_average(values, season_length);
    let first = season_length / 2;
    let mut cells = vec![Vec::new(); season_length];
    for (offset, level) in trend.iter().enumerate() {
        let index = first + offset;
        cells[index % season_length].push(match kind {
            Decomposition::Additive => values[index] - level,
            Decomposition::Multiplicative => values[index] / level,
        });
    }
    let mut figures: Vec<f64> = cells.iter().map(|cell| middle(cell)).collect();
    let mean = figures.iter().sum::<f64>() / season_length as f64;
    for figure in &mut figures {
        match kind {
            Decomposition::Additive => *figure -= mean,
            Decomposition::Multiplicative => *figure /= mean,
        }
    }
    figures.iter().all(|figure| figure.is_finite()).then_some(Seasonal { kind, figures })
}

/// Means over one whole cycle, centred: where the cycle is even, its two ends count half.
fn moving_average(values: &[f64], season_length: usize) -> Vec<f64> {
    let length = season_length as f64;
    if season_length % 2 == 1 {
        return values.windows(season_length).map(|window| window.iter().sum::<f64>() / length).collect();
    }
    let mean = |window: &[f64]| {
        let inner: f64 = window[1..season_length].iter().sum();
        (inner + (window[0] + window[season_length]) / 2.0) / length
    };
    values.windows(season_length + 1).map(mean).collect()
}
