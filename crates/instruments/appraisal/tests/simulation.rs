//! What a simulation has to get right: means and variances that are known without it, correlations, inputs
//! without spread, the same bytes whatever the threads.

use std::num::NonZeroUsize;

use appraisal::{
    Amounts, Case, Correlation, Kind, Matrix, Outcome, Run, Shape, draws, parse_case, rank_correlation,
    simulate,
};

const UNCERTAIN: &str = include_str!("../examples/uncertain.json");
const FOUR_G: &str = include_str!("../examples/four_g.json");

fn run(trials: usize, seed: u64, threads: usize) -> Run {
    Run { trials, seed, threads: NonZeroUsize::new(threads).unwrap() }
}

/// 4G with other amounts in each line.
fn four_g(shape: impl Fn(f64, usize) -> Shape) -> Case {
    let mut case = parse_case(FOUR_G).unwrap();
    for line in &mut case.lines {
        if let Amounts::Each(each) = &mut line.amounts {
            for (place, one) in each.iter_mut().enumerate() {
                *one = shape(one.likely(), place);
            }
        }
    }
    case
}

/// One shape of each kind, a fifth to a quarter around the amount.
fn around(amount: f64, place: usize) -> Shape {
    let (low, high) = (amount - amount.abs() / 5.0, amount + amount.abs() / 4.0);
    if amount.abs() < 1.0 {
        return Shape::Fixed(amount);
    }
    match place {
        0 => Shape::Triangular { low, mode: amount, high },
        1 => Shape::Pert { low, mode: amount, high },
        2 => Shape::Uniform { low, high },
        3 => Shape::Normal { mean: amount, sd: amount.abs() / 10.0 },
        4 => Shape::LogNormal { mean: amount, sd: amount.abs() / 3.0 },
        _ => Shape::Triangular { low, mode: low, high },
    }
}

#[test]
fn mean_and_variance_of_a_sum_of_independent_inputs_are_met() {
    let case = four_g(around);
    let outcome = simulate(&case, run(1_000_000, 7, 2)).unwrap();
    let (mut mean, mut variance) = (0.0, 0.0);
    for line in &case.lines {
        let Amounts::Each(each) = &line.amounts else { panic!("four_g gives amounts") };
        for (period, shape) in each.iter().enumerate() {
            let factor = case.discounting.factor(period);
            mean += factor * shape.mean();
            variance += factor * factor * shape.sd() * shape.sd();
        }
    }
    let npv = &outcome.npv;
    assert!((npv.mean - mean).abs() < 3.0 * npv.standard_error, "{} {mean}", npv.mean);
    // The standard error of a variance is variance × √((kurtosis − 1) ÷ n), with kurtosis about 3.
    let error = variance * (2.0_f64 / 1_000_000.0).sqrt();
    assert!((npv.sd * npv.sd - variance).abs() < 3.0 * error, "{} {variance}", npv.sd * npv.sd);
    for (period, net) in outcome.net.iter().enumerate() {
        let (name, net) = (&net.period, &net.spread);
        let of = |take: fn(&Shape) -> f64| -> f64 {
            let lines = case.lines.iter().map(|line| match &line.amounts {
                Amounts::Each(each) => take(&each[period]),
                _ => 0.0,
            });
            lines.sum()
        };
        assert!((net.mean - of(Shape::mean)).abs() < 3.0 * net.standard_error, "{name}");
        let spread = of(|shape| shape.sd() * shape.sd()).sqrt();
        assert!((net.sd / spread - 1.0).abs() < 0.01, "{name}: {} {spread}", net.sd);
    }
}

/// 5 inputs of 5 shapes; correlations are asserted in the terms they are given in.
fn moving_together(kind: Kind, entry: impl Fn(usize, usize) -> f64) -> Case {
    let mut case =
        four_g(|amount, place| if place == 0 { Shape::Fixed(amount) } else { around(amount, place) });
    let inputs = ["FY27", "FY28", "FY29", "FY30", "FY31"].map(|period| format!("new-revenue@{period}"));
    let matrix = Matrix::from_fn(5, |row, column| if row == column { 1.0 } else { entry(row, column) });
    case.correlation = Some(Correlation { kind, inputs: inputs.to_vec(), matrix });
    case
}

