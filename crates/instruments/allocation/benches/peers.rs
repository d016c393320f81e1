//! Loops of 10 to 1,000 services and ten million lines, beside numpy and pandas in the same run:
//! `cargo bench -p allocation`. Set `PYTHON` to an interpreter that has the peers, as `pip install numpy pandas` gives
//! them; without them our own figures alone are printed. `cargo bench -p allocation -- loops` or `-- lines` runs one.
//!
//! Everything runs on one thread, the peers' too. Ours is timed by the kernel's account of this thread, theirs by
//! `time.process_time`; making the input is in neither. A peer reckons in floats: its loop is one solve for gross costs
//! and one inverse for where each cost ends, rounded, which is the same result without a proof and without adding up.
//! Each work of ours runs in a process of its own, so that its peak memory is its own.

use std::process::{Command, Output};
use std::time::Instant;

use allocation::{
    Allocation, Basis, Driver, Key, Layer, Model, Node, Pool, Rule, Sharing, Solving, allocate, allocate_each,
};
use kernel::{Currency, Quantity};

/// Services and how many others each serves.
const LOOPS: [(usize, usize); 8] =
    [(10, 9), (50, 49), (100, 99), (200, 5), (200, 199), (500, 499), (1_000, 5), (1_000, 999)];
/// SAP's case: segments of two senders, and receivers.
const LINES: (usize, usize) = (100, 50_000);

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["work-loop", size, fan] => work_loop(number(size), number(fan)),
        ["work-lines"] => work_lines(),
        [] => {
            loops();
            lines();
        }
        ["loops"] => loops(),
        ["lines"] => lines(),
        other => eprintln!("{other:?} is neither “loops” nor “lines”."),
    }
}

fn number(text: &str) -> usize {
    text.parse().expect("a whole number")
}

fn loops() {
    let sizes: Vec<String> = LOOPS.iter().map(|(size, fan)| format!("{size}:{fan}")).collect();
    let theirs = peer(&[&["loops".to_owned()], &*sizes].concat());
    println!("\nLoops: services, others that each serves\n");
    head();
    for (size, fan) in LOOPS {
        let ours = itself(&["work-loop", &size.to_string(), &fan.to_string()]);
        row(&format!("{size}:{fan}"), &ours, &theirs);
    }
}

fn lines() {
    let (segments, receivers) = LINES;
    let theirs = peer(&["lines".to_owned(), segments.to_string(), receivers.to_string()]);
    println!("\nLines: {segments} segments × 2 senders × {receivers} receivers, one line at a time\n");
    head();
    row("lines", &itself(&["work-lines"]), &theirs);
}

fn head() {
    println!(
        "{:9} {:>9} {:>9} {:>9} {:>8} {:>8}  result (ours | peer's)",
        "work", "CPU s", "peer", "× peer", "MB", "peer MB"
    );
}

/// `name;seconds;peak;result` of each work.
fn row(name: &str, ours: &str, theirs: &str) {
    let find = |text: &str| {
        let found = text.lines().map(|line| line.split(';').map(str::to_owned).collect::<Vec<_>>());
        found.into_iter().find(|cells| cells.len() == 4 && cells[0] == name)
    };
    let Some(ours) = find(ours) else { return println!("{name:9} failed") };
    let cell = |cells: &[String], at: usize| cells[at].parse::<f64>().unwrap_or(f64::NAN);
    let (seconds, peak) = (cell(&ours, 1), cell(&ours, 2));
    match find(theirs) {
        Some(peer) => println!(
            "{name:9} {seconds:9.4} {:9.4} {:9.2} {peak:8.0} {:8.0}  {} | {}",
            cell(&peer, 1),
            seconds / cell(&peer, 1),
            cell(&peer, 2),
            ours[3],
            peer[3]
        ),
        None => println!("{name:9} {seconds:9.4} {:>9} {:>9} {peak:8.0} {:>8}  {}", "–", "–", "–", ours[3]),
    }
}

fn itself(words: &[&str]) -> String {
    let program = std::env::current_exe().expect("a running program has a file");
    said(&Command::new(program).args(words).output().expect("this program can start itself"))
}

fn peer(words: &[String]) -> String {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers.py");
    match Command::new(python).arg(script).args(words).output() {
        Ok(output) => said(&output),
        Err(error) => {
            println!("No peer: {error}. pip install numpy pandas, and set PYTHON to that interpreter.");
            String::new()
        }
    }
}

fn said(output: &Output) -> String {
    let aside = String::from_utf8_lossy(&output.stderr);
    if !aside.trim().is_empty() {
        println!("{}", aside.trim());
    }
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Prints what `work` took, and what it gave.
fn timed(name: &str, work: impl FnOnce() -> String) {
    let (began, clock) = (on_processor(), Instant::now());
    let result = work();
    let seconds = match (began, on_processor()) {
        (Some(began), Some(ended)) => ended - began,
        _ => clock.elapsed().as_secs_f64(),
    };
    println!("{name};{seconds};{};{result}", peak());
}

/// Seconds this thread was on a processor, where the kernel tells.
fn on_processor() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
}

