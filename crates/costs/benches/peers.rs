//! The same bills by us and by DuckDB, in turn, each in a process of its own: processor seconds, peak memory, and the
//! check value that both have to give; beside them what decoding alone costs. Then the same rows in every way they come,
//! ten million lines out, and, with the feature `cluster`, the bills on a scheduler and two executors of one thread.
//!
//!     BILLS=folder:folder PYTHON=python3 cargo bench -p costs
//!
//! A folder has `usage/*.parquet` with EffectiveCost, ChargePeriodStart, SubAccountId and tag_app, and
//! `rules_tag.parquet`, `rules_account.parquet` and `drivers.parquet`. Without `BILLS` a bill of two million rows is
//! made. `PYTHON` has DuckDB, as `pip install duckdb` gives it; without it our own figures alone are printed.
//! `THREADS` (2) are for both, `ROUNDS` (3) are run and the least of each is taken. `-- peers`, `-- kinds`,
//! `-- lines` or `-- cluster` runs one part.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

#[path = "../tests/bills/mod.rs"]
mod bills;
#[cfg(feature = "cluster")]
mod cluster;
mod floor;
mod made;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["work", words @ ..] => work_on(words),
        ["floor", folder] => decode(folder),
        #[cfg(feature = "cluster")]
        ["costs", ..] => cluster::part(&words),
        #[cfg(feature = "cluster")]
        ["cluster"] => {
            let (_made, folders) = bill_folders();
            cluster::compare(&folders);
        }
        [] => {
            peers();
            kinds();
            lines();
            #[cfg(feature = "cluster")]
            {
                let (_made, folders) = bill_folders();
                cluster::compare(&folders);
            }
        }
        ["peers"] => peers(),
        ["kinds"] => kinds(),
        ["lines"] => lines(),
        other => eprintln!("{other:?} is none of peers, kinds, lines, cluster."),
    }
}

/// The folders that `BILLS` names, or else one that is made, and goes away with what is returned first.
fn bill_folders() -> (Option<bills::Folder>, String) {
    let named = std::env::var("BILLS").unwrap_or_default();
    let made = named.is_empty().then(made::bill);
    let folders = made.as_ref().map_or(named, |made| made.0.to_string_lossy().into_owned());
    (made, folders)
}

fn peers() {
    let (_made, folders) = bill_folders();
    println!(
        "{:24} {:>8} {:>8} {:>8} {:>7}  {:>7} {:>7} {:>7}  {:>7} {:>7}  check value",
        "bill", "CPU s", "decode", "DuckDB", "× CPU", "MB", "DuckDB", "× MB", "wall s", "DuckDB"
    );
    folders.split(':').for_each(compare);
}

/// Each kind of file, a million rows.
fn kinds() {
    println!("\n{:24} {:>8} {:>7}  check value", "a million rows", "CPU s", "MB");
    for (name, folder) in made::kinds() {
        let path = |file: &str| folder.path(file);
        let tables = [path("tags.csv"), path("accounts.csv"), path("drivers.csv")];
        alone(name, &path("usage"), &tables);
    }
}

/// SAP documents 100 × 2 × 50,000 as what it cannot do.
fn lines() {
    println!("\n{:24} {:>8} {:>7}  check value", "lines out", "CPU s", "MB");
    let folder = made::lines();
    let tables = [folder.path("tags.csv"), folder.path("accounts.csv"), folder.path("drivers.parquet")];
    alone("10,000,000 lines", &folder.path("usage"), &tables);
}

fn alone(name: &str, usage: &str, tables: &[String; 3]) {
    let runs: Vec<Took> = (0..rounds()).filter_map(|_| took(&mut itself(usage, tables))).collect();
    match least(&runs) {
        None => println!("{name:24} failed"),
        Some(took) => {
            println!("{name:24} {:8.2} {:7.0}  {}", took.cpu_seconds, took.peak_megabytes, took.check_value)
        }
    }
}

fn threads() -> u32 {
    number("THREADS", 2)
}

fn rounds() -> u32 {
    number("ROUNDS", 3)
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

fn compare(folder: &str) {
    let (mut ours, mut theirs, mut floors) = (Vec::new(), Vec::new(), Vec::new());
    let (usage, tables) = (format!("{folder}/usage"), tables(folder));
    for _ in 0..rounds() {
        ours.extend(took(&mut itself(&usage, &tables)));
        theirs.extend(took(&mut peer(folder)));
        floors.extend(took(this_program().args(["floor", &usage])));
    }
    let name: String = folder.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let (Some(ours), Some(floor)) = (least(&ours), least(&floors)) else {
        return println!("{name:24} failed");
    };
    let none = Took {
        cpu_seconds: f64::NAN,
        peak_megabytes: f64::NAN,
        wall_seconds: f64::NAN,
        check_value: String::new(),
    };
    let theirs = least(&theirs).unwrap_or(none);
    let same = match theirs.check_value.as_str() {
        "" => "(no DuckDB)",
        value if value == ours.check_value => "(the same)",
        _ => "(DIFFERS)",
    };
    println!(
        "{name:24} {:8.2} {:8.2} {:8.2} {:7.2}  {:7.0} {:7.0} {:7.2}  {:7.2} {:7.2}  {} {same}",
        ours.cpu_seconds,
        floor.cpu_seconds,
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

fn this_program() -> Command {
    Command::new(std::env::current_exe().expect("a running program has a file"))
}

fn itself(usage: &str, tables: &[String; 3]) -> Command {
    let mut command = this_program();
    command.args(["work", usage]).args(tables).arg(threads().to_string());
    command
}

/// Where a bill's tables are.
fn tables(folder: &str) -> [String; 3] {
    ["rules_tag", "rules_account", "drivers"].map(|name| format!("{folder}/{name}.parquet"))
}

fn peer(folder: &str) -> Command {
    let mut command = Command::new(std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned()));
    command.args([concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer.py"), folder, &threads().to_string()]);
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

fn work_on(words: &[&str]) {
    let clock = Instant::now();
    let out = std::env::temp_dir().join(format!("costs-bench-{}.parquet", std::process::id()));
    let names = ["--usage", "--tag-rules", "--account-rules", "--drivers", "--threads", "--cluster"];
    let named = names.iter().zip(words).flat_map(|(name, word)| [(*name).to_owned(), (*word).to_owned()]);
    let out_words = ["--out".to_owned(), out.to_string_lossy().into_owned()];
    let verb = ["costs".to_owned(), "allocate".to_owned()];
    let words: Vec<String> = verb.into_iter().chain(named).chain(out_words).collect();
    let answer = bills::run(&words).unwrap_or_else(|stop| panic!("{stop:?}"));
    let told = |field: &str| answer.json[field].to_string().trim_matches('"').to_owned();
    let wall = clock.elapsed().as_secs_f64();
    std::fs::remove_file(out).expect("it was written");
    println!("{};{};{wall:.2};{}", told("cpu_seconds"), told("peak_megabytes"), told("md5"));
}

/// Decodes on one thread and tells what it took.
fn decode(folder: &str) {
    let clock = Instant::now();
    let rows = floor::decode(Path::new(folder));
    let wall = clock.elapsed().as_secs_f64();
    println!("{};0;{wall:.2};{rows}", on_processor().unwrap_or(wall));
}

/// Seconds this thread was on a processor, where the kernel tells.
fn on_processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}