#[test]
fn rank_correlations_are_met_within_a_hundredth_at_a_million_trials() {
    let wanted = |row: usize, column: usize| 0.8 - 0.25 * row.abs_diff(column) as f64;
    let case = moving_together(Kind::Rank, wanted);
    let drawn = draws(&case, run(1_000_000, 11, 2)).unwrap();
    for (row, column) in [(0, 1), (0, 2), (0, 3), (0, 4), (1, 3), (2, 4), (3, 4)] {
        let met = rank_correlation(&drawn[row].values, &drawn[column].values);
        assert!((met - wanted(row, column)).abs() < 0.01, "{row} {column}: {met}");
    }
    // Inputs that are not in the matrix stay independent of it and of each other.
    let apart = rank_correlation(&drawn[0].values, &drawn[7].values);
    assert!(apart.abs() < 0.01, "{apart}");
}

#[test]
fn normal_correlations_are_those_of_the_normals_behind() {
    let mut case = moving_together(Kind::Normal, |_, _| 0.6);
    for line in case.lines.iter_mut().filter(|line| line.key == "new-revenue") {
        line.amounts = Amounts::Each([0.0; 6].map(|mean| Shape::Normal { mean, sd: 2.0 }).to_vec());
    }
    let drawn = draws(&case, run(1_000_000, 3, 1)).unwrap();
    let product: f64 = drawn[0].values.iter().zip(&drawn[4].values).map(|(a, b)| a * b).sum();
    assert!((product / 4.0 / 1_000_000.0 - 0.6).abs() < 0.01, "{product}");
}

#[test]
fn inputs_at_plus_and_minus_one_move_as_one() {
    let case = moving_together(Kind::Rank, |row, column| if row + column == 1 { 1.0 } else { 0.0 });
    let drawn = draws(&case, run(10_000, 5, 1)).unwrap();
    assert!(rank_correlation(&drawn[0].values, &drawn[1].values) > 1.0 - 1e-12);
    let against = moving_together(Kind::Normal, |row, column| if row + column == 1 { -1.0 } else { 0.0 });
    let drawn = draws(&against, run(10_000, 5, 1)).unwrap();
    assert!(rank_correlation(&drawn[0].values, &drawn[1].values) < -1.0 + 1e-12);
}

#[test]
fn where_all_is_known_every_trial_is_the_deterministic_case() {
    let fixed = parse_case(FOUR_G).unwrap();
    let flat = four_g(|amount, _| Shape::Triangular { low: amount, mode: amount, high: amount });
    let still = four_g(|amount, _| Shape::Normal { mean: amount, sd: 0.0 });
    for case in [fixed, flat, still] {
        let outcome = simulate(&case, run(1_000, 1, 2)).unwrap();
        let npv = case.figures().unwrap().npv[2];
        assert!((outcome.npv.mean - npv).abs() < 1e-9, "{}", outcome.npv.mean);
        let same = outcome.npv.mean;
        for value in
            [outcome.npv.lowest, outcome.npv.p5, outcome.npv.p50, outcome.npv.highest, outcome.npv.cvar5]
        {
            assert!((value - same).abs() < 1e-9);
        }
        assert!(outcome.npv.sd.abs() < 1e-9 && outcome.npv.loss.abs() < 1e-9);
        assert_eq!(outcome.npv.histogram.counts, [1_000]);
        assert_eq!(outcome.drivers, []);
    }
}

#[test]
fn one_certain_input_among_correlated_ones_changes_no_other() {
    let mut case = moving_together(Kind::Rank, |_, _| 0.5);
    let alike = draws(&case, run(1_000, 9, 1)).unwrap();
    if let Amounts::Each(each) = &mut case.lines[2].amounts {
        each[1] = Shape::Fixed(6_100.0);
    }
    let drawn = draws(&case, run(1_000, 9, 1)).unwrap();
    assert!(drawn[0].values.iter().all(|value| (value - 6_100.0).abs() < 1e-9));
    assert_eq!(drawn[1..], alike[1..]);
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let case = parse_case(UNCERTAIN).unwrap();
    let one = simulate(&case, run(30_011, 42, 1)).unwrap();
    for threads in [2, 3, 8] {
        assert_eq!(simulate(&case, run(30_011, 42, threads)).unwrap(), one, "{threads} threads");
    }
    assert_ne!(simulate(&case, run(30_011, 43, 1)).unwrap().npv, one.npv);
}

