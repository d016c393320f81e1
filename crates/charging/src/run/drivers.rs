//! The drivers of a model: measured quantities, and agreed ones, by who sends. Pure.

use std::collections::BTreeMap;

use allocation::{Driver, Key};
use kernel::Quantity;

use super::keys::mark;
use super::rules::{Facts, resolve};
use crate::rule::{Rule, SenderKind};

/// The drivers of the model: one per rule, since who uses a driver depends on who sends.
pub(super) struct Drivers<'f> {
    facts: &'f Facts,
    pub(super) made: Vec<Driver>,
}

impl<'f> Drivers<'f> {
    pub(super) fn new(facts: &'f Facts) -> Drivers<'f> {
        Drivers { facts, made: Vec::new() }
    }

    /// The measured quantities a rule shares by. A pool is shared over services (over customers where
    /// nothing was measured for services); a service over customers, counted for it or in general, and
    /// over other services.
    pub(super) fn measured(&mut self, rule: &Rule) -> Key {
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

    pub(super) fn agreed(&mut self, rule: &Rule) -> Key {
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
