//! A long question that minds risk: what is told of it meanwhile, how it is left, and what is known when its time is up.

#[path = "../benches/made/mod.rs"]
#[allow(dead_code, reason = "the bench needs more of it")]
mod made;

use std::time::{Duration, Instant};

use made::{Chance, portfolio};
use selection::{Error, Flow, Outcome, Problem, Progress, Settings, Stage, Status, Study, patient};

/// A hundred candidates and five hundred scenarios, rather safe: seconds of work to the proven best.
fn cautious() -> Problem {
    let mut problem = portfolio(&mut Chance(2), 100, 500, 3);
    problem.risk.as_mut().unwrap().at_least = Some(800_000_000);
    problem
}

#[test]
fn the_gap_is_told_while_it_closes_and_whoever_leaves_is_let_go_at_once() {
    let problem = cautious();
    let study = Study::new(&problem, Settings { gap: 0.0, seconds: 600.0 }).unwrap();
    let mut gaps: Vec<f64> = Vec::new();
    let mut left = None;
    let mut watch = |progress: &Progress| {
        assert_eq!(progress.stage, Stage::Best);
        gaps.extend(progress.gap);
        if gaps.len() < 5 {
            return Flow::Continue;
        }
        left = Some(Instant::now());
        Flow::Stop
    };
    assert_eq!(study.best(&mut watch).unwrap_err(), Error::Stopped);
    assert!(gaps.is_sorted_by(|before, after| before >= after), "a gap never grows: {gaps:?}");
    assert!(gaps.iter().all(|gap| (0.0..1.0).contains(gap)), "{gaps:?}");
    // A node of the tree is milliseconds of work; what the machine does beside may take longer.
    assert!(left.unwrap().elapsed() < Duration::from_secs(5), "{:?}", left.unwrap().elapsed());
}

/// The time is up before the first node: what is known is the set a greedy hand takes, and that no set is worth more
/// than all that is worth anything.
#[test]
fn when_the_time_is_up_the_best_set_known_is_told_with_its_bound() {
    let mut problem = cautious();
    problem.risk.as_mut().unwrap().at_least = Some(-100_000_000_000);
    let study = Study::new(&problem, Settings { gap: 0.0, seconds: 0.0 }).unwrap();
    let Outcome::Chosen(answer) = study.best(&mut patient).unwrap() else { panic!("the greedy set is one") };
    assert_eq!(answer.status, Status::TimeLimit);
    assert!(answer.bound > answer.value && answer.gap.is_some_and(|gap| gap > 0.0), "{answer:?}");
}
