//! What holds for any data, found by generated ones.

mod common;

use common::{Chance, close, near};
use perception::Level;
use proptest::prelude::*;
use retention::{Curve, Observation, RiskTable, Subject, TimeScale, cox, log_rank};

/// Times in halves, so that many are tied; whether they left; how many.
fn observations() -> impl Strategy<Value = Vec<Observation>> {
    let one = (1_u32..30, any::<bool>(), 1_u64..4);
    let row = |(time, left, count)| Observation { time: f64::from(time) / 2.0, left, count };
    prop::collection::vec(one.prop_map(row), 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_curve_falls_from_one_to_no_less_than_nothing_inside_its_interval(rows in observations()) {
        let curve = Curve::new(&RiskTable::of_observations(&rows).unwrap(), Level::NINETY_FIVE);
        let mut before = 1.0;
        for point in curve.points() {
            prop_assert!((0.0..=before).contains(&point.survival));
            if let Some(interval) = point.interval {
                prop_assert!(0.0 <= interval.lower && interval.upper <= 1.0 && interval.holds(point.survival));
            }
            before = point.survival;
        }
        let mut reversed = rows.clone();
        reversed.reverse();
        let again = Curve::new(&RiskTable::of_observations(&reversed).unwrap(), Level::NINETY_FIVE);
        prop_assert_eq!(curve, again);
    }

    /// Where everyone left, survival is the part that stayed longer, and the restricted mean is the mean.
    #[test]
    fn without_censoring_the_curve_is_the_part_that_stayed_longer(rows in observations()) {
        let rows: Vec<Observation> = rows.iter().map(|row| Observation { left: true, ..*row }).collect();
        let curve = Curve::new(&RiskTable::of_observations(&rows).unwrap(), Level::NINETY_FIVE);
        let all: u64 = rows.iter().map(|row| row.count).sum();
        for point in curve.points() {
            let longer: u64 = rows.iter().filter(|row| row.time > point.time).map(|row| row.count).sum();
            near(point.survival, longer as f64 / all as f64, 1e-12, "survival");
        }
        let mean = rows.iter().map(|row| row.time * row.count as f64).sum::<f64>() / all as f64;
        close(curve.restricted_mean(curve.last_time()).unwrap().mean, mean, 1e-12, "mean");
    }

    #[test]
    fn the_order_of_groups_does_not_change_the_log_rank_test(
        first in observations(), second in observations(), third in observations(),
    ) {
        let table = |rows: &[Observation]| RiskTable::of_observations(rows).unwrap();
        let (one, two, three) = (table(&first), table(&second), table(&third));
        let forwards = log_rank(&[one.clone(), two.clone(), three.clone()]);
        let backwards = log_rank(&[three, two, one]);
        match (forwards, backwards) {
            (Ok(forwards), Ok(backwards)) => {
                let (was, is) = (forwards.test, backwards.test);
                near(is.chi_square, was.chi_square, 1e-8 * (1.0 + was.chi_square), "chi-square");
                prop_assert_eq!(is.freedom, was.freedom);
                let observed: u64 = forwards.groups.iter().map(|group| group.observed).sum();
                let expected: f64 = forwards.groups.iter().map(|group| group.expected).sum();
                near(expected, observed as f64, 1e-9 * (1.0 + expected), "expected in all");
            }
            (forwards, backwards) => prop_assert_eq!(forwards.is_err(), backwards.is_err()),
        }
    }

    /// In months or in days, in euros or in thousands: coefficients scale, everything else stays.
    #[test]
    fn coxs_model_does_not_depend_on_units(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let subjects: Vec<Subject> = (0..80)
            .map(|_| {
                let covariates = vec![chance.next(), (4.0 * chance.next()).floor()];
                let time = (5.0 * chance.exponential(covariates[0].exp())).ceil();
                Subject { time, left: chance.next() < 0.7, covariates }
            })
            .collect();
        let other: Vec<Subject> = (subjects.iter())
            .map(|one| Subject {
                time: 30.0 * one.time,
                covariates: vec![1000.0 * one.covariates[0] - 7.0, one.covariates[1]],
                ..one.clone()
            })
            .collect();
        let fit = |subjects: &[Subject]| cox(&["a", "b"], subjects, Level::NINETY_FIVE).unwrap();
        let (was, is) = (fit(&subjects), fit(&other));
        let scaled = 1000.0 * is.coefficients[0].estimate;
        near(scaled, was.coefficients[0].estimate, 1e-7, "coefficient");
        near(is.log_likelihood, was.log_likelihood, 1e-8, "likelihood");
        let global = |model: &retention::CoxModel| model.proportional_hazards(TimeScale::KaplanMeier).unwrap().global;
        near(global(&is).chi_square, global(&was).chi_square, 1e-5, "proportional hazards");
    }

    /// Harrell's pairs counted one by one.
    #[test]
    fn concordance_is_what_counting_every_pair_gives(seed in any::<u64>()) {
        let mut chance = Chance(seed);
        let subjects: Vec<Subject> = (0..40)
            .map(|_| Subject {
                time: (8.0 * chance.next()).ceil(),
                left: chance.next() < 0.6,
                covariates: vec![(6.0 * chance.next()).floor()],
            })
            .collect();
        let Ok(model) = cox(&["x"], &subjects, Level::NINETY_FIVE) else { return Ok(()) };
        let direction = model.coefficients[0].estimate;
        let (mut right, mut wrong, mut tied) = (0, 0, 0);
        for first in subjects.iter().filter(|one| one.left) {
            let later = subjects.iter().filter(|other| {
                other.time > first.time || (other.time >= first.time && !other.left)
            });
            for other in later {
                let more = direction * (first.covariates[0] - other.covariates[0]);
                let count = if more > 0.0 { &mut right } else if more < 0.0 { &mut wrong } else { &mut tied };
                *count += 1;
            }
        }
        let pairs = model.concordance;
        prop_assert_eq!((pairs.concordant, pairs.discordant, pairs.tied), (right, wrong, tied));
    }
}
