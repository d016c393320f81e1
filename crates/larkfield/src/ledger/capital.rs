//! What 4G builds in FY26: 4.8 million on asset accounts, none of it cost yet.

use kernel::Period;
use kernel::split::largest_remainder;

use super::{Row, document_prefix, export_date};
use crate::money::CAPITAL_4G;
use crate::years::{Years, months_of};

/// How the year's capital falls on its months, October first.
const MONTHS: [i128; 12] = [1, 1, 2, 2, 3, 3, 3, 3, 2, 2, 1, 1];

/// Share of the network in every month's capital; the rest is software.
const NETWORK: [(&str, i128); 2] = [("0210", 70), ("0220", 30)];

/// Two rows a month of FY26, none before.
pub(super) fn month(years: Years, written: Period) -> Vec<Row> {
    let Some(place) = months_of(2026).position(|month| month == written) else { return Vec::new() };
    let weights: Vec<(usize, i128)> = MONTHS.into_iter().enumerate().collect();
    let of_month = largest_remainder(CAPITAL_4G, &weights).expect("months have weights")[place];
    let parts = largest_remainder(of_month, &NETWORK).expect("both accounts have shares");
    let document = format!("{}00001", document_prefix(years, "AN", written));
    NETWORK
        .iter()
        .zip(parts)
        .enumerate()
        .map(|(index, ((account, _), part))| Row {
            document: document.clone(),
            line: index + 1,
            date: export_date(years.day(written.year(), written.month(), 15)),
            account,
            cost_centre: "7510",
            supplier: "Arcadia Radio Systems",
            text: "4G under construction".to_owned(),
            amount: part,
            currency: "EUR",
            euro_cents: part,
            service: "4G",
            customer: "",
        })
        .collect()
}
