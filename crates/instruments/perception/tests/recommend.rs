//! Net promoter scores: who counts, from how many answers, and how often the interval holds the truth.

use perception::{Direction, Interval, Level, MeanScore, Proportion, Recommendation, Scale, share_change};

fn near(got: f64, expected: f64, within: f64, what: &str) {
    assert!((got - expected).abs() <= within, "{what}: {got} is not {expected} ± {within}");
}

/// 20 sent, 5 of them skipped the question; one of three detractors answered 0 (`faults.md`, "Skipped answers in the
/// score"): n = 15, score 33.3. The interval is worked by hand: (8.75 − 3.75) ÷ 18 = .2778, variance (12.5 ÷ 18 −
/// .2778²) ÷ 18.
#[test]
fn an_answer_of_zero_counts_and_who_skipped_does_not() {
    let answers = [9, 9, 9, 9, 10, 10, 10, 10, 7, 7, 8, 8, 0, 5, 6];
    let recommend = Recommendation::of_answers(&answers).unwrap();
    assert_eq!((recommend.promoters, recommend.passives, recommend.detractors), (8, 4, 3));
    let score = recommend.score(Level::NINETY_FIVE).unwrap();
    near(score.points, 100.0 * 5.0 / 15.0, 1e-12, "score");
    near(score.interval.lower, -8.517851565556555, 1e-9, "lower");
    near(score.interval.upper, 64.07340712111211, 1e-9, "upper");
}

#[test]
fn below_ten_answers_there_are_counts_and_a_mean_and_no_score() {
    let nine = Recommendation::of_answers(&[10, 10, 10, 9, 9, 8, 8, 7, 2]).unwrap();
    assert_eq!(nine.score(Level::NINETY_FIVE), None);
    assert_eq!((nine.promoters, nine.passives, nine.detractors, nine.answers()), (5, 3, 1, 9));
    near(nine.mean.unwrap(), 73.0 / 9.0, 1e-15, "mean");
    assert!(Recommendation::of_groups(6, 3, 1).score(Level::NINETY_FIVE).is_some());
    assert_eq!(Recommendation::of_answers(&[]).unwrap().mean, None);
    assert!(Recommendation::of_answers(&[11]).is_err());
}

/// Usual mixes: shares of promoters and detractors.
const MIXES: [(f64, f64); 9] = [
    (0.25, 0.25),
    (0.4, 0.2),
    (0.5, 0.2),
    (0.6, 0.1),
    (0.3, 0.3),
    (0.7, 0.1),
    (0.2, 0.4),
    (0.45, 0.25),
    (0.8, 0.05),
];

/// `engines.md` §7. Not simulated: every possible survey of n answers with its multinomial probability.
#[test]
fn the_adjusted_interval_covers_94_to_96_percent_from_ten_answers_up() {
    for n in [10, 20, 30, 50] {
        let each: Vec<f64> = MIXES.iter().map(|mix| coverage(n, *mix, adjusted)).collect();
        let mean = each.iter().sum::<f64>() / each.len() as f64;
        assert!((0.94..=0.96).contains(&mean), "{n} answers: {mean} over the mixes, {each:?}");
        assert!(each.iter().all(|covers| *covers > 0.93), "{n} answers: {each:?}");
    }
}

/// The same reckoning with the plain Wald interval, so that it is seen to tell good intervals from bad ones.
#[test]
fn the_plain_interval_falls_to_86_percent() {
    near(coverage(20, (0.8, 0.05), plain), 0.86, 0.005, "20 answers, 80 % promoters and 5 % detractors");
}

fn adjusted(promoters: u64, passives: u64, detractors: u64) -> Interval {
    Recommendation::of_groups(promoters, passives, detractors).score(Level::NINETY_FIVE).unwrap().interval
}

fn plain(promoters: u64, passives: u64, detractors: u64) -> Interval {
    let all = (promoters + passives + detractors) as f64;
    let (up, down) = (promoters as f64 / all, detractors as f64 / all);
    let variance = (up + down - (up - down).powi(2)) / all;
    Interval::around(100.0 * (up - down), 196.0 * variance.sqrt(), Level::NINETY_FIVE)
}

/// Probability that the interval of a survey of `n` answers holds the true score.
fn coverage(n: u64, (up, down): (f64, f64), interval: fn(u64, u64, u64) -> Interval) -> f64 {
    let log_factorial = |k: u64| (1..=k).map(|one| (one as f64).ln()).sum::<f64>();
    let mut covered = 0.0;
    for promoters in 0..=n {
        for detractors in 0..=n - promoters {
            let passives = n - promoters - detractors;
            let ways =
                log_factorial(n) - [promoters, passives, detractors].map(log_factorial).iter().sum::<f64>();
            let log = |count: u64, share: f64| count as f64 * share.ln();
            let chance = ways + log(promoters, up) + log(passives, 1.0 - up - down) + log(detractors, down);
            if interval(promoters, passives, detractors).holds(100.0 * (up - down)) {
                covered += chance.exp();
            }
        }
    }
    covered
}

