//! A model as people write it in a file.

use std::fmt;

use kernel::{Currency, Money, Quantity};
use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::rule::RuleFile;
use crate::{Driver, Error, Key, Layer, Model, Node, Pool, Sharing};

pub(super) const SCHEMA: &str = "quarterdeck.allocation-model.v1";

/// Reads a model of schema `quarterdeck.allocation-model.v1`.
///
/// # Errors
/// [`Error::Unreadable`] with the line and column, or the record and field.
pub fn parse_model(text: &str) -> Result<Model, Error> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        let at = format!("line {}, column {}", error.line(), error.column());
        let says = error.to_string();
        let place = says.rfind(" at line ").unwrap_or(says.len());
        Error::Unreadable { at, says: says[..place].to_owned() }
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
    quantities: Entries,
}

/// A number as it was written.
pub(super) struct Exact(pub(super) String);

/// Key → number; a key written twice is refused instead of the first being lost.
pub(super) struct Entries(Vec<(String, Exact)>);

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
        let capacity = self.capacity.map(|capacity| capacity.quantity(&at, "capacity")).transpose()?;
        let quantities = self.quantities.quantities(&at)?;
        Ok(Driver { key: key(self.key), unit: self.unit, capacity, quantities })
    }
}

impl Exact {
    pub(super) fn quantity(&self, at: &str, field: &str) -> Result<Quantity, Error> {
        Quantity::parse(&self.0).map_err(|_| {
            let says = format!("“{}” is no number with at most six digits after the dot", self.0);
            unreadable(format!("{at}, {field}"), says)
        })
    }
}

impl Entries {
    pub(super) fn quantities(self, at: &str) -> Result<Vec<(Key, Quantity)>, Error> {
        (self.0.into_iter()).map(|(to, exact)| Ok((Key::from(&*to), exact.quantity(at, &to)?))).collect()
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        struct Written;
        impl Visitor<'_> for Written {
            type Value = Exact;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a whole number, or a decimal in quotes such as \"12.5\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
                Ok(Exact(text.to_owned()))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Exact, E> {
                Ok(Exact(number.to_string()))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Exact, E> {
                Ok(Exact(number.to_string()))
            }
        }
        deserializer.deserialize_any(Written)
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of receiver keys and numbers")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries: Vec<(String, Exact)> = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                let mut sorted: Vec<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
                sorted.sort_unstable();
                match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
                    Some(pair) => Err(de::Error::custom(format!("{} is there twice", pair[0]))),
                    None => Ok(Entries(entries)),
                }
            }
        }
        deserializer.deserialize_map(Each)
    }
}
