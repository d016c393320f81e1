//! What the services earn outside: yearly figures spread over months by working days, to the cent.

use kernel::Period;
use kernel::split::largest_remainder;

use super::{Row, document_prefix, export_date};
use crate::years::{Years, months_of, working_days};

/// Service, account, euros of FY25 and of FY26. FY26 is told by the story, FY25 leads up to it.
const REVENUE: [(&str, &str, i64, i64); 7] = [
    ("VOICE", "4200", 101_900_000, 98_400_000),
    ("3G", "4100", 112_300_000, 121_700_000),
    ("ROAM", "4300", 21_400_000, 22_900_000),
    ("TOPUP", "4400", 10_300_000, 9_800_000),
    ("VMAIL", "4100", 1_490_000, 1_150_000),
    ("FLEET", "4500", 29_200_000, 31_600_000),
    ("M2M", "4500", 5_300_000, 6_200_000),
];

/// Shares of a service's revenue by who pays it, in thousandths; no name for all others. North
/// Grid's 38,400 meters are a quarter of all machines.
fn payers(service: &str) -> &'static [(&'static str, i128)] {
    match service {
        "FLEET" => &[("", 790), ("COAST", 35), ("HHT", 70), ("POST", 105)],
        "M2M" => &[("", 748), ("NGRID", 252)],
        _ => &[("", 1)],
    }
}

/// The income lines of a month as written: one per service and payer, credits as the ledger signs them.
pub(super) fn month(years: Years, written: Period) -> Vec<Row> {
    let document = format!("{}00001", document_prefix(years, "RV", written));
    let mut rows = Vec::new();
    for (service, account, last_year, this_year) in REVENUE {
        let payers = payers(service);
        let parts = largest_remainder(of_month(written, last_year, this_year), payers);
        for ((customer, _), part) in payers.iter().zip(parts.expect("payers have shares")) {
            rows.push(Row {
                document: document.clone(),
                line: rows.len() + 1,
                date: export_date(years.shift(written.last_day())),
                account,
                cost_centre: "",
                supplier: "",
                text: format!("Revenue {service}"),
                amount: -part,
                currency: "EUR",
                euro_cents: -part,
                service,
                customer,
            });
        }
    }
    rows
}

/// Cents of the month: the year's over its working days, largest remainder.
fn of_month(written: Period, last_year: i64, this_year: i64) -> i64 {
    let in_last = months_of(2025).any(|month| month == written);
    let (year, euros) = if in_last { (2025, last_year) } else { (2026, this_year) };
    let weights: Vec<(Period, i128)> =
        months_of(year).map(|month| (month, i128::from(working_days(month)))).collect();
    let parts = largest_remainder(euros * 100, &weights).expect("months have working days");
    let place = weights.iter().position(|(month, _)| *month == written);
    parts[place.expect("a month lies in its year")]
}
