//! A month of cost: what the story names line by line, and around it ordinary lines that fill each
//! pool to its actual, to the cent.

use kernel::Period;
use kernel::split::largest_remainder;

use super::seed::Seed;
use super::sources::{self, Source};
use super::{Row, document_prefix, export_date};
use crate::drivers::{CONTRACTOR_RATE, esim_waits, integrator_hours, test_cloud};
use crate::money::{POOLS, plan};
use crate::rates::average;
use crate::years::Years;

/// Lines per pool in an ordinary month: about 200, so that 24 months load quickly.
const ORDINARY: [usize; 9] = [40, 16, 24, 26, 20, 20, 20, 18, 10];

/// Lines per pool in September 2026: 8,412.
const SEPTEMBER: [usize; 9] = [3200, 412, 900, 1100, 700, 900, 600, 450, 150];

/// A document holds at most this many lines.
const LINES_PER_DOCUMENT: usize = 9;

/// A line before it has a document.
struct Line {
    day: u32,
    pool: usize,
    source: Source,
    amount: i64,
    euro_cents: i64,
}

/// All rows of a month as written, by day, then pool, then supplier.
pub(super) fn month(years: Years, written: Period) -> Vec<Row> {
    let counts = if Some(written) == Period::new(2026, 9) { SEPTEMBER } else { ORDINARY };
    let mut lines = Vec::new();
    for row in plan().into_iter().filter(|row| row.month == written) {
        let pool = POOLS.iter().position(|(key, _)| *key == row.pool).expect("one of the nine pools");
        let named = named(written, row.pool, pool);
        let left = row.actual - named.iter().map(|line| line.euro_cents).sum::<i64>();
        let count = counts[pool] - named.len();
        lines.extend(named);
        lines.extend(ordinary(written, row.pool, pool, left, count));
    }
    lines.sort_by_key(|line| (line.day, line.pool, line.source.supplier, line.source.text));
    documents(years, written, lines)
}

/// The lines the story tells of.
fn named(written: Period, key: &str, pool: usize) -> Vec<Line> {
    let september = Some(written) == Period::new(2026, 9);
    let june = Some(written) == Period::new(2026, 6);
    let line = |day, account, cost_centre, supplier, text, euro_cents| {
        let source = Source { account, cost_centre, supplier, text, currency: "EUR", weight: 0 };
        Line { day, pool, source, amount: euro_cents, euro_cents }
    };
    match key {
        "EXTERNAL" => {
            let mut lines = Vec::new();
            if esim_waits(written) {
                let contractor =
                    || line(28, "5200", "7520", "Simworks", "eSIM contractor, 168 h", 168 * CONTRACTOR_RATE);
                lines.extend((0..5).map(|_| contractor()));
            }
            let milestone = integrator_hours(written) * CONTRACTOR_RATE;
            if milestone > 0 {
                lines.push(line(
                    20,
                    "5210",
                    "7510",
                    "Axle Integration",
                    "4G integrator milestone",
                    milestone,
                ));
            }
            lines
        }
        "CLOUD" if test_cloud(written) > 0 => {
            let mut test = line(27, "5600", "7510", "Stratus Peak", "4G test environment", 0);
            test.source.currency = "USD";
            let (amount, euro_cents) = converted(test_cloud(written) * 100, "USD", written);
            vec![Line { amount, euro_cents, ..test }]
        }
        "SOFTWARE" if june => {
            let mut spike = line(18, "5500", "7410", "Officium", "True-up of over-deployed licences", 0);
            spike.source.currency = "USD";
            // $253,480.00 at 1.07 dollars per euro.
            let euro_cents = divided(25_348_000 * 10_000, average("USD", written));
            vec![Line { amount: 25_348_000, euro_cents, ..spike }]
        }
        "OUTSIDE" if september => {
            let text = "Credit note: support not rendered in August";
            vec![line(14, "5300", "7410", "Deskfolk", text, -1_248_000)]
        }
        "OTHER" if september => {
            vec![line(22, "5900", "7710", "Paper & Post", "Difference of an invoice", 1)]
        }
        _ => Vec::new(),
    }
}

/// `count` lines that add up to `total` cents, their sizes uneven, their days anywhere in the month.
fn ordinary(written: Period, key: &str, pool: usize, total: i64, count: usize) -> Vec<Line> {
    let sources = sources::of(key);
    let month = u64::try_from(written.year() * 12).expect("a year after 0") + u64::from(written.month());
    let mut seed = Seed::of(key, month);
    let last = chrono::Datelike::day(&written.last_day());
    let weights: Vec<(usize, i128)> = (0..count)
        .map(|n| (n, i128::from(sources[n % sources.len()].weight) * i128::from(600 + seed.below(800))))
        .collect();
    let parts = largest_remainder(total, &weights).expect("every source has a weight");
    let mut lines: Vec<Line> = parts
        .into_iter()
        .enumerate()
        .map(|(n, part)| {
            let source = sources[n % sources.len()];
            let (amount, euro_cents) = converted(part, source.currency, written);
            // Payroll runs on the 25th.
            let day = if source.account < "5130" { 25 } else { 1 + seed.below(last) };
            Line { day, pool, source, amount, euro_cents }
        })
        .collect();
    let lost = total - lines.iter().map(|line| line.euro_cents).sum::<i64>();
    let euro = lines.iter_mut().find(|line| line.source.currency == "EUR");
    let euro = euro.expect("every pool has a source in euros");
    euro.euro_cents += lost;
    euro.amount += lost;
    lines
}

/// The original amount of `euro_cents` at the month's average, and what it is back in euros.
fn converted(euro_cents: i64, currency: &str, written: Period) -> (i64, i64) {
    if currency == "EUR" {
        return (euro_cents, euro_cents);
    }
    let rate = average(currency, written);
    let amount = divided(euro_cents * rate, 10_000);
    (amount, divided(amount * 10_000, rate))
}

/// `n ÷ d` to the nearest, halves away from zero; `d` > 0.
fn divided(n: i64, d: i64) -> i64 {
    (n.abs() + d / 2) / d * n.signum()
}

/// Puts neighbours of one day, pool and supplier on one document.
fn documents(years: Years, written: Period, lines: Vec<Line>) -> Vec<Row> {
    let prefix = document_prefix(years, "KR", written);
    let (mut number, mut place, mut last) = (0, 0, None);
    lines
        .into_iter()
        .map(|line| {
            let bundle = (line.day, line.pool, line.source.supplier);
            if last == Some(bundle) && place < LINES_PER_DOCUMENT {
                place += 1;
            } else {
                (number, place, last) = (number + 1, 1, Some(bundle));
            }
            Row {
                document: format!("{prefix}{number:05}"),
                line: place,
                date: export_date(years.day(written.year(), written.month(), line.day)),
                account: line.source.account,
                cost_centre: line.source.cost_centre,
                supplier: line.source.supplier,
                text: line.source.text.to_owned(),
                amount: line.amount,
                currency: line.source.currency,
                euro_cents: line.euro_cents,
                service: "",
                customer: "",
            }
        })
        .collect()
}
