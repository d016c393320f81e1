//! The menu: fourteen services in the catalogue, four retired, 4G in preparation.

use crate::types::{
    Preparation, Relation, RelationKind, Revision, Service, ServiceKind, ServiceState as State,
};
use crate::years::Years;

/// The register the take-overs came from.
const REGISTER: &str = "Larkfield service register";

/// Keys of the fourteen services that carry cost, in the order of the catalogue.
pub(crate) const CATALOGUE: [&str; 14] = [
    "VOICE", "3G", "ROAM", "TOPUP", "VMAIL", "FLEET", "M2M", "BILL", "CARE", "POS", "SELF", "DWH", "WORK",
    "IAM",
];

/// Eighteen services. 3G's end in FY30 is meant but not announced, so it is operational; Voicemail
/// is ending; SELF and IAM came through the sieve and are entered here as live.
pub(crate) fn services(years: Years) -> Vec<Service> {
    let mut all: Vec<Service> = catalogue().into_iter().map(|told| live(years, told)).collect();
    all.extend(retired(years));
    for service in &mut all {
        match service.key.as_str() {
            "3G" => service.state = State::Operational { planned_end: Some(years.fiscal(2030)) },
            "VMAIL" => {
                let last_day = years.day(2027, 3, 31);
                service.state = State::Retiring { last_day, successor: None, inherits: "VOICE".into() };
            }
            "SELF" | "IAM" => {
                service.through_the_sieve = true;
                service.source = "came through the sieve".into();
            }
            _ => {}
        }
    }
    all
}

