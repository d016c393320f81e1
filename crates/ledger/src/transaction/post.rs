//! Post a transaction.

use access::{Cx, Event, Snapshot, history};
use kernel::{Fault, Refused};

use super::rules::balanced;
use super::{NOUN, NewTransaction, Posted, TransactionId, repo};

/// Posts it for ever, or refuses one that does not balance. Costs one row, one row per posting and
/// one event, whatever number of lines stands behind it.
pub async fn post(cx: &mut Cx, new: NewTransaction) -> Result<Posted, Refused> {
    store(cx, &new, None, None).await
}

pub(super) async fn store(
    cx: &mut Cx,
    new: &NewTransaction,
    reverses: Option<TransactionId>,
    why: Option<&str>,
) -> Result<Posted, Refused> {
    balanced(new, cx.organisation.currency)?;
    let debit = new.debit().ok_or_else(|| Fault::because("the debits of a transaction pass 64 bits"))?;
    let number = repo::next_number(&mut cx.tx).await?;
    let posted = Posted { id: TransactionId::new(cx.uuid()), number };
    repo::insert(cx, new, posted, reverses, debit).await?;
    let event = Event {
        noun: &NOUN,
        id: posted.id.to_string(),
        key: format!("T-{number}"),
        action: if reverses.is_some() { "posted as reversal" } else { "posted" },
        why,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(posted)
}
