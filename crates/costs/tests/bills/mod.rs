//! Bills of any kind to try things on: the same rows, written in many ways; and the answer, computed anew from the
//! rows in the plainest way there is.
#![allow(dead_code, unused_imports, reason = "each test file takes what it needs")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use calc::{Answer, Stop};
use kernel::Headway;

mod kinds;
mod plain;

pub use kinds::{Cost, Tag, batch, csv, gzip, parquet, written};
pub use plain::expected;

/// A row of a bill.
#[derive(Clone, Debug)]
pub struct Row {
    /// Millionths.
    pub cost: i64,
    pub account: String,
    pub tag: Option<String>,
    /// 1 to 12, of 2026.
    pub month: u32,
    pub hour: u32,
}

/// Units of a service by customer, each month alike but for the month's number.
const CUSTOMERS: u64 = 7;
const SERVICES: u64 = 5;

/// A generator of numbers: the constants of Knuth's MMIX.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// The same rows for the same seed.
pub fn rows(count: usize, seed: u64) -> Vec<Row> {
    let mut chance = Chance(seed);
    let row = |_| {
        let magnitude = 10_i64.pow(chance.below(9) as u32);
        let cost = chance.below(9_999) as i64 * magnitude / 1_000;
        Row {
            // Small credits, so that no month of a service is one.
            cost: if chance.below(50) == 0 { -cost / 50 } else { cost },
            account: format!("acc-{:03}", chance.below(40)),
            tag: (chance.below(10) > 2).then(|| format!("app-{:03}", chance.below(90))),
            month: 1 + chance.below(12) as u32,
            hour: chance.below(28 * 24) as u32,
        }
    };
    (0..count).map(row).collect()
}

pub fn tag_rules() -> BTreeMap<String, String> {
    (0..75_u64).map(|tag| (format!("app-{tag:03}"), format!("svc-{}", tag * 7 % SERVICES))).collect()
}

pub fn account_rules() -> BTreeMap<String, String> {
    (0..40_u64).step_by(3).map(|one| (format!("acc-{one:03}"), format!("svc-{}", one % SERVICES))).collect()
}

pub fn units() -> BTreeMap<(String, String, String), i64> {
    let mut units = BTreeMap::new();
    for (service, customer) in (0..SERVICES).flat_map(|s| (0..CUSTOMERS).map(move |c| (s, c))) {
        for month in 1..=12_u64 {
            let key = (format!("svc-{service}"), format!("cust-{customer}"), format!("2026-{month:02}"));
            units.insert(key, (1 + service * 31 + customer * customer * 17 + month * 3) as i64);
        }
    }
    units
}

/// A folder for one test, removed with it.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    pub fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Rules and drivers.
    pub fn tables(&self) {
        let rules = |heading: &str, rules: &BTreeMap<String, String>| {
            let lines = rules.iter().map(|(word, service)| format!("{word},{service}\n"));
            format!("{heading},service\n{}", lines.collect::<String>())
        };
        self.write("tags.csv", &rules("tag_app", &tag_rules()));
        self.write("accounts.csv", &rules("SubAccountId", &account_rules()));
        let lines = units().into_iter();
        let lines = lines
            .map(|((service, customer, month), units)| format!("{service},{customer},{month},{units}\n"));
        self.write("drivers.csv", &format!("service,customer,month,units\n{}", lines.collect::<String>()));
    }

    /// Runs a verb with this folder's tables.
    pub fn run(&self, verb: &str, more: &[&str]) -> Result<Answer, Stop> {
        let named = ["tag-rules:tags.csv", "account-rules:accounts.csv", "drivers:drivers.csv"];
        let mut words = vec!["costs".to_owned(), verb.to_owned()];
        for one in named {
            let (word, file) = one.split_once(':').unwrap();
            if !more.contains(&format!("--{word}").as_str()) {
                words.extend([format!("--{word}"), self.path(file)]);
            }
        }
        words.extend(more.iter().map(|word| (*word).to_owned()));
        run(&words)
    }

    /// Runs `costs allocate` on `usage`, lines to `lines.csv`.
    pub fn allocate(&self, usage: &str, more: &[&str]) -> Result<Answer, Stop> {
        let out = self.path("lines.csv");
        let out = if more.contains(&"--out") { vec![] } else { vec!["--out", out.as_str()] };
        self.run("allocate", &[&["--usage", usage], &out[..], more].concat())
    }

    /// What is said against it; and there is no file of lines, nor half of one.
    pub fn refused(&self, usage: &str, more: &[&str]) -> String {
        let says = match self.allocate(usage, more) {
            Ok(answer) => panic!("{}", answer.json),
            Err(Stop::Unclean(says) | Stop::Usage(says) | Stop::Failed(says)) => says,
        };
        let names = std::fs::read_dir(&self.0).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = names.filter(|name| name.to_string_lossy().contains("lines")).collect();
        assert!(left.is_empty(), "{left:?}");
        says.replace(&format!("{}/", self.0.display()), "")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the words after `quarterdeck`.
pub fn run(words: &[String]) -> Result<Answer, Stop> {
    let said = costs::command().try_get_matches_from(words).unwrap_or_else(|error| panic!("{error}"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(costs::run(&said, &Headway::default()))
}
