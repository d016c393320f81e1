//! The forms of exponential smoothing and which of them suit a series.

use std::fmt;

/// How the error enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorForm {
    /// The observation is the expectation plus an error.
    Additive,
    /// The observation is the expectation times one plus a relative error.
    Multiplicative,
}

/// How the level moves on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// It stays.
    None,
    /// It grows by a slope.
    Additive,
    /// It grows by a slope that fades.
    Damped,
}

/// How the season enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// Not at all.
    None,
    /// Added to the level.
    Additive,
    /// Multiplied with it.
    Multiplicative,
}

/// A form of exponential smoothing: error, trend, season.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Form {
    /// How the error enters.
    pub error: ErrorForm,
    /// How the level moves on.
    pub trend: Trend,
    /// How the season enters.
    pub season: Season,
}

impl Form {
    /// The 15 forms that the literature considers stable (Hyndman et al. 2008, §2.8.1: an additive error
    /// with a multiplicative season is left out, and so is any multiplicative trend), fewer where the
    /// series has no season or is not positive.
    #[must_use]
    pub fn candidates(seasonal: bool, positive: bool) -> Vec<Form> {
        let mut forms = Vec::with_capacity(15);
        for error in [ErrorForm::Additive, ErrorForm::Multiplicative] {
            for trend in [Trend::None, Trend::Additive, Trend::Damped] {
                for season in [Season::None, Season::Additive, Season::Multiplicative] {
                    let form = Form { error, trend, season };
                    if form.suits(seasonal, positive) {
                        forms.push(form);
                    }
                }
            }
        }
        forms
    }

    fn suits(self, seasonal: bool, positive: bool) -> bool {
        let multiplies = self.error == ErrorForm::Multiplicative;
        match self.season {
            _ if multiplies && !positive => false,
            Season::None => true,
            Season::Additive => seasonal,
            Season::Multiplicative => seasonal && multiplies,
        }
    }

    /// How many numbers are estimated: smoothing parameters, initial states and the variance.
    #[must_use]
    pub fn parameters(self, season_length: usize) -> usize {
        let trend = match self.trend {
            Trend::None => 0,
            Trend::Additive => 2,
            Trend::Damped => 3,
        };
        let season = if self.season == Season::None { 0 } else { season_length };
        // Level and its smoothing, and the variance.
        3 + trend + season
    }
}

impl fmt::Display for Form {
    /// As the literature writes it: `ETS(M,Ad,M)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = if self.error == ErrorForm::Additive { "A" } else { "M" };
        let trend = match self.trend {
            Trend::None => "N",
            Trend::Additive => "A",
            Trend::Damped => "Ad",
        };
        let season = match self.season {
            Season::None => "N",
            Season::Additive => "A",
            Season::Multiplicative => "M",
        };
        write!(f, "ETS({error},{trend},{season})")
    }
}
