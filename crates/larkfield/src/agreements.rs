//! Who takes which offering, from when, and how it is settled.

use kernel::{Period, Quantity};

use crate::types::{AgreedQuantity, Agreement, Settlement};
use crate::usage::{AGREED, MEASURED, PARTNER_IDENTITIES, Usage};
use crate::years::{Years, written_months};

/// All agreements were there at the take-over in October 2024, but one: on 1 September Business
/// Sales ordered identities for its partners.
pub(crate) fn agreements(years: Years) -> Vec<Agreement> {
    let mut all = Vec::new();
    for usage in &MEASURED {
        for &(customer, september) in usage.september {
            all.push(measured(years, usage, customer, september));
        }
    }
    for (offering, takers) in AGREED {
        for &(customer, last_year, this_year) in takers {
            let mut steps = vec![(years.month(2024, 10), Quantity::of_units(last_year))];
            if this_year != last_year {
                steps.push((years.month(2025, 10), Quantity::of_units(this_year)));
            }
            all.push(agreement(years, customer, offering, AgreedQuantity::Agreed(steps)));
        }
    }
    let partners = vec![(years.month(2026, 9), Quantity::of_units(PARTNER_IDENTITIES))];
    let mut new = agreement(years, "BS", "IAMPARTNER", AgreedQuantity::Agreed(partners));
    new.from = years.day(2026, 9, 1);
    new.ordered = true;
    all.push(new);
    all
}

fn measured(years: Years, usage: &Usage, customer: &str, september: i64) -> Agreement {
    let first = written_months().next().expect("24 months have a first");
    // Agreed at the take-over, then for each year, then for the months in which August's use stands.
    let mut agreed: Vec<(Period, Quantity)> = Vec::new();
    for month in [first, Period::new(2025, 10).unwrap_or(first), Period::new(2026, 8).unwrap_or(first)] {
        let quantity = Quantity::of_units(usage.quantity(customer, september, month));
        if agreed.last().is_none_or(|(_, before)| *before != quantity) {
            agreed.push((years.told(month), quantity));
        }
    }
    let quantity = AgreedQuantity::Measured { driver: usage.driver.into(), agreed };
    let mut agreement = agreement(years, customer, offering_of(usage.service), quantity);
    if usage.service == "VMAIL" {
        agreement.to = Some(years.day(2027, 3, 31));
    }
    agreement
}

fn agreement(years: Years, customer: &str, offering: &str, quantity: AgreedQuantity) -> Agreement {
    // Units whose money is decided elsewhere are only shown what they use.
    let settlement =
        if matches!(customer, "NETOPS" | "FIN") { Settlement::Memo } else { Settlement::Recharge };
    Agreement {
        customer: customer.into(),
        offering: offering.into(),
        from: years.day(2024, 10, 1),
        to: None,
        notice_days: 90,
        settlement,
        quantity,
        ordered: false,
    }
}

/// The one offering of a measured service.
fn offering_of(service: &str) -> &'static str {
    match service {
        "VOICE" => "VOICESTD",
        "3G" => "3GSTD",
        "ROAM" => "ROAMDATA",
        "TOPUP" => "TOPUPSTD",
        "VMAIL" => "VMAILBOX",
        "FLEET" => "FLEETDEV",
        "M2M" => "M2MSIM",
        "BILL" => "BILLINV",
        "CARE" => "CARESEAT",
        "POS" => "POSTILL",
        "SELF" => "SELFACC",
        "DWH" => "DWHHOUR",
        other => unreachable!("{other} is not measured"),
    }
}
