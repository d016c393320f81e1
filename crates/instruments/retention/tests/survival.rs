//! Kaplan–Meier and log-rank against R. Figures: R 4.2.2, `survival` 3.5-3, `survfit(…, conf.type = "log-log")` and
//! `survdiff`, printed to 15 digits.
//!
//! Data: `leukaemia.csv` is the trial of Freireich and others (1963, Blood 21, 699–716) as printed by Cox (1972) and
//! every textbook since; `larynx.csv` is Kardaun (1983) as in Klein and Moeschberger (1997).

mod common;

use common::{close, near, numbers};
use perception::Level;
use retention::{CohortCount, Curve, Observation, RiskTable, log_rank};

fn observed(rows: &[(f64, bool)]) -> RiskTable {
    let row = |(time, left): &(f64, bool)| Observation { time: *time, left: *left, count: 1 };
    RiskTable::of_observations(&rows.iter().map(row).collect::<Vec<_>>()).unwrap()
}

/// Columns: time, left, group.
fn groups(name: &str, words: &[&str], which: &[f64]) -> Vec<RiskTable> {
    let rows = numbers(name, words);
    let of = |group: f64| rows.iter().filter(move |row| (row[2] - group).abs() < 0.5);
    let watched = |group: &f64| of(*group).map(|row| (row[0], row[1] > 0.5)).collect::<Vec<_>>();
    which.iter().map(|group| observed(&watched(group))).collect()
}

fn leukaemia() -> Vec<RiskTable> {
    groups("leukaemia.csv", &["6-MP", "placebo"], &[0.0, 1.0])
}

fn curve(table: &RiskTable) -> Curve {
    Curve::new(table, Level::NINETY_FIVE)
}

#[test]
fn the_curve_under_6_mp_is_rs() {
    let curve = curve(&leukaemia()[0]);
    let points: Vec<_> = curve.points().iter().filter(|point| point.events > 0).collect();
    let expected = [
        (6.0, 21, 3, 0.857142857142857, 0.0763603548321213, 0.619717955265984, 0.951551747646997),
        (7.0, 17, 1, 0.806722689075630, 0.0869352851800572, 0.563146564622334, 0.922809019202880),
        (10.0, 15, 1, 0.752941176470588, 0.0963496529943205, 0.503199510799957, 0.889361835169265),
        (13.0, 12, 1, 0.690196078431373, 0.1068147077750098, 0.431610222486184, 0.849065963349451),
        (16.0, 11, 1, 0.627450980392157, 0.1140538652567525, 0.367510855987502, 0.804912189471841),
        (22.0, 7, 1, 0.53781512605042, 0.128233751693034, 0.267778936767135, 0.746790717635394),
        (23.0, 6, 1, 0.448179271708683, 0.1345914567557604, 0.188052005959232, 0.680142628495241),
    ];
    assert_eq!(points.len(), expected.len());
    for (point, (time, at_risk, events, survival, error, lower, upper)) in points.iter().zip(expected) {
        near(point.time, time, 1e-15, "time");
        assert_eq!((point.at_risk, point.events), (at_risk, events), "week {time}");
        close(point.survival, survival, 1e-14, "survival");
        close(point.standard_error.unwrap(), error, 1e-13, "standard error");
        let interval = point.interval.unwrap();
        close(interval.lower, lower, 1e-11, "lower");
        close(interval.upper, upper, 1e-11, "upper");
    }
    assert_eq!(curve.points().iter().map(|point| point.censored).sum::<u64>(), 12);
}

