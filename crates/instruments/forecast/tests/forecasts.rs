//! Whole forecasts: what series get, what is said of them, and that nothing but the series decides.

mod data;

use data::{airline, nile};
use forecast::{Forecast, Method, Options, Remark, Series, forecast};

fn one(values: &[f64], options: &Options) -> Forecast {
    forecast(&[Series::new("one", values)], options).unwrap().remove(0)
}

fn said(made: &Forecast) -> Vec<String> {
    made.remarks.iter().map(ToString::to_string).collect()
}

/// The last two years of the airline, from the ten before. statsforecast 2.1.1: mean of AutoETS and
/// DynamicOptimizedTheta .1273, SeasonalNaive .1575 of the passengers.
#[test]
fn the_airline_s_last_years_are_forecast_better_than_by_the_peer() {
    let (known, later) = (&airline()[..120], &airline()[120..]);
    let options = Options::new(12, 24);
    let wape = |made: &Forecast| {
        let errors = made.mean.iter().zip(later).map(|(mean, actual)| (mean - actual).abs());
        errors.sum::<f64>() / later.iter().sum::<f64>()
    };
    let ours = one(known, &options);
    assert_eq!(ours.method, Method::EtsAndTheta);
    assert!(wape(&ours) < 0.1273, "{}", wape(&ours));
    let naive = one(known, &Options { method: Some(Method::SeasonalNaive), ..options });
    assert!((wape(&naive) - 0.157_546).abs() < 1e-6);
}

#[test]
fn bands_hold_their_mean_and_higher_levels_are_wider() {
    let made = one(&airline(), &Options { levels: vec![95.0, 50.0, 80.0], ..Options::new(12, 18) });
    assert_eq!(made.bands.iter().map(|band| band.level).collect::<Vec<_>>(), [95.0, 50.0, 80.0]);
    for step in 0..18 {
        let width = |band: usize| made.bands[band].upper[step] - made.bands[band].lower[step];
        assert!(width(1) > 0.0 && width(1) <= width(2) && width(2) <= width(0), "step {step}");
        assert!(made.bands.iter().all(|band| band.lower[step] < made.mean[step]));
    }
}

#[test]
fn series_of_three_to_seven_values_get_their_last_one_and_say_what_it_is_worth() {
    for count in 3..8 {
        let values: Vec<f64> = (0..count).map(|t| f64::from(10 + t * t % 3)).collect();
        let made = one(&values, &Options::new(12, 3));
        assert_eq!(made.method, Method::Naive);
        assert!((made.mean[2] - values[values.len() - 1]).abs() < 1e-12);
        let said = said(&made).join("; ");
        assert!(said.contains(&format!("only {count} values: the last one is the forecast")), "{said}");
        assert!(said.contains("95 % interval by Student's t, it may hold less"), "{said}");
        assert!(made.bands[1].upper[0] > made.mean[0]);
    }
    let two = forecast(&[Series::new("two", &[1.0, 2.0])], &Options::new(1, 1)).unwrap_err();
    assert_eq!(two.to_string(), "series two has 2 values: a forecast takes at least 3");
}

#[test]
fn a_season_that_cannot_be_seen_yet_is_said() {
    let made = one(&airline()[..20], &Options::new(12, 6));
    assert!(said(&made).contains(&"a season of 12 cannot be seen in 20 values: 25 are needed".to_owned()));
}

/// Cobb (1978) and everyone since: the flow of the Nile fell in 1899, observation 29, by about 250.
#[test]
fn the_fall_of_the_nile_in_1899_is_a_level_shift() {
    let shift = |remark: &Remark| match remark {
        Remark::LevelShift { at, by } => Some((*at, *by)),
        _ => None,
    };
    let mut steps = nile();
    // The fall itself is no larger than the river's yearly moves; five times as large it is clear.
    steps[..28].iter_mut().for_each(|flow| *flow += 1_000.0);
    let made = one(&steps, &Options::new(1, 5));
    let found: Vec<_> = made.remarks.iter().filter_map(shift).collect();
    assert!(matches!(found[..], [(28, by)] if (-1_400.0..-1_100.0).contains(&by)), "{found:?}");
    assert!((made.mean[0] / 830.0 - 1.0).abs() < 0.1, "{}", made.mean[0]);
    assert!(one(&nile(), &Options::new(1, 5)).remarks.iter().filter_map(shift).next().is_none());
}

