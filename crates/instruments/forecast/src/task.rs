//! A series on its way to its forecast.

use crate::ahead::Forecast;
use crate::band::bands;
use crate::conformal::{Measured, Width, holdouts};
use crate::ets::Form;
use crate::method::{Method, SHORT};
use crate::options::Options;
use crate::prepare::{Prepared, prepare};
use crate::remark::Remark;
use crate::series::Series;
use crate::{intermittent, simple};

/// A series on its way.
pub(crate) struct Task<'a> {
    series: &'a Series,
    /// Its values up to the last known one.
    pub values: &'a [Option<f64>],
    method: Method,
    /// Series with the same kind learn from each other's errors.
    pub kind: Kind,
    prepared: Prepared,
}

/// What series must have in common to learn from each other's errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Smooth,
    Intermittent,
    Short,
}

impl<'a> Task<'a> {
    pub fn of(series: &'a Series, options: &Options) -> Task<'a> {
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
    pub fn kept(&self, round: usize, rounds: usize, options: &Options) -> usize {
        let held = holdouts(self.values.len(), options.season_length, options.horizon, rounds);
        let kept = held.get(round).map_or(0, |held| self.values.len() - held);
        // A forecast starts after a known value.
        self.values[..kept].iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    }

    /// The forecast from the first `kept` values; in the `form` chosen a little earlier, where there is one.
    pub fn path(&self, kept: usize, form: Option<Form>, options: &Options) -> Measured {
        let (season, horizon) = (options.season_length, options.horizon);
        let known = &self.values[..kept];
        if known.is_empty() {
            return Measured::default();
        }
        let values = match kept == self.values.len() {
            true => &self.prepared.values,
            false => &prepare(known, season).values,
        };
        match self.method.forecast_as(form, values, season, horizon) {
            Some(path) => Measured::new(path, false, values, season),
            None => Measured::new(simple::naive(values, horizon), true, values, season),
        }
    }

    pub fn finish(
        &self,
        made: Measured,
        widths: &[Vec<Width>],
        options: &Options,
        together: bool,
    ) -> Forecast {
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
