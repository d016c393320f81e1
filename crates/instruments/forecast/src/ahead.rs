//! Many series in, a forecast with intervals for each out.

use crate::adjust::Applied;
use crate::band::Band;
use crate::conformal::{Measured, Scores, Width};
use crate::error::Error;
use crate::ets::Form;
use crate::hierarchy::Reconciler;
use crate::method::{FEWEST, Method};
use crate::options::Options;
use crate::parallel;
use crate::remark::Remark;
use crate::series::Series;
use crate::task::{Kind, Task};
use crate::watch::{Tally, Watch, patient};

/// The forecast of one series.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The series.
    pub id: String,
    /// How it was forecast.
    pub method: Method,
    /// The forms that were chosen, in the words of the literature.
    pub form: String,
    /// The index of the first step ahead, in the calendar of the series.
    pub first: i64,
    /// Expected values, step by step, in units of the series.
    pub mean: Vec<f64>,
    /// Intervals, in the order of the levels asked for.
    pub bands: Vec<Band>,
    /// What was found in the series, and what was done about it.
    pub remarks: Vec<Remark>,
    /// Effects that people know of, already in the figures.
    pub adjustments: Vec<Applied>,
}

/// Forecasts every series by itself; the widths of the intervals come from the past errors of all that are
/// of one kind: one origin where there are many, rolling origins where there are few.
///
/// # Errors
/// Where an option makes no sense or a series is too short.
pub fn forecast(series: &[Series], options: &Options) -> Result<Vec<Forecast>, Error> {
    forecast_watched(series, options, &patient)
}

/// As [`forecast`], telling `watch` how far it is.
///
/// # Errors
/// As [`forecast`].
pub fn forecast_watched(
    series: &[Series],
    options: &Options,
    watch: Watch<'_>,
) -> Result<Vec<Forecast>, Error> {
    run(series, options, None, watch)
}

/// Series enough to take one past forecast from each.
const MANY: usize = 40;
/// Past forecasts wanted of a kind that has fewer series.
const WANTED: usize = 60;
/// Past forecasts of one series at most.
const ROUNDS: usize = 24;
/// The form of exponential smoothing is chosen anew in every so many rounds, from what was known then; between them
/// only its parameters are fitted, which is a fifteenth of the work.
const CHOOSE_EVERY: usize = 8;

pub(crate) fn run(
    series: &[Series],
    options: &Options,
    reconciler: Option<&Reconciler>,
    watch: Watch<'_>,
) -> Result<Vec<Forecast>, Error> {
    options.check()?;
    if let Some(short) = series.iter().find(|series| series.known() < FEWEST) {
        return Err(Error::TooShort { id: short.id.clone(), count: short.known(), needed: FEWEST });
    }
    let tasks = parallel::each(series, options.threads, |_, series| Task::of(series, options));
    let all: Vec<usize> = tasks.iter().map(|task| task.values.len()).collect();
    let together = reconciler.is_some();
    let rounds = rounds(&tasks, together);
    let tally = Tally::new(tasks.len() * (1 + rounds.iter().map(|(_, rounds)| rounds).sum::<usize>()), watch);
    let paths = paths(&tasks, &all, &vec![None; all.len()], options, reconciler, &tally)?;
    let scores = scores(&tasks, &rounds, options, reconciler, &tally)?;
    let widths: Vec<(Kind, Vec<Vec<Width>>)> = scores
        .into_iter()
        .map(|(kind, scores)| (kind, options.levels.iter().map(|level| scores.widths(*level)).collect()))
        .collect();
    let made = tasks.iter().zip(paths).map(|(task, made)| {
        let kind = if together { Kind::Smooth } else { task.kind };
        let widths = widths.iter().find(|(one, _)| *one == kind).map(|(_, widths)| widths.as_slice());
        task.finish(made, widths.unwrap_or_default(), options, together)
    });
    Ok(made.collect())
}

/// Forecasts from the first `kept` values of each series, and whether another method had to do; empty where
/// nothing is kept.
fn paths(
    tasks: &[Task<'_>],
    kept: &[usize],
    forms: &[Option<Form>],
    options: &Options,
    reconciler: Option<&Reconciler>,
    tally: &Tally<'_>,
) -> Result<Vec<Measured>, Error> {
    let mut made = parallel::each(tasks, options.threads, |index, task| {
        let path = task.path(kept[index], forms[index], options);
        tally.one();
        path
    });
    if let Some(reconciler) = reconciler {
        reconciler.reconcile(&mut made)?;
    }
    Ok(made)
}

/// How many past forecasts are made of the series of each kind that there is; `together`, all are of one.
fn rounds(tasks: &[Task<'_>], together: bool) -> Vec<(Kind, usize)> {
    let kinds = [Kind::Smooth, Kind::Intermittent, Kind::Short];
    let sizes = kinds.map(|kind| match together {
        true if kind == Kind::Smooth => tasks.len(),
        true => 0,
        false => tasks.iter().filter(|task| task.kind == kind).count(),
    });
    let rounds = |size: usize| if size >= MANY { 1 } else { WANTED.div_ceil(size).min(ROUNDS) };
    let sizes = kinds.into_iter().zip(sizes).filter(|(_, size)| *size > 0);
    sizes.map(|(kind, size)| (kind, rounds(size))).collect()
}

/// The scores of past forecasts, by kind.
fn scores(
    tasks: &[Task<'_>],
    rounds: &[(Kind, usize)],
    options: &Options,
    reconciler: Option<&Reconciler>,
    tally: &Tally<'_>,
) -> Result<Vec<(Kind, Scores)>, Error> {
    let mut pools: Vec<(Kind, Scores)> = Vec::new();
    for (kind, rounds) in rounds.iter().copied() {
        let of_kind = |task: &&Task<'_>| reconciler.is_some() || task.kind == kind;
        let mut scores = Scores::new(options.horizon);
        let mut forms = vec![None; tasks.len()];
        for task in tasks.iter().filter(of_kind) {
            let kept = (0..rounds).map(|round| task.kept(round, rounds, options)).filter(|kept| *kept > 0);
            scores.spans(kept);
        }
        for round in 0..rounds {
            let kept: Vec<usize> = tasks
                .iter()
                .map(|task| if of_kind(&task) { task.kept(round, rounds, options) } else { 0 })
                .collect();
            if round % CHOOSE_EVERY == 0 {
                forms.fill(None);
            }
            let made = paths(tasks, &kept, &forms, options, reconciler, tally)?;
            for (((task, kept), made), form) in tasks.iter().zip(&kept).zip(made).zip(&mut forms) {
                if *kept > 0 {
                    scores.add(&made, &task.values[*kept..]);
                    *form = made.path.smoothing;
                }
            }
        }
        pools.push((kind, scores));
    }
    Ok(pools)
}

impl Forecast {
    /// No forecast of what was never negative is; means that must add up are left alone.
    pub(crate) fn stop_at_zero(&mut self, together: bool) {
        let ends = self.bands.iter_mut().flat_map(|band| band.lower.iter_mut().chain(&mut band.upper));
        let means = self.mean.iter_mut().take(if together { 0 } else { usize::MAX });
        let mut stopped = false;
        for value in ends.chain(means).filter(|value| **value < 0.0) {
            *value = 0.0;
            stopped = true;
        }
        if stopped {
            self.remarks.push(Remark::Floored);
        }
    }
}
