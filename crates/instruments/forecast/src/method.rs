//! The methods, and which of them a series gets.

use std::fmt;

use crate::ets::{Form, LONGEST_SEASON, Smoothing};
use crate::intermittent::{self, Variant as Intermittent};
use crate::path::Path;
use crate::season;
use crate::simple;
use crate::theta::{Theta, Variant as ThetaVariant};

/// A method of forecasting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The last value.
    Naive,
    /// The value of one cycle before.
    SeasonalNaive,
    /// Exponential smoothing, its form chosen by AICc.
    Ets,
    /// The standard theta method.
    Theta,
    /// The dynamic optimised theta method.
    DynamicTheta,
    /// The mean of exponential smoothing and dynamic optimised theta.
    EtsAndTheta,
    /// Croston's.
    Croston,
    /// Croston's without its bias.
    SyntetosBoylan,
    /// Size × probability of a demand.
    TeunterSyntetosBabai,
}

/// A series this short is forecast by its last value: nothing more can be estimated.
pub const SHORT: usize = 8;
/// Fewer points than this are no series.
pub const FEWEST: usize = 3;

impl Method {
    /// All of them.
    pub const ALL: [Method; 9] = [
        Method::Naive,
        Method::SeasonalNaive,
        Method::Ets,
        Method::Theta,
        Method::DynamicTheta,
        Method::EtsAndTheta,
        Method::Croston,
        Method::SyntetosBoylan,
        Method::TeunterSyntetosBabai,
    ];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Method::Naive => "naive",
            Method::SeasonalNaive => "seasonal-naive",
            Method::Ets => "ets",
            Method::Theta => "theta",
            Method::DynamicTheta => "dot",
            Method::EtsAndTheta => "ets+dot",
            Method::Croston => "croston",
            Method::SyntetosBoylan => "sba",
            Method::TeunterSyntetosBabai => "tsb",
        }
    }

    /// The method of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.name() == name)
    }

    /// The method for a series that nothing else is known of: the last value where it is short or never
    /// changes; [Syntetos and Boylan's](Method::SyntetosBoylan) where it comes now and then without a season,
    /// [Teunter's](Method::TeunterSyntetosBabai) where it may have ended; else the mean of exponential
    /// smoothing and dynamic optimised theta, which won over each of the two on the series of M3.
    #[must_use]
    pub fn suited(values: &[f64], season_length: usize) -> Method {
        let flat = values.windows(2).all(|pair| (pair[1] - pair[0]).abs() <= 0.0);
        if values.len() < SHORT || flat {
            return Method::Naive;
        }
        if intermittent::is_intermittent(values) && !season::is_seasonal(values, season_length) {
            return match intermittent::may_have_ended(values) {
                true => Method::TeunterSyntetosBabai,
                false => Method::SyntetosBoylan,
            };
        }
        Method::EtsAndTheta
    }

    /// Which methods a back-test of such a series compares.
    #[must_use]
    pub fn compared(intermittent: bool) -> &'static [Method] {
        if intermittent { &Method::ALL } else { &Method::ALL[..6] }
    }

    /// The forecast of `values`; none where the method cannot be fitted to them.
    #[must_use]
    pub fn forecast(self, values: &[f64], season_length: usize, horizon: usize) -> Option<Path> {
        self.forecast_as(None, values, season_length, horizon)
    }

    /// The same with a form of exponential smoothing that was chosen before, where it can be fitted.
    pub(crate) fn forecast_as(
        self,
        form: Option<Form>,
        values: &[f64],
        season_length: usize,
        horizon: usize,
    ) -> Option<Path> {
        let path = match self {
            Method::Naive => Some(simple::naive(values, horizon)),
            Method::SeasonalNaive => Some(simple::seasonal_naive(values, season_length, horizon)),
            Method::Ets => ets(form, values, season_length, horizon),
            Method::Theta => theta(ThetaVariant::Standard, values, season_length, horizon),
            Method::DynamicTheta => theta(ThetaVariant::DynamicOptimised, values, season_length, horizon),
            Method::EtsAndTheta => both(form, values, season_length, horizon),
            Method::Croston => intermittent::forecast(Intermittent::Croston, values, horizon),
            Method::SyntetosBoylan => intermittent::forecast(Intermittent::SyntetosBoylan, values, horizon),
            Method::TeunterSyntetosBabai => {
                intermittent::forecast(Intermittent::TeunterSyntetosBabai, values, horizon)
            }
        };
        path.filter(Path::is_finite)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A season that is longer than the forms can hold is taken out first and put back after.
fn ets(form: Option<Form>, values: &[f64], season_length: usize, horizon: usize) -> Option<Path> {
    let long = season_length > LONGEST_SEASON && season::is_seasonal(values, season_length);
    let Some(seasonal) = long.then(|| season::decompose(values, season_length)).flatten() else {
        return smoothed(form, values, season_length, horizon);
    };
    let plain: Vec<f64> = values.iter().enumerate().map(|(t, value)| seasonal.without(t, *value)).collect();
    let mut path = smoothed(form, &plain, 1, horizon)?;
    let count = values.len();
    path.mean = (count..).zip(&path.mean).map(|(t, mean)| seasonal.with(t, *mean)).collect();
    path.spread = (count..).zip(&path.spread).map(|(t, spread)| seasonal.scaled(t, *spread)).collect();
    path.residuals = path.residuals.iter().enumerate().map(|(t, error)| seasonal.scaled(t, *error)).collect();
    path.form.push_str(", season taken out");
    Some(path)
}

fn smoothed(form: Option<Form>, values: &[f64], season_length: usize, horizon: usize) -> Option<Path> {
    let again = form.and_then(|form| Smoothing::fit(form, values, season_length));
    let fitted = again.or_else(|| Smoothing::best(values, season_length))?;
    Some(Path {
        mean: fitted.forecast(horizon),
        spread: fitted.spread(horizon),
        residuals: fitted.residuals().to_vec(),
        form: fitted.form().to_string(),
        smoothing: Some(fitted.form()),
    })
}

fn theta(variant: ThetaVariant, values: &[f64], season_length: usize, horizon: usize) -> Option<Path> {
    let fitted = Theta::fit(variant, values, season_length)?;
    let name = if variant == ThetaVariant::Standard { "theta" } else { "DOT" };
    let season = if fitted.seasonal().is_some() { ", season taken out" } else { "" };
    let (_, theta) = fitted.parameters();
    Some(Path {
        mean: fitted.forecast(horizon),
        spread: fitted.spread(horizon),
        residuals: fitted.residuals().to_vec(),
        form: if theta < 1e6 {
            format!("{name}(θ {theta:.2}{season})")
        } else {
            format!("{name}(θ ∞{season})")
        },
        smoothing: None,
    })
}

/// The mean of both, or the one of them that can be fitted.
fn both(form: Option<Form>, values: &[f64], season_length: usize, horizon: usize) -> Option<Path> {
    let finite = |path: Option<Path>| path.filter(Path::is_finite);
    let one = finite(ets(form, values, season_length, horizon));
    let two = finite(theta(ThetaVariant::DynamicOptimised, values, season_length, horizon));
    match (one, two) {
        (Some(one), Some(two)) => Some(one.mean_of(&two)),
        (one, two) => one.or(two),
    }
}
