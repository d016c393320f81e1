//! The same bills by us and by DuckDB, in turn, each in a process of its own: processor seconds, peak memory, and the
//! check value that both have to give.
//!
//!     BILLS=folder:folder PYTHON=python3 cargo bench -p costs
//!
//! A folder has `usage/*.parquet` with EffectiveCost, ChargePeriodStart, SubAccountId and tag_app, and
//! `rules_tag.parquet`, `rules_account.parquet` and `drivers.parquet`. Without `BILLS` a bill of two million rows is
//! made. `PYTHON` has DuckDB, as `pip install duckdb` gives it; without it our own figures alone are printed.
//! `THREADS` (2) are for both, `ROUNDS` (3) are run and the least of each is taken.

use std::process::Command;
use std::time::Instant;

#[path = "../tests/bills/mod.rs"]
mod bills;
mod made;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if let [work, folder, threads] = words.as_slice()
        && work == "work"
    {
        return work_on(folder, threads);
    }
    let named = std::env::var("BILLS").unwrap_or_default();
    let made = named.is_empty().then(made::bill);
    let folders = made.as_ref().map_or(named, |made| made.0.to_string_lossy().into_owned());
    let (threads, rounds) = (number("THREADS", 2), number("ROUNDS", 3));
    println!(
        "{:24} {:>8} {:>8} {:>7}  {:>7} {:>7} {:>7}  {:>7} {:>7}  check value",
        "bill", "CPU s", "DuckDB", "× CPU", "MB", "DuckDB", "× MB", "wall s", "DuckDB"
    );
    folders.split(':').for_each(|folder| compare(folder, threads, rounds));
}

fn number(name: &str, usual: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What a run took, and its check value.
#[derive(Clone, Debug)]
struct Took {
    cpu_seconds: f64,
    peak_megabytes: f64,
    wall_seconds: f64,
    check_value: String,
}

fn compare(folder: &str, threads: u32, rounds: u32) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        ours.extend(took(&mut itself(folder, threads)));
        theirs.extend(took(&mut peer(folder, threads)));
    }
    let name: String = folder.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let Some(ours) = least(&ours) else { return println!("{name:24} failed") };
    let Some(theirs) = least(&theirs) else {
        let Took { cpu_seconds, peak_megabytes, wall_seconds, check_value } = ours;
        return println!(
            "{name:24} {cpu_seconds:8.2} {:>8} {:>7}  {peak_megabytes:7.0} {:>7} {:>7}  {wall_seconds:7.2} {:>7}  {check_value}",
            "–", "–", "–", "–", "–"
        );
    };
    let same = if ours.check_value == theirs.check_value { "the same" } else { "DIFFERS" };
    println!(
        "{name:24} {:8.2} {:8.2} {:7.2}  {:7.0} {:7.0} {:7.2}  {:7.2} {:7.2}  {} {same}",
        ours.cpu_seconds,
        theirs.cpu_seconds,
        ours.cpu_seconds / theirs.cpu_seconds,
        ours.peak_megabytes,
        theirs.peak_megabytes,
        ours.peak_megabytes / theirs.peak_megabytes,
        ours.wall_seconds,
        theirs.wall_seconds,
        ours.check_value,
    );
}

/// The least of each figure.
fn least(runs: &[Took]) -> Option<Took> {
    let least = |figure: fn(&Took) -> f64| runs.iter().map(figure).fold(f64::INFINITY, f64::min);
    let check_value = runs.first()?.check_value.clone();
    assert!(runs.iter().all(|run| run.check_value == check_value), "every run gives the same lines");
    Some(Took {
        cpu_seconds: least(|run| run.cpu_seconds),
        peak_megabytes: least(|run| run.peak_megabytes),
        wall_seconds: least(|run| run.wall_seconds),
        check_value,
    })
}

fn itself(folder: &str, threads: u32) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a running program has a file"));
    command.args(["work", folder, &threads.to_string()]);
    command
}

fn peer(folder: &str, threads: u32) -> Command {
    let mut command = Command::new(std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    command.args([concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer.py"), folder, &threads.to_string()]);
    command
}

/// `cpu;peak;wall;check value` as a run prints it.
fn took(command: &mut Command) -> Option<Took> {
    let output = command.output().ok()?;
    let aside = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        println!("{}", aside.trim());
        return None;
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let cells: Vec<&str> = text.trim().split(';').collect();
    let [cpu, peak, wall, check_value] = cells.as_slice() else { return None };
    let (cpu_seconds, peak_megabytes) = (cpu.parse().ok()?, peak.parse().ok()?);
    Some(Took {
        cpu_seconds,
        peak_megabytes,
        wall_seconds: wall.parse().ok()?,
        check_value: (*check_value).to_owned(),
    })
}

fn work_on(folder: &str, threads: &str) {
    let clock = Instant::now();
    let out = std::env::temp_dir().join(format!("costs-bench-{}.parquet", std::process::id()));
    let words = [
        ("usage", format!("{folder}/usage")),
        ("tag-rules", format!("{folder}/rules_tag.parquet")),
        ("account-rules", format!("{folder}/rules_account.parquet")),
        ("drivers", format!("{folder}/drivers.parquet")),
        ("threads", threads.to_owned()),
        ("out", out.to_string_lossy().into_owned()),
    ];
    let words = words.iter().flat_map(|(word, value)| [format!("--{word}"), value.clone()]);
    let words: Vec<String> = ["costs", "allocate"].map(str::to_owned).into_iter().chain(words).collect();
    let answer = bills::run(&words).unwrap_or_else(|stop| panic!("{stop:?}"));
    let told = |field: &str| answer.json[field].to_string().trim_matches('"').to_owned();
    let wall = clock.elapsed().as_secs_f64();
    std::fs::remove_file(out).expect("it was written");
    println!("{};{};{wall:.2};{}", told("cpu_seconds"), told("peak_megabytes"), told("md5"));
}
