//! `costs` on a cluster: a scheduler and two executors, each a process of its own, give what one process gives; also
//! when one of them is killed midway.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::costs::words;
use crate::shell::{Said, Shell, repository};

/// A process that ends with the test.
struct Part(Child);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A scheduler and its executors, each with the folder of what it has done.
pub struct Cluster {
    scheduler: String,
    executors: Vec<(Part, PathBuf)>,
    _process: Part,
}

/// A port that is free, as is the one after it.
fn free_port() -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

/// Waits until it is so, and fails where that does not come.
fn until(what: &str, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(120), "{what}: it does not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn start(shell: &Shell, words: &[&str]) -> Part {
    let mut program = shell.command(words);
    Part(program.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

/// What the scheduler says of its executors.
fn readiness(scheduler: &str) -> String {
    let mut told = String::new();
    if let Ok(mut stream) = TcpStream::connect(scheduler) {
        let asked = stream.write_all(b"GET /readyz HTTP/1.0\r\n\r\n");
        let _ = asked.and_then(|()| stream.read_to_string(&mut told));
    }
    told
}

impl Cluster {
    /// A cluster that is ready, of so many executors with one thread each.
    pub fn of(shell: &Shell, executors: usize) -> Cluster {
        let scheduler = format!("127.0.0.1:{}", free_port());
        let process = start(shell, &["costs", "scheduler", "--bind", &scheduler]);
        until("the scheduler listens", || !readiness(&scheduler).is_empty());
        let executor = |number: usize| {
            let (bind, work) = (format!("127.0.0.1:{}", free_port()), shell.path(&format!("work-{number}")));
            let words = ["costs", "executor", "--scheduler", &scheduler, "--bind", &bind, "--threads", "1"];
            (start(shell, &[&words[..], &["--work", &work.to_string_lossy()]].concat()), work)
        };
        let mut executors = (0..executors).map(executor).collect::<Vec<_>>();
        let ready = format!("ready: {} executors registered", executors.len());
        until("the executors are there", || {
            let ended = executors.iter_mut().find_map(|(part, _)| part.0.try_wait().unwrap());
            assert_eq!(ended, None, "an executor ended by itself");
            executors.is_empty() || readiness(&scheduler).contains(&ready)
        });
        Cluster { executors, _process: process, scheduler }
    }

    /// The same words, asked of the cluster, with the answer as JSON.
    pub fn words(&self, words: &[String]) -> Vec<String> {
        let more = ["--cluster", &self.scheduler, "--threads", "24", "--format", "json"];
        words.iter().cloned().chain(more.map(str::to_owned)).collect()
    }
}

fn run(shell: &Shell, words: &[String]) -> Said {
    shell.bare(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A bill of many files, all of them the same.
fn bill(shell: &Shell, files: usize) -> String {
    let bill = shell.path("bill");
    std::fs::create_dir_all(&bill).unwrap();
    let rows: String =
        (0..5_000).map(|row| format!("{row}.{:02},2026-09-01,{row},webshop,EUR\n", row % 100)).collect();
    std::fs::write(bill.join("0.csv"), format!("{HEAD}{rows}")).unwrap();
    for file in 1..files {
        std::fs::hard_link(bill.join("0.csv"), bill.join(format!("{file}.csv"))).unwrap();
    }
    bill.to_string_lossy().into_owned()
}

const HEAD: &str = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app,BillingCurrency\n";

fn alone(shell: &Shell, words: &[String]) -> Value {
    run(shell, &[words, &["--format".to_owned(), "json".to_owned()]].concat()).json()
}

fn same(alone: &Value, together: &Value) {
    for field in ["md5", "rows", "total", "unmatched", "lines", "currency"] {
        assert_eq!(alone[field], together[field], "{field}");
    }
}

/// The sum of 5,000 rows by hand: whole numbers 12,497,500, and cents 0.00 to 0.99 fifty times, 2,475; of twelve files.
#[test]
fn two_executors_give_what_one_process_gives_and_refuse_what_it_refuses() {
    let shell = Shell::empty();
    let cluster = Cluster::of(&shell, 2);
    let example = repository("crates/costs/examples/usage.csv");
    for (usage, total) in [(example, "305.212333"), (bill(&shell, 12), "149999700.00")] {
        let words = words(&shell, &usage);
        let together = run(&shell, &cluster.words(&words));
        assert_eq!(together.code, 0, "{together:?}");
        assert_eq!(together.json()["total"], total);
        same(&alone(&shell, &words), &together.json());
    }
    std::fs::remove_file(shell.path("lines.csv")).unwrap();
    let words = words(&shell, &shell.path("bill").to_string_lossy());
    for (row, says) in [
        ("1,2026-09-01,1,webshop,USD", " has costs in USD, and "),
        (
            "1;0,2026-09-01,1,webshop,EUR",
            "x.csv, row 1, column EffectiveCost: “1;0” is no cost. Write it as 1234.56.",
        ),
    ] {
        shell.file("bill/x.csv", &format!("{HEAD}{row}\n"));
        let refused = run(&shell, &cluster.words(&words));
        assert_eq!((refused.code, refused.err), (6, run(&shell, &words).err));
        assert!(run(&shell, &words).err.contains(says), "{says}");
        assert!(!shell.path("lines.csv").exists());
    }
}

/// Starts the words, and kills the last executor when it has done a part; what the words end with.
fn with_one_killed(shell: &Shell, cluster: &mut Cluster, words: &[String]) -> std::process::Output {
    let words = cluster.words(words);
    let mut program = shell.command(&words.iter().map(String::as_str).collect::<Vec<_>>());
    let mut program = program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (part, work) = cluster.executors.pop().unwrap();
    until("it has done a part", || has_file(&work));
    assert!(program.try_wait().unwrap().is_none(), "there is more to do");
    drop(part);
    program.wait_with_output().unwrap()
}

fn has_file(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| entry.path().is_file() || has_file(&entry.path()))
}

#[test]
fn an_executor_that_is_killed_midway_changes_nothing() {
    let shell = Shell::empty();
    let mut cluster = Cluster::of(&shell, 2);
    let words = words(&shell, &bill(&shell, 96));
    let expected = alone(&shell, &words);
    std::fs::remove_file(shell.path("lines.csv")).unwrap();
    let ended = with_one_killed(&shell, &mut cluster, &words);
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    same(&expected, &serde_json::from_slice(&ended.stdout).unwrap());
    assert!(shell.path("lines.csv").exists());
}

#[test]
fn where_the_only_executor_is_killed_the_run_ends_with_an_error_and_nothing_is_written() {
    let shell = Shell::empty();
    let mut cluster = Cluster::of(&shell, 1);
    let words = words(&shell, &bill(&shell, 96));
    let ended = with_one_killed(&shell, &mut cluster, &words);
    let says = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!((ended.status.code(), says.trim().is_empty()), (Some(1), false), "{says}");
    assert!(!shell.path("lines.csv").exists());
}

#[test]
fn a_scheduler_that_is_not_there_or_has_nobody_is_said() {
    let shell = Shell::empty();
    let words = words(&shell, &repository("crates/costs/examples/usage.csv"));
    let alone = Cluster::of(&shell, 0);
    let away = format!("127.0.0.1:{}", free_port());
    for (cluster, says) in [(&away, "cannot be reached"), (&alone.scheduler, "has no executors")] {
        let told = run(&shell, &[&words[..], &["--cluster".to_owned(), cluster.clone()]].concat());
        assert!(told.code == 1 && told.err.contains(cluster) && told.err.contains(says), "{told:?}");
        assert!(!shell.path("lines.csv").exists());
    }
}
