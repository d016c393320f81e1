//! What the model makes of the story comes within 2 % of demo.md: nothing of it is typed in.

mod told;

use std::collections::BTreeMap;

use told::{Month, month, run, september_2026};

/// FY26 cost per service, euros (demo.md 4.2).
const COSTS: [(&str, i64); 15] = [
    ("VOICE", 15_570_497),
    ("3G", 16_230_294),
    ("ROAM", 4_417_357),
    ("TOPUP", 2_907_229),
    ("VMAIL", 1_312_844),
    ("FLEET", 3_063_897),
    ("M2M", 3_078_538),
    ("BILL", 8_538_366),
    ("CARE", 6_196_946),
    ("POS", 4_229_226),
    ("SELF", 5_525_581),
    ("DWH", 5_490_966),
    ("WORK", 3_895_363),
    ("IAM", 1_645_757),
    ("4G", 7_153_864),
];

/// FY26 charges per customer, euros (demo.md 4.3).
const CHARGES: [(&str, i64); 6] = [
    ("CONS", 46_745_834),
    ("BS", 18_050_969),
    ("CARE", 7_899_925),
    ("WHOL", 4_138_735),
    ("NETOPS", 2_873_586),
    ("FIN", 2_393_813),
];

fn assert_within(what: &str, cents: i64, euros: i64, permille: i64) {
    let off = (cents - euros * 100).abs();
    assert!(off * 1000 <= euros * 100 * permille, "{what}: {} euros, target {euros}", cents / 100);
}

#[test]
fn a_year_of_costs_charges_and_bands_comes_within_two_percent() {
    let story = september_2026();
    let months: Vec<Month> = (0..12).map(|n| run(&story, month("2025-10").plus(n))).collect();
    for (service, target) in COSTS {
        assert_within(service, months.iter().map(|m| m.costs[service]).sum(), target, 20);
    }
    for (customer, target) in CHARGES {
        assert_within(customer, months.iter().map(|m| m.charged(customer)).sum(), target, 20);
    }
    let catalogue: i64 =
        COSTS[..14].iter().map(|(key, _)| months.iter().map(|m| m.costs[*key]).sum::<i64>()).sum();
    assert_within("catalogue", catalogue, 82_102_862, 20);

    let mut bands: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (band, cents) in months.iter().flat_map(|m| &m.bands) {
        *bands.entry(band.clone()).or_default() += cents;
    }
    let mut largest: Vec<_> = bands.into_iter().collect();
    largest.sort_by_key(|(_, cents)| -cents);
    for (n, (pool, service, thousands)) in [
        ("TELECOM", "VOICE", 4_570),
        ("HARDWARE", "3G", 3_970),
        ("LABOUR", "3G", 3_780),
        ("LABOUR", "VOICE", 3_340),
        ("LABOUR", "BILL", 2_780),
        ("EXTERNAL", "4G", 2_560),
    ]
    .into_iter()
    .enumerate()
    {
        let ((from, to), cents) = &largest[n];
        assert_eq!((from.as_str(), to.as_str()), (pool, service), "band {}", n + 1);
        assert_within(&format!("{pool} to {service}"), *cents, thousands * 1000, 20);
    }
}

#[test]
fn september_is_charged_as_told_and_every_customer_rises_with_cost() {
    let story = september_2026();
    let (august, september) = (run(&story, month("2026-08")), run(&story, month("2026-09")));
    let charged: i64 = CHARGES.iter().map(|(key, _)| september.charged(key)).sum();
    assert_within("charges", charged, 6_961_452, 20);
    assert_within("4G central", september.costs["4G"], 601_796, 20);
    assert_within("Business Sales", september.charged("BS"), 1_528_154, 20);
    for (customer, _) in CHARGES {
        let (before, now) = (august.charged(customer), september.charged(customer));
        let rise = (now - before) * 10_000 / before;
        assert!((250..=280).contains(&rise), "{customer} up {rise} in ten thousand");
    }
}

/// demo.md: within 2 % of the target, the model's exact result is the demo's figure. Pinned, so that
/// no change of the story moves a statement unseen.
#[test]
fn the_demos_own_figures_of_september_stay() {
    let september = run(&september_2026(), month("2026-09"));
    let charged = ["CONS", "BS", "WHOL", "CARE", "NETOPS", "FIN"].map(|key| september.charged(key));
    assert_eq!(charged, [394_867_011, 151_861_505, 35_315_046, 66_692_643, 24_819_099, 20_703_804]);
    assert_eq!(september.costs["4G"], 60_926_618);
}

/// The credit of the August dispute: 1,140 of 1,357 seats were billed, HR says 1,068 (demo.md 4.7).
#[test]
fn the_disputed_seats_are_worth_what_the_dispute_says() {
    let story = september_2026();
    let cost = run(&story, month("2026-08")).costs["CARE"];
    let credit = cost * 1140 / 1357 - cost * 1068 / 1285;
    assert_within("credit", credit, 4_582, 20);
}

#[test]
fn in_all_24_months_the_ledger_is_allocated_but_for_4g() {
    let story = september_2026();
    for n in 0..24 {
        let period = month("2024-10").plus(n);
        let run = run(&story, period);
        let ledger: i64 = told::pools(&story, period).values().sum();
        let allocated: i64 = run.allocation.finals.iter().map(|(_, cents)| cents).sum();
        let residual: i64 = run.allocation.residuals.iter().map(|residual| residual.amount).sum();
        assert_eq!(ledger, allocated + residual, "{period}");
        assert_eq!(residual, run.costs.get("4G").copied().unwrap_or(0), "only 4G stays central in {period}");
        assert_eq!(residual > 0, period >= month("2025-07"), "4G costs from its charter on: {period}");
    }
}
