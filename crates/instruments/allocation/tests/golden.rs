//! Every `tests/cases/*.md` is a case a finance person can read: prose with its source, tables of
//! pools, receivers, drivers and rules, and what must come out. `BLESS=1` rewrites the tables
//! *Expected*; the tables *Published* hold what the source prints and are never rewritten.

mod case;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use allocation::{Allocation, Error, Model, allocate};
use case::{Case, Row};
use kernel::{Currency, Money};

#[test]
fn every_case_comes_out_as_its_source_says() {
    let mut wrong = Vec::new();
    for path in case_files() {
        let text = std::fs::read_to_string(&path).unwrap();
        let case = Case::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let got = outcome(&case.model);
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        wrong.extend(published_misses(&case, &got).into_iter().map(|miss| format!("{name}: {miss}")));
        if case.expected != got && std::env::var("BLESS").is_ok() {
            std::fs::write(&path, Case::with_expected(&text, &got)).unwrap();
        } else if case.expected != got {
            wrong.push(format!("{name}\nexpected\n{}got\n{}", table(&case.expected), table(&got)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_case_names_its_source() {
    let paths = case_files();
    assert!(paths.len() >= 12);
    for path in paths {
        assert!(std::fs::read_to_string(&path).unwrap().contains("\nSource: "), "{}", path.display());
    }
}

fn case_files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    paths
}

/// What every receiver got, what was solved, what was left: the table *Expected*.
fn outcome(model: &Model) -> Vec<Row> {
    let result = match allocate(model) {
        Ok(result) => result,
        Err(Error::ClosedLoop { layer, members }) => {
            return vec![Row::new("closed loop", &layer, members.join(", "))];
        }
        Err(error) => return vec![Row::new("refused", error.code(), error.to_string())],
    };
    let money = |minor: i64| Money::of_minor(minor, model.currency).grouped();
    let mut rows = gross_rows(&result);
    let mut received: BTreeMap<&str, i64> = BTreeMap::new();
    for line in &result.lines {
        *received.entry(&line.to).or_default() += line.amount;
    }
    let is_solved = |node: &str| result.solved.iter().any(|solved| *solved.node == *node);
    for node in &model.nodes {
        if !is_solved(&node.key) {
            let amount = received.get(&*node.key).copied().unwrap_or_default();
            rows.push(Row::new("receives", &node.key, money(amount)));
        }
    }
    let mut left: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for residual in &result.residuals {
        *left.entry((residual.reason.code(), &residual.node)).or_default() += residual.amount;
    }
    rows.extend(left.iter().map(|((reason, node), amount)| Row::new(reason, node, money(*amount))));
    let finals: i64 = result.finals.iter().map(|(_, amount)| amount).sum();
    rows.push(Row::new("total", "last layer", money(finals)));
    rows.push(Row::new("total", "residuals", money(left.values().sum())));
    rows.push(Row::new("total", "pools", money(model.pools.iter().map(|pool| pool.amount).sum())));
    rows
}

fn gross_rows(result: &Allocation) -> Vec<Row> {
    let json = result.to_json();
    (json["solved"].as_array().unwrap().iter())
        .map(|solved| {
            let gross = Money::parse(solved["gross"].as_str().unwrap(), result.currency).unwrap();
            Row::new("gross", solved["node"].as_str().unwrap(), gross.grouped())
        })
        .collect()
}

/// `~91,057` is what a source rounds to whole units (one off is its rounding); else exact.
fn published_misses(case: &Case, got: &[Row]) -> Vec<String> {
    let minor =
        |text: &str, currency: Currency| Money::parse(&text.replace(',', ""), currency).unwrap().minor();
    let mut misses = Vec::new();
    for row in &case.published {
        let Some(mine) = got.iter().find(|mine| mine.what == row.what && mine.place == row.place) else {
            misses.push(format!("published but not there: {row:?}"));
            continue;
        };
        let (rounded, text) = row.value.strip_prefix('~').map_or((false, &*row.value), |text| (true, text));
        let currency = case.model.currency;
        let allowed = if rounded { 10_i64.pow(currency.digits()) } else { 0 };
        if (minor(text, currency) - minor(&mine.value, currency)).abs() > allowed {
            misses.push(format!("published {row:?}, got {}", mine.value));
        }
    }
    misses
}

fn table(rows: &[Row]) -> String {
    rows.iter().map(|row| format!("| {} | {} | {} |\n", row.what, row.place, row.value)).collect()
}
