//! Take an agreement back that an import entered by mistake: it goes with its quantities, and the
//! history keeps what they were.

use access::{Cx, Event, history};
use imports::Exchange;
use kernel::{Refused, Scope};
use portfolio::import::untouched;

use super::{NOUN, QUANTITY, repo};

/// Removes the agreement of `number`; refused where it was changed since, charged, or came of an order.
pub(super) async fn take_back(
    cx: &mut Cx,
    exchange: &Exchange,
    number: &str,
    why: &str,
) -> Result<(), Refused> {
    let agreement = repo::load(&mut cx.tx, &Scope::All, number).await?;
    let uses = repo::used_by(&mut cx.tx, agreement.id).await?;
    untouched(exchange, number, agreement.version, uses)?;
    let customer = Some(agreement.customer);
    let event = |noun, id, key| Event { noun, id, key, action: "taken back", why: Some(why), customer };
    for (id, from) in repo::steps(&mut cx.tx, agreement.id).await? {
        let before = history::snapshot(&mut cx.tx, &QUANTITY, &id).await?;
        repo::remove_step(&mut cx.tx, &id).await?;
        history::record(cx, event(&QUANTITY, id, format!("{number} from {from}")), &before).await?;
    }
    let id = agreement.id.to_string();
    let before = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
    repo::remove(&mut cx.tx, agreement.id).await?;
    Ok(history::record(cx, event(&NOUN, id, number.to_owned()), &before).await?)
}