/// Textbooks print medians 23 and 8 weeks. R: 23 (13, NA) and 8 (4, 11).
#[test]
fn medians_and_their_intervals_are_rs() {
    let [treated, placebo] = [&leukaemia()[0], &leukaemia()[1]].map(|table| curve(table).median());
    assert_eq!((treated.time, treated.lower, treated.upper), (Some(23.0), Some(13.0), None));
    assert_eq!((placebo.time, placebo.lower, placebo.upper), (Some(8.0), Some(4.0), Some(11.0)));
    let larynx = groups("larynx.csv", &[], &[1.0, 2.0, 3.0, 4.0]);
    let medians: Vec<_> = larynx.iter().map(|table| curve(table).median()).collect();
    let expected = [(6.5, 4.3, None), (7.0, 3.6, None), (5.0, 1.6, Some(7.8)), (1.5, 0.4, Some(3.6))];
    for (median, (time, lower, upper)) in medians.iter().zip(expected) {
        assert_eq!((median.time, median.lower, median.upper), (Some(time), Some(lower), upper));
    }
}

#[test]
fn restricted_means_and_their_errors_are_rs() {
    let tables = leukaemia();
    for (table, horizon, mean, error) in [
        (&tables[0], 35.0, 23.28739495798319, 2.82746762337144),
        (&tables[0], 23.0, 17.90924369747899, 1.55318997824838),
        (&tables[1], 23.0, 8.66666666666667, 1.37739004126455),
        // All had left by week 23: what comes after adds nothing.
        (&tables[1], 35.0, 8.66666666666667, 1.37739004126455),
    ] {
        let restricted = curve(table).restricted_mean(horizon).unwrap();
        close(restricted.mean, mean, 1e-13, "mean");
        close(restricted.standard_error, error, 1e-13, "standard error");
    }
    let beyond = curve(&tables[0]).restricted_mean(36.0).unwrap_err().to_string();
    assert_eq!(beyond, "A horizon of 36 is not between 0 and 35, the last time seen.");
}

#[test]
fn the_log_rank_test_of_two_groups_is_16_79() {
    let result = log_rank(&leukaemia()).unwrap();
    close(result.test.chi_square, 16.7929409892165, 1e-13, "chi-square");
    assert_eq!(result.test.freedom, 1);
    assert_eq!(result.groups.iter().map(|group| group.observed).collect::<Vec<_>>(), [9, 21]);
    near(result.groups.iter().map(|group| group.expected).sum::<f64>(), 30.0, 1e-12, "expected in all");
}

#[test]
fn the_log_rank_test_of_four_groups_is_rs() {
    let result = log_rank(&groups("larynx.csv", &[], &[1.0, 2.0, 3.0, 4.0])).unwrap();
    close(result.test.chi_square, 22.7627570646482, 1e-12, "chi-square");
    close(result.test.p, 4.52521122e-05, 1e-8, "p");
    assert_eq!(result.test.freedom, 3);
    let expected = [22.5660398444887, 10.0116970055286, 14.0845477231274, 3.3377154268553];
    for (group, expected) in result.groups.iter().zip(expected) {
        close(group.expected, expected, 1e-13, "expected");
    }
}

#[test]
fn counts_by_month_and_customers_one_by_one_give_the_same_curve() {
    let one_by_one = [
        (1.0, true),
        (1.0, true),
        (2.0, false),
        (2.0, true),
        (3.0, false),
        (3.0, false),
        (3.0, true),
        (3.0, false),
    ];
    let counts = [(1.0, 8, 2), (2.0, 6, 1), (3.0, 4, 1)].map(|(time, at_risk, left)| CohortCount {
        time,
        at_risk,
        left,
    });
    let (single, counted) = (observed(&one_by_one), RiskTable::of_counts(&counts).unwrap());
    assert_eq!(single, counted);
    // Split into cohorts they add up to the same.
    let cohorts = [(1.0, 5, 1), (1.0, 3, 1), (3.0, 1, 0), (2.0, 4, 1), (3.0, 3, 1), (2.0, 2, 0)]
        .map(|(time, at_risk, left)| CohortCount { time, at_risk, left });
    assert_eq!(RiskTable::of_counts(&cohorts).unwrap(), counted);
}

