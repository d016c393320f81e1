//! A model as the file that [`parse_model`](super::parse_model) reads.

use kernel::{Currency, Money, Quantity};
use serde_json::{Map, Value, json};

use super::rates;
use super::read::SCHEMA;
use crate::{Basis, Driver, Key, Layer, Model, Rule, Sharing};

impl Model {
    /// The model as `quarterdeck.allocation-model.v1`. Reading it gives the same model.
    pub fn to_json(&self) -> Value {
        let pools = self.pools.iter().map(|pool| {
            let amount = Money::of_minor(pool.amount, self.currency).plain();
            json!({"key": &*pool.key, "name": pool.name, "amount": amount})
        });
        let nodes = self.nodes.iter();
        let nodes = nodes.map(|node| json!({"key": &*node.key, "name": node.name, "layer": &*node.layer}));
        json!({
            "schema": SCHEMA,
            "currency": self.currency.code(),
            "layers": self.layers.iter().map(layer).collect::<Vec<_>>(),
            "pools": pools.collect::<Vec<_>>(),
            "nodes": nodes.collect::<Vec<_>>(),
            "drivers": self.drivers.iter().map(driver).collect::<Vec<_>>(),
            "rules": self.rules.iter().map(|one| rule(one, self.currency)).collect::<Vec<_>>(),
        })
    }
}

fn layer(layer: &Layer) -> Value {
    let sharing = match &layer.sharing {
        Sharing::Direct => json!("direct"),
        Sharing::StepDown { order } => json!({"step-down": texts(order)}),
        Sharing::Reciprocal => json!("reciprocal"),
    };
    json!({"key": &*layer.key, "name": layer.name, "sharing": sharing})
}

fn driver(driver: &Driver) -> Value {
    json!({
        "key": &*driver.key,
        "unit": driver.unit,
        "capacity": driver.capacity.as_ref().map(Quantity::plain),
        "quantities": numbers(&driver.quantities),
    })
}

fn rule(rule: &Rule, currency: Currency) -> Value {
    let (method, field) = match &rule.basis {
        Basis::Even { to } => ("even", Some(("to", json!(texts(to))))),
        Basis::Fixed { weights } => ("fixed", Some(("weights", numbers(weights)))),
        Basis::Proportional { to } => ("proportional", Some(("to", json!(texts(to))))),
        Basis::Driver { to, .. } => ("driver", to.as_ref().map(|to| ("to", json!(texts(to))))),
        Basis::DualRate { .. } => ("dual-rate", None),
        Basis::Budgeted { .. } => ("budgeted-rate", None),
        Basis::Central => ("central", None),
    };
    let mut written = json!({"key": &*rule.key, "from": &*rule.from, "method": method});
    if let Basis::Driver { driver, .. } = &rule.basis {
        written["driver"] = json!(&**driver);
    }
    rates::write(&rule.basis, currency, &mut written);
    if let Some((name, value)) = field {
        written[name] = value;
    }
    written
}

fn texts(keys: &[Key]) -> Vec<&str> {
    keys.iter().map(|key| &**key).collect()
}

fn numbers(entries: &[(Key, Quantity)]) -> Value {
    let entry = |(key, number): &(Key, Quantity)| (key.to_string(), Value::from(number.plain()));
    Value::Object(entries.iter().map(entry).collect::<Map<_, _>>())
}
