//! CPU seconds beside lifelines and lifetimes, in the same run on the same data:
//! `cargo bench -p retention`. Set `PYTHON` to an interpreter that has the peers, as `pip install lifelines lifetimes`
//! gives them; without them our own figures alone are printed.
//!
//! Each work is done on one thread. Ours is timed by the kernel's account of this thread, theirs by
//! `time.process_time`; reading the data is in neither. Results are printed side by side, so that it is seen that both did
//! the same; only the check of proportional hazards differs, since lifelines takes the average covariance of 1994 and we
//! the one at each time, as R does.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use perception::Level;
use retention::{
    Curve, Customer, Observation, RiskTable, SpendModel, Spending, Subject, TimeScale, UsageModel, cox,
    log_rank,
};

/// What was timed: name, CPU seconds, a figure of the result.
type Timed = (&'static str, f64, f64);

const SUBJECTS: usize = 100_000;
const COVARIATES: [&str; 5] = ["a", "b", "c", "d", "e"];

fn main() {
    let (subjects, customers) = (subjects(), customers());
    let ours = [survival(&subjects), effects(&subjects), proportional(&subjects)];
    let ours: Vec<Timed> = ours.into_iter().chain([usage(&customers), spend(&customers)]).collect();
    let theirs = peers(&write_down(&subjects, &customers));
    println!("{:28}  {:>10}  {:>10}  {:>7}  result (ours, peer's)", "work", "CPU s", "peer CPU s", "× peer");
    for (name, seconds, result) in ours {
        match theirs.iter().find(|(peer, _, _)| peer == name) {
            Some((_, peer, other)) => {
                println!(
                    "{name:28}  {seconds:10.4}  {peer:10.4}  {:7.1}  {result:.9}, {other:.9}",
                    peer / seconds
                );
            }
            None => println!("{name:28}  {seconds:10.4}  {:>10}  {:>7}  {result:.9}", "–", "–"),
        }
    }
    if theirs.is_empty() {
        println!("No peer was found: pip install lifelines lifetimes, and set PYTHON to that interpreter.");
    }
}

/// CPU seconds of `work`, and what it gave.
fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let (began, clock) = (on_processor(), Instant::now());
    let result = work();
    match (began, on_processor()) {
        (Some(began), Some(ended)) => (ended - began, result),
        _ => (clock.elapsed().as_secs_f64(), result),
    }
}

/// Seconds this thread was on a processor, where the kernel tells.
fn on_processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

fn survival(subjects: &[Subject]) -> Timed {
    let (seconds, chi_square) = timed(|| {
        let of = |high: bool| {
            let rows = subjects.iter().filter(|one| (one.covariates[4] > 0.5) == high);
            let rows: Vec<Observation> =
                rows.map(|one| Observation { time: one.time, left: one.left, count: 1 }).collect();
            RiskTable::of_observations(&rows).expect("there are customers")
        };
        let groups = [of(false), of(true)];
        for group in &groups {
            std::hint::black_box(Curve::new(group, Level::NINETY_FIVE).median());
        }
        log_rank(&groups).expect("both groups are at risk").test.chi_square
    });
    ("two curves and log-rank", seconds, chi_square)
}

fn effects(subjects: &[Subject]) -> Timed {
    let (seconds, model) =
        timed(|| cox(&COVARIATES, subjects, Level::NINETY_FIVE).expect("the data have a fit"));
    ("Cox, five covariates", seconds, model.coefficients[0].estimate)
}

fn proportional(subjects: &[Subject]) -> Timed {
    let model = cox(&COVARIATES, subjects, Level::NINETY_FIVE).expect("the data have a fit");
    let (seconds, check) =
        timed(|| model.proportional_hazards(TimeScale::KaplanMeier).expect("times differ"));
    ("proportional hazards", seconds, check.effects[0].test.chi_square)
}

