//! Accuracy, coverage and CPU time on the 756 quarterly series of the M3 competition (Makridakis & Hibon 2000), beside
//! Python's `statsforecast` on the same series in the same run, and the competition's own forecasts.
//!
//! The series are looked for where `M3_QUARTERLY` says, else in `../shared/data/m3` beside the checkout; the peer
//! is run by the Python that `PEER_PYTHON` names, else `python3`.

mod accuracy;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use accuracy::{Made, Trial, cpu_seconds, errors, read};
use forecast::{Method, Options, Series, forecast};

const SEASON: usize = 4;
const HORIZON: usize = 8;

fn main() {
    hundred_months();
    let file = file();
    let Some(data) = unpacked(&file).and_then(|text| read(&text)) else {
        println!("{} is not there: set M3_QUARTERLY to quarterly.csv.gz (id,t,y,split)", file.display());
        return;
    };
    let peers = competition(&file.with_file_name("quarterly-peers.csv.gz"));
    let Some(naive) = peers.get("NAIVE2").map(|made| errors(&data, SEASON, made)) else {
        println!("quarterly-peers.csv.gz is not beside the series: without NAIVE2 there is no OWA");
        return;
    };
    let trial = Trial { data, season: SEASON, horizon: HORIZON, naive };
    trial.head("quarterly series of M3");
    for (name, made) in &peers {
        trial.line(name, errors(&trial.data, SEASON, made), "", "");
    }
    for method in [Method::SeasonalNaive, Method::Theta, Method::DynamicTheta, Method::Ets] {
        trial.ours(Some(method));
    }
    trial.ours(None);
    trial.alone();
    trial.peer(&file);
}

/// Series of 100 months with a season of 12: all windows of the airline's 144 months, 18 months ahead; all of them in
/// one call, and each in one of its own.
fn hundred_months() {
    let text = include_str!("../examples/airline.csv");
    let values: Vec<f64> =
        text.lines().skip(1).filter_map(|line| line.rsplit(',').next()?.parse().ok()).collect();
    let windows = values.windows(100).enumerate();
    let series: Vec<Series> = windows.map(|(t, window)| Series::new(format!("from {t}"), window)).collect();
    let options = Options::new(12, 18);
    for (calls, in_call) in [("in one call", series.len()), ("each alone", 1)] {
        let before = cpu_seconds();
        let made: usize = series
            .chunks(in_call)
            .map(|some| forecast(some, &options).expect("the airline is clean").len())
            .sum();
        let each = 1e3 * (cpu_seconds() - before) / made as f64;
        println!("{made} series of 100 months {calls}, intervals included: {each:.2} CPU ms each");
    }
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

/// Forecasts handed in to the competition, by method and series.
fn competition(file: &Path) -> BTreeMap<String, Made> {
    let mut peers: BTreeMap<String, Made> = BTreeMap::new();
    for line in unpacked(file).unwrap_or_default().lines().skip(1) {
        let mut cells = line.split(',');
        let (method, id) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let made = cells.filter_map(|cell| cell.parse().ok()).collect();
        peers.entry(method.to_owned()).or_default().insert(id.to_owned(), made);
    }
    peers
}
