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

/// statsmodels 0.15.0, `ETSModel(airline, error="mul", trend="add", seasonal="mul", seasonal_periods=12)`:
/// log-likelihood −522.48993 with 17 parameters, α .7411, β .0001; damped −525.61711 with 18. R's `ets` stops at a
/// damped form with AICc 1400.638.
#[test]
fn the_airline_has_the_form_and_criterion_of_statsmodels() {
    let fitted = Smoothing::best(&airline(), 12).unwrap();
    assert_eq!(fitted.form().to_string(), "ETS(M,A,M)");
    near(fitted.aicc(), aicc(-522.489_93, 144.0, 17.0), 1e-4);
    let [alpha, beta, gamma, phi] = fitted.parameters();
    near(alpha, 0.741_1, 0.01);
    assert!(beta < 0.001 && gamma < 0.001 && (phi - 1.0).abs() < 1e-12);
    let damped = Form { trend: Trend::Damped, ..fitted.form() };
    let damped = Smoothing::fit(damped, &airline(), 12).unwrap();
    near(damped.aicc(), aicc(-525.617_11, 144.0, 18.0), 2e-3);
}

/// Akaike's criterion as R prints it, from a whole log-likelihood.
fn aicc(log_likelihood: f64, n: f64, k: f64) -> f64 {
    let constant = n * ((2.0 * std::f64::consts::PI / n).ln() + 1.0);
    -2.0 * log_likelihood - constant + 2.0 * k + 2.0 * k * (k + 1.0) / (n - k - 1.0)
}

/// statsforecast 2.1.1, `ets_f(nile, 1, model="ANN")`: AICc 1459.03109, α .24524; "MNN": 1458.55201, α .15063 and the
/// forecast 839.14651.
#[test]
fn a_level_alone_is_smoothed_as_statsforecast_does() {
    let form = Form { error: ErrorForm::Additive, trend: Trend::None, season: Season::None };
    let fitted = Smoothing::fit(form, &nile(), 1).unwrap();
    near(fitted.aicc(), 1_459.031_09, 1e-6);
    near(fitted.parameters()[0], 0.245_24, 0.002);
    let best = Smoothing::best(&nile(), 1).unwrap();
    assert_eq!(best.form().to_string(), "ETS(M,N,N)");
    near(best.aicc(), 1_458.552_01, 1e-6);
    near(best.forecast(2)[1], 839.146_51, 0.001);
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
