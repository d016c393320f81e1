//! Accuracy, coverage and CPU time on the 756 quarterly series of the M3 competition (Makridakis & Hibon 2000), beside
//! Python's `statsforecast` on the same series in the same run, and the competition's own forecasts.
//!
//! The series are looked for where `M3_QUARTERLY` says, else in `../shared/data/m3` beside the checkout; the peer
//! is run by the Python that `PEER_PYTHON` names, else `python3`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use forecast::{Method, Options, Series, forecast};

const SEASON: usize = 4;
const HORIZON: usize = 8;

/// History and what came, by series.
type Data = BTreeMap<String, (Vec<f64>, Vec<f64>)>;

fn main() {
    hundred_months();
    let file = file();
    let Some(data) = read(&file) else {
        println!("{} is not there: set M3_QUARTERLY to quarterly.csv.gz (id,t,y,split)", file.display());
        return;
    };
    let peers = competition(&file.with_file_name("quarterly-peers.csv.gz"));
    let Some(naive) = peers.get("NAIVE2").map(|made| errors(&data, made)) else {
        println!("quarterly-peers.csv.gz is not beside the series: without NAIVE2 there is no OWA");
        return;
    };
    println!("{} series, {HORIZON} quarters ahead; OWA is relative to NAIVE2", data.len());
    println!("{:<36}{:>8}{:>8}{:>8}{:>10}{:>12}", "", "sMAPE", "MASE", "OWA", "95 % held", "CPU ms each");
    for (name, made) in &peers {
        line(name, errors(&data, made), naive, "", "");
    }
    for method in [Method::SeasonalNaive, Method::Theta, Method::DynamicTheta, Method::Ets] {
        ours(&data, Some(method), naive);
    }
    ours(&data, None, naive);
    peer(&file, naive);
}

/// Series of 100 months with a season of 12: all windows of the airline's 144 months, 18 months ahead.
fn hundred_months() {
    let text = include_str!("../examples/airline.csv");
    let values: Vec<f64> =
        text.lines().skip(1).filter_map(|line| line.rsplit(',').next()?.parse().ok()).collect();
    let windows = values.windows(100).enumerate();
    let series: Vec<Series> = windows.map(|(t, window)| Series::new(format!("from {t}"), window)).collect();
    let before = cpu_seconds();
    let made = forecast(&series, &Options::new(12, 18)).expect("the airline is clean");
    let each = 1e3 * (cpu_seconds() - before) / made.len() as f64;
    println!("{} series of 100 months, intervals included: {each:.2} CPU ms each", made.len());
}

fn file() -> PathBuf {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/m3/quarterly.csv.gz");
    std::env::var_os("M3_QUARTERLY").map_or_else(beside, PathBuf::from)
}

/// The text of a compressed file.
fn unpacked(file: &Path) -> Option<String> {
    let output =
        Command::new("gzip").arg("-dc").arg(file).output().ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

fn read(file: &Path) -> Option<Data> {
    let mut data = Data::new();
    for line in unpacked(file)?.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (known, later) = data.entry(cells[0].to_owned()).or_default();
        let part = if cells[3] == "train" { known } else { later };
        part.push(cells[2].parse().ok()?);
    }
    Some(data)
}

/// Forecasts handed in to the competition, by method and series.
fn competition(file: &Path) -> BTreeMap<String, BTreeMap<String, Vec<f64>>> {
    let mut peers: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    for line in unpacked(file).unwrap_or_default().lines().skip(1) {
        let mut cells = line.split(',');
        let (method, id) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let made = cells.filter_map(|cell| cell.parse().ok()).collect();
        peers.entry(method.to_owned()).or_default().insert(id.to_owned(), made);
    }
    peers
}

/// Mean symmetric percentage error and mean absolute scaled error, over series.
fn errors(data: &Data, made: &BTreeMap<String, Vec<f64>>) -> (f64, f64) {
    let (mut smape, mut mase) = (0.0, 0.0);
    for (id, (known, later)) in data {
        let scale = forecast::score::scale(known, SEASON).expect("a series of M3 changes");
        for (mean, actual) in made[id].iter().zip(later) {
            smape += 200.0 * (mean - actual).abs() / (mean.abs() + actual.abs());
            mase += (mean - actual).abs() / scale;
        }
    }
    let count = (data.len() * HORIZON) as f64;
    (smape / count, mase / count)
}

fn line(name: &str, (smape, mase): (f64, f64), naive: (f64, f64), held: &str, each: &str) {
    let owa = f64::midpoint(smape / naive.0, mase / naive.1);
    println!("{name:<36}{smape:>8.3}{mase:>8.4}{owa:>8.4}{held:>10}{each:>12}");
}

fn ours(data: &Data, method: Option<Method>, naive: (f64, f64)) {
    let series: Vec<Series> = data.iter().map(|(id, (known, _))| Series::new(id, known)).collect();
    let before = cpu_seconds();
    let made = forecast(&series, &Options { method, ..Options::new(SEASON, HORIZON) }).expect("M3 is clean");
    let each = 1e3 * (cpu_seconds() - before) / data.len() as f64;
    let mut held = 0;
    for one in &made {
        let (_, later) = &data[&one.id];
        let ends = one.bands[1].lower.iter().zip(&one.bands[1].upper);
        held += ends.zip(later).filter(|((lower, upper), actual)| lower <= actual && actual <= upper).count();
    }
    let held = held as f64 / (data.len() * HORIZON) as f64;
    let means = made.into_iter().map(|one| (one.id, one.mean)).collect();
    let name =
        method.map_or("quarterdeck (ets+dot, default)".into(), |method| format!("quarterdeck {method}"));
    line(&name, errors(data, &means), naive, &format!("{held:.4}"), &format!("{each:.2}"));
}

/// CPU seconds of this thread: everything here runs on one.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|cell| cell.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}

/// The peer prints lines of name, sMAPE, MASE, share held and CPU milliseconds per series.
fn peer(file: &Path, naive: (f64, f64)) {
    let python = std::env::var("PEER_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer.py");
    let output = Command::new(&python).arg(script).arg(file).output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        println!("statsforecast is not there: pip install statsforecast, and PEER_PYTHON=… for its Python");
        return;
    };
    for row in String::from_utf8_lossy(&output.stdout).lines() {
        let cells: Vec<&str> = row.split(',').collect();
        let number =
            |index: usize| cells.get(index).and_then(|cell| cell.parse::<f64>().ok()).unwrap_or(f64::NAN);
        line(cells[0], (number(1), number(2)), naive, cells[3], cells[4]);
    }
}
