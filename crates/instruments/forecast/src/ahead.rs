//! Many series in, a forecast with intervals for each out.

use crate::adjust::Applied;
use crate::band::{Band, bands};
use crate::conformal::{Measured, Scores, Width, holdouts};
use crate::error::Error;
use crate::hierarchy::Reconciler;
use crate::method::{FEWEST, Method, SHORT};
use crate::options::Options;
use crate::parallel;
use crate::prepare::{Prepared, prepare};
use crate::remark::Remark;
use crate::series::Series;
use crate::{intermittent, simple};

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
    run(series, options, None)
}

/// Series enough to take one past forecast from each.
const MANY: usize = 40;
/// Past forecasts wanted of a kind that has fewer series.
const WANTED: usize = 60;
/// Past forecasts of one series at most.
const ROUNDS: usize = 24;

/// A series on its way.
struct Task<'a> {
    series: &'a Series,
    /// Its values up to the last known one.
    values: &'a [Option<f64>],
    method: Method,
    /// Series with the same kind learn from each other's errors.
    kind: Kind,
    prepared: Prepared,
}

/// What series must have in common to learn from each other's errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Smooth,
    Intermittent,
    Short,
}

pub(crate) fn run(
    series: &[Series],
    options: &Options,
    reconciler: Option<&Reconciler>,
) -> Result<Vec<Forecast>, Error> {
    options.check()?;
    if let Some(short) = series.iter().find(|series| series.known() < FEWEST) {
        return Err(Error::TooShort { id: short.id.clone(), count: short.known(), needed: FEWEST });
    }
    let tasks = parallel::each(series, options.threads, |_, series| Task::of(series, options));
    let all: Vec<usize> = tasks.iter().map(|task| task.values.len()).collect();
    let paths = paths(&tasks, &all, options, reconciler)?;
    let together = reconciler.is_some();
    let scores = scores(&tasks, options, reconciler)?;
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
    options: &Options,
    reconciler: Option<&Reconciler>,
) -> Result<Vec<Measured>, Error> {
    let mut made = parallel::each(tasks, options.threads, |index, task| task.path(kept[index], options));
    if let Some(reconciler) = reconciler {
        reconciler.reconcile(&mut made)?;
    }
    Ok(made)
}

/// The scores of past forecasts, by kind.
fn scores(
    tasks: &[Task<'_>],
    options: &Options,
    reconciler: Option<&Reconciler>,
) -> Result<Vec<(Kind, Scores)>, Error> {
    let mut pools: Vec<(Kind, Scores)> = Vec::new();
    for kind in [Kind::Smooth, Kind::Intermittent, Kind::Short] {
        let of_kind = |task: &&Task<'_>| reconciler.is_some() || task.kind == kind;
        let size = tasks.iter().filter(of_kind).count();
        if size == 0 || (reconciler.is_some() && kind != Kind::Smooth) {
            continue;
        }
        let rounds = if size >= MANY { 1 } else { WANTED.div_ceil(size).min(ROUNDS) };
        let mut scores = Scores::new(options.horizon);
        for round in 0..rounds {
            let kept: Vec<usize> = tasks
                .iter()
                .map(|task| if of_kind(&task) { task.kept(round, rounds, options) } else { 0 })
                .collect();
            for ((task, kept), made) in tasks.iter().zip(&kept).zip(paths(tasks, &kept, options, reconciler)?)
            {
                if *kept > 0 {
                    scores.add(&made, &task.values[*kept..]);
                }
            }
        }
        pools.push((kind, scores));
    }
    Ok(pools)
}

impl<'a> Task<'a> {
    fn of(series: &'a Series, options: &Options) -> Task<'a> {
        let prepared = prepare(&series.values, options.season_length);
        let suited = Method::suited(&prepared.values, options.season_length);
        let kind = match suited {
            Method::SyntetosBoylan | Method::TeunterSyntetosBabai => Kind::Intermittent,
            Method::Naive => Kind::Short,
            _ => Kind::Smooth,
        };
        let method = options.method.unwrap_or(suited);
        let first = series.values.iter().position(Option::is_some).unwrap_or_default();
        Task { series, values: &series.values[first..series.known_end()], method, kind, prepared }
    }

    /// How many values the forecast of a round is made from: 0 where the series has no such round.
    fn kept(&self, round: usize, rounds: usize, options: &Options) -> usize {
        let held = holdouts(self.values.len(), options.season_length, options.horizon, rounds);
        let kept = held.get(round).map_or(0, |held| self.values.len() - held);
        // A forecast starts after a known value.
        self.values[..kept].iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    }

    fn path(&self, kept: usize, options: &Options) -> Measured {
        let (season, horizon) = (options.season_length, options.horizon);
        let known = &self.values[..kept];
        if known.is_empty() {
            return Measured::default();
        }
        let values = match kept == self.values.len() {
            true => &self.prepared.values,
            false => &prepare(known, season).values,
        };
        match self.method.forecast(values, season, horizon) {
            Some(path) => Measured::new(path, false, values, season),
            None => Measured::new(simple::naive(values, horizon), true, values, season),
        }
    }

    fn finish(&self, made: Measured, widths: &[Vec<Width>], options: &Options, together: bool) -> Forecast {
        let mut remarks = self.remarks(options);
        let method = if made.fell_back { Method::Naive } else { self.method };
        if made.fell_back {
            remarks.push(Remark::FellBack { to: Method::Naive });
        }
        let bands = bands(&made, widths, options, &mut remarks);
        let path = made.path;
        let mut forecast = Forecast {
            id: self.series.id.clone(),
            method,
            form: path.form,
            first: self.series.end(),
            mean: path.mean,
            bands,
            remarks,
            adjustments: Vec::new(),
        };
        if self.values.iter().flatten().all(|value| *value >= 0.0) {
            forecast.stop_at_zero(together);
        }
        forecast
    }

    /// What there is to know of the series beyond how it was prepared.
    fn remarks(&self, options: &Options) -> Vec<Remark> {
        let mut remarks = self.prepared.remarks.clone();
        let (values, season_length) = (&self.prepared.values, options.season_length);
        let count = values.len();
        let needed = 2 * season_length + 1;
        if count < SHORT {
            remarks.push(Remark::Short { count });
        } else if season_length > 1 && count < needed {
            remarks.push(Remark::SeasonUnseen { season_length, count, needed });
        }
        if values.windows(2).all(|pair| (pair[1] - pair[0]).abs() <= 0.0) {
            remarks.push(Remark::Constant);
        }
        if self.kind == Kind::Intermittent {
            let demands = values.iter().filter(|value| **value > 0.0).count();
            let every = count as f64 / demands.max(1) as f64;
            remarks
                .push(Remark::Intermittent { every, may_have_ended: intermittent::may_have_ended(values) });
        }
        remarks
    }
}

impl Forecast {
    /// No forecast of what was never negative is; means that must add up are left alone.
    fn stop_at_zero(&mut self, together: bool) {
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
