//! What is answered where a problem is odd, tight, tied or impossible, and what explains a set.

mod made;

use kernel::Quantity;
use made::{best, candidate, knapsack, outcome};
use selection::{
    Capacity, Excludes, Flow, Limit, Outcome, Pick, Requires, Risk, Settings, Share, Stage, Status, Study,
    Verdict, Whole, Worth, patient,
};

#[test]
fn problems_at_the_edge_have_answers() {
    for (why, problem, set, value) in [
        ("no candidate", knapsack(&[], &[&[]], &[10]), "", 0),
        ("one candidate", knapsack(&[5], &[&[10]], &[10]), "A", 5),
        ("one that is a cent too dear", knapsack(&[5], &[&[11]], &[10]), "", 0),
        ("nothing to spend", knapsack(&[5, 7], &[&[1, 0]], &[0]), "B", 7),
        ("no budget at all", knapsack(&[5, -7], &[], &[]), "A", 5),
        ("worth less than nothing", knapsack(&[-5, -7], &[&[1, 1]], &[9]), "", 0),
        ("frees money for another", knapsack(&[-1, 9], &[&[-5, 12]], &[7]), "A B", 8),
        ("worth nothing, costs nothing", knapsack(&[0], &[&[0]], &[9]), "A", 0),
        ("worth nothing, costs something", knapsack(&[0], &[&[1]], &[9]), "", 0),
    ] {
        assert_eq!(best(&problem), (set.to_owned(), value), "{why}");
    }
}

/// Two sets of 10^14 minor units that differ by one: a float of the solver sees no difference in value.
#[test]
fn one_cent_in_a_thousand_billion_decides() {
    let large = 50_000_000_000_000;
    let problem = knapsack(&[large, large + 1, large], &[&[large, large, large + 1]], &[large]);
    assert_eq!(best(&problem), ("B".to_owned(), large + 1));
    let problem = knapsack(&[large; 3], &[&[large + 1, large + 2, large]], &[large]);
    assert_eq!(best(&problem), ("C".to_owned(), large));
}

#[test]
fn of_equals_the_cheapest_wins_then_the_earliest_key_whatever_the_order_of_rows() {
    let cheaper = knapsack(&[5, 5], &[&[3, 2]], &[3]);
    assert_eq!(best(&cheaper), ("B".to_owned(), 5));
    let mut same = knapsack(&[5; 6], &[&[2; 6]], &[6]);
    for _ in 0..6 {
        same.candidates.rotate_left(1);
        assert_eq!(best(&same), ("A B C".to_owned(), 15));
    }
    // A + D = B + C in value and cost: the set with A comes first.
    let mut pairs = knapsack(&[1, 2, 3, 4], &[&[1, 2, 3, 4]], &[5]);
    pairs.candidates.reverse();
    assert_eq!(best(&pairs), ("A D".to_owned(), 5));
}

#[test]
fn with_a_gap_the_gap_is_proven_and_the_order_of_rows_changes_nothing() {
    let costs: Vec<i64> = (0..24).map(|at| 1_000 + at * 37 % 101).collect();
    let mut problem =
        knapsack(&costs.iter().map(|cost| cost * 2 + 7).collect::<Vec<_>>(), &[&costs], &[9_500]);
    let settings = Settings { gap: 0.05, seconds: 60.0 };
    let ask =
        |problem: &selection::Problem| Study::new(problem, settings).unwrap().best(&mut patient).unwrap();
    let Outcome::Chosen(first) = ask(&problem) else { panic!("there is a set") };
    let Outcome::Chosen(proven) = outcome(&problem) else { panic!("there is a set") };
    assert!(first.value <= proven.value && proven.value <= first.bound, "the bound holds");
    assert!(first.gap.is_some_and(|gap| gap <= 0.05), "{:?}", first.gap);
    problem.candidates.reverse();
    assert_eq!(ask(&problem), Outcome::Chosen(first));
}

#[test]
fn without_time_the_status_is_time_limit_and_the_gap_is_the_proven_one() {
    let spread = |by: i64| (0..20).map(|at| 1_000 + at * by % 997).collect::<Vec<i64>>();
    let problem = knapsack(&spread(733), &[&spread(401), &spread(577), &spread(89)], &[13_000; 3]);
    let study = Study::new(&problem, Settings { gap: 0.0, seconds: 0.0 }).unwrap();
    let Outcome::Chosen(answer) = study.best(&mut patient).unwrap() else { panic!("the greedy set is one") };
    assert_eq!(answer.status, Status::TimeLimit);
    let (_, value) = best(&problem);
    assert!(answer.value <= value && value <= answer.bound, "{value} is not between {answer:?}");
    assert!(answer.gap.is_some_and(|gap| gap > 0.0), "{:?}", answer.gap);
    assert!(
        answer
            .says()
            .starts_with("time limit: what is proven is that no allowed set is worth more by more than")
    );
}

