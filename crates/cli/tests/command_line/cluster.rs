//! `costs` on a cluster: a scheduler and two executors, each a process of its own, give what one process gives; also
//! when one of them is killed midway.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
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

/// A scheduler and its executors.
struct Cluster {
    scheduler: String,
    executors: Vec<Part>,
    _process: Part,
}

/// A port that is free, and so is the one after it.
fn free_ports() -> u16 {
    loop {
        let first = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = first.local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn start(words: &[&str], port: u16) -> Part {
    let mut program = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    let mut part = Part(program.args(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(part.0.try_wait().unwrap().is_none(), "{words:?} ended");
        assert!(begun.elapsed() < Duration::from_secs(60), "{words:?} does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    part
}

impl Cluster {
    fn of(executors: usize) -> Cluster {
        let port = free_ports();
        let scheduler = format!("127.0.0.1:{port}");
        let process = start(&["costs", "scheduler", "--bind", &scheduler], port);
        let executor = |_| {
            let port = free_ports();
            let bind = format!("127.0.0.1:{port}");
            let words = ["costs", "executor", "--scheduler", &scheduler, "--bind", &bind, "--threads", "1"];
            start(&words, port)
        };
        let executors = (0..executors).map(executor).collect();
        Cluster { executors, _process: process, scheduler }
    }

    fn words(&self, words: &[String]) -> Vec<String> {
        let more = ["--cluster", &self.scheduler, "--threads", "8", "--format", "json"];
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
        (0..20_000).map(|row| format!("{row}.{:02},2026-09-01,{row},webshop\n", row % 100)).collect();
    std::fs::write(
        bill.join("0.csv"),
        format!("EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n{rows}"),
    )
    .unwrap();
    for file in 1..files {
        std::fs::hard_link(bill.join("0.csv"), bill.join(format!("{file}.csv"))).unwrap();
    }
    bill.to_string_lossy().into_owned()
}

fn alone(shell: &Shell, words: &[String]) -> Value {
    run(shell, &[words, &["--format".to_owned(), "json".to_owned()]].concat()).json()
}

fn same(alone: &Value, together: &Value) {
    for field in ["md5", "rows", "total", "unmatched", "lines", "currency"] {
        assert_eq!(alone[field], together[field], "{field}");
    }
}

#[test]
fn two_executors_give_what_one_process_gives_and_refuse_what_it_refuses() {
    let shell = Shell::empty();
    let cluster = Cluster::of(2);
    let words_of = |usage: &str| words(&shell, usage);
    for usage in [repository("crates/costs/examples/usage.csv"), bill(&shell, 12)] {
        let words = words_of(&usage);
        let together = run(&shell, &cluster.words(&words));
        assert_eq!(together.code, 0, "{together:?}");
        same(&alone(&shell, &words), &together.json());
    }
    std::fs::remove_file(shell.path("lines.csv")).unwrap();
    let broken = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n1;0,2026-09-01,1,webshop\n";
    shell.file("bill/6.csv.csv", broken);
    let refused = run(&shell, &cluster.words(&words_of(&shell.path("bill").to_string_lossy())));
    assert_eq!(refused.code, 6, "{refused:?}");
    assert!(
        refused
            .err
            .contains("6.csv.csv, row 1, column EffectiveCost: “1;0” is no cost. Write it as 1234.56."),
        "{refused:?}"
    );
    assert!(!shell.path("lines.csv").exists());
}

#[test]
fn an_executor_that_is_killed_midway_changes_nothing() {
    let shell = Shell::empty();
    let mut cluster = Cluster::of(2);
    let words = words(&shell, &bill(&shell, 240));
    let expected = alone(&shell, &words);
    std::fs::remove_file(shell.path("lines.csv")).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_quarterdeck"));
    let program = program.args(cluster.words(&words)).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = program.spawn().unwrap();
    std::thread::sleep(Duration::from_millis(800));
    assert!(program.try_wait().unwrap().is_none(), "it is still at work");
    drop(cluster.executors.pop());
    let ended = program.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0), "{}", String::from_utf8_lossy(&ended.stderr));
    same(&expected, &serde_json::from_slice(&ended.stdout).unwrap());
    assert!(shell.path("lines.csv").exists());
}

#[test]
fn a_scheduler_that_is_not_there_is_said() {
    let shell = Shell::empty();
    let words = words(&shell, &repository("crates/costs/examples/usage.csv"));
    let away = format!("127.0.0.1:{}", free_ports());
    let told = run(&shell, &[&words[..], &["--cluster".to_owned(), away.clone()]].concat());
    assert!(told.code != 0 && told.err.contains(&away) && told.err.contains("cannot be reached"), "{told:?}");
    assert!(!shell.path("lines.csv").exists());
}
