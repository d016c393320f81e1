//! From the facts of a period to the model that `allocation` computes. Pure.

use std::collections::{BTreeMap, BTreeSet};

use allocation::{Basis, Driver, Key, Layer, Model, Node, Pool, Sharing};
use kernel::{Currency, Quantity};

use super::NodeName;
use crate::rule::{Method, Rule, SenderKind};

/// What a run starts from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Reporting currency.
    pub currency: Currency,
    /// Cost of the ledger by pool (`None`: mapped to none) and by the service the lines name, if any.
    pub costs: Vec<(Option<String>, Option<String>, i64)>,
    /// Names of pools.
    pub pools: Vec<(String, String)>,
    /// Services, objects, customers.
    pub nodes: Vec<NodeName>,
    /// Rules in force.
    pub rules: Vec<Rule>,
    /// Drivers: key and unit.
    pub drivers: Vec<(String, String)>,
    /// Quantities: driver, service, customer, how much.
    pub quantities: Vec<(String, Option<String>, Option<String>, Quantity)>,
    /// Agreed quantities: service, unit, customer, how much.
    pub agreed: Vec<(String, String, String, Quantity)>,
    /// How services share among themselves.
    pub sharing: Sharing,
}

/// Key of a pool for lines that no mapping rule fits: its cost is a named residual.
pub const UNMAPPED: &str = "UNMAPPED";

/// `VOICE` of kind `service` → `s:VOICE`.
pub fn mark(kind: &str, key: &str) -> Key {
    format!("{}:{key}", &kind[..1]).into()
}

/// `s:VOICE` → `VOICE`.
pub fn plain(marked: &str) -> &str {
    marked.split_once(':').map_or(marked, |(_, key)| key)
}

/// A pool's part that its lines say belongs to one service: `p:CLOUD|3G`.
fn named(pool: &str, service: &str) -> Key {
    format!("p:{pool}|{service}").into()
}

/// `p:CLOUD|3G` → pool and the service its lines name.
pub fn origin(marked: &str) -> (&str, Option<&str>) {
    let key = plain(marked);
    key.split_once('|').map_or((key, None), |(pool, service)| (pool, Some(service)))
}

/// The model of a period.
pub fn model(facts: &Facts) -> Model {
    let mut drivers = Drivers::new(facts);
    let mut rules: Vec<allocation::Rule> = Vec::new();
    for rule in &facts.rules {
        let from = mark(rule.sender_kind.word(), &rule.sender);
        let key: Key = format!("{} v{}", rule.label(), rule.rule_version).into();
        rules.push(allocation::Rule { key, from, basis: basis(facts, rule, &mut drivers) });
    }
    let known: BTreeSet<&str> =
        facts.nodes.iter().filter(|n| n.kind == "service").map(|n| n.key.as_str()).collect();
    let mut amounts: BTreeMap<Key, (String, i64)> = BTreeMap::new();
    for (pool, service, amount) in &facts.costs {
        let pool = pool.as_deref().unwrap_or(UNMAPPED);
        let name =
            facts.pools.iter().find(|(key, _)| key == pool).map_or("Not mapped to a pool", |(_, name)| name);
        let key = match service.as_deref().filter(|service| known.contains(service)) {
            Some(service) if pool != UNMAPPED => named(pool, service),
            _ => mark("pool", pool),
        };
        amounts.entry(key).or_insert_with(|| (name.to_owned(), 0)).1 += amount;
    }
    for key in amounts.keys() {
        if let (pool, Some(service)) = origin(key) {
            let to = vec![mark("service", service)];
            rules.push(allocation::Rule {
                // Keys are unique in a model.
                key: format!("lines of {pool} name {service}").into(),
                from: key.clone(),
                basis: Basis::Even { to },
            });
        }
    }
    // A rule of a pool without cost this month has nothing to send.
    rules.retain(|rule| !rule.from.starts_with("p:") || amounts.contains_key(&rule.from));
    let objects = facts.nodes.iter().filter(|node| node.kind == "object");
    rules.extend(objects.map(|node| allocation::Rule {
        key: format!("{} is kept central", node.key).into(),
        from: mark("object", &node.key),
        basis: Basis::Central,
    }));
    Model {
        currency: facts.currency,
        layers: layers(&facts.sharing),
        pools: amounts.into_iter().map(|(key, (name, amount))| Pool { key, name, amount }).collect(),
        nodes: facts.nodes.iter().map(node).collect(),
        drivers: drivers.made,
        rules,
    }
}

fn layers(sharing: &Sharing) -> Vec<Layer> {
    let sharing = match sharing {
        Sharing::StepDown { order } => {
            Sharing::StepDown { order: order.iter().map(|key| mark("service", key)).collect() }
        }
        other => other.clone(),
    };
    vec![
        Layer { key: "service".into(), name: "Services".into(), sharing },
        Layer { key: "customer".into(), name: "Customers".into(), sharing: Sharing::Direct },
    ]
}

