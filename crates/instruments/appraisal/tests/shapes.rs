//! Shapes against scipy 1.17.1: `triang`, `beta` on low … high, `lognorm`, `uniform`, their `ppf` at Φ(z), `mean`
//! and `std`.

use appraisal::Shape;
use proptest::prelude::*;

const Z: [f64; 3] = [-2.5, -0.3, 1.7];

fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-11 * theirs.abs().max(1.0), "{ours} {theirs}");
}

#[test]
fn quantiles_means_and_deviations_are_those_of_scipy() {
    let (low, mode, high) = (-1_400.0, -1_000.0, -900.0);
    let table = [
        (
            Shape::Triangular { low, mode, high },
            [-1_364.758_929_284_778_8, -1_123.562_456_308_464_8, -947.204_588_102_504_9],
            (-1_100.0, 108.012_344_973_464_34),
        ),
        (
            Shape::Pert { low, mode, high },
            [-1_288.364_523_227_35, -1_067.854_700_446_194_8, -927.536_419_982_797],
            (-1_050.0, 86.602_540_378_443_88),
        ),
        (
            Shape::Uniform { low, high },
            [-1_396.895_167_337_111_8, -1_208.955_711_094_476_3, -922.282_731_379_271_6],
            (-1_150.0, 144.337_567_297_406_43),
        ),
        (
            Shape::LogNormal { mean: 60.0, sd: 20.0 },
            [25.284_263_077_517_192, 51.639_477_644_542_39, 98.837_011_264_872_64],
            (60.0, 20.0),
        ),
        // A cost: the mirror image, −isf.
        (
            Shape::LogNormal { mean: -60.0, sd: 20.0 },
            [-128.142_947_653_515_36, -62.742_695_081_123_11, -32.781_242_153_479_76],
            (-60.0, 20.0),
        ),
        (Shape::Normal { mean: 5.0, sd: 2.0 }, [0.0, 4.4, 8.4], (5.0, 2.0)),
    ];
    for (shape, quantiles, (mean, sd)) in table {
        for (z, quantile) in Z.into_iter().zip(quantiles) {
            near(shape.at(z), quantile);
        }
        near(shape.mean(), mean);
        near(shape.sd(), sd);
    }
}

proptest! {
    /// Rising, within bounds, and turned round by a negative factor.
    #[test]
    fn any_three_points_give_a_rising_curve_between_them(
        points in prop::collection::vec(-1e6..1e6_f64, 3),
        z in -8.0..8.0_f64,
        step in 0.001..2.0_f64,
    ) {
        let mut points = points;
        points.sort_by(f64::total_cmp);
        let (low, mode, high) = (points[0], points[1], points[2]);
        let slack = 1e-9 * (high - low) + 1e-9;
        for shape in [Shape::Triangular { low, mode, high }, Shape::Pert { low, mode, high }, Shape::Uniform { low, high }] {
            prop_assert_eq!(shape.check(), Ok(()));
            let (here, there) = (shape.at(z), shape.at(z + step));
            prop_assert!(low - slack <= here && here <= there + slack && there <= high + slack);
            prop_assert!((shape.times(-2.0).at(-z) + 2.0 * here).abs() <= 4.0 * slack);
        }
    }
}
