//! Exports that somebody changed. What is no FOCUS, the linter sees; what does not fit together, it sees in the
//! bundle; that money is not what was charged, only our own sums can see.

use charging::statement::focus::{Bundle, Dataset, Row, Version, columns, differences};

use super::AUGUST;
use super::told::{booked, minor, told, write};
use crate::judges::{Judges, judges};
use crate::shell::Shell;

/// Who must refuse it, and with which word.
#[derive(Clone, Copy)]
enum By {
    /// The toolkit, reading Cost and Usage.
    Lint(&'static str),
    /// The toolkit, reading all files together.
    Bundle(&'static str),
    /// Our own sums.
    Sums(&'static str),
}
use By::{Bundle as Together, Lint, Sums};

/// A column that is not there at all.
const MISSING: &str = "a column is missing";

/// What is changed, how, and who must refuse it.
type Change = (&'static str, fn(&mut Bundle), By);

static CHANGES: &[Change] = &[
    ("a cost in words", |all| set(line(all), "BilledCost", "ten"), Lint("bad_numeric_format")),
    ("no service", |all| drop(line(all).remove("ServiceName")), Lint("null_not_allowed")),
    ("a refund of no known class", |all| taken_back(line(all), "Refund"), Lint("not_in_allowed_values")),
    (
        "a refund that corrects nothing",
        |all| taken_back(line(all), "Correction"),
        Sums("nothing is corrected"),
    ),
    ("a cent more", |all| add(line(all), 1), Sums("customer")),
    ("no currency", |all| set(line(all), "BillingCurrency", "EURO"), Lint("bad_currency")),
    (
        "another currency",
        |all| set(line(all), "BillingCurrency", "USD"),
        Sums("BillingCurrency is USD, not EUR"),
    ),
    ("an end before its start", backwards, Sums("BillingPeriodEnd is 2026-07-01T00:00:00Z")),
    (
        "a moment of no zone",
        |all| set(line(all), "ChargePeriodStart", "2026-08-01T00:00:00"),
        Lint("bad_datetime"),
    ),
    ("an unknown category", |all| set(line(all), "ChargeCategory", "Fee"), Lint("not_in_allowed_values")),
    ("a cent from service to service", shifted, Sums("cost shared by")),
    ("ratios beyond the whole", doubled, Together("FDT-ALLOC-001")),
    ("a line twice", |all| all.charges.push(all.charges[0].clone()), Together("FDT-CORR-003")),
    ("a line less", |all| drop(all.charges.pop()), Sums("customer")),
    ("an invoice nobody sent", |all| set(line(all), "InvoiceDetailId", "STM-0/X"), Together("FDT-CROSS-014")),
    ("another's invoice", |all| set(line(all), "InvoiceId", "STM-0"), Together("FDT-CROSS-015")),
    ("an invoice of a cent more", |all| add(&mut all.invoices[0], 1), Sums("invoice")),
    ("a month nobody opened", |all| all.periods[0].clear(), Together("FDT-CROSS-040")),
    (MISSING, |_| (), Lint("missing_mandatory_column")),
];

/// The line with the largest charge.
fn line(all: &mut Bundle) -> &mut Row {
    all.charges.iter_mut().max_by_key(|row| minor(&row["BilledCost"])).expect("there are charges")
}

fn set(row: &mut Row, column: &'static str, value: &str) {
    row.insert(column, value.to_owned());
}

fn add(row: &mut Row, cents: i64) {
    let cents = minor(&row["BilledCost"]) + cents;
    set(row, "BilledCost", &format!("{}.{:02}", cents / 100, cents % 100));
}

/// The charge, taken back.
fn taken_back(row: &mut Row, class: &str) {
    let negative = format!("-{}", row["BilledCost"]);
    set(row, "BilledCost", &negative);
    set(row, "ChargeClass", class);
}

fn backwards(all: &mut Bundle) {
    for row in all.charges.iter_mut().chain(&mut all.invoices).chain(&mut all.periods) {
        set(row, "BillingPeriodEnd", "2026-07-01T00:00:00Z");
    }
}

/// The customer's total stays, the two services' do not.
fn shifted(all: &mut Bundle) {
    let customer = line(all)["BillingAccountId"].clone();
    let own = |row: &&mut Row| row["BillingAccountId"] == customer && row["x_ChargingModel"] == "at cost";
    let mut own = all.charges.iter_mut().filter(own);
    let (one, other) = (own.next().expect("a line at cost"), own.next().expect("another"));
    assert_ne!(one["x_ServiceKey"], other["x_ServiceKey"]);
    add(one, 1);
    add(other, -1);
}

fn doubled(all: &mut Bundle) {
    for row in all.charges.iter_mut().filter(|row| row.contains_key("x_SplitOriginId")) {
        set(row, "AllocatedMethodDetails", "{\"Elements\":[{\"AllocatedRatio\":1}]}");
    }
}

#[test]
fn what_is_told_adds_up_by_other_readings_too() {
    let (bundle, truth) = told(AUGUST);
    assert_eq!(differences(&bundle, &truth), [""; 0]);
    // Six customers take two services at a price; all else is shared at cost.
    let split = bundle.charges.iter().filter(|row| row.contains_key("x_SplitOriginId")).count();
    let priced = bundle.charges.iter().filter(|row| row.contains_key("SkuPriceId")).count();
    assert_eq!((split, priced, bundle.charges.len()), (35, 12, 47));
    assert_eq!((bundle.invoices.len(), bundle.periods.len()), (47, 1));
    let booked_to = |row: &&Row| row["PaymentTerms"].starts_with("Booked");
    let recharged: i64 = bundle.invoices.iter().filter(booked_to).map(|row| minor(&row["BilledCost"])).sum();
    assert_eq!(recharged, booked(AUGUST), "what asks to be booked is what was booked");
}

#[test]
fn each_change_is_refused_by_a_judge_or_by_our_own_sums() {
    let (bundle, truth) = told(AUGUST);
    let (shell, judges) = (Shell::empty(), judges());
    let mut through = Vec::new();
    for (at, (what, change, by)) in CHANGES.iter().enumerate() {
        let mut changed = bundle.clone();
        change(&mut changed);
        let said = match (by, &judges) {
            (Sums(word), _) => (word, differences(&changed, &truth).join("\n")),
            (_, None) => continue,
            (Lint(word) | Together(word), Some(judges)) => {
                let folder = shell.path(&at.to_string());
                let left_out: &[&str] = if *what == MISSING { &["ContractedCost"] } else { &[] };
                write(&changed, &folder, left_out);
                (word, refused(judges, *by, &folder))
            }
        };
        if !said.1.contains(said.0) {
            through.push(format!("{what} ({}): {}", said.0, said.1));
        }
    }
    assert_eq!(through, [""; 0]);
}

/// What the judge has against the files; nothing where it accepts them.
fn refused(judges: &Judges, by: By, folder: &std::path::Path) -> String {
    let verdict = match by {
        Lint(_) => judges.lint(&folder.join("CostAndUsage.csv"), "CostAndUsage"),
        Together(_) | Sums(_) => judges.bundle(folder),
    };
    if verdict.passed { String::new() } else { verdict.says }
}

/// The validator makes decimals of texts that are some and never sees that they were texts: the types that are
/// written are held by a test beside the writer. What cannot become a decimal is no cost to it.
#[test]
fn a_cost_that_is_no_number_is_refused_in_parquet_too() {
    let Some(judges) = judges() else { return };
    let (bundle, _) = told(AUGUST);
    let mut row = bundle.charges[0].clone();
    set(&mut row, "BilledCost", "ten");
    let names = columns(Dataset::CostAndUsage, Version::V1_2).map(|column| column.name);
    let texts: Vec<(&str, costs::Holds)> = names.map(|name| (name, costs::Holds::Text)).collect();
    let values = texts.iter().map(|(name, _)| row.get(name).cloned()).collect();
    let shell = Shell::empty();
    let file = shell.path("texts.parquet");
    costs::write_focus(&file, &texts, &[values]).unwrap();
    let verdict = judges.validate(&file);
    assert!(!verdict.passed && verdict.says.contains("BilledCost-C-003-M: FAIL"), "{}", verdict.says);
}
