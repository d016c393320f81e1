//! Bass's curve on the data of its literature.

mod data;

use data::example;
use forecast::diffusion::{Analogue, Curve, Segment, fit, uptake};

/// Ceiling in thousands, p and q: published for non-linear least squares (Srinivasan & Mason 1986). Standard errors:
/// scipy 1.17.1, `curve_fit` on the same years.
#[test]
fn the_durables_of_the_literature_have_their_published_curves() {
    let published = [
        ("air-conditioners", [18_713.0, 0.009_44, 0.374_8], [1_410.538, 0.002_038_41, 0.040_218_9]),
        ("colour-television", [39_659.0, 0.018_5, 0.615_9], [2_267.343, 0.003_221_91, 0.054_202_8]),
        ("clothes-dryers", [16_497.0, 0.013_6, 0.326_7], [1_234.345, 0.002_300_32, 0.036_412_7]),
    ];
    for (name, [m, p, q], errors) in published {
        let fitted = fit(&example(name)).unwrap();
        assert!((fitted.ceiling.value - m).abs() < 0.5, "{name}: {}", fitted.ceiling.value);
        assert!((fitted.p.value - p).abs() < 0.000_05, "{name}: {}", fitted.p.value);
        assert!((fitted.q.value - q).abs() < 0.000_05, "{name}: {}", fitted.q.value);
        let ours = [fitted.ceiling.error, fitted.p.error, fitted.q.error];
        for (ours, theirs) in ours.iter().zip(errors) {
            assert!((ours / theirs - 1.0).abs() < 1e-4, "{name}: {ours} {theirs}");
        }
        assert!(!fitted.before_peak());
    }
}

#[test]
fn a_known_curve_is_found_again_and_its_peak_is_where_bass_says() {
    let curve = Curve { p: 0.02, q: 0.4 };
    let adoptions: Vec<f64> = (1..=15).map(|period| 5_000.0 * curve.in_period(period)).collect();
    let fitted = fit(&adoptions).unwrap();
    assert!((fitted.ceiling.value - 5_000.0).abs() < 0.01 && (fitted.p.value - 0.02).abs() < 1e-7);
    // ln(q/p) ÷ (p + q) = ln 20 ÷ .42
    assert!((fitted.curve().peak() - 7.132_695).abs() < 1e-4);
    let early = fit(&adoptions[..6]).unwrap();
    assert!(early.before_peak() && (early.ceiling.value - 5_000.0).abs() < 1.0);
}

#[test]
fn segments_rise_to_size_times_likelihood_in_years_or_months_alike() {
    let segment = |name: &str, size, likelihood| Segment { name: name.into(), size, likelihood };
    let segments = [segment("under 30", 400_000.0, 0.25), segment("others", 1_000_000.0, 0.1)];
    let curve = Analogue::named("average").unwrap().curve;
    let years = uptake(&segments, curve, 5).unwrap();
    let months = uptake(&segments, curve.in_parts(12.0), 60).unwrap();
    for (years, months) in years.iter().zip(&months) {
        let (by_year, by_month): (f64, f64) = (years.adopters.iter().sum(), months.adopters.iter().sum());
        assert!((by_year - by_month).abs() < 1e-6 && by_year < years.ceiling);
    }
    assert_eq!(years[0].ceiling.to_bits(), 100_000_f64.to_bits());
    // F(5) = (1 − e^−2.05) ÷ (1 + .38 ÷ .03 × e^−2.05).
    assert!((years[1].adopters.iter().sum::<f64>() / 100_000.0 - 0.331_198).abs() < 1e-6);
}

#[test]
fn what_no_curve_can_be_fitted_to_is_said() {
    let said = |adoptions: &[f64]| fit(adoptions).unwrap_err().to_string();
    assert_eq!(said(&[1.0, 2.0]), "2 periods: a curve takes at least 5; use the p and q of an analogue");
    assert_eq!(said(&[1.0, -2.0, 3.0, 4.0, 5.0]), "period 2 has -2: write adoptions per period, 0 or more");
    assert_eq!(said(&[0.0; 6]), "nobody has adopted: use the p and q of an analogue");
    assert!(said(&[9.0, 1.0, 1.0, 1.0, 1.0, 9.0]).starts_with("no curve of Bass fits"));
    // Doubling each period: any ceiling far away will do.
    let doubling = fit(&[1.0, 2.0, 4.0, 8.0, 16.0, 33.0, 70.0]).unwrap();
    assert!(doubling.before_peak() && doubling.is_vague());
    let wrong = Segment { name: "all".into(), size: 10.0, likelihood: 12.0 };
    let said = uptake(&[wrong], Curve { p: 0.03, q: 0.38 }, 3).unwrap_err().to_string();
    assert_eq!(said, "segment all: a likelihood of 12: write a share from 0 to 1");
}
