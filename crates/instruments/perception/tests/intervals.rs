//! Quantiles, shares and means against published values and other programs.

use perception::{Correction, Error, Level, MeanScore, Proportion, Question, Scale, newcombe};

fn near(got: f64, expected: f64, within: f64, what: &str) {
    assert!((got - expected).abs() <= within, "{what}: {got} is not {expected} ± {within}");
}

/// scipy 1.17.1, `stats.norm.ppf` and `stats.t.ppf`.
#[test]
fn quantiles_are_scipys() {
    near(Level::NINETY_FIVE.normal_quantile(), 1.959963984540054, 1e-12, "normal, 95 %");
    near(Level::new(0.9).unwrap().normal_quantile(), 1.6448536269514722, 1e-12, "normal, 90 %");
    for (level, freedom, expected) in [
        (0.95, 1.0, 12.706204736174694),
        (0.95, 9.0, 2.262157162798205),
        (0.99, 30.0, 2.7499956535672254),
        (0.95, 11.3, 2.1938768963391624),
    ] {
        let quantile = Level::new(level).unwrap().student_quantile(freedom);
        near(quantile, expected, 1e-9, &format!("t with {freedom} degrees of freedom"));
    }
}

/// The first is the reference of `engines.md` §7; the others are table I of Newcombe (1998, Statistics in Medicine 17,
/// 857–872), method 3, to the four digits printed.
#[test]
fn wilson_intervals_are_the_published_ones() {
    for (some, all, lower, upper) in [
        (9, 10, 0.5958, 0.9821),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let interval = Proportion::new(some, all).unwrap().wilson(Level::NINETY_FIVE);
        near(interval.lower, lower, 0.00005, &format!("{some} of {all}, lower"));
        near(interval.upper, upper, 0.00005, &format!("{some} of {all}, upper"));
    }
    let none = Proportion::new(0, 20).unwrap().wilson(Level::NINETY_FIVE);
    assert!(none.lower.abs() < f64::MIN_POSITIVE, "none of them: exactly 0");
    let all = Proportion::new(10, 10).unwrap().wilson(Level::NINETY_FIVE);
    assert!((1.0 - all.upper).abs() < f64::MIN_POSITIVE, "all of them: exactly 1");
}

/// Table II of Newcombe (1998, Statistics in Medicine 17, 873–890), method 10; statsmodels 0.15.0
/// (`confint_proportions_2indep`, `newcomb`) prints the same.
#[test]
fn differences_of_shares_are_newcombes() {
    for ((a, m), (b, n), lower, upper) in [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ] {
        let (after, before) = (Proportion::new(a, m).unwrap(), Proportion::new(b, n).unwrap());
        let interval = newcombe(before, after, Level::NINETY_FIVE);
        near(interval.lower, lower, 0.00005, &format!("{a}/{m} − {b}/{n}, lower"));
        near(interval.upper, upper, 0.00005, &format!("{a}/{m} − {b}/{n}, upper"));
    }
}

const THEME: [u8; 12] = [7, 8, 6, 9, 7, 8, 10, 5, 7, 8, 9, 6];

/// scipy 1.17.1, `stats.t.interval`; with 20 invited the standard error is multiplied by √(1 − 12 ÷ 20).
#[test]
fn a_mean_has_students_interval_corrected_for_who_was_invited() {
    let mean = MeanScore::new(Scale::Theme, &THEME, None).unwrap();
    let interval = mean.interval(Level::NINETY_FIVE).unwrap();
    near(mean.mean, 7.5, 1e-15, "mean");
    near(mean.standard_deviation.unwrap(), 1.4459976109624424, 1e-14, "standard deviation");
    near(interval.lower, 6.581256950041941, 1e-9, "lower");
    near(interval.upper, 8.418743049958058, 1e-9, "upper");
    assert_eq!(mean.correction.to_string(), "not corrected: the number of invited people is not known");

    let corrected = MeanScore::new(Scale::Theme, &THEME, Some(20)).unwrap();
    let interval = corrected.interval(Level::NINETY_FIVE).unwrap();
    near(interval.lower, 6.918935875536533, 1e-9, "lower, of 20 invited");
    near(interval.upper, 8.081064124463467, 1e-9, "upper, of 20 invited");
    assert_eq!(corrected.correction.to_string(), "corrected for a list of 20 invited people");
}

#[test]
fn when_everyone_answered_the_mean_is_no_estimate() {
    let all = MeanScore::new(Scale::Theme, &THEME, Some(12)).unwrap();
    let interval = all.interval(Level::NINETY_FIVE).unwrap();
    assert_eq!(all.correction, Correction::Everyone);
    near(interval.upper - interval.lower, 0.0, 1e-15, "width");
}

#[test]
fn answers_that_do_not_spread_give_a_mean_without_an_interval() {
    for answers in [&[8_u8][..], &[8, 8, 8]] {
        let mean = MeanScore::new(Scale::Theme, answers, Some(9)).unwrap();
        near(mean.mean, 8.0, 1e-15, "mean");
        assert_eq!(mean.interval(Level::NINETY_FIVE), None);
    }
}

#[test]
fn satisfied_are_four_and_five_of_five() {
    let satisfied = Proportion::satisfied(&[5, 4, 3, 1, 4, 2, 5]).unwrap();
    assert_eq!((satisfied.some(), satisfied.all()), (4, 7));
    near(satisfied.share(), 4.0 / 7.0, 1e-15, "share");
}

#[test]
fn what_cannot_be_is_said_in_a_sentence() {
    let says = |error: Error| error.to_string();
    let level = Level::new(95.0).unwrap_err();
    assert_eq!(says(level), "A level of 95 is not between 0 and 1: give 0.95 for 95 %.");
    assert!(Level::new(f64::NAN).is_err() && Level::new(0.0).is_err() && Level::new(1.0).is_err());
    assert_eq!(
        says(Proportion::new(11, 10).unwrap_err()),
        "11 of 10 answers cannot be: the part is larger than the whole."
    );
    assert_eq!(says(Proportion::new(0, 0).unwrap_err()), "There are no answers: a share needs at least one.");
    assert_eq!(
        says(Proportion::satisfied(&[4, 0]).unwrap_err()),
        "Answer 2: 0 is not on the scale from 1 to 5; leave out who did not answer."
    );
    assert_eq!(
        says(MeanScore::new(Scale::Theme, &[], None).unwrap_err()),
        "A mean needs at least one answer; there is none."
    );
    assert_eq!(
        says(MeanScore::new(Scale::Theme, &THEME, Some(11)).unwrap_err()),
        "12 answers of 11 invited people cannot be: give the number of people invited."
    );
}

#[test]
fn a_trend_never_crosses_a_change_of_subject_scale_or_wording() {
    let asked = |subject: &str, scale, wording: &str| Question {
        subject: subject.to_owned(),
        scale,
        wording: wording.to_owned(),
    };
    let first = asked("MAIL", Scale::Theme, "2");
    assert_eq!(first.same_trend(&asked("MAIL", Scale::Theme, "2")), Ok(()));
    for (later, says) in [
        (asked("WORK", Scale::Theme, "2"), "The subject was “MAIL” and is “WORK”"),
        (
            asked("MAIL", Scale::Satisfaction, "2"),
            "The scale was “theme, 0 to 10” and is “satisfaction, 1 to 5”",
        ),
        (asked("MAIL", Scale::Theme, "3"), "The wording was “2” and is “3”"),
    ] {
        let error = first.same_trend(&later).unwrap_err().to_string();
        assert_eq!(error, format!("{says}: a trend never crosses that, so begin a new one."));
    }
}
