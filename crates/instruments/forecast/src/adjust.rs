//! What people know of the future and the past cannot show: a price change from a date, a customer who leaves.
//!
//! An adjustment has a reason and stays visible: the forecast keeps what it was without.

use crate::ahead::Forecast;
use crate::error::Error;
use crate::hierarchy::Hierarchy;

/// What an adjustment does to each step that it holds for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effect {
    /// Adds so much, in units of the series.
    Add(f64),
    /// Multiplies by so much.
    Multiply(f64),
}

/// A known future effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjustment {
    /// The series.
    pub id: String,
    /// The first index of the calendar that it holds for.
    pub from: i64,
    /// The last one; none where it holds on.
    pub to: Option<i64>,
    /// What it does.
    pub effect: Effect,
    /// Why.
    pub reason: String,
}

/// An adjustment as it went into a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The series that it was said of: in a hierarchy it reaches others too.
    pub of: String,
    /// Why.
    pub reason: String,
    /// What it added to the expected value of each step, 0 where it does not hold.
    pub added: Vec<f64>,
}

/// Puts adjustments into forecasts, in their order: intervals move with the mean and, where it is multiplied,
/// widen with it. In a hierarchy everything goes through the lowest series, so that sums stay sums; what is
/// added to an upper series is shared by their expected values.
///
/// # Errors
/// [`Error::Adjustment`], where one names no forecast, holds for no step or gives no reason.
pub fn adjust(
    forecasts: &mut [Forecast],
    adjustments: &[Adjustment],
    hierarchy: Option<&Hierarchy>,
) -> Result<(), Error> {
    for (index, adjustment) in adjustments.iter().enumerate() {
        let number = index + 1;
        let wrong = |why: String| Error::Adjustment { number, why };
        if adjustment.reason.trim().is_empty() {
            return Err(wrong("it has no reason: write why".into()));
        }
        let Some(at) = forecasts.iter().position(|forecast| forecast.id == adjustment.id) else {
            return Err(wrong(format!("there is no series {}", adjustment.id)));
        };
        adjustment.sense(&forecasts[at]).map_err(wrong)?;
        match hierarchy {
            None => {
                let added = adjustment.added(&forecasts[at], 1.0);
                forecasts[at].take(adjustment, &added, true);
            }
            Some(hierarchy) => through_leaves(forecasts, adjustment, hierarchy),
        }
    }
    Ok(())
}

impl Adjustment {
    fn sense(&self, forecast: &Forecast) -> Result<(), String> {
        let end = forecast.first + i64::try_from(forecast.mean.len()).unwrap_or(i64::MAX);
        if self.from >= end || self.to.is_some_and(|to| to < forecast.first || to < self.from) {
            return Err("it holds for none of the steps that are forecast: check its times".into());
        }
        match self.effect {
            Effect::Multiply(by) if !(by.is_finite() && by >= 0.0) => {
                Err(format!("a factor of {by}: write one from 0 up, 1.05 for 5 % more"))
            }
            Effect::Add(by) if !by.is_finite() => Err(format!("{by} cannot be added: write a number")),
            _ => Ok(()),
        }
    }

    fn holds(&self, index: i64) -> bool {
        index >= self.from && self.to.is_none_or(|to| index <= to)
    }

    /// What it adds to each step of a forecast that carries `share` of it.
    fn added(&self, forecast: &Forecast, share: f64) -> Vec<f64> {
        let steps = (forecast.first..).zip(&forecast.mean);
        let added = steps.map(|(index, mean)| match self.effect {
            _ if !self.holds(index) => 0.0,
            Effect::Add(by) => by * share,
            Effect::Multiply(by) => mean * (by - 1.0),
        });
        added.collect()
    }
}

impl Forecast {
    /// The expected values without what people know.
    #[must_use]
    pub fn unadjusted(&self) -> Vec<f64> {
        let added = |step: usize| self.adjustments.iter().map(|applied| applied.added[step]).sum::<f64>();
        self.mean.iter().enumerate().map(|(step, mean)| mean - added(step)).collect()
    }

    fn take(&mut self, adjustment: &Adjustment, added: &[f64], widens: bool) {
        for (step, added) in added.iter().enumerate() {
            let holds = adjustment.holds(self.first + step as i64);
            for band in &mut self.bands {
                for end in [&mut band.lower[step], &mut band.upper[step]] {
                    match adjustment.effect {
                        Effect::Multiply(by) if holds && widens => *end *= by,
                        _ => *end += added,
                    }
                }
            }
            self.mean[step] += added;
        }
        let (of, reason) = (adjustment.id.clone(), adjustment.reason.clone());
        self.adjustments.push(Applied { of, reason, added: added.to_vec() });
    }
}

fn through_leaves(forecasts: &mut [Forecast], adjustment: &Adjustment, hierarchy: &Hierarchy) {
    let under = |id: &str| -> Vec<String> { hierarchy.leaves_of(id).map(str::to_owned).collect() };
    let leaves = under(&adjustment.id);
    let total: f64 = leaves.iter().map(|leaf| sum_of(forecasts, leaf)).sum();
    let added: Vec<(String, Vec<f64>)> = forecasts
        .iter()
        .filter(|forecast| leaves.contains(&forecast.id))
        .map(|forecast| {
            let share =
                if total > 0.0 { sum_of(forecasts, &forecast.id) / total } else { 1.0 / leaves.len() as f64 };
            (forecast.id.clone(), adjustment.added(forecast, share))
        })
        .collect();
    for forecast in forecasts {
        let own = under(&forecast.id);
        let mut sum = vec![0.0; forecast.mean.len()];
        for (_, added) in added.iter().filter(|(leaf, _)| own.contains(leaf)) {
            sum.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
        }
        if sum.iter().any(|added| *added != 0.0) {
            let whole = own.iter().all(|leaf| leaves.contains(leaf));
            forecast.take(adjustment, &sum, whole);
        }
    }
}

fn sum_of(forecasts: &[Forecast], id: &str) -> f64 {
    let found = forecasts.iter().find(|forecast| forecast.id == id);
    found.map_or(0.0, |forecast| forecast.mean.iter().map(|mean| mean.max(0.0)).sum())
}