/// Key, name, supporting?, owner, first day, value proposition, for whom.
type Told = (&'static str, &'static str, bool, &'static str, (i32, u32, u32), &'static str, &'static str);

#[rustfmt::skip]
fn catalogue() -> Vec<Told> {
    let (noor, mikael, chiara, owen) = ("noor.van.dijk", "mikael.strand", "chiara.rossi", "owen.blackwood");
    vec![
        ("VOICE", "Mobile Voice & Text", false, noor, (2001, 5, 1), "Calls and texts that arrive, everywhere people live and travel in Valdoria.", "every subscriber"),
        ("3G", "3G Mobile Internet", false, noor, (2009, 3, 1), WHAT_3G_IS, "every subscriber with a data phone"),
        ("ROAM", "International Roaming", false, noor, (2006, 6, 1), "Your own number and your own price abroad, in 61 countries, from the moment you land.", "travellers, and partners whose guests we carry"),
        ("TOPUP", "Prepaid Top-up", false, mikael, (2004, 9, 1), "Credit on the phone within ten seconds of paying, at any till or on the web.", "prepaid subscribers"),
        ("VMAIL", "Voicemail & Messaging", false, noor, (2002, 2, 1), "A mailbox that takes your calls.", "subscribers who keep a mailbox"),
        ("FLEET", "Enterprise Mobile Fleet", false, chiara, (2015, 4, 1), "Every phone of your people set up, paid and replaced, no form to fill.", "companies with 20 phones or more"),
        ("M2M", "Machine Connectivity", false, noor, (2014, 10, 1), "Meters, lifts and tills that report by themselves for ten years without a visit.", "companies with machines in the field"),
        ("BILL", "Billing & Rating", true, mikael, (2011, 1, 1), "Every call rated once, every invoice right and out on the third working day.", "units that invoice"),
        ("CARE", "Customer Care Desktop", true, mikael, (2013, 6, 1), "Your agents see the whole customer on one page.", "anyone who answers customers"),
        ("POS", "Retail Point of Sale", true, mikael, (2012, 3, 1), "A contract signed and a phone sold in eight minutes, also when the line is down.", "shops and cash offices"),
        ("SELF", "Self-care App & Web", true, chiara, (2024, 6, 3), "Customers see, change and pay everything themselves, at any hour.", "units whose customers help themselves"),
        ("DWH", "Data Warehouse & Reporting", true, mikael, (2016, 9, 1), "One figure for one question, ready before the morning meeting.", "anyone who reports"),
        ("WORK", "Workplace & Collaboration", true, owen, (2010, 10, 1), "A machine that works on the first day, mail and meetings included.", "everyone employed"),
        ("IAM", "Identity & Access", true, owen, (2024, 3, 4), "The right doors open on the first day and closed on the last.", "everyone with a sign-in, partners too"),
    ]
}

/// What 3G promises today: the end of its long history (see [`revisions`]).
const WHAT_3G_IS: &str = "Mail, maps and the web in your hand wherever you are in Valdoria.";

fn live(years: Years, told: Told) -> Service {
    let (key, name, supporting, owner, (year, month, day), value, for_whom) = told;
    Service {
        key: key.into(),
        name: name.into(),
        kind: if supporting { ServiceKind::Supporting } else { ServiceKind::CustomerFacing },
        state: State::Operational { planned_end: None },
        owner: Some(owner.into()),
        first_day: years.day(year, month, day),
        value_proposition: value.into(),
        for_whom: for_whom.into(),
        source: REGISTER.into(),
        through_the_sieve: false,
    }
}

/// Four that are gone. The postcards keep the full name they were sold under: 90 characters.
fn retired(years: Years) -> Vec<Service> {
    let (noor, chiara) = ("noor.van.dijk", "chiara.rossi");
    let postcards =
        "Picture Postcards: Printed from a Phone and Posted to Any Address in Valdoria within a Day";
    let ring = "Ring tones, news and your balance on a small screen.";
    let holiday = "A holiday picture in a real letter box.";
    let faxes = "Faxes read on the phone.";
    let modem = "A modem line over the air.";
    [
        ("WAP", "WAP Portal", (2003, 11, 1), (2024, 8, 28), (2025, 2, 28), Some("SELF"), chiara, ring),
        ("CARD", postcards, (2008, 7, 1), (2024, 12, 30), (2025, 6, 30), None, chiara, holiday),
        ("FAX", "Fax-to-Mobile", (2005, 1, 1), (2025, 4, 30), (2025, 10, 31), None, noor, faxes),
        ("CSD", "Dial-up Data", (2000, 4, 1), (2024, 5, 30), (2024, 11, 30), Some("3G"), noor, modem),
    ]
    .into_iter()
    .map(|(key, name, first, told, last, successor, owner, value)| Service {
        key: key.into(),
        name: name.into(),
        kind: ServiceKind::CustomerFacing,
        state: State::Retired {
            announced: years.day(told.0, told.1, told.2),
            last_day: years.day(last.0, last.1, last.2),
            successor: successor.map(Into::into),
        },
        owner: Some(owner.into()),
        first_day: years.day(first.0, first.1, first.2),
        value_proposition: value.into(),
        for_whom: "subscribers of their time".into(),
        source: REGISTER.into(),
        through_the_sieve: false,
    })
    .collect()
}

/// 4G is in test and reaches no customer, so its cost stays central from the charter on.
pub(crate) fn preparations(years: Years) -> Vec<Preparation> {
    vec![Preparation {
        key: "4G".into(),
        name: "4G Mobile Internet".into(),
        residual: "4G kept central".into(),
        owner: "rafael.pinto".into(),
        prepared: true,
        from: years.month(2025, 7),
    }]
}

/// Who needs whom. Machine Connectivity on 3G is the line that will keep the board awake.
pub(crate) fn relations() -> Vec<Relation> {
    use RelationKind::{DependsOn, Enables, Replaces};
    [
        ("M2M", DependsOn, "3G"),
        ("FLEET", DependsOn, "VOICE"),
        ("FLEET", DependsOn, "3G"),
        ("ROAM", DependsOn, "VOICE"),
        ("VMAIL", DependsOn, "VOICE"),
        ("TOPUP", DependsOn, "BILL"),
        ("POS", DependsOn, "BILL"),
        ("CARE", DependsOn, "BILL"),
        ("SELF", DependsOn, "IAM"),
        ("3G", Replaces, "CSD"),
        ("SELF", Replaces, "WAP"),
        ("IAM", Enables, "WORK"),
        ("BILL", Enables, "VOICE"),
        ("DWH", Enables, "BILL"),
    ]
    .into_iter()
    .map(|(from, kind, to)| Relation { from: from.into(), kind, to: to.into() })
    .collect()
}

/// Forty corrections of what 3G promises: the number of sites rises month by month until someone
/// decides that a promise is no site list. The record with the long history.
pub(crate) fn revisions(years: Years) -> Vec<Revision> {
    let first = years.month(2024, 10);
    (0..40_u32)
        .map(|n| {
            let month = first.plus(i32::try_from(n * 24 / 40).expect("a few months"));
            let sites = 1_180 + 7 * n;
            let text = if n == 39 {
                WHAT_3G_IS.to_owned()
            } else {
                format!("Mail, maps and the web in your hand, from {sites} sites in Valdoria.")
            };
            let day = month.first_day() + chrono::Days::new(u64::from(1 + n % 27));
            let by = if n % 3 == 2 { "yuki.lindqvist" } else { "noor.van.dijk" };
            Revision { service: "3G".into(), field: "value_proposition", text, by: by.into(), on: day }
        })
        .collect()
}
