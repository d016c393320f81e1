//! The same bill in one process and on a scheduler with two executors of one thread each, all on this machine: processor
//! seconds of all processes together.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::{Took, bills, itself, least, rounds, tables, this_program, took};

/// A scheduler or an executor, in a process of its own.
struct Part(Child);

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a process that the bench started runs: the words after `quarterdeck`.
pub fn part(words: &[String]) {
    bills::run(words).unwrap_or_else(|stop| panic!("{stop:?}"));
}

/// Compares each of the folders.
pub fn compare(folders: &str) {
    println!("\n{:24} {:>8} {:>8} {:>7}  check value", "two executors", "CPU s", "alone", "ratio");
    folders.split(':').for_each(of_folder);
}

fn of_folder(folder: &str) {
    let parts = started();
    let (usage, tables) = (format!("{folder}/usage"), tables(folder));
    let (mut alone, mut together) = (Vec::new(), Vec::new());
    for _ in 0..rounds() {
        alone.extend(took(&mut itself(&usage, &tables)));
        let before = seconds(&parts.1);
        let mut asked = this_program();
        asked.args(["work", &usage]).args(&tables).args(["4", &parts.0]);
        together.extend(
            took(&mut asked)
                .map(|took| Took { cpu_seconds: took.cpu_seconds + seconds(&parts.1) - before, ..took }),
        );
    }
    let (Some(alone), Some(together)) = (least(&alone), least(&together)) else {
        return println!("{folder:24} failed");
    };
    let ratio = together.cpu_seconds / alone.cpu_seconds;
    let same = if alone.check_value == together.check_value { "(the same)" } else { "(DIFFERS)" };
    let name: String = folder.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    println!(
        "{name:24} {:8.2} {:8.2} {ratio:7.2}  {} {same}",
        together.cpu_seconds, alone.cpu_seconds, together.check_value
    );
}

/// The scheduler's address, and its process and the executors'.
fn started() -> (String, Vec<Part>) {
    let address = || {
        let port =
            TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("a port").port();
        format!("127.0.0.1:{port}")
    };
    let start = |words: &[&str]| {
        let mut program = this_program();
        let program = program.arg("costs").args(words).stdout(Stdio::null()).stderr(Stdio::null());
        Part(program.spawn().expect("this program starts"))
    };
    let scheduler = address();
    let mut parts = vec![start(&["scheduler", "--bind", &scheduler])];
    until(|| readiness(&scheduler).contains("0/1 executors"));
    for _ in 0..2 {
        parts.push(start(&["executor", "--scheduler", &scheduler, "--bind", &address(), "--threads", "1"]));
    }
    until(|| readiness(&scheduler).contains("ready: 2 executors"));
    (scheduler, parts)
}

fn until(is: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(60), "the cluster does not come");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn readiness(scheduler: &str) -> String {
    let mut told = String::new();
    if let Ok(mut stream) = TcpStream::connect(scheduler) {
        let asked = stream.write_all(b"GET /readyz HTTP/1.0\r\n\r\n");
        let _ = asked.and_then(|()| stream.read_to_string(&mut told));
    }
    told
}

/// Processor seconds of all parts so far.
fn seconds(parts: &[Part]) -> f64 {
    /// What Linux counts in.
    const TICKS_PER_SECOND: f64 = 100.0;
    let ticks = |part: &Part| {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", part.0.id())).unwrap_or_default();
        let rest = text.rsplit_once(") ").map(|(_, rest)| rest.to_owned()).unwrap_or_default();
        rest.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
    };
    parts.iter().map(ticks).sum::<f64>() / TICKS_PER_SECOND
}
