//! The methods beside what their literature and other programs print.

mod data;

use data::{airline, nile};
use forecast::ets::{ErrorForm, Form, Season, Smoothing, Trend};
use forecast::intermittent::{self, Variant as Intermittent};
use forecast::season;
use forecast::theta::{Theta, Variant};

fn near(ours: f64, theirs: f64, share: f64) {
    assert!((ours - theirs).abs() <= share * theirs.abs(), "{ours} is not within {share} of {theirs}");
}

/// R's `forecast::ets(AirPassengers)` prints ETS(M,Ad,M), AICc 1400.638, α .7096, φ .98, γ 1e-04. The likelihood
/// is the same function, so a search that is as good reaches it or goes below.
#[test]
fn the_airline_has_the_form_and_criterion_that_r_prints() {
    let fitted = Smoothing::best(&airline(), 12).unwrap();
    assert_eq!(fitted.form().to_string(), "ETS(M,Ad,M)");
    assert!(fitted.aicc() < 1400.638 && fitted.aicc() > 1395.0, "{}", fitted.aicc());
    let [alpha, beta, gamma, phi] = fitted.parameters();
    assert!((0.65..0.80).contains(&alpha) && beta < 0.05 && gamma < 0.01 && phi > 0.97);
}

/// statsmodels 0.15.0, ETSModel(nile, error="add").fit(): α .246684, log-likelihood −638.10769, forecast 804.99688.
#[test]
fn a_level_alone_is_smoothed_as_statsmodels_does() {
    let form = Form { error: ErrorForm::Additive, trend: Trend::None, season: Season::None };
    let fitted = Smoothing::fit(form, &nile(), 1).unwrap();
    near(fitted.parameters()[0], 0.246_684, 0.005);
    near(fitted.forecast(2)[1], 804.996_88, 0.001);
    // Minus twice the log-likelihood, three parameters, without the constant.
    let n = 100.0_f64;
    let constant = n * ((2.0 * std::f64::consts::PI / n).ln() + 1.0);
    near(fitted.aicc(), 2.0 * 638.107_69 - constant + 6.0 + 24.0 / 96.0, 1e-5);
}

/// Table 6.1 of Hyndman et al. (2008): for a level alone the variance grows by α² a step.
#[test]
fn the_spread_of_a_level_grows_as_the_book_says() {
    let form = Form { error: ErrorForm::Additive, trend: Trend::None, season: Season::None };
    let fitted = Smoothing::fit(form, &nile(), 1).unwrap();
    let (spread, alpha) = (fitted.spread(5), fitted.parameters()[0]);
    near((spread[4] / spread[0]).powi(2), 1.0 + 4.0 * alpha * alpha, 1e-9);
}

/// statsforecast 2.1.1, `auto_theta(airline, 12, model=…)` and `auto_theta(nile, 1, model=…)`.
#[test]
fn theta_forecasts_what_statsforecast_does() {
    type Printed = (Variant, fn() -> Vec<f64>, usize, [f64; 3], f64);
    let printed: [Printed; 4] = [
        (Variant::Standard, airline, 12, [440.969_195, 429.249_242, 490.693_187], 0.754),
        (Variant::DynamicOptimised, airline, 12, [442.927_195, 432.298_401, 495.482_455], 0.725),
        (Variant::Standard, nile, 1, [800.884_992, 799.527_839, 798.170_681], 0.242),
        (Variant::DynamicOptimised, nile, 1, [798.230_189, 798.230_189, 798.230_189], 0.267),
    ];
    for (variant, series, season_length, theirs, alpha) in printed {
        let fitted = Theta::fit(variant, &series(), season_length).unwrap();
        near(fitted.parameters().0, alpha, 0.06);
        for (ours, theirs) in fitted.forecast(3).into_iter().zip(theirs) {
            near(ours, theirs, 0.004);
        }
    }
}

/// statsmodels 0.15.0, `seasonal_decompose(airline, "multiplicative", period=12).seasonal`.
#[test]
fn the_season_is_what_classical_decomposition_gives() {
    let theirs = [
        0.910_230_37,
        0.883_625_32,
        1.007_366_29,
        0.975_906_01,
        0.981_378_03,
        1.112_775_83,
        1.226_555_54,
        1.219_910_97,
        1.060_491_93,
        0.921_757_24,
        0.801_178_08,
        0.898_824_39,
    ];
    let ours = season::decompose(&airline(), 12).unwrap();
    assert_eq!(ours.kind, season::Decomposition::Multiplicative);
    for (ours, theirs) in ours.figures.iter().zip(theirs) {
        near(*ours, theirs, 1e-7);
    }
    assert!(season::is_seasonal(&airline(), 12));
    assert!(!season::is_seasonal(&nile(), 12));
}

/// statsforecast 2.1.1: CrostonClassic, CrostonSBA, TSB(.1, .1) on these twenty periods.
#[test]
fn demand_now_and_then_is_forecast_as_statsforecast_does() {
    let demand = [0., 0., 3., 0., 0., 0., 2., 4., 0., 0., 0., 0., 5., 0., 1., 0., 0., 0., 0., 2.];
    let printed = [
        (Intermittent::Croston, 0.905_219_92),
        (Intermittent::SyntetosBoylan, 0.859_958_93),
        (Intermittent::TeunterSyntetosBabai, 0.800_961_7),
    ];
    for (variant, theirs) in printed {
        near(intermittent::forecast(variant, &demand, 1).unwrap().mean[0], theirs, 1e-7);
    }
    assert!(intermittent::is_intermittent(&demand) && !intermittent::may_have_ended(&demand));
    assert!(intermittent::may_have_ended(&[[3., 0., 2., 0., 0., 1.].as_slice(), &[0.; 9]].concat()));
}
