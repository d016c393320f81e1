//! How well the methods would have forecast the past.
//!
//! From each rolling origin the same [`forecast`](crate::ahead::forecast) is made that would have been made
//! then, intervals and all, from what was known then alone, and compared with what came.

use crate::ahead::{Forecast, forecast};
use crate::error::Error;
use crate::intermittent;
use crate::method::{FEWEST, Method};
use crate::options::Options;
use crate::score::{Sums, scale};
use crate::series::Series;
use crate::watch::{Tally, Watch, patient};

/// A back-test of many series.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// Each series.
    pub series: Vec<Tested>,
    /// All of them together.
    pub all: Vec<Trial>,
    /// Origins that forecasts were made from, in periods before the last value.
    pub origins: Vec<usize>,
    /// Series that are too short to be tested.
    pub untested: Vec<String>,
}

/// A series that was tested.
#[derive(Debug, Clone, PartialEq)]
pub struct Tested {
    /// The series.
    pub id: String,
    /// Each method, in the order of [`Method::ALL`].
    pub trials: Vec<Trial>,
}

/// How a method did.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The method.
    pub method: Method,
    /// How far off it was.
    pub sums: Sums,
    /// For each level asked for: values inside of the interval.
    pub inside: Vec<usize>,
    /// Scaled error relative to seasonal naive's: .9 is a tenth better.
    pub relative: Option<f64>,
    /// Whether it was the nearest: the least scaled error, the earlier one where two are alike.
    pub won: bool,
}

impl Trial {
    /// The share of values inside of the interval of each level asked for.
    #[must_use]
    pub fn coverage(&self) -> Vec<f64> {
        self.inside.iter().map(|inside| *inside as f64 / self.sums.count.max(1) as f64).collect()
    }
}

/// Tests the methods on `series` from up to `origins` moments, one horizon apart.
///
/// # Errors
/// Where an option makes no sense, or no series is long enough.
pub fn backtest(series: &[Series], options: &Options, origins: usize) -> Result<Backtest, Error> {
    backtest_watched(series, options, origins, &patient)
}

/// As [`backtest`], telling `watch` how far it is.
///
/// # Errors
/// As [`backtest`].
pub fn backtest_watched(
    series: &[Series],
    options: &Options,
    origins: usize,
    watch: Watch<'_>,
) -> Result<Backtest, Error> {
    options.check()?;
    let methods = methods(series, options);
    let tally = Tally::new(methods.len() * origins.max(1), watch);
    let mut tested: Vec<Tested> =
        series.iter().map(|series| Tested::new(&series.id, &methods, options)).collect();
    let mut used = Vec::new();
    for origin in (1..=origins.max(1)).rev() {
        let held = origin * options.horizon;
        if from_origin(series, options, held, &mut tested, &tally)? {
            used.push(held);
        }
    }
    let (mut tested, untested): (Vec<_>, Vec<_>) =
        tested.into_iter().partition(|tested| tested.trials.iter().any(|trial| trial.sums.count > 0));
    if tested.is_empty() {
        let why = format!(
            "no series has {} values before a horizon of {}: ask for a shorter one",
            KEPT, options.horizon
        );
        return Err(Error::Option(why));
    }
    let mut all = total(&tested, &methods, options);
    judge(&mut all);
    tested.iter_mut().for_each(|tested| judge(&mut tested.trials));
    Ok(Backtest {
        series: tested,
        all,
        origins: used,
        untested: untested.into_iter().map(|one| one.id).collect(),
    })
}

/// What is compared: the method asked for beside seasonal naive, or all that make sense.
fn methods(series: &[Series], options: &Options) -> Vec<Method> {
    let comes_and_goes = |series: &Series| {
        intermittent::is_intermittent(&series.values.iter().flatten().copied().collect::<Vec<_>>())
    };
    match options.method {
        Some(Method::SeasonalNaive) => vec![Method::SeasonalNaive],
        Some(method) => vec![Method::SeasonalNaive, method],
        None => Method::compared(series.iter().any(comes_and_goes)).to_vec(),
    }
}