#[test]
fn a_single_outlier_is_said_and_moves_the_forecast_little() {
    let plain = one(&airline(), &Options::new(12, 12));
    let mut values = airline();
    values[100] *= 4.0;
    let made = one(&values, &Options::new(12, 12));
    assert!(
        said(&made).iter().any(|said| said.starts_with("observation 101 is an outlier")),
        "{:?}",
        said(&made)
    );
    for (with, without) in made.mean.iter().zip(&plain.mean) {
        assert!((with / without - 1.0).abs() < 0.05, "{with} {without}");
    }
}

#[test]
fn holes_are_filled_with_the_season_and_said() {
    let mut series = Series::new("airline", &airline());
    for hole in [30, 31, 90] {
        series.values[hole] = None;
    }
    series.values.push(None);
    let made = forecast(&[series], &Options::new(12, 12)).unwrap().remove(0);
    let plain = one(&airline(), &Options::new(12, 12));
    assert_eq!(
        said(&made)[..2],
        [
            "the last 1 have no value: the forecast starts after the last value",
            "3 missing, the first at observation 31: filled between neighbours",
        ]
    );
    assert_eq!(made.first, 144);
    for (with, without) in made.mean.iter().zip(&plain.mean) {
        assert!((with / without - 1.0).abs() < 0.02, "{with} {without}");
    }
}

#[test]
fn zeros_and_negatives_leave_out_what_multiplies() {
    let values: Vec<f64> = airline().iter().map(|value| value - 350.0).collect();
    let made = one(&values, &Options::new(12, 12));
    assert!(said(&made).iter().any(|said| said.ends_with("forms that multiply are left out")));
    assert!(made.form.starts_with("ETS(A,") && !made.form.contains(",M)"), "{}", made.form);
    assert!(made.bands[1].lower[0] < made.mean[0]);
}

#[test]
fn demand_now_and_then_never_falls_below_zero() {
    let demand: Vec<f64> =
        (0..48).map(|t| f64::from(u8::from(t * t % 7 == 2)) * f64::from(t % 5 + 1)).collect();
    let made = one(&demand, &Options::new(12, 6));
    assert_eq!(made.method, Method::SyntetosBoylan);
    assert!(made.bands.iter().all(|band| band.lower.iter().all(|end| *end >= 0.0)));
    assert!(said(&made).iter().any(|said| said.contains("the forecast is a mean per period")));
    let ended = one(&[demand, vec![0.0; 24]].concat(), &Options::new(12, 6));
    assert_eq!(ended.method, Method::TeunterSyntetosBabai);
    assert!(ended.mean[0] < 0.2 * made.mean[0]);
}

#[test]
fn what_never_changes_does_not_begin_to() {
    let made = one(&[7.0; 30], &Options::new(12, 4));
    assert!(made.mean.iter().all(|mean| (mean - 7.0).abs() < 1e-12));
    assert!(made.bands.iter().all(|band| band.lower == made.mean && band.upper == made.mean));
    assert_eq!(said(&made), ["it never changes: the intervals have no width"]);
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let series: Vec<Series> =
        (0..7).map(|n| Series::new(format!("s{n}"), &airline()[n * 5..60 + n * 12])).collect();
    let run = |threads| forecast(&series, &Options { threads, ..Options::new(12, 12) }).unwrap();
    assert_eq!(run(1), run(2));
    assert_eq!(run(1), run(5));
}

#[test]
fn options_out_of_range_are_refused() {
    let said =
        |options: Options| forecast(&[Series::new("one", &[1.0; 9])], &options).unwrap_err().to_string();
    assert_eq!(said(Options::new(12, 0)), "a horizon of 0 steps: ask for 1 to 10000");
    assert_eq!(said(Options::new(0, 3)), "a season of 0 periods: write 1 for none, 12 for months");
    let levels = vec![80.0, 100.0];
    let said = said(Options { levels, ..Options::new(1, 3) });
    assert_eq!(said, "an interval of 100 %: levels lie between 0 and 100");
}

/// Weeks with a season of 52 on a trend: the shape is kept though no form of ETS has so many seasons.
#[test]
fn a_season_of_weeks_is_taken_out_and_put_back() {
    let wave = |t: usize| (t as f64 / 52.0 * std::f64::consts::TAU).sin();
    let noise = |t: usize| ((t * 7919 % 101) as f64 - 50.0) / 1_000.0;
    let value = |t: usize| (400.0 + t as f64) * (1.0 + 0.3 * wave(t) + noise(t));
    let values: Vec<f64> = (0..182).map(value).collect();
    let made = one(&values, &Options::new(52, 26));
    assert!(made.form.contains("season taken out and DOT"), "{}", made.form);
    for (step, mean) in made.mean.iter().enumerate() {
        assert!((mean / value(182 + step) - 1.0).abs() < 0.12, "step {step}: {mean}");
    }
}
