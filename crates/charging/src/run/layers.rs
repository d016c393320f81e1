//! The layers of a model: services, then customers. Pure.
//!
//! By the direct method supporting services pass their cost to the services they support and nothing to each
//! other (Horngren, Datar & Rajan, *Cost Accounting*, 14th ed., ch. 15), so they stand in a layer of their own
//! before the rest. Where they share step by step or all at once, one layer holds all services.

use std::collections::BTreeSet;

use allocation::{Basis, Driver, Key, Layer, Node, Rule, Sharing};

use super::NodeName;
use super::keys::mark;

/// The layers of a model, first to last, and each node in its own.
pub(super) fn layered(
    sharing: &Sharing,
    names: &[NodeName],
    rules: &[Rule],
    drivers: &[Driver],
) -> (Vec<Layer>, Vec<Node>) {
    let supporting = match sharing {
        Sharing::Direct => supporting(rules, drivers),
        Sharing::StepDown { .. } | Sharing::Reciprocal => BTreeSet::new(),
    };
    let layer = |key: &str, name: &str, sharing| Layer { key: key.into(), name: name.into(), sharing };
    let mut layers = vec![
        layer("supporting", "Supporting services", Sharing::Direct),
        layer("service", "Services", within_services(sharing)),
        layer("customer", "Customers", Sharing::Direct),
    ];
    layers.retain(|layer| &*layer.key != "supporting" || !supporting.is_empty());
    let place = |name: &NodeName| {
        let key = mark(&name.kind, &name.key);
        let layer = match name.kind.as_str() {
            "customer" => "customer",
            _ if supporting.contains(&key) => "supporting",
            _ => "service",
        };
        Node { key, name: name.name.clone(), layer: layer.into() }
    };
    (layers, names.iter().map(place).collect())
}

/// The sharing that was stated, in the keys of a model.
fn within_services(sharing: &Sharing) -> Sharing {
    match sharing {
        Sharing::StepDown { order } => {
            Sharing::StepDown { order: order.iter().map(|key| mark("service", key)).collect() }
        }
        other => other.clone(),
    }
}

/// The services whose rule reaches another service or object.
fn supporting(rules: &[Rule], drivers: &[Driver]) -> BTreeSet<Key> {
    let within = |key: &Key| key.starts_with("s:") || key.starts_with("o:");
    let reaches = |rule: &Rule| receivers(&rule.basis, drivers).any(|to| within(to) && *to != rule.from);
    rules.iter().filter(|rule| within(&rule.from) && reaches(rule)).map(|rule| rule.from.clone()).collect()
}

/// Who receives by a basis.
fn receivers<'m>(basis: &'m Basis, drivers: &'m [Driver]) -> impl Iterator<Item = &'m Key> {
    let measured = match basis {
        Basis::Driver { driver, to: None } => drivers.iter().find(|other| other.key == *driver),
        _ => None,
    };
    let measured = measured.into_iter().flat_map(|driver| driver.quantities.iter().map(|(key, _)| key));
    named(basis).chain(measured)
}

/// Receivers that a basis names itself; who receives by a driver stands in its quantities.
pub(super) fn named(basis: &Basis) -> impl Iterator<Item = &Key> {
    let (to, weights): (&[Key], &[(Key, _)]) = match basis {
        Basis::Even { to } | Basis::Proportional { to } | Basis::Driver { to: Some(to), .. } => (to, &[]),
        Basis::Fixed { weights } => (&[], weights),
        Basis::Driver { to: None, .. } | Basis::DualRate { .. } | Basis::Budgeted { .. } | Basis::Central => {
            (&[], &[])
        }
    };
    to.iter().chain(weights.iter().map(|(key, _)| key))
}