/// The most memory this process ever had, in megabytes, where the kernel tells.
fn peak() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes =
        line.and_then(|rest| rest.split_whitespace().next()).and_then(|text| text.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}

fn work_loop(size: usize, fan: usize) {
    let model = mutual(size, fan);
    timed(&format!("{size}:{fan}"), || {
        let result = allocate(&model).expect("every loop has an outlet");
        std::hint::black_box(&result);
        how(&result)
    });
}

/// How it was solved, and the first service's gross cost.
fn how(result: &Allocation) -> String {
    let solution = result.solutions[0];
    let how = match solution.method {
        Solving::Exact => "exact".to_owned(),
        Solving::Bounded { error_bits, uncertain } => {
            format!("within 2^-{error_bits}, {uncertain} of {} uncertain", solution.splits)
        }
    };
    let gross = result.solved[0].gross.of(1).expect("a gross cost fits 64 bits");
    format!("{how}, {} lines, gross {:.2}", result.lines.len(), gross as f64 / 100.0)
}

fn work_lines() {
    let model = segments(LINES.0, LINES.1);
    let whole: i64 = model.pools.iter().map(|pool| pool.amount).sum();
    println!("input;0;{};", peak());
    timed("lines", || {
        let mut sum = 0;
        let summary = allocate_each(&model, |_, line| sum += line.amount).expect("the model is whole");
        let received: i64 = summary.finals.iter().map(|(_, amount)| amount).sum();
        assert_eq!((sum, received), (whole, whole), "in is out");
        format!("{} lines, off by 0", summary.lines)
    });
}

fn key(letter: char, number: usize) -> Key {
    Key::from(format!("{letter}{number:05}"))
}

fn units(number: usize) -> Quantity {
    Quantity::of_units(i64::try_from(number % 1_357 + 1).expect("small"))
}

fn node(key: Key, layer: &str) -> Node {
    Node { name: key.to_string(), key, layer: Key::from(layer) }
}

fn layer(key: &str, sharing: Sharing) -> Layer {
    Layer { key: Key::from(key), name: key.to_owned(), sharing }
}

/// Services of which each serves the `fan` after it and one customer, each with a pool of its own.
fn mutual(size: usize, fan: usize) -> Model {
    let weights = |service: usize| {
        let others =
            (1..=fan).map(|step| (key('S', (service + step) % size), units(service * 17 + step * 7_919)));
        others.chain([(key('C', 0), units(service * 13))]).collect()
    };
    let rules = (0..size).flat_map(|service| {
        let own = Basis::Even { to: vec![key('S', service)] };
        let fixed = Basis::Fixed { weights: weights(service) };
        [
            Rule { key: key('O', service), from: key('P', service), basis: own },
            Rule { key: key('R', service), from: key('S', service), basis: fixed },
        ]
    });
    Model {
        currency: Currency::EUR,
        layers: vec![layer("service", Sharing::Reciprocal), layer("customer", Sharing::Direct)],
        pools: (0..size).map(|at| pool(at, 8_403_609 + 100 * at)).collect(),
        nodes: (0..size)
            .map(|at| node(key('S', at), "service"))
            .chain([node(key('C', 0), "customer")])
            .collect(),
        drivers: Vec::new(),
        rules: rules.collect(),
    }
}

fn pool(at: usize, amount: usize) -> Pool {
    Pool { key: key('P', at), name: String::new(), amount: i64::try_from(amount).expect("small") }
}

/// Segments of two senders each, that share by the segment's own driver over all receivers.
fn segments(segments: usize, receivers: usize) -> Model {
    let customers: Vec<Key> = (0..receivers).map(|at| key('C', at)).collect();
    let driver = |segment: usize| Driver {
        key: key('D', segment),
        unit: "units".into(),
        capacity: None,
        quantities: (customers.iter().enumerate())
            .map(|(at, customer)| (customer.clone(), units(segment * 31 + at * 7_919)))
            .collect(),
    };
    let rule = |sender: usize| Rule {
        key: key('R', sender),
        from: key('P', sender),
        basis: Basis::Driver { driver: key('D', sender / 2), to: None },
    };
    Model {
        currency: Currency::EUR,
        layers: vec![layer("customer", Sharing::Direct)],
        pools: (0..2 * segments).map(|at| pool(at, 84_036_090 + 7 * at)).collect(),
        nodes: customers.iter().map(|customer| node(customer.clone(), "customer")).collect(),
        drivers: (0..segments).map(driver).collect(),
        rules: (0..2 * segments).map(rule).collect(),
    }
}
