//! Add one.

use access::{Cx, Done, Event, Snapshot, history};
use kernel::Refused;

use super::{Kind, Named, repo};

/// Adds one; its key and its name were read before.
pub(crate) async fn add(cx: &mut Cx, kind: &Kind, key: String, name: String) -> Result<Done, Refused> {
    let one = Named { id: cx.uuid().to_string(), version: 1, key, name };
    repo::insert(cx, kind, &one).await?;
    history::record(cx, Event::of(kind.noun, &one.id, &one.key, "added"), &Snapshot::none()).await?;
    let says = format!("Added {} {}, {}.", kind.noun.name, one.key, one.name);
    Ok(Done::changed(kind.page_of(&one), one.key, says).at_version(1))
}