#[test]
fn a_watch_that_says_stop_ends_the_work() {
    let problem = knapsack(&[90, 70, 50], &[&[60, 50, 40]], &[100]);
    let study = Study::new(&problem, Settings::default()).unwrap();
    let mut stages = Vec::new();
    let stopped = study.best(&mut |progress| {
        stages.push(progress.stage.clone());
        if progress.stage == Stage::Ties { Flow::Stop } else { Flow::Continue }
    });
    assert_eq!(stopped.unwrap_err().to_string(), "Stopped before there was an answer.");
    assert_eq!(stages, [Stage::Best, Stage::Ties]);
}

#[test]
fn limits_that_contradict_each_other_are_named_and_no_others() {
    let mut problem = knapsack(&[9, 8, 7], &[&[60, 50, 10], &[1, 1, 1]], &[100, 10]);
    problem.mandatory = vec![Pick::parse("A"), Pick::parse("C")];
    problem.requires = vec![Requires { from: Pick::parse("A"), needs: Pick::parse("B") }];
    let Outcome::Conflict(conflict) = outcome(&problem) else { panic!("A and B cost 110") };
    assert_eq!(conflict.says(), "no set keeps all of these: budget Y1; A is mandatory; A requires B");
    assert!(conflict.smallest);
}

#[test]
fn a_limit_binds_if_more_is_possible_without_it() {
    let mut problem = knapsack(&[9, 8, 7], &[&[60, 50, 40], &[1, 1, 1]], &[100, 10]);
    problem.excludes = vec![Excludes { among: vec![Pick::parse("B"), Pick::parse("C")] }];
    problem.capacities = vec![Capacity { key: "TEAM".into(), unit: "days".into(), amount: Quantity::ZERO }];
    let study = Study::new(&problem, Settings::default()).unwrap();
    let Outcome::Chosen(answer) = study.best(&mut patient).unwrap() else { panic!("there is a set") };
    assert_eq!(answer.value, 16, "A and C");
    let mut told = Vec::new();
    let mut each = |one: selection::Binding| told.push((one.limit.to_string(), one.verdict, one.change.gain));
    study.bindings(&answer, &mut each, &mut patient).unwrap();
    let expected = [
        ("budget Y1", Verdict::Binds, 1),
        ("budget Y2", Verdict::Free, 0),
        ("capacity TEAM", Verdict::Free, 0),
        ("at most one of B, C", Verdict::Free, 0),
    ];
    assert_eq!(told, expected.map(|(limit, verdict, gain)| (limit.to_owned(), verdict, gain)));
}

/// Lorie and Savage's budgets, each with one and with six more: what whole sets gain, in steps, where the relaxation
/// has one price for any unit.
#[test]
fn the_next_step_of_a_budget_is_what_solving_again_gains() {
    let problem = knapsack(
        &[14, 17, 17, 15, 40, 12, 14, 10, 12],
        &[&[12, 54, 6, 6, 30, 6, 48, 36, 18], &[3, 7, 6, 2, 35, 6, 4, 3, 3]],
        &[50, 20],
    );
    let study = Study::new(&problem, Settings::default()).unwrap();
    let Outcome::Chosen(answer) = study.best(&mut patient).unwrap() else { panic!("there is a set") };
    for step in [1, 6, 40] {
        let mut gains = Vec::new();
        study.next_steps(&answer, step, &mut |one| gains.push(one.change.gain), &mut patient).unwrap();
        let again = |first: i64, second: i64| {
            let mut richer = problem.clone();
            (richer.budgets[0].amount, richer.budgets[1].amount) = (50 + first, 20 + second);
            best(&richer).1 - 70
        };
        assert_eq!(gains, [again(step, 0), again(0, step)], "{step}");
    }
    let refused = study.next_steps(&answer, 0, &mut |_| (), &mut patient).unwrap_err();
    assert_eq!(refused.to_string(), "The step of a budget is above zero.");
}

