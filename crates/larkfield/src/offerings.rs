//! What can be taken of each service: its unit, its price, the levels it promises.

use kernel::{Currency, Decimal, Price};

use crate::types::{Charging, Offering, PriceVersion, ServiceLevel};
use crate::years::Years;

/// Fifteen offerings of fourteen services: all at cost, but workplaces and identities, whose price
/// is on the rate card of the year.
pub(crate) fn offerings(years: Years) -> Vec<Offering> {
    [
        ("VOICESTD", "VOICE", "Voice & text", "1,000 minutes", "99.95", "%"),
        ("3GSTD", "3G", "3G data", "subscriber", "99.8", "%"),
        ("ROAMDATA", "ROAM", "Data abroad", "GB abroad", "99.5", "%"),
        ("TOPUPSTD", "TOPUP", "Top-up", "top-up", "99.9", "%"),
        ("VMAILBOX", "VMAIL", "Mailbox", "mailbox", "99.5", "%"),
        ("FLEETDEV", "FLEET", "Managed phone", "device", "99.9", "%"),
        ("M2MSIM", "M2M", "Machine line", "machine", "99.9", "%"),
        ("BILLINV", "BILL", "Invoice", "invoice", "99.7", "%"),
        ("CARESEAT", "CARE", "Agent seat", "seat", "99.5", "%, 07:00–22:00"),
        ("POSTILL", "POS", "Till", "till", "99.7", "%, shop hours"),
        ("SELFACC", "SELF", "Active account", "account", "99.8", "%"),
        ("DWHHOUR", "DWH", "Report hour", "report hour", "99.0", "%, working days 06:00–20:00"),
        ("WORKPLACE", "WORK", "Workplace", "person", "99.5", "%, working days 07:00–19:00"),
        ("IAMID", "IAM", "Identity", "identity", "99.9", "%"),
        ("IAMPARTNER", "IAM", "Identity, partners", "identity", "99.9", "%"),
    ]
    .into_iter()
    .map(|(key, service, name, unit, target, of)| Offering {
        key: key.into(),
        service: service.into(),
        name: name.into(),
        unit: unit.into(),
        charging: charging(years, service),
        levels: levels(service, target, of),
    })
    .collect()
}

/// Prices of FY26 were set at plan cost ÷ planned quantity: €78.85 a workplace, €26.28 an identity.
fn charging(years: Years, service: &str) -> Charging {
    let (last_year, this_year) = match service {
        "WORK" => (7720, 7885),
        "IAM" => (2565, 2628),
        _ => return Charging::Cost,
    };
    let version = |year: i32, cents: i64| PriceVersion {
        rate_card: format!("rate card {}", years.fiscal(year)),
        from: years.month(year - 1, 10),
        price: Price::new(Decimal::new(cents, 2), Currency::EUR),
        edited_by: "priya.venkataraman".into(),
        approved_by: "henrik.dahl".into(),
    };
    Charging::Fixed(vec![version(2025, last_year), version(2026, this_year)])
}

fn levels(service: &str, availability: &str, of: &str) -> Vec<ServiceLevel> {
    let level = |measure: &str, target: &str, unit: &str| ServiceLevel {
        measure: measure.into(),
        target: target.into(),
        unit: unit.into(),
    };
    let mut levels = vec![level("availability", availability, of)];
    match service {
        "FLEET" => levels.push(level("lost phone replaced", "1", "day")),
        "BILL" => levels.push(level("invoices out", "3", "working days")),
        "TOPUP" => levels.push(level("credit on the phone", "10", "seconds")),
        "CARE" => levels.push(level("customer on the screen", "2", "seconds")),
        "IAM" => levels.push(level("access withdrawn", "4", "hours")),
        _ => {}
    }
    levels
}
