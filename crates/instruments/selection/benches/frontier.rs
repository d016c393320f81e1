//! CPU seconds beside HiGHS called bare, on the same models: `cargo bench -p selection`.
//!
//! The peer is `highspy` (PyPI) of the HiGHS version that is built in, one thread, the same options, reading the
//! model as this library writes it (`Study::mps`) and timing its run alone. Say where Python is by
//! `PYTHON=/path/to/python`; without the peer our own figures are printed.
//!
//! 100 candidates × 500 scenarios, three and five yearly budgets, exclusions, requirements and a share: six points of
//! the frontier at a gap of 0.1 %. Then multidimensional knapsacks after Chu and Beasley (1998), 100 × 5, at 1 %.

use std::fs;
use std::path::Path;
use std::process::Command;

use kernel::{Currency, Quantity};
use selection::{
    Budget, Candidate, Choice, Excludes, Flow, Outcome, Pick, Point, PointOutcome, Problem, Requires, Risk,
    Settings, Share, Study, Targets, Whole, Worth, patient,
};

/// Reads models, runs them with one thread and the gap given, prints CPU seconds, objective and bound of each.
const PEER: &str = r#"
import sys, time, highspy
gap, files = float(sys.argv[1]), sys.argv[2:]
print(highspy.Highs().version())
for file in files:
    h = highspy.Highs()
    h.setOptionValue("output_flag", False)
    for name, value in [("threads", 1), ("parallel", "off"), ("mip_rel_gap", gap), ("mip_abs_gap", 0.0), ("time_limit", 60.0)]:
        h.setOptionValue(name, value)
    assert h.readModel(file) in (highspy.HighsStatus.kOk, highspy.HighsStatus.kWarning)
    before = time.process_time()
    h.run()
    print(time.process_time() - before, h.getInfo().mip_gap)
"#;

fn main() {
    let dir = std::env::temp_dir().join(format!("selection-{}", std::process::id()));
    fs::create_dir_all(&dir).expect("a temporary folder");
    knapsacks(&dir);
    frontier(&dir);
    fs::remove_dir_all(&dir).expect("the folder is ours");
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.part() * (high - low + 1) as f64) as i64
    }

    /// Standard normal, near enough: twelve uniforms.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.part()).sum::<f64>() - 6.0
    }
}

fn frontier(dir: &Path) {
    let settings = Settings { gap: 0.001, seconds: 60.0 };
    for (seed, years) in [(1, 3), (2, 3), (1, 5)] {
        let problem = portfolio(&mut Chance(seed), 100, 500, years);
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
            "100 candidates x 500 scenarios, {years} budgets, seed {seed}: CPU s and gap of each point, safest first"
        );
        let ours: Vec<String> =
            told.iter().map(|(point, cpu)| format!("{cpu:.2} ({})", gap(point))).collect();
        println!("  ours    {}", ours.join("  "));
        let single: Vec<(f64, String)> =
            told.iter().map(|(point, _)| alone(&problem, settings, point.target, dir)).collect();
        report("single", &single, settings.gap);
    }
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

fn gap(point: &Point) -> String {
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
            println!("  highspy {}  (HiGHS {version}); CPU of ours ÷ highspy {ratio:.2}", list(&peers));
        }
        None => println!("  highspy is not there: pip install highspy==1.16.0, and PYTHON=/path/to/python"),
    }
}

fn peer(gap: f64, files: &[&str]) -> Option<(String, Vec<f64>)> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let done = Command::new(python).args(["-c", PEER, &gap.to_string()]).args(files).output().ok()?;
    let text = String::from_utf8(done.stdout).ok()?;
    let (version, rows) = text.split_once('\n')?;
    let seconds: Vec<f64> = rows.lines().filter_map(|row| row.split(' ').next()?.parse().ok()).collect();
    (seconds.len() == files.len()).then(|| (version.to_owned(), seconds))
}

fn knapsacks(dir: &Path) {
    let settings = Settings { gap: 0.01, seconds: 60.0 };
    let ours: Vec<(f64, String)> = (0..10)
        .map(|seed| {
            let problem = chu_beasley(&mut Chance(100 + seed), 100, 5);
            timed(&problem, settings, dir.join(format!("knapsack{seed}.mps")).to_str().expect("a plain path"))
        })
        .collect();
    println!("ten knapsacks, 100 candidates x 5 budgets, gap 1 %: CPU s");
    report("ours", &ours, settings.gap);
}

