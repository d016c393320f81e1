//! What holds for every series.

use forecast::{Method, Options, Series, forecast};
use proptest::prelude::*;

/// A level with a trend, a season of four and noise, or values without any order.
fn series() -> impl Strategy<Value = Vec<f64>> {
    let shaped = (10.0..1e4_f64, -0.02..0.05_f64, prop::collection::vec(-0.3..0.3_f64, 4), 9..40_usize);
    let shaped = (shaped, prop::collection::vec(-0.1..0.1_f64, 40)).prop_map(
        |((level, trend, season, count), noise)| {
            (0..count).map(|t| level * (1.0 + trend * t as f64) * (1.0 + season[t % 4] + noise[t])).collect()
        },
    );
    prop_oneof![shaped, prop::collection::vec(-1e3..1e3_f64, 3..40)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_method_gives_numbers_in_order(values in series(), method in prop::sample::select(&Method::ALL[..])) {
        let options = Options { method: Some(method), ..Options::new(4, 6) };
        let made = forecast(&[Series::new("a", &values)], &options).unwrap().remove(0);
        for step in 0..6 {
            let (narrow, wide) = (&made.bands[0], &made.bands[1]);
            let ends = [wide.lower[step], narrow.lower[step], made.mean[step], narrow.upper[step], wide.upper[step]];
            prop_assert!(ends.iter().all(|end| end.is_finite()), "{ends:?}");
            prop_assert!(ends.windows(2).all(|pair| pair[0] <= pair[1]), "{ends:?}");
        }
    }

    #[test]
    fn a_series_in_thousands_has_a_thousandth_of_the_forecast(values in series()) {
        let run = |unit: f64| {
            let values: Vec<f64> = values.iter().map(|value| value * unit).collect();
            forecast(&[Series::new("a", &values)], &Options::new(4, 6)).unwrap().remove(0)
        };
        // A power of two changes no digit, so that both searches take the same steps.
        let (ones, parts) = (run(1.0), run(1.0 / 1024.0));
        let size = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
        for (one, part) in ones.mean.iter().zip(&parts.mean) {
            prop_assert!((one - part * 1024.0).abs() <= 1e-6 * size, "{one} {part}");
        }
    }
}
