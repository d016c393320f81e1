//! What is measured to share cost: hours, contractor hours, tagged cloud spend and energy carry
//! pools to services; subscribers, minutes, seats … carry services to customers.

use kernel::split::largest_remainder;
use kernel::{Period, Quantity};

use crate::money::{PlanRow, plan};
use crate::types::{Driver, DriverQuantity, Receivers};
use crate::usage::MEASURED;
use crate::years::{Years, working_days, written_months};

/// Weights of a pool over services, by service key.
pub(crate) type Weights = [(&'static str, i64)];

/// Tenths of an hour booked per working day. 4G's are booked from its charter on.
///
/// How the weights here and in `rules` were found: a bounded least-squares fit of pool × service in
/// thousand euros of FY26. Its conditions: each service's cost, each pool's actual, the largest
/// bands of the cost flow (telecom → VOICE 4,570, hardware → 3G 3,970, labour → 3G 3,780, VOICE
/// 3,340, BILL 2,780), every other band below them, and about the same rise of each service from
/// August to September. Hours are the fit at €55 an hour and 251 days, kilowatts at €1,400 a year.
pub(crate) const LABOUR: &Weights = &[
    ("VOICE", 2419),
    ("3G", 2738),
    ("ROAM", 261),
    ("TOPUP", 521),
    ("VMAIL", 262),
    ("FLEET", 319),
    ("M2M", 232),
    ("BILL", 2014),
    ("CARE", 1767),
    ("POS", 1110),
    ("SELF", 1152),
    ("DWH", 1325),
    ("WORK", 690),
    ("IAM", 397),
    ("4G", 901),
];

/// Kilowatts drawn, on the mean of the year.
pub(crate) const KILOWATTS: &Weights = &[
    ("VOICE", 1259),
    ("3G", 1743),
    ("ROAM", 71),
    ("TOPUP", 105),
    ("VMAIL", 157),
    ("FLEET", 37),
    ("M2M", 80),
    ("BILL", 639),
    ("CARE", 440),
    ("POS", 210),
    ("SELF", 100),
    ("DWH", 288),
    ("WORK", 94),
    ("IAM", 37),
    ("4G", 213),
];

/// Contractors outside the two projects: shares of their hours.
pub(crate) const CONTRACTORS: &Weights = &[
    ("VOICE", 250),
    ("3G", 350),
    ("ROAM", 100),
    ("TOPUP", 90),
    ("VMAIL", 10),
    ("FLEET", 200),
    ("M2M", 130),
    ("BILL", 750),
    ("POS", 300),
    ("SELF", 420),
    ("DWH", 560),
    ("WORK", 93),
    ("IAM", 80),
];

/// Cloud outside the 4G test environment: shares of tagged spend.
pub(crate) const CLOUD: &Weights = &[
    ("VOICE", 60),
    ("3G", 90),
    ("ROAM", 60),
    ("TOPUP", 160),
    ("VMAIL", 20),
    ("FLEET", 31),
    ("M2M", 60),
    ("BILL", 620),
    ("CARE", 520),
    ("POS", 280),
    ("SELF", 1250),
    ("DWH", 1150),
    ("WORK", 420),
    ("IAM", 200),
];

/// What the frame contract pays for a contractor's hour, in cents.
pub(crate) const CONTRACTOR_RATE: i64 = 13_700;

/// Five contractors wait for the late eSIM vendor, 168 hours a month each from December to July:
/// four of them inside SELF, one inside FLEET.
pub(crate) const ESIM_HOURS: [(&str, i64); 2] = [("SELF", 4 * 168), ("FLEET", 168)];

/// Hours of 4G's integrator from July 2025 on. They fall in December, when milestones move to FY27.
const INTEGRATOR_HOURS: [i64; 15] =
    [150, 180, 220, 1642, 1642, 1547, 1533, 1518, 1526, 1540, 1540, 1555, 1547, 1460, 1482];

/// Thousand euros of cloud tagged 4G from July 2025 on. From February its test environment runs.
const TEST_CLOUD: [i64; 15] = [20, 30, 40, 90, 92, 93, 90, 172, 174, 174, 174, 174, 173, 165, 164];

/// Whether a month as written lies between December 2025 and July 2026: eSIM waits, 4G's
/// milestones move.
pub(crate) fn esim_waits(written: Period) -> bool {
    (Period::new(2025, 12)..=Period::new(2026, 7)).contains(&Some(written))
}

/// Months since 4G's charter in July 2025; none before.
fn since_charter(written: Period) -> Option<usize> {
    let months = (written.year() - 2025) * 12 + i32::try_from(written.month()).ok()? - 7;
    usize::try_from(months).ok()
}

/// 4G's integrator hours of a month as written.
pub(crate) fn integrator_hours(written: Period) -> i64 {
    since_charter(written).map_or(0, |n| INTEGRATOR_HOURS[n])
}

/// Euros of cloud tagged 4G in a month as written.
pub(crate) fn test_cloud(written: Period) -> i64 {
    since_charter(written).map_or(0, |n| TEST_CLOUD[n] * 1000)
}

/// All drivers: four for services, twelve for customers.
pub(crate) fn drivers() -> Vec<Driver> {
    use Receivers::{Customers, Services};
    [
        ("HOURS", "Hours booked", "hours", "time sheets", Services),
        ("CONTRACTORS", "Contractor hours invoiced", "hours", "supplier portal", Services),
        ("CLOUDTAGS", "Cloud spend by tag", "EUR", "cloud bill, tags", Services),
        ("ENERGY", "Energy metered", "kWh", "meters of sites and data halls", Services),
        ("MINUTES", "Call minutes", "1,000 minutes", "network records", Customers),
        ("SUBSCRIBERS", "3G subscribers", "subscribers", "network records", Customers),
        ("GBABROAD", "Data abroad", "GB abroad", "roaming clearing house", Customers),
        ("TOPUPS", "Top-ups", "top-ups", "top-up platform", Customers),
        ("MAILBOXES", "Mailboxes", "mailboxes", "network records", Customers),
        ("DEVICES", "Managed phones", "devices", "fleet register", Customers),
        ("MACHINES", "Machine lines", "machines", "network records", Customers),
        ("INVOICES", "Invoices and interconnect bills", "invoices", "billing run", Customers),
        ("SEATS", "Customer Care Desktop seats", "seats", "HR headcount", Customers),
        ("TILLS", "Tills", "tills", "shop register", Customers),
        ("ACCOUNTS", "Active self-care accounts", "accounts", "self-care log", Customers),
        ("REPORTHOURS", "Report hours", "report hours", "warehouse scheduler", Customers),
    ]
    .into_iter()
    .map(|(key, name, unit, source, receivers)| Driver {
        key: key.into(),
        name: name.into(),
        unit: unit.into(),
        source: source.into(),
        receivers,
    })
    .collect()
}

/// Every driver's quantities, 24 months.
pub(crate) fn quantities(years: Years) -> Vec<DriverQuantity> {
    let plan = plan();
    let mut all = Vec::new();
    for written in written_months() {
        let period = years.told(written);
        let mut add = |driver: &str, receiver: &str, quantity: Quantity| {
            let (driver, receiver) = (driver.into(), receiver.into());
            all.push(DriverQuantity { driver, period, receiver, quantity });
        };
        for (service, tenths) in hours(written) {
            add("HOURS", service, Quantity::of_millionths(tenths * 100_000));
        }
        for (service, hours) in contractor_hours(written, &plan) {
            add("CONTRACTORS", service, Quantity::of_units(hours));
        }
        for (service, euros) in cloud_tags(written, &plan) {
            add("CLOUDTAGS", service, Quantity::of_units(euros));
        }
        for (service, kilowatt_hours) in energy(written) {
            add("ENERGY", service, Quantity::of_units(kilowatt_hours));
        }
        for usage in &MEASURED {
            for &(customer, september) in usage.september {
                let quantity = usage.quantity(customer, september, written);
                add(usage.driver, customer, Quantity::of_units(quantity));
            }
        }
    }
    all
}

/// Tenths of an hour booked in the month.
fn hours(written: Period) -> Vec<(&'static str, i64)> {
    chartered(LABOUR, written).map(|(service, tenths)| (service, tenths * working_days(written))).collect()
}

/// Kilowatt-hours of the month.
fn energy(written: Period) -> Vec<(&'static str, i64)> {
    use chrono::Datelike;
    let hours = i64::from(written.last_day().day()) * 24;
    chartered(KILOWATTS, written).map(|(service, kilowatts)| (service, kilowatts * hours)).collect()
}

/// The weights without 4G before its charter.
fn chartered(weights: &Weights, written: Period) -> impl Iterator<Item = (&'static str, i64)> {
    let without_4g = since_charter(written).is_none();
    weights.iter().copied().filter(move |(service, _)| !(without_4g && *service == "4G"))
}

/// Hours invoiced: the pool at the frame contract's rate; 4G's and eSIM's are known, the others
/// share what is left.
fn contractor_hours(written: Period, plan: &[PlanRow]) -> Vec<(&'static str, i64)> {
    let invoiced = actual("EXTERNAL", written, plan) / CONTRACTOR_RATE;
    let waiting: i64 = if esim_waits(written) { ESIM_HOURS.iter().map(|(_, hours)| hours).sum() } else { 0 };
    let left = invoiced - integrator_hours(written) - waiting;
    let mut shared = share(left, CONTRACTORS);
    if esim_waits(written) {
        for (service, hours) in ESIM_HOURS {
            let own = shared.iter_mut().find(|(key, _)| *key == service);
            own.expect("eSIM's hosts have contractors").1 += hours;
        }
    }
    with_4g(shared, integrator_hours(written))
}

/// Whole euros tagged: 4G's are known, the others share what is left of the bill.
fn cloud_tags(written: Period, plan: &[PlanRow]) -> Vec<(&'static str, i64)> {
    let bill = actual("CLOUD", written, plan) / 100;
    with_4g(share(bill - test_cloud(written), CLOUD), test_cloud(written))
}

fn with_4g(mut shared: Vec<(&'static str, i64)>, own: i64) -> Vec<(&'static str, i64)> {
    if own > 0 {
        shared.push(("4G", own));
    }
    shared
}

fn share(total: i64, weights: &Weights) -> Vec<(&'static str, i64)> {
    let keyed: Vec<_> = weights.iter().map(|&(key, weight)| (key, i128::from(weight))).collect();
    let parts = largest_remainder(total, &keyed).expect("weights are positive");
    weights.iter().zip(parts).map(|((key, _), part)| (*key, part)).collect()
}

fn actual(pool: &str, written: Period, plan: &[PlanRow]) -> i64 {
    let row = plan.iter().find(|row| row.pool == pool && row.month == written);
    row.expect("the plan has every pool and month").actual
}