#[test]
fn rose_and_fell_are_said_only_where_the_interval_excludes_zero() {
    let quarter = Recommendation::of_groups;
    for (before, after, word) in [
        (quarter(20, 15, 15), quarter(40, 8, 2), Direction::Rose),
        (quarter(40, 8, 2), quarter(20, 15, 15), Direction::Fell),
        (quarter(8, 4, 3), quarter(9, 4, 2), Direction::HigherNotCertain),
        (quarter(9, 4, 2), quarter(8, 4, 3), Direction::LowerNotCertain),
        (quarter(8, 4, 3), quarter(16, 8, 6), Direction::Same),
    ] {
        let change = after.change_since(&before, Level::NINETY_FIVE).unwrap();
        assert_eq!(change.direction, word, "{before:?} → {after:?}");
        let interval = change.interval.unwrap();
        assert_eq!(interval.holds(0.0), !matches!(word, Direction::Rose | Direction::Fell));
    }
    assert_eq!(Direction::LowerNotCertain.to_string(), "lower, not certain");
}

/// By hand: .2778 → .3889 with pseudo-counts; variances .034294 and .031208; 11.11 ± 1.96 × 25.594 points. The figure
/// shown is the plain one: 46.67 − 33.33.
#[test]
fn the_change_of_a_score_adds_both_variances() {
    let (before, after) = (Recommendation::of_groups(8, 4, 3), Recommendation::of_groups(9, 4, 2));
    let change = after.change_since(&before, Level::NINETY_FIVE).unwrap();
    near(change.difference, 100.0 * 2.0 / 15.0, 1e-12, "difference");
    let variance = |up: f64, down: f64| (up + down - (up - down).powi(2)) / 18.0;
    let both = variance(8.75 / 18.0, 3.75 / 18.0) + variance(9.75 / 18.0, 2.75 / 18.0);
    let interval = change.interval.unwrap();
    near(interval.lower, 100.0 * 2.0 / 18.0 - 195.9963984540054 * both.sqrt(), 1e-9, "lower");
    near(interval.upper, 100.0 * 2.0 / 18.0 + 195.9963984540054 * both.sqrt(), 1e-9, "upper");
    let few = Recommendation::of_groups(5, 3, 1);
    assert_eq!(
        few.change_since(&before, Level::NINETY_FIVE).unwrap_err().to_string(),
        "The change of a net promoter score needs at least 10 answers; there are 9."
    );
}

/// statsmodels 0.15.0, `CompareMeans.tconfint_diff(usevar="unequal")`: −1.8, −3.1195 to −0.4805.
#[test]
fn a_mean_fell_with_the_interval_of_welch() {
    let before = MeanScore::new(Scale::Theme, &[7, 8, 6, 9, 7, 8, 10, 5, 7, 8, 9, 6], None).unwrap();
    let after = MeanScore::new(Scale::Theme, &[5, 6, 4, 7, 6, 5, 8, 3, 6, 7], None).unwrap();
    let change = after.change_since(&before, Level::NINETY_FIVE);
    let interval = change.interval.unwrap();
    near(change.difference, -1.8, 1e-12, "difference");
    near(interval.lower, -3.1195417452733762, 1e-9, "lower");
    near(interval.upper, -0.4804582547266232, 1e-9, "upper");
    assert_eq!(change.direction, Direction::Fell);
}

#[test]
fn means_whose_spread_nobody_knows_are_never_certain() {
    let mean = |answers: &[u8], invited| MeanScore::new(Scale::Theme, answers, invited).unwrap();
    let change = mean(&[8, 8], None).change_since(&mean(&[7, 7], None), Level::NINETY_FIVE);
    assert_eq!((change.interval, change.direction), (None, Direction::HigherNotCertain));
    let single = mean(&[2], None).change_since(&mean(&[7, 8, 9], None), Level::NINETY_FIVE);
    assert_eq!((single.interval, single.direction), (None, Direction::LowerNotCertain));
    let everyone = mean(&[8, 8], Some(2)).change_since(&mean(&[7, 7], Some(2)), Level::NINETY_FIVE);
    assert_eq!(everyone.direction, Direction::Rose, "all who could say so said so");
}

#[test]
fn a_share_rose_with_the_interval_of_newcombe() {
    let (before, after) = (Proportion::new(48, 80).unwrap(), Proportion::new(56, 70).unwrap());
    let change = share_change(before, after, Level::NINETY_FIVE);
    near(change.difference, 0.2, 1e-12, "difference");
    assert_eq!(change.direction, Direction::Rose);
    assert_eq!(share_change(after, before, Level::NINETY_FIVE).direction, Direction::Fell);
}
