//! Simulated delays against the deterministic ones.

use std::num::NonZeroUsize;

use appraisal::{Delay, End, Run, Shape, parse_case, simulate};

const FOUR_G: &str = include_str!("../examples/four_g.json");

fn run(trials: usize, seed: u64) -> Run {
    Run { trials, seed, threads: NonZeroUsize::MIN }
}

#[test]
fn a_certain_delay_is_the_deterministic_one_both_ways() {
    let mut case = parse_case(FOUR_G).unwrap();
    for end in [End::Fixed, End::Moves] {
        for months in [0.0, 2.0, 12.0, 18.5] {
            case.delay = Some(Delay { months: Shape::Fixed(months), end });
            let outcome = simulate(&case, run(300, 1)).unwrap();
            let rows = case.rows().delayed(months, end);
            assert!((outcome.npv.mean - rows.npv()).abs() < 1e-9, "{end:?} {months}");
            let net: Vec<f64> = outcome.net.iter().map(|net| net.spread.mean).collect();
            assert_eq!(net.len(), rows.periods);
            assert!(net.iter().zip(rows.net()).all(|(met, known)| (met - known).abs() < 1e-9));
        }
    }
}

/// With the end fixed and a delay within one year the NPV is linear in the delay, so its mean is the NPV of the
/// mean delay.
#[test]
fn a_delay_as_a_distribution_has_the_mean_of_its_straight_line() {
    let mut case = parse_case(FOUR_G).unwrap();
    let months = Shape::Triangular { low: 0.0, mode: 3.0, high: 12.0 };
    case.delay = Some(Delay { months, end: End::Fixed });
    let outcome = simulate(&case, run(200_000, 6)).unwrap();
    let known = case.rows().delayed(5.0, End::Fixed).npv();
    assert!((outcome.npv.mean - known).abs() < 3.0 * outcome.npv.standard_error);
    assert_eq!(outcome.drivers[0].name, "delay");
    assert!((outcome.drivers[0].correlation + 1.0).abs() < 1e-9);
}

/// With the end moved as well, within one year: the NPV is linear in the part of the year.
#[test]
fn a_delay_that_moves_the_end_adds_a_period_to_look_at() {
    let mut case = parse_case(FOUR_G).unwrap();
    case.delay = Some(Delay { months: Shape::Uniform { low: 0.0, high: 12.0 }, end: End::Moves });
    let outcome = simulate(&case, run(200_000, 6)).unwrap();
    let periods: Vec<&str> = outcome.net.iter().map(|net| net.period.as_str()).collect();
    assert_eq!(periods, ["FY26", "FY27", "FY28", "FY29", "FY30", "FY31", "FY31+1"]);
    let known = case.rows().delayed(6.0, End::Moves).npv();
    assert!((outcome.npv.mean - known).abs() < 3.0 * outcome.npv.standard_error);
}
