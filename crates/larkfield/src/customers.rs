//! The six business units that pay, the four outside accounts behind them, and the people there.

use crate::types::{Contact, Customer, CustomerKind};
use crate::years::Years;

/// Customers by key. Units are charged; outside accounts have relationship pages and take what
/// Business Sales sells them.
pub(crate) fn customers(years: Years) -> Vec<Customer> {
    let (osei, kowalczyk) = ("daniel.osei", "marta.kowalczyk");
    let unit = |key: &str, name: &str, cost_centre: &str, manager: &str| Customer {
        key: key.into(),
        name: name.into(),
        kind: CustomerKind::Unit,
        cost_centre: Some(cost_centre.into()),
        relationship_manager: manager.into(),
        since: years.day(2019, 10, 1),
    };
    let outside = |key: &str, name: &str, since: (i32, u32, u32)| Customer {
        key: key.into(),
        name: name.into(),
        kind: CustomerKind::Outside,
        cost_centre: None,
        relationship_manager: kowalczyk.into(),
        since: years.day(since.0, since.1, since.2),
    };
    vec![
        unit("CONS", "Consumer Retail", "1000", osei),
        unit("BS", "Business Sales", "2000", kowalczyk),
        unit("WHOL", "Wholesale & Roaming", "3000", kowalczyk),
        unit("CARE", "Customer Care", "4000", osei),
        unit("NETOPS", "Network Operations", "5000", osei),
        unit("FIN", "Finance & Corporate", "6000", osei),
        outside("HHT", "Highland Health Trust", (2021, 11, 1)),
        outside("COAST", "Coastline Ferries", (2022, 4, 1)),
        outside("POST", "Valdoria Post", (2020, 1, 1)),
        outside("NGRID", "North Grid Energy", (2023, 2, 1)),
    ]
}

/// People at customers. Elif Demir and Jonas Hale sign in; one name is written in Arabic script.
pub(crate) fn contacts() -> Vec<Contact> {
    [
        ("CONS", "Bianca Moretti", "Director of consumer retail", 5, "bianca.moretti"),
        ("CONS", "Tobias Keller", "Head of shops", 3, "tobias.keller"),
        ("BS", "Jonas Hale", "Sales operations manager", 4, "jonas.hale"),
        ("BS", "Sofia Almeida", "Director of business sales", 5, "sofia.almeida"),
        ("WHOL", "Grégoire Lambert", "Head of wholesale", 4, "gregoire.lambert"),
        ("CARE", "Elif Demir", "Head of care operations", 5, "elif.demir"),
        ("CARE", "Patrick Byrne", "Workforce planner", 2, "patrick.byrne"),
        ("NETOPS", "Anneli Saar", "Head of network operations", 4, "anneli.saar"),
        ("FIN", "Robert Achterberg", "Group controller", 5, "robert.achterberg"),
        ("HHT", "Moira Sinclair", "Head of facilities", 4, "m.sinclair"),
        ("COAST", "ليلى حداد", "Fleet manager", 4, "l.haddad"),
        ("POST", "Zoltán Farkas", "Head of delivery technology", 3, "z.farkas"),
        ("NGRID", "Eeva Niskanen", "Head of metering", 5, "e.niskanen"),
    ]
    .into_iter()
    .map(|(customer, name, role, influence, address)| Contact {
        customer: customer.into(),
        name: name.into(),
        role: role.into(),
        influence,
        email: format!("{address}@{}", domain(customer)),
        person: matches!(address, "jonas.hale" | "elif.demir").then(|| address.into()),
    })
    .collect()
}

/// Mail domains, all in the reserved `example`.
fn domain(customer: &str) -> &'static str {
    match customer {
        "HHT" => "highlandhealth.example",
        "COAST" => "coastline.example",
        "POST" => "post.example",
        "NGRID" => "northgrid.example",
        _ => "larkfield.example",
    }
}
