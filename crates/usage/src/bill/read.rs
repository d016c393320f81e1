//! Reading a summary: every part of it in order, and the parts adding up to the whole. Pure.

use std::collections::BTreeSet;

use access::secret;
use chrono::NaiveDate;
use kernel::{Currency, FieldError, Period, Refusal};
use serde_json::json;

use super::entity::{BASES, Read, Sum, Summary, UNMATCHED};
use crate::exact::Exact;
use crate::input::{all_fine, name_wrong};

/// The summary read; refused with every part of it that is wrong. `services` are the keys rules may lead to.
pub(super) fn read(summary: &Summary, services: &BTreeSet<String>) -> Result<Read, Refusal> {
    let mut wrong = Vec::new();
    let period = summary.period.trim().parse::<Period>();
    let period = period.map_err(|says| name_wrong(&mut wrong, "period", says)).ok();
    let currency = Currency::parse(summary.currency.trim());
    let currency = currency.map_err(|error| name_wrong(&mut wrong, "currency", error.to_string())).ok();
    words(summary, &mut wrong);
    files(summary, &mut wrong);
    let total = exact("total", &summary.total, &mut wrong);
    let sums = sums(summary, services, &mut wrong);
    if wrong.is_empty() {
        add_up(summary, &total, &sums, &mut wrong);
    }
    all_fine(wrong)?;
    let (Some(period), Some(currency)) = (period, currency) else {
        return Err(Refusal::field("summary", "It has neither month nor currency."));
    };
    Ok(Read {
        supplier: summary.supplier.clone(),
        period,
        currency,
        spread: summary.unmatched == "spread",
        total,
        digest: digest(summary, &sums),
        sums,
        rules_digest: secret::digest(&json!(summary.rules).to_string()),
    })
}

/// Key of the supplier, the choices and the days.
fn words(summary: &Summary, wrong: &mut Vec<FieldError>) {
    let key = summary.supplier.as_str();
    let fits =
        (2..=12).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !fits {
        name_wrong(wrong, "supplier", "Enter a key of 2 to 12 capital letters and digits, for example AWS.");
    }
    for (field, word, choices) in
        [("basis", &summary.basis, BASES), ("unmatched", &summary.unmatched, UNMATCHED)]
    {
        if !choices.contains(&word.as_str()) {
            name_wrong(wrong, field, format!("Say {} or {}, not “{word}”.", choices[0], choices[1]));
        }
    }
    let mut day = |field: &str, text: &str| {
        let day = text.parse::<NaiveDate>();
        day.map_err(|_| name_wrong(wrong, field, format!("“{text}” is no day. Write it as 2026-09-30."))).ok()
    };
    let days = (day("first_day", &summary.first_day), day("last_day", &summary.last_day));
    if let (Some(first), Some(last)) = days
        && first > last
    {
        name_wrong(wrong, "last_day", format!("{last} is before {first}."));
    }
}

fn files(summary: &Summary, wrong: &mut Vec<FieldError>) {
    if summary.files.is_empty() {
        name_wrong(wrong, "files", "Name the files the bill was read from.");
    }
    let mut seen = BTreeSet::new();
    for file in &summary.files {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if file.sha256.len() != 64 || !file.sha256.bytes().all(hex) {
            let says = format!("{}: its SHA-256 is 64 digits of 0-9 and a-f.", file.name);
            name_wrong(wrong, "files", says);
        }
        if !seen.insert(&file.sha256) {
            name_wrong(wrong, "files", format!("{} holds the same bytes as another file.", file.name));
        }
    }
}

fn sums(summary: &Summary, services: &BTreeSet<String>, wrong: &mut Vec<FieldError>) -> Vec<Sum> {
    let mut sums = Vec::new();
    let mut seen = BTreeSet::new();
    for of in &summary.services {
        if !services.contains(&of.service) {
            let says = format!(
                "There is no service {}. Mend the rule that names it, or add the service.",
                of.service
            );
            name_wrong(wrong, "services", says);
        }
        if !seen.insert(&of.service) {
            name_wrong(wrong, "services", format!("{} is there twice.", of.service));
        }
        let total = exact("services", &of.total, wrong);
        sums.push(Sum { service: of.service.clone(), rows: of.rows, total });
    }
    let total = exact("unmatched_total", &summary.unmatched_total, wrong);
    if summary.unmatched_rows != 0 || !total.is_zero() {
        sums.push(Sum { service: String::new(), rows: summary.unmatched_rows, total });
    }
    sums.sort_by(|one, other| one.service.cmp(&other.service));
    sums
}

/// The parts are the whole: costs and rows.
fn add_up(summary: &Summary, total: &Exact, sums: &[Sum], wrong: &mut Vec<FieldError>) {
    let all = sums.iter().fold(Exact::default(), |all, sum| all.plus(&sum.total));
    if all != *total {
        name_wrong(wrong, "total", format!("The services sum to {all}, not to {total}."));
    }
    if together(sums.iter().map(|sum| sum.rows)) != Some(summary.rows) {
        name_wrong(wrong, "rows", format!("The services have not {} rows together.", summary.rows));
    }
    let refused = summary.refused.iter().map(|refused| refused.rows);
    let parts = together(refused.chain([summary.rows]));
    if parts.is_none() || together(summary.files.iter().map(|file| file.rows)) != parts {
        name_wrong(wrong, "files", "Their rows are not those that count and those refused.");
    }
}

/// Counts together; none where one is no count.
fn together(mut rows: impl Iterator<Item = i64>) -> Option<i64> {
    rows.try_fold(0_i64, |all, rows| all.checked_add(rows).filter(|_| rows >= 0))
}

/// A total in digits; zero where it is none, and named.
fn exact(field: &str, text: &str, wrong: &mut Vec<FieldError>) -> Exact {
    Exact::parse(text).unwrap_or_else(|| {
        let says = format!(
            "“{text}” is no amount. Write digits and a point, such as -12.345: at most 38 before and 38 behind it."
        );
        name_wrong(wrong, field, says);
        Exact::default()
    })
}

/// SHA-256 over everything the sums come from, and the sums. Names and order of files play no part.
fn digest(summary: &Summary, sums: &[Sum]) -> String {
    let mut files: Vec<&str> = summary.files.iter().map(|file| file.sha256.as_str()).collect();
    files.sort_unstable();
    let rules: Vec<(&str, &str)> =
        summary.rules.iter().map(|rules| (rules.kind.as_str(), rules.text.as_str())).collect();
    let sums: Vec<(&str, i64, String)> =
        sums.iter().map(|sum| (sum.service.as_str(), sum.rows, sum.total.to_string())).collect();
    let all = json!([
        summary.supplier,
        summary.period.trim(),
        summary.basis,
        summary.currency.trim(),
        summary.unmatched,
        summary.columns,
        files,
        rules,
        sums,
    ]);
    secret::digest(&all.to_string())
}

#[cfg(test)]
mod tests;
