//! A model as people write it in a file.

use kernel::written::{Entries, Exact, place_of};
use kernel::{Currency, Money, Quantity};

use super::rule::RuleFile;
use crate::{Driver, Error, Key, Layer, Model, Node, Pool, Sharing};

pub(super) const SCHEMA: &str = "quarterdeck.allocation-model.v1";

/// Reads a model of schema `quarterdeck.allocation-model.v1`.
///
/// # Errors
/// [`Error::Unreadable`] with the line and column, or the record and field.
pub fn parse_model(text: &str) -> Result<Model, Error> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        let (at, says) = place_of(&error);
        Error::Unreadable { at, says }
    })?;
    if file.schema != SCHEMA {
        return Err(unreadable("schema", format!("“{}” is not “{SCHEMA}”", file.schema)));
    }
    let currency = Currency::parse(&file.currency).map_err(|error| unreadable("currency", error))?;
    Ok(Model {
        currency,
        layers: file.layers.into_iter().map(LayerFile::layer).collect(),
        pools: file.pools.into_iter().map(|pool| pool.pool(currency)).collect::<Result<_, _>>()?,
        nodes: file.nodes.into_iter().map(NodeFile::node).collect(),
        drivers: file.drivers.into_iter().map(DriverFile::driver).collect::<Result<_, _>>()?,
        rules: file.rules.into_iter().map(|rule| rule.rule(currency)).collect::<Result<_, _>>()?,
    })
}

pub(super) fn unreadable(at: impl Into<String>, says: impl ToString) -> Error {
    Error::Unreadable { at: at.into(), says: says.to_string() }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: String,
    currency: String,
    /// For people: what the model is and where it comes from.
    #[serde(default, rename = "about")]
    _about: String,
    layers: Vec<LayerFile>,
    pools: Vec<PoolFile>,
    nodes: Vec<NodeFile>,
    #[serde(default)]
    drivers: Vec<DriverFile>,
    rules: Vec<RuleFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct LayerFile {
    key: String,
    name: Option<String>,
    #[serde(default)]
    sharing: SharingFile,
}

#[derive(serde::Deserialize, Default)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum SharingFile {
    #[default]
    Direct,
    /// `{"step-down": ["PM", "IS"]}`
    StepDown(Vec<String>),
    Reciprocal,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PoolFile {
    key: String,
    name: Option<String>,
    amount: Exact,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NodeFile {
    key: String,
    name: Option<String>,
    layer: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct DriverFile {
    key: String,
    unit: String,
    capacity: Option<Exact>,
    quantities: Entries<Exact>,
}

fn key(text: String) -> Key {
    Key::from(text)
}

pub(super) fn keys(list: Vec<String>) -> Vec<Key> {
    list.into_iter().map(Key::from).collect()
}

impl LayerFile {
    fn layer(self) -> Layer {
        let sharing = match self.sharing {
            SharingFile::Direct => Sharing::Direct,
            SharingFile::StepDown(order) => Sharing::StepDown { order: keys(order) },
            SharingFile::Reciprocal => Sharing::Reciprocal,
        };
        Layer { name: self.name.unwrap_or_else(|| self.key.clone()), key: key(self.key), sharing }
    }
}

impl PoolFile {
    fn pool(self, currency: Currency) -> Result<Pool, Error> {
        let amount = Money::parse(&self.amount.0, currency)
            .map_err(|error| unreadable(format!("pool {}, amount", self.key), error))?;
        let name = self.name.unwrap_or_else(|| self.key.clone());
        Ok(Pool { key: key(self.key), name, amount: amount.minor() })
    }
}

impl NodeFile {
    fn node(self) -> Node {
        let name = self.name.unwrap_or_else(|| self.key.clone());
        Node { key: key(self.key), name, layer: key(self.layer) }
    }
}

impl DriverFile {
    fn driver(self) -> Result<Driver, Error> {
        let at = format!("driver {}", self.key);
        let capacity = self.capacity.map(|capacity| quantity(&capacity, &at, "capacity")).transpose()?;
        let quantities = quantities(self.quantities, &at)?;
        Ok(Driver { key: key(self.key), unit: self.unit, capacity, quantities })
    }
}

pub(super) fn quantity(exact: &Exact, at: &str, field: &str) -> Result<Quantity, Error> {
    exact.quantity().map_err(|says| unreadable(format!("{at}, {field}"), says))
}

pub(super) fn quantities(entries: Entries<Exact>, at: &str) -> Result<Vec<(Key, Quantity)>, Error> {
    (entries.0.into_iter()).map(|(to, exact)| Ok((Key::from(&*to), quantity(&exact, at, &to)?))).collect()
}
