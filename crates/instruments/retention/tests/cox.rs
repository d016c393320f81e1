//! Cox's model against R 4.2.2, `survival` 3.5-3: `coxph` (Efron), `cox.zph`, `concordance`, `resid`.
//!
//! Data: `leukaemia.csv`, whose Efron coefficient 1.572 (.412) textbooks print; `rossi.csv`, the recidivism of 432
//! convicts (Rossi, Berk and Lenihan 1980, as in Allison 1995), as shipped by lifelines 0.30.3 under the MIT licence.

mod common;

use common::{close, near, numbers};
use perception::Level;
use retention::{CoxModel, Error, Subject, TimeScale, cox};

const ROSSI: [&str; 7] = ["fin", "age", "race", "wexp", "mar", "paro", "prio"];

fn subjects(rows: &[Vec<f64>], columns: &[usize]) -> Vec<Subject> {
    let covariates = |row: &Vec<f64>| columns.iter().map(|at| row[*at]).collect();
    rows.iter().map(|row| Subject { time: row[0], left: row[1] > 0.5, covariates: covariates(row) }).collect()
}

fn leukaemia() -> CoxModel {
    let rows = numbers("leukaemia.csv", &["6-MP", "placebo"]);
    cox(&["placebo"], &subjects(&rows, &[2]), Level::NINETY_FIVE).unwrap()
}

fn rossi() -> CoxModel {
    cox(&ROSSI, &subjects(&numbers("rossi.csv", &[]), &[2, 3, 4, 5, 6, 7, 8]), Level::NINETY_FIVE).unwrap()
}

#[test]
fn the_trial_has_the_coefficient_every_textbook_prints() {
    let model = leukaemia();
    let placebo = &model.coefficients[0];
    close(placebo.estimate, 1.57212514882907, 1e-9, "coefficient");
    close(placebo.standard_error, 0.412396717709, 1e-9, "standard error");
    close(placebo.hazard_ratio, 4.816873898279, 1e-9, "hazard ratio");
    close(placebo.interval.lower, 2.14650821273, 1e-9, "lower");
    close(placebo.interval.upper, 10.8093106816, 1e-9, "upper");
    close(placebo.z, 3.81217, 1e-5, "z");
    close(placebo.p, 0.00013775, 1e-4, "p");
    close(model.covariance[0][0], 0.170071052777532, 1e-8, "variance");
    close(model.null_log_likelihood, -93.1842699968477, 1e-13, "likelihood without effects");
    close(model.log_likelihood, -85.0084245773717, 1e-13, "likelihood");
    close(model.likelihood_ratio.p, 5.2609205e-05, 1e-7, "p of the likelihood ratio");
    assert_eq!((model.subjects, model.events), (42, 30));
    let pairs = model.concordance;
    assert_eq!((pairs.concordant, pairs.discordant, pairs.tied), (335, 64, 314));
    close(pairs.index.unwrap(), 0.690042075736325, 1e-14, "concordance");
}

#[test]
fn seven_covariates_with_many_ties_are_rs() {
    let model = rossi();
    let expected = [
        (-0.3794221664858867, 0.1913794807135435),
        (-0.0574377426840623, 0.0219994706006800),
        (0.3138997878424986, 0.3079927765574182),
        (-0.1497956976665371, 0.2122242962486229),
        (-0.4337038779373086, 0.3818680576687913),
        (-0.0848710825003947, 0.1957566719066243),
        (0.0914970809852960, 0.0286485499599737),
    ];
    for (coefficient, (estimate, error)) in model.coefficients.iter().zip(expected) {
        // R stops when the likelihood settles to 1e-9, so its estimates hold eight digits.
        close(coefficient.estimate, estimate, 3e-8, &coefficient.name);
        close(coefficient.standard_error, error, 1e-8, &coefficient.name);
    }
    close(model.log_likelihood, -658.747659446087, 1e-12, "likelihood");
    close(model.null_log_likelihood, -675.380632346871, 1e-12, "likelihood without effects");
    close(model.likelihood_ratio.chi_square, 33.26594580156, 1e-10, "likelihood ratio");
    close(model.likelihood_ratio.p, 2.3620451e-05, 1e-7, "p of the likelihood ratio");
    let pairs = model.concordance;
    assert_eq!((pairs.concordant, pairs.discordant, pairs.tied), (27242, 15291, 49));
    close(pairs.index.unwrap(), 0.640329247099714, 1e-14, "concordance");
}

/// `cox.zph(fit, transform = …)`: scale of time, chi-square of each covariate, of all together, and its p.
const PROPORTIONAL: [(TimeScale, [f64; 7], f64, f64); 3] = [
    (
        TimeScale::KaplanMeier,
        [
            0.0624297513580852,
            5.97398165341843,
            2.06826538748052,
            4.22459563342159,
            1.01102156443575,
            0.0183832991689653,
            0.520584250303013,
        ],
        17.694415254455,
        0.0134275067856751,
    ),
    (
        TimeScale::Identity,
        [
            0.00895055875129511,
            6.61594378929425,
            2.14442625678454,
            3.8767551246737,
            1.03134831871162,
            0.0281765987231146,
            0.424798396422923,
        ],
        18.1826870391293,
        0.0111723884672712,
    ),
    (
        TimeScale::Logarithm,
        [
            0.137599433257119,
            8.23149834194233,
            1.61708493942692,
            2.08585484109845,
            1.1259733148419,
            0.219202810330991,
            0.0134790732013021,
        ],
        17.6615705707482,
        0.0135939021591007,
    ),
];

