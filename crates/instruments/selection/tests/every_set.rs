//! The solver's set is the one that trying every set finds: a thousand problems, all kinds of limits.

mod brute;
mod random;

use random::Chance;
use selection::{Conflict, Limit, Outcome, Problem, Settings, Study, patient};

fn outcome(problem: &Problem) -> Outcome {
    Study::new(problem, Settings::default()).unwrap().best(&mut patient).unwrap()
}

/// Of all sets the one of most value, of those the cheapest, of those the first by key; or the limits that keep
/// every set out, none of which can be spared.
#[test]
fn a_thousand_problems_come_out_as_by_trying_every_set() {
    let mut chance = Chance(2026);
    let (mut conflicts, mut sets) = (0, 0);
    for number in 0..1_000 {
        let problem = random::problem(&mut chance, 15);
        match (outcome(&problem), brute::best(&problem, None)) {
            (Outcome::Chosen(answer), Some((tried, sums))) => {
                assert_eq!(answer.chosen, brute::picks(&problem, &tried), "{number}: {problem:#?}");
                assert!(answer.first_of_equals, "{number}");
                assert_eq!(
                    (answer.bound - answer.value).clamp(0, 1),
                    answer.bound - answer.value,
                    "{number}"
                );
                assert_eq!(answer.cost, i64::try_from(sums.cost).unwrap(), "{number}");
                sets += 1;
            }
            (Outcome::Conflict(conflict), None) => {
                is_smallest(&problem, &conflict, number);
                conflicts += 1;
            }
            (ours, theirs) => panic!("{number}: {ours:?} but by trying {theirs:?}\n{problem:#?}"),
        }
    }
    assert!(
        sets > 600 && conflicts > 100,
        "{sets} sets, {conflicts} conflicts: the problems are all of one kind"
    );
}

fn is_smallest(problem: &Problem, conflict: &Conflict, number: usize) {
    assert!(conflict.smallest && !conflict.limits.is_empty(), "{number}");
    assert_eq!(brute::best(problem, Some(&conflict.limits)), None, "{number}: they can be kept together");
    for spared in &conflict.limits {
        let others: Vec<Limit> = conflict.limits.iter().filter(|one| *one != spared).cloned().collect();
        assert!(brute::best(problem, Some(&others)).is_some(), "{number}: {spared} can be spared");
    }
}
