//! Models of small months, and what comes of them.

use super::*;
use crate::run::keys::plain;

fn rule(sender_kind: SenderKind, sender: &str, method: Method, driver: Option<&str>) -> Rule {
    Rule {
        id: kernel::RuleId::new(Default::default()),
        version: 1,
        number: 1,
        rule_version: 1,
        state: crate::rule::RuleState::Approved,
        name: String::new(),
        sender_kind,
        sender: sender.into(),
        method,
        driver: driver.map(str::to_owned),
        receivers: Vec::new(),
        effective_from: "2026-01".parse().unwrap(),
        why: None,
        author: kernel::PersonId::new(Default::default()),
        approved_by: None,
    }
}

fn named(key: &str, kind: &str) -> NodeName {
    NodeName { key: key.into(), name: key.into(), kind: kind.into() }
}

/// The sentence of the mock: 122 of 1,357 seats of €525,051.89 are €47,204.37; and a service and a
/// customer may share the key CARE.
#[test]
fn a_desktop_is_shared_by_seats_over_customers_one_of_which_has_its_key() {
    let seats =
        |customer: &str, n| ("SEATS".to_owned(), None, Some(customer.to_owned()), Quantity::of_units(n));
    let facts = Facts {
        currency: Currency::EUR,
        costs: vec![(Some("CLOUD".into()), Some("CARE".into()), 52_505_189), (None, None, 7)],
        billed: Vec::new(),
        pools: vec![("CLOUD".into(), "Cloud".into())],
        nodes: vec![
            named("CARE", "service"),
            named("CARE", "customer"),
            named("BS", "customer"),
            named("FIN", "customer"),
        ],
        rules: vec![rule(SenderKind::Service, "CARE", Method::Driver, Some("SEATS"))],
        drivers: vec![("SEATS".into(), "seats".into())],
        quantities: vec![seats("CARE", 1140), seats("BS", 122), seats("FIN", 95)],
        agreed: Vec::new(),
        sharing: Sharing::Direct,
    };
    let out = allocation::allocate(&model(&facts)).unwrap();
    assert_eq!(out.final_of("c:BS").unwrap().minor(), 4_720_437);
    let left: Vec<_> =
        out.residuals.iter().map(|r| (Origin::of(&r.origin).pool, r.reason.code(), r.amount)).collect();
    assert_eq!(left, [(UNMAPPED, "pool_without_rule", 7)]);
}

#[test]
fn lines_may_name_several_services_and_several_objects_are_kept_central() {
    let central = |key: &str| rule(SenderKind::Service, key, Method::Central, None);
    let facts = Facts {
        currency: Currency::EUR,
        costs: vec![
            (Some("CLOUD".into()), Some("CARE".into()), 300),
            (Some("CLOUD".into()), Some("VOICE".into()), 200),
        ],
        billed: Vec::new(),
        pools: vec![("CLOUD".into(), "Cloud".into())],
        nodes: vec![
            named("CARE", "service"),
            named("VOICE", "service"),
            named("NEXT", "object"),
            named("LATER", "object"),
        ],
        rules: vec![central("CARE"), Rule { number: 2, ..central("VOICE") }],
        drivers: Vec::new(),
        quantities: Vec::new(),
        agreed: Vec::new(),
        sharing: Sharing::Direct,
    };
    let out = allocation::allocate(&model(&facts)).unwrap();
    let left: Vec<_> = out.residuals.iter().map(|left| (plain(&left.node), left.amount)).collect();
    assert_eq!(left, [("CARE", 300), ("VOICE", 200)]);
}

/// Two services that serve each other and two that customers use, by what they took of each other.
fn served(sharing: Sharing) -> Facts {
    let took = |driver: &str, service: &str, quantity| {
        (driver.to_owned(), Some(service.to_owned()), None, Quantity::of_units(quantity))
    };
    let named_by_lines = |service: &str, amount| (Some("IT".to_owned()), Some(service.to_owned()), amount);
    Facts {
        currency: Currency::EUR,
        costs: vec![named_by_lines("S1", 200_00), named_by_lines("S2", 100_00)],
        billed: Vec::new(),
        pools: vec![("IT".into(), "IT".into())],
        nodes: ["AA", "BB", "S1", "S2"].map(|key| named(key, "service")).to_vec(),
        rules: [("S1", 1), ("S2", 2)]
            .map(|(key, number)| Rule { number, ..rule(SenderKind::Service, key, Method::Driver, Some(key)) })
            .to_vec(),
        drivers: ["S1", "S2"].map(|key| (key.to_owned(), "hours".to_owned())).to_vec(),
        quantities: vec![
            took("S1", "AA", 20),
            took("S1", "BB", 30),
            took("S1", "S2", 50),
            took("S2", "AA", 40),
            took("S2", "BB", 40),
            took("S2", "S1", 20),
        ],
        agreed: Vec::new(),
        sharing,
    }
}

/// By hand. Direct: AA has 20 of 50 of S1's 200 and 40 of 80 of S2's 100. Step-down: S2 has 100 + 100 and AA
/// 40 + 100. Reciprocal: S1 = 200 + .2 S2 and S2 = 100 + .5 S1, so 244.44 and 222.22.
#[test]
fn supporting_services_reach_those_they_support_by_each_method() {
    let order = vec!["S1".into(), "S2".into()];
    for (sharing, aa, bb) in [
        (Sharing::Direct, 130_00, 170_00),
        (Sharing::StepDown { order }, 140_00, 160_00),
        (Sharing::Reciprocal, 137_78, 162_22),
    ] {
        let out = allocation::allocate(&model(&served(sharing.clone()))).unwrap();
        let left: Vec<_> = out.residuals.iter().map(|left| (plain(&left.node), left.amount)).collect();
        let of =
            |key: &str| left.iter().filter(|(node, _)| *node == key).map(|(_, amount)| amount).sum::<i64>();
        assert_eq!((of("AA"), of("BB"), of("S1"), of("S2")), (aa, bb, 0, 0), "{sharing:?}");
    }
}