#[test]
fn more_trials_go_on_where_fewer_stopped() {
    let case = parse_case(UNCERTAIN).unwrap();
    let (few, many) = (draws(&case, run(700, 42, 1)).unwrap(), draws(&case, run(5_000, 42, 3)).unwrap());
    for (few, many) in few.iter().zip(&many) {
        assert_eq!(few.values, many.values[..700], "{}", few.name);
    }
}

fn spread(outcome: &Outcome) -> [f64; 4] {
    [outcome.npv.p5, outcome.npv.p50, outcome.npv.p95, outcome.npv.cvar5]
}

/// A normal NPV has known percentiles, chance of loss and tail mean: μ + zσ, Φ(−μ/σ), μ − σφ(z)/0.05.
#[test]
fn percentiles_loss_and_tail_of_a_normal_worth_are_known() {
    let mut case = parse_case(FOUR_G).unwrap();
    for line in &mut case.lines {
        line.amounts = Amounts::Each(vec![Shape::Fixed(0.0); 6]);
    }
    case.lines[0].amounts = Amounts::Growing {
        from: 0,
        first: Shape::Normal { mean: 100.0, sd: 100.0 },
        growth: Shape::Fixed(-0.5),
    };
    // At 0 % and growth −50 % the sum is the first amount × (2 − 2⁻⁵).
    case.discounting.rate = 0.0;
    let scale = 2.0 - 1.0 / 32.0;
    let outcome = simulate(&case, run(1_000_000, 2, 2)).unwrap();
    let known =
        [1.0 - 1.644_853_627, 1.0, 1.0 + 1.644_853_627, 1.0 - 2.062_712_807].map(|z| z * 100.0 * scale);
    for (met, known) in spread(&outcome).into_iter().zip(known) {
        assert!((met - known).abs() < 0.01 * 100.0 * scale, "{met} {known}");
    }
    assert!((outcome.npv.loss - 0.158_655_254).abs() < 0.0015, "{}", outcome.npv.loss);
    assert_eq!(outcome.npv.histogram.counts.iter().sum::<u64>(), 1_000_000);
    assert!((outcome.drivers[0].correlation - 1.0).abs() < 1e-12);
}

/// A period is driven by what falls in it: its shares of the variance are the squares of the correlations.
#[test]
fn what_drives_a_period_is_what_falls_in_it() {
    let case = four_g(|amount, _| Shape::Normal { mean: amount, sd: amount.abs() / 10.0 });
    let outcome = simulate(&case, run(65_536, 8, 2)).unwrap();
    let fy31 = &outcome.net[5];
    let names: Vec<&str> = fy31.drivers.iter().map(|driver| driver.name.as_str()).collect();
    assert_eq!(names[..4], ["new-revenue@FY31", "3g-lost@FY31", "running@FY31", "3g-avoided@FY31"]);
    // Pearson's ρ is 2460 ÷ √(2460² + 910² + 510² + 430² + 90²); Spearman's of two normals 6 ÷ π · asin(ρ ÷ 2).
    let rho = 2_460.0
        / (2_460.0_f64.powi(2)
            + 910.0_f64.powi(2)
            + 510.0_f64.powi(2)
            + 430.0_f64.powi(2)
            + 90.0_f64.powi(2))
        .sqrt();
    let rank = 6.0 / std::f64::consts::PI * (rho / 2.0).asin();
    assert!((fy31.drivers[0].correlation - rank).abs() < 0.01, "{rank} {:?}", fy31.drivers);
}

#[test]
fn too_much_and_too_little_are_refused() {
    let case = parse_case(FOUR_G).unwrap();
    let says = |trials| simulate(&case, run(trials, 1, 1)).unwrap_err().to_string();
    assert_eq!(says(0), "No trials: ask for at least one.");
    assert!(
        says(100_000_000).starts_with("The simulation would keep 700000000 values and may keep 67108864")
    );
}