/// Forecasts from `held` periods before the end of each series and compares; whether any was long enough.
fn from_origin(
    series: &[Series],
    options: &Options,
    held: usize,
    tested: &mut [Tested],
    tally: &Tally<'_>,
) -> Result<bool, Error> {
    let past = |(index, series)| Some((index, past(series, held, options)?));
    let (places, known): (Vec<usize>, Vec<Series>) = series.iter().enumerate().filter_map(past).unzip();
    if known.is_empty() {
        return Ok(false);
    }
    for place in 0..tested[0].trials.len() {
        let method = Some(tested[0].trials[place].method);
        let made = forecast(&known, &Options { method, ..options.clone() })?;
        for ((index, past), made) in places.iter().zip(&known).zip(&made) {
            tested[*index].trials[place].compare(made, past, &series[*index], options);
        }
        tally.one();
    }
    Ok(true)
}

/// Values that a history keeps at least.
const KEPT: usize = 2 * FEWEST;

/// What was known of a series `held` periods before its last value; none where that is too little.
fn past(series: &Series, held: usize, options: &Options) -> Option<Series> {
    let end = series.known_end().checked_sub(held)?;
    let values = &series.values[..end];
    let known = values.iter().flatten().count();
    let season = if series.known() > 3 * options.season_length + options.horizon {
        2 * options.season_length
    } else {
        0
    };
    (known >= KEPT.max(season)).then(|| {
        let kept = values.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        Series { id: series.id.clone(), first: series.first, values: values[..kept].to_vec() }
    })
}

impl Tested {
    fn new(id: &str, methods: &[Method], options: &Options) -> Tested {
        let trial = |method: &Method| Trial::new(*method, options);
        Tested { id: id.to_owned(), trials: methods.iter().map(trial).collect() }
    }
}

impl Trial {
    fn new(method: Method, options: &Options) -> Trial {
        let inside = vec![0; options.levels.len()];
        Trial { method, sums: Sums::default(), inside, relative: None, won: false }
    }

    fn compare(&mut self, made: &Forecast, past: &Series, series: &Series, options: &Options) {
        let history: Vec<f64> = past.values.iter().flatten().copied().collect();
        let scale = scale(&history, options.season_length);
        let later = &series.values[past.values.len()..];
        for (step, (mean, actual)) in made.mean.iter().zip(later).enumerate() {
            let Some(actual) = *actual else { continue };
            self.sums.add(*mean, actual, scale);
            for (inside, band) in self.inside.iter_mut().zip(&made.bands) {
                *inside += usize::from(band.lower[step] <= actual && actual <= band.upper[step]);
            }
        }
    }
}

fn total(tested: &[Tested], methods: &[Method], options: &Options) -> Vec<Trial> {
    let mut all: Vec<Trial> = methods.iter().map(|method| Trial::new(*method, options)).collect();
    for trials in tested.iter().map(|tested| &tested.trials) {
        for (sum, trial) in all.iter_mut().zip(trials) {
            sum.sums = sum.sums.and(trial.sums);
            sum.inside.iter_mut().zip(&trial.inside).for_each(|(sum, inside)| *sum += inside);
        }
    }
    all
}

/// Says who won, and how each did beside seasonal naive.
fn judge(trials: &mut [Trial]) {
    let naive = trials.iter().find(|trial| trial.method == Method::SeasonalNaive);
    let naive = naive.and_then(|trial| trial.sums.mase()).filter(|mase| *mase > 0.0);
    for trial in trials.iter_mut() {
        trial.relative = trial.sums.mase().zip(naive).map(|(mase, naive)| mase / naive);
    }
    let scores = trials.iter().enumerate().filter_map(|(place, trial)| Some((trial.sums.mase()?, place)));
    let best = scores.min_by(|one, two| one.0.total_cmp(&two.0).then(one.1.cmp(&two.1)));
    if let Some((_, place)) = best {
        trials[place].won = true;
    }
}
