//! What may have been meant by an id that no record has: told with the refusal, of records the reader may see.

use access::Cx;
use kernel::listing::Asked;
use kernel::{Refusal, Refused, nearest};

use super::open::kinds;
use super::records::{Found, list};

/// How a refusal begins to say what is near.
pub const DID_YOU_MEAN: &str = "Did you mean ";

/// Records of a kind that are looked at for a near one.
const LOOKED_AT: u32 = 5_000;

/// What those are called.
pub(super) fn names() -> Asked {
    Asked { page: 1, per: Some(LOOKED_AT), uncounted: true, names_only: true, ..Asked::default() }
}

/// Letters of what was typed from which on it may be part of a name.
const NAME: usize = 3;

/// Records with it in their names that are few enough to be told.
const TOLD: usize = 3;

/// The refusal of an unknown id, with the nearest keys, or else the records that have it in their names.
pub(super) async fn unknown(cx: &mut Cx, id: &str, noun: Option<&str>) -> Result<Refusal, Refused> {
    let all = found(cx, noun, &names()).await?;
    let keys = nearest(id, all.iter().map(|one| one.key.as_str()));
    let mut near: Vec<&Found> =
        keys.iter().flat_map(|key| all.iter().filter(|one| one.key == *key)).collect();
    let search = Asked { search: Some(id.to_owned()), ..names() };
    let named = match id.chars().count() >= NAME && near.is_empty() {
        true => found(cx, noun, &search).await?,
        false => Vec::new(),
    };
    if named.len() <= TOLD {
        near.extend(&named);
    }
    let plain = Refusal::not_found();
    Ok(if near.is_empty() { plain } else { Refusal { way_out: meant(&near, noun.is_none()), ..plain } })
}

/// `Did you mean customer CARE or service CARS?`
fn meant(near: &[&Found], with_noun: bool) -> String {
    let word = |one: &&Found| if with_noun { format!("{} {}", one.noun, one.key) } else { one.key.clone() };
    format!("{DID_YOU_MEAN}{}?", near.iter().map(word).collect::<Vec<_>>().join(" or "))
}

/// The records on the lists of those kinds, as asked for; nobody types a UUID by hand.
async fn found(cx: &mut Cx, noun: Option<&str>, asked: &Asked) -> Result<Vec<Found>, Refused> {
    let mut all = Vec::new();
    for kind in kinds(noun).iter().filter(|kind| kind.id != "id") {
        let listing = list(cx, kind.list, asked.clone()).await?;
        all.extend(listing.map(|listing| kind.found(&listing)).unwrap_or_default());
    }
    Ok(all)
}
