//! CPU seconds beside HiGHS called bare, on the same models: `cargo bench -p selection`.
//!
//! The peer is `highspy` (PyPI) of the HiGHS version that is built in, one thread, the same options, reading the
//! model as this library writes it (`Study::mps`) and timing its run alone. Say where Python is by
//! `PYTHON=/path/to/python`; without the peer our own figures are printed.
//!
//! Multidimensional knapsacks after Chu and Beasley (1998), 100 × 5, at 1 %. Then 100 candidates × 500 scenarios, three
//! yearly budgets, exclusions, requirements and a share: six points of the frontier at a gap of 0.1 %; and 200
//! candidates × 1,000 scenarios at 1 %.

mod made;

use std::fs;
use std::path::Path;
use std::process::Command;

use made::{Chance, chu_beasley, portfolio};
use selection::{Flow, Outcome, Point, PointOutcome, Problem, Settings, Study, Targets, patient};

/// Reads models, runs them with one thread and the gap given, prints CPU seconds, objective and bound of each.
const PEER: &str = r#"
import sys, time, highspy
gap, files = float(sys.argv[1]), sys.argv[2:]
print("peer HiGHS", highspy.Highs().version())
for file in files:
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    for name, value in [("threads", 1), ("parallel", "off"), ("mip_rel_gap", gap), ("mip_abs_gap", 0.0), ("time_limit", 600.0)]:
        h.setOptionValue(name, value)
    assert h.readModel(file) in (highspy.HighsStatus.kOk, highspy.HighsStatus.kWarning)
    before = time.process_time()
    h.run()
    print("run", time.process_time() - before, h.getInfo().mip_gap)
"#;

/// Seconds on the wall, which a busy machine stretches: enough that no run is cut short.
const SECONDS: f64 = 600.0;

fn main() {
    let dir = std::env::temp_dir().join(format!("selection-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("a temporary folder");
    knapsacks(&dir);
    for seed in 1..=5 {
        frontier(&dir, seed, (100, 500), 0.001);
    }
    for seed in 1..=3 {
        frontier(&dir, seed, (200, 1_000), 0.01);
    }
    fs::remove_dir_all(&dir).expect("the folder is ours");
}

/// Six points of a problem of three yearly budgets, each beside the same point without a neighbour, ours and the peer's.
fn frontier(dir: &Path, seed: u64, (candidates, scenarios): (i64, usize), gap: f64) {
    let settings = Settings { gap, seconds: SECONDS };
    let problem = portfolio(&mut Chance(seed), candidates, scenarios, 3);
    let study = Study::new(&problem, settings).expect("a clean problem");
    let mut told = Vec::new();
    let mut last = cpu_seconds();
    let mut each = |point: &Point| {
        let now = cpu_seconds();
        told.push((point.clone(), now - last));
        last = now;
        Flow::Continue
    };
    study.frontier(&Targets::Spaced(6), &mut each, &mut patient).expect("a frontier");
    println!(
        "{candidates} candidates x {scenarios} scenarios, 3 budgets, gap {gap}, seed {seed}: CPU s and gap of each point, safest first"
    );
    let ours: Vec<String> =
        told.iter().map(|(point, cpu)| format!("{cpu:.2} ({})", reached(point))).collect();
    println!("  ours    {}", ours.join("  "));
    let single: Vec<(f64, String)> =
        told.iter().map(|(point, _)| alone(&problem, settings, point.target, dir)).collect();
    report("single", &single, gap);
}

/// One point without a neighbour, as the peer does it: CPU seconds, and the file of its model.
fn alone(problem: &Problem, settings: Settings, target: i64, dir: &Path) -> (f64, String) {
    let mut problem = problem.clone();
    problem.risk.as_mut().expect("scenarios").at_least = Some(target);
    timed(&problem, settings, dir.join(format!("point{target}.mps")).to_str().expect("a plain path"))
}

fn timed(problem: &Problem, settings: Settings, file: &str) -> (f64, String) {
    let before = cpu_seconds();
    let study = Study::new(problem, settings).expect("a clean problem");
    let outcome = study.best(&mut patient).expect("an answer");
    let cpu = cpu_seconds() - before;
    assert!(matches!(outcome, Outcome::Chosen(_)), "{}", outcome.says());
    fs::write(file, study.mps(None)).expect("a model");
    (cpu, file.to_owned())
}

fn reached(point: &Point) -> String {
    let PointOutcome::Chosen(answer) = &point.outcome else { return format!("{:?}", point.outcome) };
    format!("{:.3} %", answer.gap.unwrap_or(f64::INFINITY) * 100.0)
}

/// Ours beside the peer's, over all models, and the ratio of the sums.
fn report(what: &str, ours: &[(f64, String)], gap: f64) {
    let list = |seconds: &[f64]| seconds.iter().map(|one| format!("{one:.2}")).collect::<Vec<_>>().join("  ");
    let seconds: Vec<f64> = ours.iter().map(|(seconds, _)| *seconds).collect();
    println!("  {what:7} {}", list(&seconds));
    let files: Vec<&str> = ours.iter().map(|(_, file)| file.as_str()).collect();
    match peer(gap, &files) {
        Some((version, peers)) => {
            let ratio = seconds.iter().sum::<f64>() / peers.iter().sum::<f64>();
            println!("  highspy {}  ({version}); CPU of ours ÷ highspy {ratio:.2}", list(&peers));
        }
        None => println!("  highspy is not there: pip install highspy==1.16.0, and PYTHON=/path/to/python"),
    }
}

/// The version, and the CPU seconds of each run, all of which have to reach the gap.
fn peer(gap: f64, files: &[&str]) -> Option<(String, Vec<f64>)> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let done = Command::new(python).args(["-c", PEER, &gap.to_string()]).args(files).output().ok()?;
    let text = String::from_utf8(done.stdout).ok()?;
    let version = text.lines().find_map(|line| line.strip_prefix("peer "))?.to_owned();
    let runs = text.lines().filter_map(|line| line.strip_prefix("run ")?.split_once(' '));
    let runs: Vec<(f64, f64)> =
        runs.filter_map(|(cpu, gap)| Some((cpu.parse().ok()?, gap.parse().ok()?))).collect();
    assert!(runs.iter().all(|(_, reached)| *reached <= gap), "the peer's time was up: {runs:?}");
    (runs.len() == files.len()).then(|| (version, runs.into_iter().map(|(cpu, _)| cpu).collect()))
}

fn knapsacks(dir: &Path) {
    let settings = Settings { gap: 0.01, seconds: SECONDS };
    let ours: Vec<(f64, String)> = (0..10)
        .map(|seed| {
            let problem = chu_beasley(&mut Chance(100 + seed), 100, 5);
            timed(&problem, settings, dir.join(format!("knapsack{seed}.mps")).to_str().expect("a plain path"))
        })
        .collect();
    println!("ten knapsacks, 100 candidates x 5 budgets, gap 1 %: CPU s");
    report("ours", &ours, settings.gap);
}

/// CPU seconds of this process, all threads, user and system: fields 14 and 15 of `/proc/self/stat`, in ticks of a
/// hundredth.
fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
