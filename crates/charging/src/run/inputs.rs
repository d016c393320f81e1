//! What a run starts from: its model, as a file anyone may compute again and as a digest.

use std::collections::BTreeSet;

use access::{Cx, Params, View};
use allocation::{Key, Model};
use kernel::Refused;
use kernel::listing::Asked;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::layers::named;
use super::rules::model;
use super::start::facts;
use super::view::period;

/// The model a run of the period starts from, as `quarterdeck calc allocate` reads it: anyone may recompute it.
pub async fn inputs(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period = period(cx, params).await?;
    let mut file = model(&facts(cx, period).await?).to_json();
    file["about"] = Value::from(format!("{}, {}", cx.organisation.name, period.label()));
    Ok(View::Record(file))
}

/// Digest of everything a run starts from: of its model as the file that `quarterdeck allocate model` prints,
/// without names, which change no amount, and without nodes that nothing of the month concerns.
pub fn inputs_digest(model: &Model) -> String {
    let mut model = model.clone();
    let concerned = concerned(&model);
    model.nodes.retain(|node| concerned.contains(&node.key));
    let layers = model.layers.iter_mut().map(|layer| &mut layer.name);
    let pools = model.pools.iter_mut().map(|pool| &mut pool.name);
    let nodes = model.nodes.iter_mut().map(|node| &mut node.name);
    layers.chain(pools).chain(nodes).for_each(String::clear);
    let text = model.to_json().to_string();
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keys that send, or that a rule or a driver names.
fn concerned(model: &Model) -> BTreeSet<Key> {
    let mut keys = BTreeSet::new();
    for rule in &model.rules {
        keys.insert(rule.from.clone());
        keys.extend(named(&rule.basis).cloned());
    }
    for driver in &model.drivers {
        keys.extend(driver.quantities.iter().map(|(key, _)| key.clone()));
    }
    keys
}

#[cfg(test)]
mod tests {
    use allocation::{Basis, Layer, Node, Pool, Rule, Sharing};
    use kernel::Currency;

    use super::*;

    /// A pool that two services share evenly, and a third that nothing concerns.
    fn month() -> Model {
        let node = |key: &str| Node { key: key.into(), name: key.to_lowercase(), layer: "service".into() };
        let to = vec!["s:A".into(), "s:B".into()];
        Model {
            currency: Currency::parse("EUR").unwrap(),
            layers: vec![Layer { key: "service".into(), name: "Services".into(), sharing: Sharing::Direct }],
            pools: vec![Pool { key: "p:P".into(), name: "Pool".into(), amount: 100_00 }],
            nodes: vec![node("s:A"), node("s:B"), node("s:Z")],
            drivers: Vec::new(),
            rules: vec![Rule { key: "R-01 v1".into(), from: "p:P".into(), basis: Basis::Even { to } }],
        }
    }

    #[test]
    fn a_run_is_stale_by_what_changes_an_amount_and_by_nothing_else() {
        let changes: [(&str, fn(&mut Model), bool); 7] = [
            ("nothing", |_| {}, true),
            ("a service is renamed", |month| month.nodes[0].name = "Another".into(), true),
            ("a pool is renamed", |month| month.pools[0].name = "Another".into(), true),
            ("a service that takes no part ends", |month| drop(month.nodes.pop()), true),
            ("a cent more", |month| month.pools[0].amount += 1, false),
            ("a rule has a new version", |month| month.rules[0].key = "R-01 v2".into(), false),
            ("a receiver is gone", |month| drop(month.nodes.remove(1)), false),
        ];
        for (change, make, same) in changes {
            let mut later = month();
            make(&mut later);
            assert_eq!(inputs_digest(&later) == inputs_digest(&month()), same, "{change}");
        }
    }
}
