//! How many correlated draws a processor second gives on one thread, beside numpy in the same run; and what a
//! whole simulation costs.
//!
//! A draw is one correlated input of one trial: a standard normal, mixed by the root of the correlation. Both
//! sides are measured with normal inputs (numpy: `standard_normal` and one matrix product, its usual way) and
//! with triangular ones (numpy: the same, then scipy's normal distribution function and the triangle's inverse).
//!
//! `cargo bench -p appraisal`; numpy and scipy are taken from `python3`, or from the interpreter that `PYTHON`
//! names. The bar: 30 million draws per processor second and thread.

use std::fs;
use std::num::NonZeroUsize;
use std::process::Command;

use appraisal::{Amounts, Case, Correlation, Kind, Matrix, Run, Shape, draws, parse_case, simulate};

const TRIALS: usize = 1_000_000;
const TIMES: usize = 5;

/// Seconds that this thread has worked.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux says what a thread has used");
    let nanoseconds = stat.split_whitespace().next().and_then(|text| text.parse::<f64>().ok());
    nanoseconds.expect("a number of nanoseconds") / 1e9
}

/// The least processor seconds of several runs.
fn least(mut work: impl FnMut()) -> f64 {
    let mut once = || {
        let before = processor_seconds();
        work();
        processor_seconds() - before
    };
    (0..TIMES).map(|_| once()).fold(f64::INFINITY, f64::min)
}

/// `inputs` periods with one uncertain amount each, every two correlated at 0.3.
fn case(inputs: usize, shape: Shape) -> Case {
    let text = include_str!("../examples/home_4g.json");
    let mut case = parse_case(text).expect("the example is a case");
    case.periods = (0..inputs).map(|number| format!("P{number}")).collect();
    case.lines[0].amounts = Amounts::Each(vec![shape; inputs]);
    let matrix = Matrix::from_fn(inputs, |row, column| if row == column { 1.0 } else { 0.3 });
    let names = case.periods.iter().map(|period| format!("net@{period}")).collect();
    case.correlation = Some(Correlation { kind: Kind::Normal, inputs: names, matrix });
    case
}

fn ours(inputs: usize, shape: Shape) -> (f64, f64) {
    let case = case(inputs, shape);
    let run = Run { trials: TRIALS, seed: 1, threads: NonZeroUsize::MIN };
    let drawn = least(|| assert_eq!(draws(&case, run).expect("it draws").len(), inputs));
    let whole = least(|| assert_eq!(simulate(&case, run).expect("it simulates").trials, TRIALS));
    (drawn, whole)
}

/// Prints the least processor seconds for normal and for triangular inputs, per number of inputs.
const PEER: &str = r"
import os, sys, time
for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[name] = '1'
import numpy as np, scipy
from scipy.special import ndtr
trials, times = int(sys.argv[1]), int(sys.argv[2])
print('numpy', np.__version__, 'scipy', scipy.__version__)
low, mode, high = -120.0, 100.0, 250.0
split = (mode - low) / (high - low)
for inputs in map(int, sys.argv[3:]):
    root = np.linalg.cholesky(np.full((inputs, inputs), 0.3) + 0.7 * np.eye(inputs)).T
    def normal():
        return 100.0 + 30.0 * (np.random.default_rng(1).standard_normal((trials, inputs)) @ root)
    def triangular():
        u = ndtr(np.random.default_rng(1).standard_normal((trials, inputs)) @ root)
        return np.where(u < split, low + np.sqrt(u * (high - low) * (mode - low)),
                        high - np.sqrt((1 - u) * (high - low) * (high - mode)))
    for work in (normal, triangular):
        seconds = []
        for _ in range(times):
            before = time.process_time(); work(); seconds.append(time.process_time() - before)
        print(work.__name__, inputs, min(seconds))
";

fn peers(inputs: &[usize]) -> Option<String> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let sizes = inputs.iter().map(usize::to_string);
    let words = [TRIALS, TIMES].iter().map(usize::to_string).chain(sizes);
    let output = Command::new(python).args(["-c", PEER]).args(words).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn main() {
    let sizes = [5, 10, 30];
    let peers = peers(&sizes);
    match peers.as_deref().and_then(|said| said.lines().next()) {
        Some(version) => println!("beside {version}"),
        None => println!(
            "numpy is not there: pip install numpy scipy, and name that python in PYTHON. Ours alone:"
        ),
    }
    println!("{TRIALS} trials, one thread, least of {TIMES}; million draws per processor second");
    println!("shape       inputs   ours  numpy  ratio  whole simulation");
    let shapes = [
        ("normal", Shape::Normal { mean: 100.0, sd: 30.0 }),
        ("triangular", Shape::Triangular { low: -120.0, mode: 100.0, high: 250.0 }),
    ];
    for inputs in sizes {
        for (name, shape) in shapes {
            let (drawn, whole) = ours(inputs, shape);
            let speed = |seconds: f64| (TRIALS * inputs) as f64 / seconds / 1e6;
            let start = format!("{name} {inputs} ");
            let theirs =
                peers.as_deref().and_then(|said| said.lines().find_map(|line| line.strip_prefix(&start)));
            let theirs = theirs.and_then(|seconds| seconds.parse::<f64>().ok()).map(speed);
            let (peer, ratio) = theirs.map_or(("–".to_owned(), "–".to_owned()), |theirs| {
                (format!("{theirs:.1}"), format!("{:.1}", speed(drawn) / theirs))
            });
            println!("{name:<10} {inputs:>7} {:>6.1} {peer:>6} {ratio:>6}  {whole:.2} s", speed(drawn));
        }
    }
}