#[test]
fn why_not_is_answered_by_the_best_set_with_it_or_by_what_keeps_it_out() {
    let mut problem = knapsack(&[9, 8, 5, 20], &[&[60, 50, 40, 101]], &[100]);
    problem.requires = vec![Requires { from: Pick::parse("C"), needs: Pick::parse("A") }];
    let study = Study::new(&problem, Settings::default()).unwrap();
    let Outcome::Chosen(best) = study.best(&mut patient).unwrap() else { panic!("there is a set") };
    let Outcome::Chosen(with) = study.with(&Pick::parse("B"), &mut patient).unwrap() else {
        panic!("B fits")
    };
    let change = best.change_to(&study, &with);
    assert_eq!(
        (change.gain, change.gained, change.lost),
        (-6, vec![Pick::parse("B")], vec![Pick::parse("A"), Pick::parse("C")])
    );
    let Outcome::Chosen(without) = study.without(&Pick::parse("A"), &mut patient).unwrap() else {
        panic!("B")
    };
    assert_eq!((without.value, best.value), (8, 14));
    let never = study.with(&Pick::parse("D"), &mut patient).unwrap();
    assert_eq!(never.says(), "no set keeps all of these: budget Y1; D is mandatory");
    let unknown = study.with(&Pick::parse("d"), &mut patient).unwrap_err();
    assert_eq!(unknown.to_string(), "there is no candidate d (did you mean D?).");
}

/// Worked by hand: four scenarios, a tail of half. A alone: the two worst of 8, 0, 8, 0 are 0. A and B hedge.
#[test]
fn the_tail_is_the_mean_of_the_worst_part() {
    let mut problem = knapsack(&[], &[&[]], &[2]);
    let outcomes = |list: [i64; 4]| Worth::Outcomes(list.to_vec());
    problem.candidates = vec![
        candidate("A", outcomes([8, 0, 8, 0]), vec![("Y1".into(), 1)]),
        candidate("B", outcomes([0, 6, 0, 6]), vec![("Y1".into(), 1)]),
        candidate("C", outcomes([12, -2, 12, -2]), vec![("Y1".into(), 1)]),
    ];
    problem.risk = Some(Risk { tail: Quantity::parse("0.5").unwrap(), weights: Vec::new(), at_least: None });
    let cvar = |problem: &selection::Problem| match outcome(problem) {
        Outcome::Chosen(answer) => (best(problem).0, answer.value, answer.risk.unwrap().cvar),
        other => panic!("{}", other.says()),
    };
    // Means 4, 3, 5. A and C: 20, −2, 20, −2.
    assert_eq!(cvar(&problem), ("A C".to_owned(), 9, -2));
    problem.risk.as_mut().unwrap().at_least = Some(4);
    assert_eq!(cvar(&problem), ("B C".to_owned(), 8, 4), "12, 4, 12, 4");
    problem.risk.as_mut().unwrap().at_least = Some(5);
    assert_eq!(cvar(&problem), ("A B".to_owned(), 7, 6), "8, 6, 8, 6");
    problem.risk.as_mut().unwrap().at_least = Some(7);
    assert_eq!(
        outcome(&problem),
        Outcome::Conflict(selection::Conflict { limits: vec![Limit::Risk], smallest: true })
    );
}

#[test]
fn a_share_is_of_the_budget_or_of_what_is_spent() {
    let mut problem = knapsack(&[9, 8, 1], &[&[50, 40, 30]], &[100]);
    for (at, class) in ["run", "run", "grow"].into_iter().enumerate() {
        problem.candidates[at].tags = vec![("class".into(), class.into())];
    }
    let part = |text: &str| Some(Quantity::parse(text).unwrap());
    let share = |of: Whole, at_least, at_most| Share {
        key: "GROWTH".into(),
        tag: "class".into(),
        value: "grow".into(),
        budget: None,
        of,
        at_least,
        at_most,
    };
    for (of, least, most, set) in [
        (Whole::Budget, part("0.3"), None, "A C"),
        (Whole::Budget, part("0.300001"), None, ""),
        (Whole::Spent, part("0.375"), None, "A C"),
        (Whole::Spent, part("0.4"), None, "B C"),
        (Whole::Spent, None, part("0"), "A B"),
    ] {
        problem.shares = vec![share(of, least, most)];
        match (outcome(&problem), set) {
            (Outcome::Conflict(conflict), "") => {
                assert_eq!(conflict.limits, [Limit::ShareAtLeast("GROWTH".into())])
            }
            _ => assert_eq!(best(&problem).0, set, "{of:?} {least:?} {most:?}"),
        }
    }
}
