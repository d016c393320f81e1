//! The model checked once, sorted by key and indexed by number: from here on the order of rows can
//! change nothing, and every receiver is known to exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::Quantity;
use num_integer::Integer;

use crate::budgeted;
use crate::ready::{Ready, Ruled};
use crate::{Driver, Error, Key, Model, Node, Pool, Rule, Sharing};

/// A checked model. Pools and nodes are sorted by key, so that numbers compare as keys do.
pub(crate) struct Plan<'m> {
    pub model: &'m Model,
    pub pools: Vec<&'m Pool>,
    pub nodes: Vec<&'m Node>,
    /// Per node, the number of its layer.
    pub layer_of: Vec<usize>,
    pub drivers: Vec<Measured<'m>>,
    pub pool_rules: Vec<Option<Ruled<'m>>>,
    pub node_rules: Vec<Option<Ruled<'m>>>,
    /// Per layer, the nodes of its step-down order.
    pub steps: Vec<Vec<usize>>,
}

/// A driver with its receivers by number, and the sum of all of them.
pub(crate) struct Measured<'m> {
    pub driver: &'m Driver,
    pub unit: Arc<str>,
    pub quantities: Vec<(usize, i64)>,
    pub used: i128,
}

/// Who sends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sender {
    Pool(usize),
    Node(usize),
}

impl Measured<'_> {
    /// What was provided beyond all measured use.
    pub fn unused(&self) -> i128 {
        let capacity = self.driver.capacity.unwrap_or(Quantity::ZERO);
        (i128::from(capacity.millionths()) - self.used).max(0)
    }

    /// Use and unused capacity together, in the largest unit that divides all of it.
    pub fn reduced_total(&self) -> i128 {
        let common =
            self.quantities.iter().fold(self.unused(), |gcd, (_, number)| gcd.gcd(&i128::from(*number)));
        (self.used + self.unused()) / common.max(1)
    }
}

