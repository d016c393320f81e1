//! Bills of any kind to try things on: the same rows, written in many ways; and the answer, computed anew from the
//! rows in the plainest way there is.
#![allow(dead_code, reason = "each test file takes what it needs")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, Decimal64Array, Decimal128Array, Float64Array, MapBuilder, RecordBatch, StringArray,
    StringBuilder, TimestampMicrosecondArray,
};
use calc::{Answer, Stop};
use costs::Headway;
use md5::{Digest, Md5};
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

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

/// Shares by largest remainder, keys in order: the floors, then one each to the largest remainders.
fn split(amount: i128, weights: &[(String, i128)]) -> Vec<(String, i128)> {
    let whole: i128 = weights.iter().map(|(_, weight)| weight).sum();
    let mut parts: Vec<(String, i128, i128)> = weights
        .iter()
        .map(|(key, weight)| (key.clone(), amount * weight / whole, amount * weight % whole))
        .collect();
    let mut left = amount - parts.iter().map(|(_, part, _)| part).sum::<i128>();
    parts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    for part in &mut parts {
        if left > 0 {
            part.1 += 1;
            left -= 1;
        }
    }
    parts.into_iter().map(|(key, part, _)| (key, part)).collect()
}

/// Lines and check value, as `README.md` of the job says them, without anything of the crate.
pub fn expected(rows: &[Row]) -> (BTreeMap<(String, String, String), i128>, String) {
    let (tags, accounts, units) = (tag_rules(), account_rules(), units());
    let mut months: BTreeMap<String, (i128, BTreeMap<String, i128>)> = BTreeMap::new();
    for row in rows {
        let month = months.entry(format!("2026-{:02}", row.month)).or_default();
        month.0 += i128::from(row.cost);
        let service = row.tag.as_ref().and_then(|tag| tags.get(tag)).or_else(|| accounts.get(&row.account));
        if let Some(service) = service {
            *month.1.entry(service.clone()).or_default() += i128::from(row.cost);
        }
    }
    let mut lines = BTreeMap::new();
    for (month, (total, services)) in months {
        assert!(total > 0 && services.values().all(|cost| *cost > 0), "the plain way knows costs only");
        let cents = (total + 5_000) / 10_000;
        for (service, cents) in split(cents, &services.into_iter().collect::<Vec<_>>()) {
            let weights: Vec<(String, i128)> = units
                .iter()
                .filter(|((of, _, at), _)| *of == service && *at == month)
                .map(|((_, customer, _), units)| (customer.clone(), i128::from(*units)))
                .collect();
            for (customer, cents) in split(cents, &weights) {
                lines.insert((customer, service.clone(), month.clone()), cents);
            }
        }
    }
    let text: Vec<String> = lines
        .iter()
        .map(|((customer, service, month), cents)| format!("{customer}{service}{month}{cents}"))
        .collect();
    let digest = Md5::digest(text.join(","));
    (lines, digest.iter().map(|byte| format!("{byte:02x}")).collect())
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
        self.run("allocate", &[&["--usage", usage, "--out", &out], more].concat())
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

/// How costs are kept.
#[derive(Clone, Copy, Debug)]
pub enum Cost {
    Decimal(u8, i8),
    Narrow,
    Float,
    Text,
}

/// How tags are kept.
#[derive(Clone, Copy, Debug)]
pub enum Tag {
    Column,
    Json,
    Map,
}

/// The rows as a table.
pub fn batch(rows: &[Row], cost: Cost, tag: Tag) -> RecordBatch {
    let costs: ArrayRef = match cost {
        Cost::Narrow => {
            let costs: Decimal64Array = rows.iter().map(|row| Some(row.cost)).collect();
            Arc::new(costs.with_precision_and_scale(18, 6).unwrap())
        }
        Cost::Decimal(digits, decimals) => {
            let power = 10_i128.pow(u32::try_from(decimals - 6).unwrap());
            let costs: Decimal128Array = rows.iter().map(|row| Some(i128::from(row.cost) * power)).collect();
            Arc::new(costs.with_precision_and_scale(digits, decimals).unwrap())
        }
        Cost::Float => Arc::new(
            rows.iter().map(|row| Some(written(row.cost).parse::<f64>().unwrap())).collect::<Float64Array>(),
        ),
        Cost::Text => Arc::new(rows.iter().map(|row| Some(written(row.cost))).collect::<StringArray>()),
    };
    let times: TimestampMicrosecondArray = rows.iter().map(|row| Some(time(row))).collect();
    let accounts: StringArray = rows.iter().map(|row| Some(row.account.as_str())).collect();
    let (name, tags): (&str, ArrayRef) = match tag {
        Tag::Column => ("tag_app", Arc::new(rows.iter().map(|row| row.tag.clone()).collect::<StringArray>())),
        Tag::Json => ("Tags", Arc::new(rows.iter().map(json).collect::<StringArray>())),
        Tag::Map => ("Tags", map(rows)),
    };
    RecordBatch::try_from_iter_with_nullable([
        ("EffectiveCost", costs, true),
        ("ChargePeriodStart", Arc::new(times) as ArrayRef, true),
        ("SubAccountId", Arc::new(accounts) as ArrayRef, true),
        (name, tags, true),
    ])
    .unwrap()
}

/// `-12.345678`
pub fn written(cost: i64) -> String {
    let magnitude = cost.unsigned_abs();
    let sign = if cost < 0 { "-" } else { "" };
    format!("{sign}{}.{:06}", magnitude / 1_000_000, magnitude % 1_000_000)
}

/// Microseconds since 1970.
pub fn time(row: &Row) -> i64 {
    const BEFORE: [i64; 12] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    /// 2026-01-01.
    const NEW_YEAR: i64 = 20_454;
    ((NEW_YEAR + BEFORE[row.month as usize - 1]) * 24 + i64::from(row.hour)) * 3_600_000_000
}

fn json(row: &Row) -> Option<String> {
    let tag = row.tag.as_ref();
    tag.map(|tag| format!("{{\"env\": \"prod\", \"app\": \"{tag}\"}}")).or_else(|| Some("{}".to_owned()))
}

fn map(rows: &[Row]) -> ArrayRef {
    let mut maps = MapBuilder::new(None, StringBuilder::new(), StringBuilder::new());
    for row in rows {
        maps.keys().append_value("env");
        maps.values().append_value("prod");
        if let Some(tag) = &row.tag {
            maps.keys().append_value("app");
            maps.values().append_value(tag);
        }
        maps.append(true).unwrap();
    }
    Arc::new(maps.finish())
}

/// Writes a Parquet file in row groups of that many rows.
pub fn parquet(path: &str, batch: &RecordBatch, group_rows: usize, dictionary: bool) {
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(group_rows))
        .set_dictionary_enabled(dictionary)
        .set_data_page_row_count_limit(1_000)
        .set_write_batch_size(500)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
}

/// The rows as CSV.
pub fn csv(rows: &[Row]) -> String {
    let mut text = "EffectiveCost,ChargePeriodStart,SubAccountId,tag_app\n".to_owned();
    for row in rows {
        let (day, hour) = (row.hour / 24 + 1, row.hour % 24);
        let tag = row.tag.as_deref().unwrap_or("NULL");
        let time = format!("2026-{:02}-{day:02} {hour:02}:00:00", row.month);
        text.push_str(&format!("{},{time},{},{tag}\n", written(row.cost), row.account));
    }
    text
}

/// Text, packed.
pub fn gzip(path: &str, text: &str) {
    let mut file = flate2::write::GzEncoder::new(File::create(path).unwrap(), flate2::Compression::fast());
    file.write_all(text.as_bytes()).unwrap();
    file.finish().unwrap();
}
