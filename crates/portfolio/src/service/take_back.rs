//! Take a service back that an import brought in by mistake: it goes, and the history keeps what it was.

use access::{Cx, Event, history};
use imports::Exchange;
use kernel::Refused;

use super::{NOUN, repo};
use crate::import::untouched;

/// Removes the service of `key`; refused where it was changed since, or anything names it.
pub(super) async fn take_back(cx: &mut Cx, exchange: &Exchange, key: &str, why: &str) -> Result<(), Refused> {
    let service = repo::load(&mut cx.tx, key).await?;
    let uses = repo::used_by(&mut cx.tx, key).await?;
    untouched(exchange, key, service.version, uses)?;
    let id = service.id.to_string();
    let before = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
    repo::remove(&mut cx.tx, service.id).await?;
    let event =
        Event { noun: &NOUN, id, key: key.to_owned(), action: "taken back", why: Some(why), customer: None };
    Ok(history::record(cx, event, &before).await?)
}
