//! Which record an id is of: a key, a number, a username or a period, as lists have it, or the UUID within.

use access::{Cx, Params, View, history};
use kernel::Refused;
use kernel::listing::{Asked, Compare, Filter, encode};
use serde_json::json;

use super::near;
use super::records::{Found, Records, list, records};
use crate::registry;

/// How the history names kinds of record that are asked for by another word.
const NAMED: [(&str, &str); 3] = [("person", "user"), ("transaction", "ledger"), ("mapping rule", "mapping")];

/// The records of that id: mostly one, as keys of services and of their offerings may be the same. `noun` asks for
/// one kind alone.
pub(super) async fn open(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let (id, noun) = (params.get("id").trim(), params.optional("noun"));
    let found = match uuid::Uuid::parse_str(id) {
        Ok(uuid) => by_uuid(cx, &uuid.to_string(), noun).await?,
        Err(_) => by_key(cx, id, noun).await?,
    };
    if found.is_empty() {
        return Err(near::unknown(cx, id, noun).await?.into());
    }
    let count = found.len();
    Ok(View::Record(
        json!({ "schema": "quarterdeck.opened.v1", "asked": id, "items": found, "count": count }),
    ))
}

/// The kinds asked for: one, or all.
pub(super) fn kinds(noun: Option<&str>) -> Vec<Records> {
    records().filter(|kind| noun.is_none_or(|noun| noun == kind.noun)).collect()
}

async fn by_key(cx: &mut Cx, id: &str, noun: Option<&str>) -> Result<Vec<Found>, Refused> {
    let mut found = Vec::new();
    for kind in kinds(noun) {
        found.extend(on_list(cx, &kind, id).await?);
    }
    Ok(found)
}

/// The record of that key, if it is on the list the reader sees.
async fn on_list(cx: &mut Cx, kind: &Records, key: &str) -> Result<Vec<Found>, Refused> {
    let filter = Filter { column: kind.id.to_owned(), compare: Compare::Equal, value: key.to_owned() };
    let asked = Asked { filters: vec![filter], page: 1, ..Asked::default() };
    Ok(list(cx, kind.list, asked).await?.map(|listing| kind.found(&listing)).unwrap_or_default())
}

/// What is read by its UUID, and what the history tells of under it.
async fn by_uuid(cx: &mut Cx, uuid: &str, noun: Option<&str>) -> Result<Vec<Found>, Refused> {
    let mut found = Vec::new();
    for reading in registry::readings().filter(|reading| reading.path.ends_with("/{id}")) {
        let Some(own) = reading.name.strip_suffix(" show").filter(|_| reading.name != super::OPEN) else {
            continue;
        };
        let params = Params([("id".to_owned(), uuid.to_owned())].into());
        if noun.is_some_and(|noun| noun != own) || !cx.who.reach(reading.action).any() {
            continue;
        }
        match (reading.run)(cx, params, Asked::default()).await {
            Ok(_) => {
                let path = reading.path.replace("{id}", &encode(uuid));
                found.push(Found { noun: own, key: uuid.to_owned(), name: reading.summary.to_owned(), path });
            }
            Err(Refused::Refusal(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    let told: Vec<&str> = registry::nouns().iter().map(|noun| noun.name).collect();
    for (own, key) in history::named(&mut cx.tx, &told, uuid).await? {
        let own = NAMED.iter().find(|(told, _)| *told == own).map_or(own.as_str(), |(_, word)| word);
        for kind in kinds(noun).iter().filter(|kind| kind.noun == own) {
            found.extend(on_list(cx, kind, &key).await?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_history_names_otherwise_is_there_under_both_words() {
        for (told, word) in NAMED {
            assert!(registry::nouns().iter().any(|noun| noun.name == told), "{told}");
            assert!(records().any(|kind| kind.noun == word), "{word}");
        }
    }
}