/// As Chu and Beasley (1998) generate them: costs uniform to 1000, budgets half of all costs, values near the mean
/// cost plus up to 500.
fn chu_beasley(chance: &mut Chance, candidates: i64, budgets: i64) -> Problem {
    let mut problem = empty();
    let costs: Vec<Vec<i64>> =
        (0..candidates).map(|_| (0..budgets).map(|_| chance.between(0, 1_000)).collect()).collect();
    problem.candidates = (costs.iter().enumerate())
        .map(|(at, costs)| {
            let value = costs.iter().sum::<i64>() / budgets + (500.0 * chance.part()) as i64;
            candidate(at, Worth::Certain(value), costs, "run")
        })
        .collect();
    problem.budgets = (0..budgets)
        .map(|year| Budget {
            key: year_key(year),
            amount: costs.iter().map(|costs| costs[year as usize]).sum::<i64>() / 2,
        })
        .collect();
    problem
}

/// Candidates of 20 k to 2 M over five years, whose outcomes share one cause to a different degree each.
fn portfolio(chance: &mut Chance, candidates: i64, scenarios: usize, years: usize) -> Problem {
    let mut problem = empty();
    let cause: Vec<f64> = (0..scenarios).map(|_| chance.normal()).collect();
    let mut all = vec![0i64; years];
    for at in 0..candidates {
        let costs: Vec<i64> = (0..years).map(|_| chance.between(20, 400) * 1_000_00).collect();
        all.iter_mut().zip(&costs).for_each(|(all, cost)| *all += cost);
        let total = costs.iter().sum::<i64>() as f64;
        let (mean, spread, share) =
            (total * (0.1 + 0.8 * chance.part()), total * (0.2 + 0.6 * chance.part()), chance.part());
        let outcomes = cause.iter().map(|cause| {
            let own = chance.normal();
            (mean + spread * (share * cause + (1.0 - share * share).sqrt() * own)) as i64
        });
        let outcomes = Worth::Outcomes(outcomes.collect());
        problem.candidates.push(candidate(
            at as usize,
            outcomes,
            &costs,
            ["run", "grow", "transform"][at as usize % 3],
        ));
    }
    problem.budgets =
        (0..years).map(|year| Budget { key: year_key(year as i64), amount: all[year] * 2 / 5 }).collect();
    let pick = |at: i64| Pick::parse(&format!("C{at:03}"));
    problem.excludes = (0..10).map(|at| Excludes { among: vec![pick(at * 7), pick(at * 7 + 3)] }).collect();
    problem.requires =
        (0..10).map(|at| Requires { from: pick(at * 9 + 1), needs: pick(at * 9 + 5) }).collect();
    problem.shares = vec![Share {
        key: "GROWTH".into(),
        tag: "class".into(),
        value: "grow".into(),
        budget: None,
        of: Whole::Spent,
        at_least: Some(Quantity::of_millionths(350_000)),
        at_most: None,
    }];
    problem.risk = Some(Risk { tail: Quantity::of_millionths(50_000), weights: Vec::new(), at_least: None });
    problem
}

fn candidate(at: usize, worth: Worth, costs: &[i64], class: &str) -> Candidate {
    let costs = costs.iter().enumerate().map(|(year, cost)| (year_key(year as i64), *cost)).collect();
    let options = vec![Choice { key: "".into(), worth, costs, uses: Vec::new() }];
    let key = format!("C{at:03}");
    Candidate { name: key.clone(), key: key.into(), tags: vec![("class".into(), class.into())], options }
}

fn year_key(year: i64) -> selection::Key {
    format!("FY{}", 27 + year).into()
}

fn empty() -> Problem {
    Problem {
        currency: Currency::parse("EUR").expect("a currency"),
        candidates: Vec::new(),
        budgets: Vec::new(),
        capacities: Vec::new(),
        mandatory: Vec::new(),
        requires: Vec::new(),
        excludes: Vec::new(),
        shares: Vec::new(),
        risk: None,
    }
}

/// CPU seconds of this process, all threads, user and system: fields 14 and 15 of `/proc/self/stat`, in ticks of a
/// hundredth.
fn cpu_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
