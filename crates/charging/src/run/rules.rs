//! From the facts of a period to the model that `allocation` computes. Pure.

use std::collections::{BTreeMap, BTreeSet};

use allocation::{Basis, Key, Model, Pool, Sharing};
use kernel::{Currency, Quantity};

use super::NodeName;
use super::billed::Billed;
use super::drivers::Drivers;
use super::keys::{Origin, UNMAPPED, mark, named};
use super::layers::layered;
use crate::rule::{Method, Rule, SenderKind};

/// What a run starts from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Reporting currency.
    pub currency: Currency,
    /// Cost of the ledger by pool (`None`: mapped to none) and by the service the lines name, if any.
    pub costs: Vec<(Option<String>, Option<String>, i64)>,
    /// Cost of the ledger that bills explain, which is not among the above.
    pub billed: Vec<Billed>,
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
    rules.extend(amounts.keys().filter_map(named_by_lines));
    add_billed(facts, &mut amounts, &mut rules);
    // A rule of a pool without cost this month has nothing to send.
    rules.retain(|rule| !rule.from.starts_with("p:") || amounts.contains_key(&rule.from));
    rules.extend(facts.nodes.iter().filter(|node| node.kind == "object").map(kept_central));
    let (layers, nodes) = layered(&facts.sharing, &facts.nodes, &rules, &drivers.made);
    Model {
        currency: facts.currency,
        layers,
        pools: amounts.into_iter().map(|(key, (name, amount))| Pool { key, name, amount }).collect(),
        nodes,
        drivers: drivers.made,
        rules,
    }
}

/// The rule of an object, whose cost is kept central.
fn kept_central(object: &NodeName) -> allocation::Rule {
    let key = format!("{} is kept central", object.key).into();
    allocation::Rule { key, from: mark("object", &object.key), basis: Basis::Central }
}

/// The rule of a part of a pool whose lines name its service.
fn named_by_lines(key: &Key) -> Option<allocation::Rule> {
    let origin = Origin::of(key);
    let service = origin.service?;
    // Keys are unique in a model.
    let rule = format!("lines of {} name {service}", origin.pool).into();
    let to = vec![mark("service", service)];
    Some(allocation::Rule { key: rule, from: key.clone(), basis: Basis::Even { to } })
}

/// The parts of pools that bills explain, each with the rule of its bill; what a bill says nothing of stays with the
/// pool's own rule.
fn add_billed(facts: &Facts, amounts: &mut BTreeMap<Key, (String, i64)>, rules: &mut Vec<allocation::Rule>) {
    for billed in &facts.billed {
        let named = |pool: &str| {
            facts
                .pools
                .iter()
                .find(|(key, _)| key == pool)
                .map_or_else(|| pool.to_owned(), |(_, name)| name.clone())
        };
        let name = named(&billed.pool);
        let (senders, left) = billed.senders(|service| resolve(facts, SenderKind::Pool, service));
        if left != 0 {
            amounts.entry(mark("pool", &billed.pool)).or_insert_with(|| (name.clone(), 0)).1 += left;
        }
        for sender in senders {
            let name = sender.about.map_or_else(|| name.clone(), |about| format!("{name}, {about},"));
            amounts.insert(sender.key.clone(), (name, sender.amount));
            rules.push(allocation::Rule { key: sender.rule.into(), from: sender.key, basis: sender.basis });
        }
    }
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
pub(super) fn resolve(facts: &Facts, sender: SenderKind, key: &str) -> Key {
    let order: [&str; 3] = match sender {
        SenderKind::Pool => ["service", "object", "customer"],
        SenderKind::Service => ["customer", "service", "object"],
    };
    let there = |kind: &&str| facts.nodes.iter().any(|node| node.kind == **kind && node.key == key);
    mark(order.iter().find(|kind| there(kind)).unwrap_or(&"customer"), key)
}

#[cfg(test)]
mod tests;
