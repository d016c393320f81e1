//! What each list has for a few words.

use std::collections::BTreeSet;

use access::{Cx, Params, Reading, View};
use kernel::listing::{Asked, Listing};
use kernel::{Refusal, Refused, nearest};
use serde_json::json;

use super::near::names;
use super::records::{Records, list, records};

/// Kinds of record that are searched, in the order shown.
const SEARCHED: [&str; 19] = [
    "service",
    "offering",
    "customer",
    "contact",
    "agreement",
    "order",
    "statement",
    "rule",
    "mapping",
    "pool",
    "driver",
    "cost-centre",
    "object",
    "account",
    "budget",
    "promise",
    "batch",
    "bill",
    "user",
];

/// Kinds among them without names of their own: a number, and names of a service, a customer or a file.
const NUMBERED: [&str; 6] = ["agreement", "order", "statement", "promise", "batch", "bill"];

/// What the list of one kind has for the words.
pub struct Hits {
    kind: Records,
    /// Its first rows, and how many there are.
    pub listing: Listing,
}

impl Hits {
    /// The list.
    pub fn list(&self) -> &'static Reading {
        self.kind.list
    }
}

/// The kinds that are searched, in the order shown.
fn searched() -> Vec<Records> {
    let place = |kind: &Records| SEARCHED.iter().position(|noun| *noun == kind.noun);
    let mut kinds: Vec<Records> = records().filter(|kind| place(kind).is_some()).collect();
    kinds.sort_by_key(place);
    kinds
}

/// What each list has for the words, of each at most `per` rows.
pub async fn hits(cx: &mut Cx, words: &str, per: Option<u32>) -> Result<Vec<Hits>, Refused> {
    let mut hits = Vec::new();
    for kind in searched() {
        let asked = Asked { search: Some(words.to_owned()), page: 1, per, ..Asked::default() };
        let listing = list(cx, kind.list, asked).await?.filter(|listing| listing.count > 0);
        hits.extend(listing.map(|listing| Hits { kind, listing }));
    }
    Ok(hits)
}

/// What may have been meant by words that nothing has: each word that no name and no key has, as the nearest one that
/// some of those that the reader may see has. Nothing where that makes no other words.
pub async fn meant(cx: &mut Cx, words: &str) -> Result<Option<String>, Refused> {
    let known = vocabulary(cx).await?;
    let mend = |word: &str| {
        let there = known.iter().any(|one| one.contains(&word.to_lowercase()));
        let near = nearest(word, known.iter().map(String::as_str)).first().map(|near| (*near).to_owned());
        if there { word.to_owned() } else { near.unwrap_or_else(|| word.to_owned()) }
    };
    let mended = words.split_whitespace().map(mend).collect::<Vec<_>>().join(" ");
    Ok((mended.to_lowercase() != words.to_lowercase()).then_some(mended))
}

/// Every word of the keys and names on the lists that are searched, in small letters.
async fn vocabulary(cx: &mut Cx) -> Result<BTreeSet<String>, Refused> {
    let mut known = BTreeSet::new();
    for kind in searched().into_iter().filter(|kind| !NUMBERED.contains(&kind.noun)) {
        for found in list(cx, kind.list, names()).await?.iter().flat_map(|listing| kind.found(listing)) {
            let words = [found.key, found.name].join(" ").to_lowercase();
            known.extend(words.split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned));
        }
    }
    known.remove("");
    Ok(known)
}

/// The records that have the words of `q`.
pub(super) async fn search(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let words = params.get("q").trim();
    if words.is_empty() {
        return Err(Refusal::field("q", "Say what you look for: a name, a key, a number.").into());
    }
    let (mut found, mut unshown) = (Vec::new(), 0);
    for Hits { kind, listing } in hits(cx, words, asked.per).await? {
        unshown += listing.count - i64::try_from(listing.rows.len()).unwrap_or(listing.count);
        found.extend(kind.found(&listing));
    }
    let shown = i64::try_from(found.len()).unwrap_or(i64::MAX);
    let meant = if found.is_empty() { meant(cx, words).await? } else { None };
    Ok(View::Record(json!({
        "schema": "quarterdeck.search.v1",
        "items": found,
        "count": shown + unshown,
        "did_you_mean": meant,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_searched_has_a_list_and_they_come_in_the_order_shown() {
        let nouns: Vec<&str> = searched().iter().map(|kind| kind.noun).collect();
        assert_eq!(nouns, SEARCHED);
    }
}