fn usage(customers: &[(Customer, f64)]) -> Timed {
    let histories: Vec<Customer> = customers.iter().map(|(history, _)| *history).collect();
    let (seconds, model) = timed(|| UsageModel::fit(&histories).expect("the data have a fit"));
    ("BG/NBD", seconds, model.r)
}

fn spend(customers: &[(Customer, f64)]) -> Timed {
    let came_back = customers.iter().filter(|(history, _)| history.frequency > 0);
    let values: Vec<Spending> = came_back
        .map(|(history, value)| Spending { frequency: history.frequency, mean_value: *value, count: 1 })
        .collect();
    let (seconds, model) =
        timed(|| SpendModel::fit(&values, Level::NINETY_FIVE).expect("the data have a fit"));
    ("Gamma-Gamma", seconds, model.p)
}

/// Numbers from 0 to 1, the same in every run (the multiplier is Knuth's).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn exponential(&mut self, rate: f64) -> f64 {
        -self.next().ln() / rate
    }
}

/// Months until customers left, most of them tied.
fn subjects() -> Vec<Subject> {
    let mut chance = Chance(1);
    let one = |_| {
        let mut covariates: Vec<f64> = (0..4).map(|_| chance.next()).collect();
        covariates.push(chance.next().round());
        let rate = 0.01 * (0.5 * covariates[0] - 0.8 * covariates[1] + 0.3 * covariates[4]).exp();
        let (leaves, seen) = (chance.exponential(rate).ceil(), (120.0 * chance.next()).ceil());
        Subject { time: leaves.min(seen), left: leaves <= seen, covariates }
    };
    (0..SUBJECTS).map(one).collect()
}

/// Histories of BG/NBD with r = 1, α = 6, a = 1, b = 2.5, with the mean value of a use.
fn customers() -> Vec<(Customer, f64)> {
    let mut chance = Chance(2);
    let one = |_| {
        let (rate, leaving) = (chance.exponential(6.0), 1.0 - chance.next().powf(0.4));
        let age = (7.0 * (20.0 + 20.0 * chance.next())).round() / 7.0;
        let (mut frequency, mut recency, mut active) = (0, 0.0, true);
        while active {
            let next = recency + chance.exponential(rate);
            if next > age {
                break;
            }
            (frequency, recency) = (frequency + 1, next);
            active = chance.next() >= leaving;
        }
        let scale = chance.exponential(50.0) + chance.exponential(50.0);
        let spent: f64 = (0..frequency).map(|_| chance.exponential(scale)).sum();
        (Customer { frequency, recency, age, count: 1 }, spent / f64::from(frequency.max(1)))
    };
    (0..SUBJECTS).map(one).collect()
}

/// The same data for the peers; Rust's shortest numbers read back as the same ones.
fn write_down(subjects: &[Subject], customers: &[(Customer, f64)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut text = format!("time,left,{}\n", COVARIATES.join(","));
    for one in subjects {
        let cells: Vec<String> = one.covariates.iter().map(f64::to_string).collect();
        let _ = writeln!(text, "{},{},{}", one.time, u8::from(one.left), cells.join(","));
    }
    std::fs::write(folder.join("subjects.csv"), text).expect("the target folder can be written");
    let mut text = "frequency,recency,T,value\n".to_owned();
    for (one, value) in customers {
        let _ = writeln!(text, "{},{},{},{value}", one.frequency, one.recency, one.age);
    }
    std::fs::write(folder.join("customers.csv"), text).expect("the target folder can be written");
    folder
}

/// The peers' figures; none where there is no Python with them.
fn peers(folder: &std::path::Path) -> Vec<(String, f64, f64)> {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers.py");
    let mut peer = Command::new(python);
    // One thread, as ours.
    peer.arg(script).arg(folder).env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
    let Ok(output) = peer.output() else { return Vec::new() };
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(figure).collect()
}

/// `name;seconds;result`.
fn figure(line: &str) -> Option<(String, f64, f64)> {
    let mut cells = line.split(';');
    let name = cells.next()?.to_owned();
    Some((name, cells.next()?.parse().ok()?, cells.next()?.parse().ok()?))
}
