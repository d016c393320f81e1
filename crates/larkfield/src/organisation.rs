//! Larkfield Mobile itself: its calendar, its cost centres and the people who sign in.

use kernel::{Currency, Money};

use crate::types::{CostCentre, Grant, GrantScope, Organisation, Person, Purpose, Role};
use crate::years::{THIS_YEAR, Years};

/// The company. Its year runs from October to September, which proves that years need not be
/// calendar years.
pub(crate) fn organisation(years: Years) -> Organisation {
    let opening = years.day(THIS_YEAR, 10, 2);
    Organisation {
        name: "Larkfield Mobile".into(),
        country: "Valdoria".into(),
        reporting: Currency::EUR,
        fiscal_first_month: 10,
        set_up_on: years.day(THIS_YEAR - 2, 9, 24),
        first_period: years.month(THIS_YEAR - 2, 10),
        last_period: years.month(THIS_YEAR, 9),
        opens_at: opening.and_hms_opt(9, 30, 0).expect("half past nine is a time"),
        explain_from: Money::of_minor(2_000_000, Currency::EUR),
        explain_from_percent: 2,
    }
}

/// Cost centres of technology, the network included.
pub(crate) fn cost_centres() -> Vec<CostCentre> {
    use Purpose::{Grow, Run, Transform};
    [
        ("7110", "Core network", Run),
        ("7120", "Radio network", Run),
        ("7130", "Transmission and interconnect", Run),
        ("7210", "Data halls", Run),
        ("7310", "Billing and business applications", Run),
        ("7320", "Digital channels", Grow),
        ("7330", "Data and reporting", Run),
        ("7410", "Workplace", Run),
        ("7420", "Identity and security", Run),
        ("7510", "4G programme", Transform),
        ("7520", "eSIM project", Transform),
        ("7610", "Care and shop systems", Run),
        ("7710", "Technology finance and suppliers", Run),
    ]
    .into_iter()
    .map(|(code, name, purpose)| CostCentre { code: code.into(), name: name.into(), purpose })
    .collect()
}

/// Everyone with an account, the thirteen of the story first, then four service owners.
pub(crate) fn people() -> Vec<Person> {
    use Role::*;
    let everywhere = |role| Grant { role, scope: GrantScope::Organisation };
    let board = |role| Grant { role, scope: GrantScope::Body("Technology board".into()) };
    let customer = |role, key: &str| Grant { role, scope: GrantScope::Customer(key.into()) };
    let owns = |keys: &[&str]| -> Vec<Grant> {
        keys.iter()
            .map(|key| Grant { role: ServiceOwner, scope: GrantScope::Service((*key).into()) })
            .collect()
    };
    let looks_after =
        |keys: &[&str]| -> Vec<Grant> { keys.iter().map(|key| customer(RelationshipManager, key)).collect() };
    let receiver = Grant { role: Receiver, scope: GrantScope::Unit("Service design".into()) };
    vec![
        person("Ingrid Solheim", "Chair of the board", vec![board(Chair)]),
        person("Tomás Abara", "Chief information officer", vec![everywhere(Executive), board(BoardMember)]),
        person("Yuki Lindqvist", "Portfolio manager", vec![everywhere(PortfolioManager)]),
        person("Priya Venkataraman", "IT finance manager", vec![everywhere(FinanceManager)]),
        person(
            "Daniel Osei",
            "Relationship manager, consumer and care",
            looks_after(&["CONS", "CARE", "NETOPS", "FIN"]),
        ),
        person(
            "Marta Kowalczyk",
            "Relationship manager, business",
            looks_after(&["BS", "WHOL", "HHT", "COAST", "POST", "NGRID"]),
        ),
        person("Elif Demir", "Head of care operations", vec![customer(CustomerRepresentative, "CARE")]),
        person("Rafael Pinto", "Service owner 4G", owns(&["4G"])),
        person("Henrik Dahl", "Finance manager", vec![everywhere(FinanceManager), board(BoardMember)]),
        person("Lucía Ferrer", "Head of service design", vec![receiver, board(BoardMember)]),
        person("Amara Nwosu", "Board member, retail", vec![board(BoardMember)]),
        person("Jonas Hale", "Sales operations manager", vec![customer(CustomerRepresentative, "BS")]),
        person("Selin Aydin", "Auditor", vec![everywhere(Auditor)]),
        person("Pavel Novák", "Administrator", vec![everywhere(Administrator)]),
        person(
            "Noor van Dijk",
            "Service owner, network services",
            owns(&["VOICE", "3G", "ROAM", "VMAIL", "M2M", "CSD", "FAX"]),
        ),
        person(
            "Mikael Strand",
            "Service owner, business applications",
            owns(&["BILL", "CARE", "POS", "TOPUP", "DWH"]),
        ),
        person("Chiara Rossi", "Service owner, digital and fleet", owns(&["SELF", "FLEET", "WAP", "CARD"])),
        person("Owen Blackwood", "Service owner, workplace", owns(&["WORK", "IAM"])),
    ]
}

/// `Priya Venkataraman` signs in as `priya.venkataraman`; accents are left out of addresses.
fn person(name: &str, title: &str, grants: Vec<Grant>) -> Person {
    let key: String = name
        .to_lowercase()
        .chars()
        .map(|c| match c {
            'á' => 'a',
            'í' => 'i',
            ' ' => '.',
            other => other,
        })
        .collect();
    Person { email: format!("{key}@larkfield.example"), key, name: name.into(), title: title.into(), grants }
}
