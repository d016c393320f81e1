//! What other solvers are given, and what they answer.

use selection::{Outcome, Problem, Settings, Study, parse_problem, patient};

/// Answers of `highspy` 1.16.0 (PyPI, gap 0) to the model of `examples/twelve.json` as [`Study::mps`] writes it, risk
/// written out by scenario: the floor in minor units, the objective, the columns that are one.
const HIGHSPY: [(i64, i64, &[usize]); 3] = [
    (-20_000_000, -29_236, &[3, 6, 8, 9, 10, 12]),
    (81_983_334, -27_339, &[1, 3, 6, 8, 9, 12]),
    (93_600_000, -26_609, &[0, 1, 6, 9, 12]),
];

#[test]
fn highspy_finds_the_same_set_from_the_written_model() {
    let problem: Problem = parse_problem(include_str!("../examples/twelve.json")).unwrap();
    let mut columns: Vec<String> = (problem.candidates.iter())
        .flat_map(|one| one.options.iter().map(|option| format!("{}/{}", one.key, option.key)))
        .map(|name| name.trim_end_matches('/').to_owned())
        .collect();
    columns.sort();
    for (floor, objective, ones) in HIGHSPY {
        let mut floored = problem.clone();
        floored.risk.as_mut().unwrap().at_least = Some(floor);
        let study = Study::new(&floored, Settings::default()).unwrap();
        let mps = study.mps(None);
        assert_eq!(mps, Study::new(&problem, Settings::default()).unwrap().mps(Some(floor)));
        let head = mps.lines().next().unwrap();
        let unit: i64 =
            head.split(' ').find_map(|word| word.parse().ok().filter(|number| *number > 0)).unwrap();
        let Outcome::Chosen(answer) = study.best(&mut patient).unwrap() else { panic!("there is a set") };
        let chosen: Vec<String> = answer.chosen.iter().map(ToString::to_string).collect();
        assert_eq!(chosen, ones.iter().map(|at| columns[*at].clone()).collect::<Vec<_>>(), "{floor}");
        assert_eq!(answer.value, -objective * unit, "{floor}");
    }
}