/// Age and work experience do not act alike over time.
#[test]
fn the_check_of_proportional_hazards_is_rs() {
    let model = rossi();
    for (scale, effects, global, p) in PROPORTIONAL {
        let check = model.proportional_hazards(scale).unwrap();
        for (effect, expected) in check.effects.iter().zip(effects) {
            close(effect.test.chi_square, expected, 3e-7, &format!("{} {scale:?}", effect.name));
        }
        close(check.global.chi_square, global, 1e-8, "all together");
        close(check.global.p, p, 1e-7, "p of all together");
        assert_eq!(check.global.freedom, 7);
    }
}

/// `resid(fit, "scaledsch")` of the trial, first, seventh week and last.
#[test]
fn scaled_schoenfeld_residuals_are_rs() {
    let residuals = leukaemia().scaled_residuals();
    assert_eq!(residuals.len(), 30);
    for (at, time, effect) in [
        (0, 1.0, 2.46725484055756),
        (9, 6.0, -2.21886394756863),
        (12, 7.0, -2.37046962427841),
        (28, 23.0, -0.340794817308557),
        (29, 23.0, 4.76133676601741),
    ] {
        near(residuals[at].time, time, 1e-15, "time");
        close(residuals[at].effects[0], effect, 1e-7, "residual");
    }
}

#[test]
fn the_order_of_rows_changes_no_bit() {
    let rows = numbers("rossi.csv", &[]);
    let mut shuffled = rows.clone();
    shuffled.reverse();
    shuffled.rotate_left(101);
    let columns = [2, 3, 4, 5, 6, 7, 8];
    let fit = |rows: &[Vec<f64>]| cox(&ROSSI, &subjects(rows, &columns), Level::NINETY_FIVE).unwrap();
    assert_eq!(fit(&rows), fit(&shuffled));
}

/// One event: the first of three leaves, with covariates 2, 1 and 0. The slope 2 − Σ x e^{bx} ÷ Σ e^{bx} has no root, the
/// one who left was the riskiest. With 1, 2 and 0 it has: e^{2b} = 1, b = 0, and the information is 2 ÷ 3.
#[test]
fn one_event_is_enough_where_it_does_not_tell_all() {
    let three = |first: f64, second: f64| {
        let row = |time: f64, left, value| Subject { time, left, covariates: vec![value] };
        cox(
            &["x"],
            &[row(1.0, true, first), row(2.0, false, second), row(3.0, false, 0.0)],
            Level::NINETY_FIVE,
        )
    };
    let model = three(1.0, 2.0).unwrap();
    near(model.coefficients[0].estimate, 0.0, 1e-12, "coefficient");
    near(model.coefficients[0].standard_error, 1.5_f64.sqrt(), 1e-12, "standard error");
    assert!(model.proportional_hazards(TimeScale::Identity).is_err());
    let error = three(2.0, 1.0).unwrap_err().to_string();
    let says = "Cox's model does not fit: x tells exactly who leaves first, so its effect has no bound; compare the \
                groups with a log-rank test instead.";
    assert_eq!(error, says);
}

#[test]
fn what_cannot_be_fitted_is_said() {
    let row = |time: f64, left, covariates: &[f64]| Subject { time, left, covariates: covariates.to_vec() };
    let says = |names: &[&str], rows: &[Subject]| match cox(names, rows, Level::NINETY_FIVE) {
        Ok(model) => panic!("{model:?}"),
        Err(Error::NoFit { says, .. } | Error::Data(says)) => says,
        Err(error) => error.to_string(),
    };
    let some = |third: f64| {
        [row(1.0, true, &[1.0, 2.0]), row(2.0, true, &[0.0, 0.0]), row(3.0, true, &[1.0, third])]
    };
    let nobody = [row(1.0, false, &[1.0]), row(2.0, false, &[0.0])];
    let nobody_left = "Nobody has left yet: there is nothing to learn what makes customers leave";
    assert_eq!(says(&["a"], &nobody), nobody_left);
    assert_eq!(says(&["a"], &[]), nobody_left);
    assert_eq!(says(&[], &nobody), "There are no covariates: name at least one");
    assert_eq!(says(&["a", "a"], &some(1.0)), "a is named twice: name each covariate once");
    assert_eq!(
        says(&["a", "b"], &some(2.0)),
        "b follows from the other covariates, or does not differ among those at risk: leave it out"
    );
    let same = [row(1.0, true, &[4.0]), row(2.0, true, &[4.0])];
    assert_eq!(says(&["a"], &same), "a is the same for everyone: leave it out");
    let odd = [row(1.0, true, &[1.0]), row(2.0, true, &[f64::NAN])];
    assert_eq!(says(&["a"], &odd), "Row 2, covariates: a is no number.");
    assert_eq!(says(&["a", "b"], &odd), "Row 1, covariates: there are 1 for 2 names.");
    assert_eq!(
        says(&["a"], &[row(-1.0, true, &[1.0])]),
        "Row 1, time: a time is a number that is not negative."
    );
}
