//! Statistics of small lists, against numpy 2.4.6 and scipy 1.17.1 (`mean`, `std(ddof=1)`, `percentile`,
//! `histogram`, `scipy.stats.spearmanr`).

use appraisal::{Spread, rank_correlation};

const AMOUNTS: [f64; 15] =
    [-12.5, 3.0, 8.25, -1.0, 40.0, 17.5, 17.5, -30.0, 0.0, 5.0, 9.0, 22.0, -4.0, 6.5, 1.0];

fn near(ours: f64, theirs: f64) {
    assert!((ours - theirs).abs() < 1e-12, "{ours} {theirs}");
}

#[test]
fn centre_spread_percentiles_and_steps_are_those_of_numpy() {
    let spread = Spread::of(&mut AMOUNTS.to_vec());
    near(spread.mean, 5.483_333_333_333_333);
    near(spread.sd, 15.912_839_230_663_785);
    near(spread.standard_error, 4.108_677_422_082_459);
    near(spread.p5, -17.75);
    near(spread.p50, 5.0);
    near(spread.p95, 27.399_999_999_999_98);
    near(spread.loss, 4.0 / 15.0);
    let counts = [
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 2, 1, 0, 2, 1, 1, 0, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 1,
    ];
    assert_eq!(spread.histogram.counts, counts);
}

#[test]
fn the_tail_is_the_mean_of_the_worst_twentieth_and_takes_parts_of_a_trial() {
    let tail = |count: u32| Spread::of(&mut (1..=count).rev().map(f64::from).collect::<Vec<_>>()).cvar5;
    // Two trials of 40: 1 and 2. One and a half of 30: (1 + ½ · 2) ÷ 1½. A fifth of a trial of 4: the worst.
    near(tail(40), 1.5);
    near(tail(30), 4.0 / 3.0);
    near(tail(4), 1.0);
}

#[test]
fn equal_values_share_their_rank() {
    let other = [1.0, 2.0, 2.0, 3.0, 9.0, 4.0, 5.0, -6.0, 0.0, 0.0, 1.0, 8.0, -2.0, 1.0, 7.0];
    near(rank_correlation(&AMOUNTS, &other), 0.702_612_660_393_153_8);
    near(rank_correlation(&AMOUNTS, &[3.0; 15]), 0.0);
}
