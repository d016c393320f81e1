//! The kinds of record that can be found: those with a reading one step below the list they are in.

use std::collections::BTreeSet;

use access::{Cx, Params, Reading, View};
use kernel::Refused;
use kernel::listing::{Asked, Kind, Listing, Value, encode};
use serde::Serialize;

use crate::registry;

/// A kind of record: `customer list` at `/relationships/customers`, `customer show` at
/// `/relationships/customers/{key}`.
pub(super) struct Records {
    /// `customer`.
    pub noun: &'static str,
    /// Its list.
    pub list: &'static Reading,
    /// One of it.
    show: &'static Reading,
    /// Which column of the list tells them apart: `key`.
    pub id: &'static str,
    /// What that is called in the address of one: mostly the same.
    blank: &'static str,
}

/// Lists on which another column than that of the address tells records apart: the number of a batch is a count there,
/// and its label is `B-0012`.
const LABELLED: [(&str, &str); 2] = [("batch", "batch"), ("ledger", "transaction")];

/// A record that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Found {
    /// `customer`.
    pub noun: &'static str,
    /// Its key or number.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Its address under `/api/v1`.
    pub path: String,
}

/// Every kind there is.
pub(super) fn records() -> impl Iterator<Item = Records> {
    registry::readings().filter_map(|show| {
        let noun = show.name.strip_suffix(" show")?;
        let (above, last) = show.path.rsplit_once('/')?;
        let blank = last.strip_prefix('{')?.strip_suffix('}')?;
        let id = LABELLED.iter().find(|(of, _)| *of == noun).map_or(blank, |(_, id)| *id);
        let list = registry::reading(&format!("{noun} list")).filter(|list| list.path == above)?;
        Some(Records { noun, list, show, id, blank })
    })
}

/// The list of that kind of record, and its column that tells them apart.
pub fn list_of(noun: &str) -> Option<(&'static Reading, &'static str)> {
    records().find(|kind| kind.noun == noun).map(|kind| (kind.list, kind.id))
}

/// That list, if the reader may ask for it at all and it can be asked so.
pub(super) async fn list(cx: &mut Cx, reading: &Reading, asked: Asked) -> Result<Option<Listing>, Refused> {
    if !cx.who.reach(reading.action).any() {
        return Ok(None);
    }
    match (reading.run)(cx, Params::default(), asked).await {
        Ok(View::List(listing)) => Ok(Some(listing)),
        Ok(View::Record(_)) | Err(Refused::Refusal(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

impl Records {
    /// Its records on that list, each once: of some there is a row for each version.
    pub(super) fn found(&self, listing: &Listing) -> Vec<Found> {
        let mut known = BTreeSet::new();
        let keyed = listing.rows.iter().filter_map(|row| {
            let key = listing.value(row, self.id)?.plain();
            (!key.is_empty() && known.insert(key.clone())).then(|| self.at(key, self.name(listing, row)))
        });
        keyed.collect()
    }

    /// The record of that key.
    pub(super) fn at(&self, key: String, name: String) -> Found {
        let path = self.show.path.replace(&format!("{{{}}}", self.blank), &encode(&key));
        Found { noun: self.noun, key, name, path }
    }

    /// The first words of a row beside its key: its name, or whose it is.
    fn name(&self, listing: &Listing, row: &[Value]) -> String {
        let worded = listing.columns.iter().zip(row).filter(|(column, _)| {
            let words = matches!(column.kind, Kind::Text | Kind::Code | Kind::Period | Kind::State);
            words && !column.hidden && column.key != self.id
        });
        let words = worded.map(|(_, value)| value.plain()).filter(|words| !words.is_empty());
        words.take(2).collect::<Vec<_>>().join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_every_context_can_be_found() {
        let nouns: Vec<&str> = records().map(|kind| kind.noun).collect();
        for noun in ["account", "agreement", "batch", "customer", "job", "order", "rule", "service", "user"] {
            assert!(nouns.contains(&noun), "{noun} is none of {nouns:?}");
        }
        let customer = records().find(|kind| kind.noun == "customer").unwrap();
        assert_eq!(customer.at("A B".into(), String::new()).path, "/relationships/customers/A%20B");
    }
}
