//! Season: whether a series has one, and what is left without it.

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

/// Whether the autocorrelation at the length of the season is larger than chance would make it in nine of
/// ten series (the test of the theta literature: Fiorucci et al. 2016, §2; Bartlett's standard error).
/// At least two whole cycles are needed.
#[must_use]
pub fn is_seasonal(values: &[f64], season_length: usize) -> bool {
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