fn node(node: &NodeName) -> Node {
    let layer = if node.kind == "customer" { "customer" } else { "service" };
    Node { key: mark(&node.kind, &node.key), name: node.name.clone(), layer: layer.into() }
}

fn basis(facts: &Facts, rule: &Rule, drivers: &mut Drivers<'_>) -> Basis {
    let to = |key: &str| resolve(facts, rule.sender_kind, key);
    let keys = || rule.receivers.iter().map(|receiver| to(&receiver.to)).collect::<Vec<_>>();
    match rule.method {
        Method::Even => Basis::Even { to: keys() },
        Method::Proportional => Basis::Proportional { to: keys() },
        Method::Fixed => Basis::Fixed {
            weights: rule.receivers.iter().map(|receiver| (to(&receiver.to), receiver.weight)).collect(),
        },
        Method::Driver => {
            let driver = drivers.measured(rule);
            let only = (!rule.receivers.is_empty()).then(keys);
            Basis::Driver { driver, to: only }
        }
        Method::AgreedQuantity => Basis::Driver { driver: drivers.agreed(rule), to: None },
        Method::Central => Basis::Central,
    }
}

/// A receiver's key: of a pool's rule a service or object first, of a service's rule a customer first.
fn resolve(facts: &Facts, sender: SenderKind, key: &str) -> Key {
    let order: [&str; 3] = match sender {
        SenderKind::Pool => ["service", "object", "customer"],
        SenderKind::Service => ["customer", "service", "object"],
    };
    let there = |kind: &&str| facts.nodes.iter().any(|node| node.kind == **kind && node.key == key);
    mark(order.iter().find(|kind| there(kind)).unwrap_or(&"customer"), key)
}

/// The drivers of the model: one per rule, since who uses a driver depends on who sends.
struct Drivers<'f> {
    facts: &'f Facts,
    made: Vec<Driver>,
}

impl<'f> Drivers<'f> {
    fn new(facts: &'f Facts) -> Drivers<'f> {
        Drivers { facts, made: Vec::new() }
    }

    /// The measured quantities a rule shares by. A pool is shared over services (over customers where
    /// nothing was measured for services); a service over customers, counted for it or in general, and
    /// over other services.
    fn measured(&mut self, rule: &Rule) -> Key {
        let wanted = rule.driver.as_deref().unwrap_or("");
        let sender = rule.sender.as_str();
        let mut quantities: BTreeMap<Key, Quantity> = BTreeMap::new();
        let rows = self.facts.quantities.iter().filter(|(driver, ..)| driver == wanted);
        for (_, service, customer, quantity) in rows {
            let receiver = match (rule.sender_kind, service.as_deref(), customer.as_deref()) {
                (SenderKind::Pool, Some(service), None) => {
                    Some(resolve(self.facts, SenderKind::Pool, service))
                }
                (SenderKind::Pool, _, Some(customer)) => Some(mark("customer", customer)),
                (SenderKind::Service, Some(service), Some(customer)) if service == sender => {
                    Some(mark("customer", customer))
                }
                (SenderKind::Service, None, Some(customer)) => Some(mark("customer", customer)),
                (SenderKind::Service, Some(service), None) if service != sender => {
                    Some(mark("service", service))
                }
                _ => None,
            };
            if let Some(receiver) = receiver {
                add(&mut quantities, receiver, *quantity);
            }
        }
        let unit = self.facts.drivers.iter().find(|(key, _)| key == wanted).map_or("", |(_, unit)| unit);
        self.keep(format!("{wanted}@{}", rule.sender), unit, quantities)
    }

    fn agreed(&mut self, rule: &Rule) -> Key {
        let mut quantities: BTreeMap<Key, Quantity> = BTreeMap::new();
        let mut unit = "";
        for (service, of, customer, quantity) in
            self.facts.agreed.iter().filter(|agreed| agreed.0 == rule.sender)
        {
            debug_assert_eq!(service, &rule.sender);
            unit = of;
            add(&mut quantities, mark("customer", customer), *quantity);
        }
        self.keep(format!("agreed quantity@{}", rule.sender), unit, quantities)
    }

    fn keep(&mut self, key: String, unit: &str, quantities: BTreeMap<Key, Quantity>) -> Key {
        let key: Key = key.into();
        if !quantities.is_empty() {
            let quantities = quantities.into_iter().collect();
            self.made.push(Driver { key: key.clone(), unit: unit.to_owned(), capacity: None, quantities });
        }
        key
    }
}

fn add(quantities: &mut BTreeMap<Key, Quantity>, key: Key, quantity: Quantity) {
    let sum = quantities.entry(key).or_default();
    *sum = Quantity::of_millionths(sum.millionths() + quantity.millionths());
}

/// `SEATS@CARE` → `SEATS`.
pub fn driver_name(key: &str) -> &str {
    key.split_once('@').map_or(key, |(driver, _)| driver)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            out.residuals.iter().map(|r| (origin(&r.origin).0, r.reason.code(), r.amount)).collect();
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
}
