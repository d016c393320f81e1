//! One scorer for series whose end is known: ours, the peers' and the competition's forecasts by the same measures.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use forecast::{Forecast, Method, Options, Series, forecast};

/// History and what came, by series.
pub type Data = BTreeMap<String, (Vec<f64>, Vec<f64>)>;

/// Forecasts by series.
pub type Made = BTreeMap<String, Vec<f64>>;

/// Mean symmetric percentage error and mean absolute scaled error.
pub type Errors = (f64, f64);

/// Series and what is asked of them.
pub struct Trial {
    pub data: Data,
    pub season: usize,
    pub horizon: usize,
    /// The errors of NAIVE2, by which the others' are divided.
    pub naive: Errors,
}

/// Rows of `id,t,y,split`, where `split` is `train` or `test`.
pub fn read(text: &str) -> Option<Data> {
    let mut data = Data::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (known, later) = data.entry((*cells.first()?).to_owned()).or_default();
        let part = if *cells.get(3)? == "train" { known } else { later };
        part.push(cells[2].parse().ok()?);
    }
    Some(data)
}

/// Means over series.
pub fn errors(data: &Data, season: usize, made: &Made) -> Errors {
    let (mut smape, mut mase) = (0.0, 0.0);
    for (id, (known, later)) in data {
        let scale = forecast::score::scale(known, season).expect("a series of a competition changes");
        let count = later.len() as f64;
        for (mean, actual) in made[id].iter().zip(later) {
            // Nothing forecast and nothing come is no error.
            let sizes = (mean.abs() + actual.abs()).max(f64::MIN_POSITIVE);
            smape += 200.0 * (mean - actual).abs() / sizes / count;
            mase += (mean - actual).abs() / scale / count;
        }
    }
    (smape / data.len() as f64, mase / data.len() as f64)
}

impl Trial {
    pub fn head(&self, what: &str) {
        println!("{} {what}, {} steps ahead; OWA is relative to NAIVE2", self.data.len(), self.horizon);
        println!("{:<36}{:>8}{:>8}{:>8}{:>10}{:>12}", "", "sMAPE", "MASE", "OWA", "95 % held", "CPU ms each");
    }

    pub fn line(&self, name: &str, (smape, mase): Errors, held: &str, each: &str) {
        let owa = f64::midpoint(smape / self.naive.0, mase / self.naive.1);
        println!("{name:<36}{smape:>8.3}{mase:>8.4}{owa:>8.4}{held:>10}{each:>12}");
    }

    /// All series in one call, so that their intervals learn from each other.
    pub fn ours(&self, method: Option<Method>) {
        let name = method.map_or("ets+dot, default".to_owned(), |method| method.to_string());
        self.timed(&format!("quarterdeck ({name})"), method, |series, options| {
            forecast(series, options).expect("the series are clean")
        });
    }

    /// Each series in a call of its own, as somebody forecasts who has no other.
    pub fn alone(&self) {
        self.timed("quarterdeck (each series alone)", None, |series, options| {
            let one = |series: &Series| forecast(std::slice::from_ref(series), options);
            series.iter().flat_map(|series| one(series).expect("the series are clean")).collect()
        });
    }

    fn timed(&self, name: &str, method: Option<Method>, work: impl Fn(&[Series], &Options) -> Vec<Forecast>) {
        let series: Vec<Series> = self.data.iter().map(|(id, (known, _))| Series::new(id, known)).collect();
        let options = Options { method, ..Options::new(self.season, self.horizon) };
        let before = cpu_seconds();
        let made = work(&series, &options);
        let each = 1e3 * (cpu_seconds() - before) / self.data.len() as f64;
        let held = self.held(&made);
        let means = made.into_iter().map(|one| (one.id, one.mean)).collect();
        let errors = errors(&self.data, self.season, &means);
        self.line(name, errors, &format!("{held:.4}"), &format!("{each:.2}"));
    }

    /// The share of values inside of the 95 % intervals.
    fn held(&self, made: &[Forecast]) -> f64 {
        let (mut held, mut count) = (0, 0);
        for one in made {
            let (_, later) = &self.data[&one.id];
            let ends = one.bands[1].lower.iter().zip(&one.bands[1].upper);
            held +=
                ends.zip(later).filter(|((lower, upper), actual)| lower <= actual && actual <= upper).count();
            count += later.len();
        }
        held as f64 / count as f64
    }

    /// statsforecast on the same series: lines of name, sMAPE, MASE, share held and CPU milliseconds per series.
    pub fn peer(&self, file: &Path) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peer.py");
        let asked = [self.season.to_string(), self.horizon.to_string()];
        let output = Command::new(python()).arg(script).arg(file).args(asked).output();
        let Some(output) = output.ok().filter(|output| output.status.success()) else {
            println!(
                "statsforecast is not there: pip install statsforecast, and PEER_PYTHON=… for its Python"
            );
            return;
        };
        for row in String::from_utf8_lossy(&output.stdout).lines() {
            let cells: Vec<&str> = row.split(',').collect();
            let number =
                |index: usize| cells.get(index).and_then(|cell| cell.parse::<f64>().ok()).unwrap_or(f64::NAN);
            self.line(cells[0], (number(1), number(2)), cells[3], cells[4]);
        }
    }
}

/// The Python that has the peers.
pub fn python() -> String {
    std::env::var("PEER_PYTHON").unwrap_or_else(|_| "python3".into())
}

/// CPU seconds of this thread: everything here runs on one.
pub fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|cell| cell.parse::<f64>().ok());
    nanoseconds.unwrap_or_default() / 1e9
}
