//! Whether the lines of a batch can still be taken back: asked before, so that nobody is offered what can
//! only be refused, and again when it is done.

use db::Tx;
use kernel::{BatchId, Fault, Period};

use super::repo;
use crate::period;

/// The first month with lines of a batch that takes no changes any more, and its state: because of it the
/// batch stays.
pub async fn kept_by(tx: &mut Tx, batch: BatchId) -> Result<Option<(Period, &'static str)>, Fault> {
    let states = period::states(tx).await?;
    let touched = repo::touched(tx, batch).await?;
    Ok(touched.into_iter().find_map(|month| match states.0.get(&month) {
        Some(state) if state.takes_facts() => None,
        Some(state) => Some((month, state.word())),
        None => Some((month, "not open")),
    }))
}
