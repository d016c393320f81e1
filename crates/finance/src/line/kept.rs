//! Whether the lines of a batch can still be taken back.

use access::Cx;
use imports::Exchange;
use kernel::Refused;

use super::error::BATCH_CLOSED;
use super::repo;
use crate::period;

/// Refuses where a month with lines of the batch, or with lines it replaced, takes no changes any more: because of
/// the first such month the batch stays.
pub(super) async fn may_revert(cx: &mut Cx, exchange: &Exchange) -> Result<(), Refused> {
    let states = period::states(&mut cx.tx).await?;
    for month in repo::touched(&mut cx.tx, exchange.id).await? {
        let state = match states.0.get(&month) {
            Some(state) if state.takes_facts() => continue,
            Some(state) => state.word(),
            None => "not open",
        };
        return Err(BATCH_CLOSED.with(&[&exchange.number, &month.label(), state]).into());
    }
    Ok(())
}
