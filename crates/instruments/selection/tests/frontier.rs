//! The frontier against every set tried: safest first, best at each target, and what lies above is infeasible.

mod brute;
mod random;

use std::cell::Cell;

use random::Chance;
use selection::{Flow, Frontier, Point, PointOutcome, Problem, Settings, Study, Targets, patient};

/// Problems with scenarios and candidates enough for a frontier.
fn problems(wanted: usize) -> Vec<Problem> {
    let mut chance = Chance(7);
    let endless = std::iter::from_fn(|| Some(random::problem(&mut chance, 12)));
    endless.filter(|problem| problem.risk.is_some() && problem.candidates.len() > 4).take(wanted).collect()
}

fn frontier(problem: &Problem, targets: &Targets) -> Frontier {
    let study = Study::new(problem, Settings::default()).unwrap();
    study.frontier(targets, &mut |_| Flow::Continue, &mut patient).unwrap()
}

fn at(problem: &Problem, floor: Option<i64>) -> Option<(brute::Tried, brute::Sums)> {
    let mut problem = problem.clone();
    problem.risk.as_mut().unwrap().at_least = floor;
    brute::best(&problem, None)
}

#[test]
fn each_point_is_the_best_set_at_its_target() {
    let mut points_seen = 0;
    for problem in problems(60) {
        let Frontier::Points { safest, safest_at_most, points } = frontier(&problem, &Targets::Spaced(4))
        else {
            assert_eq!(at(&problem, None), None, "a conflict, and a set keeps all limits");
            continue;
        };
        assert!(
            at(&problem, Some(safest)).is_some() && safest_at_most - safest <= 1,
            "{safest}, {safest_at_most}"
        );
        assert_eq!(at(&problem, Some(safest + 1)), None, "a set is safer than the safest");
        assert_eq!(points[0].target, safest);
        assert!(points.windows(2).all(|pair| pair[0].target > pair[1].target), "safest first");
        for point in &points {
            let PointOutcome::Chosen(answer) = &point.outcome else { panic!("{point:?}") };
            let (tried, _) = at(&problem, Some(point.target)).unwrap();
            assert_eq!(answer.chosen, brute::picks(&problem, &tried), "{}", point.target);
        }
        let PointOutcome::Chosen(last) = &points.last().unwrap().outcome else { panic!("{points:?}") };
        assert_eq!(
            last.chosen,
            brute::picks(&problem, &at(&problem, None).unwrap().0),
            "the last minds no risk"
        );
        points_seen += points.len();
    }
    assert!(points_seen > 60, "{points_seen} points are too few to say anything");
}

#[test]
fn a_target_above_the_safest_set_is_infeasible_and_the_others_are_not() {
    let problem = problems(40).into_iter().find(|problem| at(problem, None).is_some()).unwrap();
    let Frontier::Points { safest, .. } = frontier(&problem, &Targets::Spaced(1)) else {
        panic!("there are sets")
    };
    let targets = vec![safest - 3, safest + 1_000, safest, safest + 1, safest];
    let Frontier::Points { points, .. } = frontier(&problem, &Targets::At(targets)) else { panic!("sets") };
    let told: Vec<(i64, bool)> = points
        .iter()
        .map(|point| (point.target - safest, point.outcome == PointOutcome::Infeasible))
        .collect();
    assert_eq!(told, [(1_000, true), (1, true), (0, false), (-3, false)]);
}

#[test]
fn points_are_told_as_they_come_and_the_caller_may_leave() {
    let problems = problems(40);
    let two = |problem: &&Problem| matches!(frontier(problem, &Targets::Spaced(3)), Frontier::Points { points, .. } if points.len() > 1);
    let problem = problems.iter().find(two).unwrap();
    let study = Study::new(problem, Settings::default()).unwrap();
    let told = Cell::new(0);
    let mut first = |point: &Point| {
        told.set(point.number);
        Flow::Stop
    };
    let stopped = study.frontier(&Targets::Spaced(3), &mut first, &mut patient);
    assert_eq!((stopped.unwrap_err().code(), told.get()), ("stopped", 1));
}

#[test]
fn a_frontier_without_scenarios_is_refused() {
    let mut problem = problems(1).remove(0);
    problem.risk = None;
    problem.candidates.iter_mut().flat_map(|one| &mut one.options).for_each(|option| {
        option.worth = selection::Worth::Certain(1);
    });
    let study = Study::new(&problem, Settings::default()).unwrap();
    let refused = study.frontier(&Targets::Spaced(3), &mut |_| Flow::Continue, &mut patient).unwrap_err();
    assert_eq!(refused.to_string(), "A frontier needs “risk” and outcomes by scenario.");
}
