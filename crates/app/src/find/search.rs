//! What each list has for a few words.

use access::{Cx, Params, Reading, View};
use kernel::listing::{Asked, Listing};
use kernel::{Fault, Refusal, Refused};
use serde_json::json;

use super::records::{list, records};

/// Kinds of record that are searched, in the order shown.
const SEARCHED: [&str; 17] = [
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
    "account",
    "budget",
    "promise",
    "batch",
    "bill",
    "user",
];

/// What one list has for the words.
pub struct Hits {
    /// The list.
    pub reading: &'static Reading,
    /// Its first rows, and how many there are.
    pub listing: Listing,
}

/// What each list has for the words, of each at most `per` rows.
pub async fn hits(cx: &mut Cx, words: &str, per: Option<u32>) -> Result<Vec<Hits>, Refused> {
    let mut hits = Vec::new();
    for noun in SEARCHED {
        let kind = records().find(|kind| kind.noun == noun);
        let kind = kind.ok_or_else(|| Fault::because(format!("there is no list of {noun}")))?;
        let asked = Asked { search: Some(words.to_owned()), page: 1, per, ..Asked::default() };
        let listing = list(cx, kind.list, asked).await?.filter(|listing| listing.count > 0);
        hits.extend(listing.map(|listing| Hits { reading: kind.list, listing }));
    }
    Ok(hits)
}

/// The records that have the words of `q`.
pub(super) async fn search(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let words = params.get("q").trim();
    if words.is_empty() {
        return Err(Refusal::field("q", "Say what you look for: a name, a key, a number.").into());
    }
    let (mut found, mut unshown) = (Vec::new(), 0);
    for Hits { reading, listing } in hits(cx, words, asked.per).await? {
        let kind = records().find(|kind| kind.list.name == reading.name);
        unshown += listing.count - i64::try_from(listing.rows.len()).unwrap_or(listing.count);
        found.extend(kind.map(|kind| kind.found(&listing)).unwrap_or_default());
    }
    let shown = i64::try_from(found.len()).unwrap_or(i64::MAX);
    Ok(View::Record(json!({
        "schema": "quarterdeck.search.v1",
        "items": found,
        "count": shown + unshown,
    })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_is_searched_has_a_list() {
        for noun in SEARCHED {
            assert!(records().any(|kind| kind.noun == noun), "{noun}");
        }
    }
}