/// `demo.md`: joined Apr–Jun 2025, 94.4, 90.2, 85.7, 81.8 and 78.9 % still there after 3, 6, 9, 12 and 15 months.
#[test]
fn a_cohort_imported_as_counts_shows_who_is_still_there() {
    let left_after = [1000, 944, 902, 857, 818, 789];
    let counts: Vec<CohortCount> = (left_after.windows(2).zip(1..))
        .map(|(pair, quarter)| CohortCount {
            time: 3.0 * f64::from(quarter),
            at_risk: pair[0],
            left: pair[0] - pair[1],
        })
        .collect();
    let curve = curve(&RiskTable::of_counts(&counts).unwrap());
    for (month, there) in [(0.0, 1.0), (3.0, 0.944), (8.0, 0.902), (12.0, 0.818), (15.0, 0.789)] {
        near(curve.survival_at(month).unwrap(), there, 1e-12, "still there");
    }
    assert_eq!(curve.survival_at(16.0), None, "nobody has seen month 16");
    assert_eq!(curve.median().time, None);
}

/// R, `survfit(Surv(c(1, 2, 3, 4), c(0, 1, 0, 0)) ~ 1)`.
#[test]
fn one_event_all_censored_and_none_at_all() {
    let one = curve(&observed(&[(1.0, false), (2.0, true), (3.0, false), (4.0, false)]));
    let point = one.points()[1];
    close(point.standard_error.unwrap(), 0.272165526975909, 1e-12, "standard error");
    close(point.interval.unwrap().lower, 0.0540734267865168, 1e-11, "lower");
    close(point.interval.unwrap().upper, 0.945206387272047, 1e-11, "upper");
    let restricted = one.restricted_mean(4.0).unwrap();
    close(restricted.mean, 10.0 / 3.0, 1e-14, "mean");
    close(restricted.standard_error, 0.544331053951817, 1e-13, "standard error of the mean");
    assert_eq!((one.median().time, one.median().lower), (None, Some(2.0)));

    let censored = curve(&observed(&[(1.0, false), (4.0, false)]));
    assert!(censored.points().iter().all(|point| point.interval.is_none() && point.events == 0));
    near(censored.points()[1].survival, 1.0, 1e-15, "nobody left");
    near(censored.restricted_mean(4.0).unwrap().mean, 4.0, 1e-15, "mean");
    let nobody = log_rank(&[observed(&[(1.0, false)]), observed(&[(2.0, false)])]).unwrap_err();
    assert_eq!(nobody.to_string(), "Nobody left in any group: there is nothing to compare yet.");

    let none = RiskTable::of_observations(&[]).unwrap_err().to_string();
    assert_eq!(none, "There are no customers: a curve needs at least one row.");
}

#[test]
fn everyone_left_at_once() {
    let once = curve(&observed(&[(2.0, true), (2.0, true), (2.0, true)]));
    let point = once.points()[0];
    assert_eq!((point.standard_error, point.interval), (None, None));
    assert_eq!((once.median().time, once.median().lower), (Some(2.0), None));
    assert_eq!(once.survival_at(99.0), Some(0.0), "all have left, so it is known for ever");
}

#[test]
fn what_is_wrong_with_a_row_is_said() {
    let at = |time: f64| {
        RiskTable::of_observations(&[
            Observation { time: 1.0, left: true, count: 1 },
            Observation { time, left: true, count: 1 },
        ])
    };
    for time in [-1.0, f64::NAN, f64::INFINITY] {
        let error = at(time).unwrap_err().to_string();
        assert_eq!(error, "Row 2, time: a time is a number that is not negative.");
    }
    let counts = [CohortCount { time: 1.0, at_risk: 3, left: 4 }];
    let error = RiskTable::of_counts(&counts).unwrap_err().to_string();
    assert_eq!(error, "Row 1, left: 4 of 3 at risk cannot leave.");
    let many = [CohortCount { time: 1.0, at_risk: u64::MAX, left: 0 }];
    let error = RiskTable::of_counts(&many).unwrap_err().to_string();
    assert_eq!(error, "Row 1, at risk: a row has at most 1000000000000 customers.");
    let single = log_rank(&leukaemia()[..1]).unwrap_err().to_string();
    assert_eq!(single, "There is only one group at risk: a comparison needs at least two.");
}