impl<'m> Plan<'m> {
    /// Checks `model`; the first contradiction found is the error.
    pub fn new(model: &'m Model) -> Result<Plan<'m>, Error> {
        let mut pools: Vec<&Pool> = model.pools.iter().collect();
        pools.sort_by(|a, b| a.key.cmp(&b.key));
        let mut nodes: Vec<&Node> = model.nodes.iter().collect();
        nodes.sort_by(|a, b| a.key.cmp(&b.key));
        once("pool or node", pools.iter().map(|p| &p.key).chain(nodes.iter().map(|n| &n.key)))?;
        let layers = layers_by_key(model)?;
        let layer_of = (nodes.iter())
            .map(|node| {
                layers.get(&node.layer).copied().ok_or_else(|| {
                    Error::model(format!("node {}", node.key), format!("there is no layer {}", node.layer))
                })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut plan = Plan {
            model,
            pool_rules: pools.iter().map(|_| None).collect(),
            node_rules: nodes.iter().map(|_| None).collect(),
            pools,
            nodes,
            layer_of,
            drivers: Vec::new(),
            steps: Vec::new(),
        };
        plan.measure_drivers()?;
        plan.ready_rules()?;
        plan.order_steps()?;
        plan.fits()?;
        Ok(plan)
    }

    /// No sum of amounts leaves 64 bits: budgeted charges add their size once as charges and once as
    /// what then remains of the cost.
    fn fits(&self) -> Result<(), Error> {
        let mut magnitude: u128 = self.pools.iter().map(|pool| u128::from(pool.amount.unsigned_abs())).sum();
        for ruled in self.pool_rules.iter().chain(&self.node_rules).flatten() {
            magnitude = magnitude.saturating_add(budgeted::most(self, &ruled.ready)?.saturating_mul(2));
        }
        i64::try_from(magnitude).map(|_| ()).map_err(|_| Error::TooLarge)
    }

    pub fn last_layer(&self) -> usize {
        self.model.layers.len() - 1
    }

    pub fn sender_key(&self, sender: Sender) -> &'m Key {
        match sender {
            Sender::Pool(pool) => &self.pools[pool].key,
            Sender::Node(node) => &self.nodes[node].key,
        }
    }

    pub fn rule_of(&self, sender: Sender) -> Option<&Ruled<'m>> {
        match sender {
            Sender::Pool(pool) => self.pool_rules[pool].as_ref(),
            Sender::Node(node) => self.node_rules[node].as_ref(),
        }
    }

    fn node(&self, key: &Key, at: &str) -> Result<usize, Error> {
        self.nodes
            .binary_search_by(|node| node.key.cmp(key))
            .map_err(|_| Error::model(at, format!("there is no receiver {key}")))
    }

    /// Receivers by number, each once, none negative.
    pub fn numbered(
        &self,
        at: &str,
        list: impl Iterator<Item = (&'m Key, i64)>,
    ) -> Result<Vec<(usize, i64)>, Error> {
        let mut out = Vec::new();
        for (key, quantity) in list {
            if quantity < 0 {
                return Err(Error::model(at, format!("{key} has a negative quantity")));
            }
            out.push((self.node(key, at)?, quantity));
        }
        out.sort_unstable();
        match out.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => Err(Error::model(
                at,
                format!("{} is named twice; add its rows up", self.nodes[pair[0].0].key),
            )),
            None => Ok(out),
        }
    }

    pub fn numbered_keys(&self, at: &str, keys: &'m [Key]) -> Result<Vec<usize>, Error> {
        Ok(self.numbered(at, keys.iter().map(|key| (key, 0)))?.into_iter().map(|(node, _)| node).collect())
    }

    fn measure_drivers(&mut self) -> Result<(), Error> {
        let mut drivers: Vec<&Driver> = self.model.drivers.iter().collect();
        drivers.sort_by(|a, b| a.key.cmp(&b.key));
        once("driver", drivers.iter().map(|driver| &driver.key))?;
        for driver in drivers {
            let at = format!("driver {}", driver.key);
            if driver.capacity.is_some_and(|capacity| capacity.millionths() < 0) {
                return Err(Error::model(at, "its capacity is negative"));
            }
            let list = driver.quantities.iter().map(|(key, quantity)| (key, quantity.millionths()));
            let quantities = self.numbered(&at, list)?;
            let used = quantities.iter().map(|(_, quantity)| i128::from(*quantity)).sum();
            self.drivers.push(Measured { driver, unit: Arc::from(driver.unit.as_str()), quantities, used });
        }
        Ok(())
    }

    fn ready_rules(&mut self) -> Result<(), Error> {
        let mut rules: Vec<&Rule> = self.model.rules.iter().collect();
        rules.sort_by(|a, b| a.key.cmp(&b.key));
        once("rule", rules.iter().map(|rule| &rule.key))?;
        for rule in rules {
            let at = format!("rule {}", rule.key);
            let sender = self.sender(&rule.from, &at)?;
            let ready = self.ready(rule, &at)?;
            self.only_onward(sender, &ready, &at)?;
            self.not_in_a_loop(sender, &ready, &at)?;
            let place = match sender {
                Sender::Pool(pool) => &mut self.pool_rules[pool],
                Sender::Node(node) => &mut self.node_rules[node],
            };
            if let Some(other) = place {
                return Err(Error::model(at, format!("{} already has rule {}", rule.from, other.rule.key)));
            }
            *place = Some(Ruled { rule, ready });
        }
        Ok(())
    }

    fn sender(&self, key: &Key, at: &str) -> Result<Sender, Error> {
        let pool = self.pools.binary_search_by(|pool| pool.key.cmp(key)).map(Sender::Pool);
        pool.or_else(|_| self.nodes.binary_search_by(|node| node.key.cmp(key)).map(Sender::Node))
            .map_err(|_| Error::model(at, format!("there is no pool or node {key} to send from")))
    }

    /// Cost flows from layer to layer, never back; the last layer only receives.
    fn only_onward(&self, sender: Sender, ready: &Ready, at: &str) -> Result<(), Error> {
        let Sender::Node(from) = sender else { return Ok(()) };
        let (key, layer) = (&self.nodes[from].key, self.layer_of[from]);
        if layer == self.last_layer() {
            return Err(Error::model(at, format!("{key} is in the last layer, which only receives")));
        }
        match self.receivers(ready).find(|to| self.layer_of[*to] < layer) {
            Some(to) => Err(Error::model(at, format!("{key} would send back to {}", self.nodes[to].key))),
            None => Ok(()),
        }
    }

    fn order_steps(&mut self) -> Result<(), Error> {
        for (number, layer) in self.model.layers.iter().enumerate() {
            let at = format!("layer {}", layer.key);
            let order = match &layer.sharing {
                Sharing::StepDown { order } => order.as_slice(),
                Sharing::Direct | Sharing::Reciprocal => &[],
            };
            self.numbered_keys(&at, order)?;
            let steps = order.iter().map(|key| self.node(key, &at)).collect::<Result<Vec<_>, _>>()?;
            if let Some(node) = steps.iter().find(|node| self.layer_of[**node] != number) {
                return Err(Error::model(at, format!("{} is not in it", self.nodes[*node].key)));
            }
            if matches!(layer.sharing, Sharing::StepDown { .. })
                && let Some(node) = self.serves_unordered(number, &steps)
            {
                let says = format!("{} serves others of its layer but has no place in the order", node.key);
                return Err(Error::model(at, says));
            }
            self.steps.push(steps);
        }
        Ok(())
    }

    fn serves_unordered(&self, layer: usize, steps: &[usize]) -> Option<&'m Node> {
        let serves = |from: usize| {
            let ready = self.node_rules[from].as_ref().map(|ruled| &ruled.ready);
            ready
                .is_some_and(|ready| self.receivers(ready).any(|to| to != from && self.layer_of[to] == layer))
        };
        (0..self.nodes.len())
            .find(|node| self.layer_of[*node] == layer && !steps.contains(node) && serves(*node))
            .map(|node| self.nodes[node])
    }
}

fn layers_by_key(model: &Model) -> Result<BTreeMap<&Key, usize>, Error> {
    if model.layers.is_empty() {
        return Err(Error::model("layers", "a model needs at least one layer of receivers"));
    }
    once("layer", model.layers.iter().map(|layer| &layer.key))?;
    Ok(model.layers.iter().enumerate().map(|(number, layer)| (&layer.key, number)).collect())
}

fn once<'m>(kind: &str, keys: impl Iterator<Item = &'m Key>) -> Result<(), Error> {
    let mut sorted: Vec<&Key> = keys.collect();
    sorted.sort_unstable();
    if sorted.first().is_some_and(|key| key.is_empty()) {
        return Err(Error::model(kind, "a key is empty"));
    }
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::model(format!("{kind} {}", pair[0]), "the key is there twice")),
        None => Ok(()),
    }
}
