//! The answer, computed anew from the rows in the plainest way there is.

use std::collections::BTreeMap;

use md5::{Digest, Md5};

use super::{Row, account_rules, tag_rules, units};

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
