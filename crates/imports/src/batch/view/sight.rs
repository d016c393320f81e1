//! Which batches a person sees: whole those of kinds whose rows they may read; of their own where they may not (any
//! more), that they made it, and no more.

use access::history::Narrow;
use access::{Cx, Reach};
use kernel::{Fault, Refusal, Refused};

use crate::batch::{Batch, repo};

/// Of which batches the history is told to whom.
pub(crate) static NARROW: Narrow =
    Narrow { noun: "batch", told: |cx| of_event(&seen("b", cx)), whole: |cx| of_event(&read("b", cx)) };

fn of_event(condition: &str) -> String {
    format!("h.record_id in (select b.id from imports_batches b where {condition})")
}

/// SQL: the rows of the batch `named` may be read.
pub(super) fn read(named: &str, cx: &Cx) -> String {
    let kinds: Vec<String> = (crate::targets().iter())
        .filter(|target| cx.who.reach(target.reads) == Reach::All)
        // Kinds are words of our own making, so the text holds nothing a person typed.
        .map(|target| format!("'{}'", target.kind))
        .collect();
    if kinds.is_empty() { "false".to_owned() } else { format!("{named}.kind in ({})", kinds.join(", ")) }
}

/// SQL: the batch `named` may be seen.
pub(super) fn seen(named: &str, cx: &Cx) -> String {
    let (read, own) = (read(named, cx), cx.person());
    format!("({read} or {named}.uploaded_by = '{own}' or {named}.written_by = '{own}')")
}

/// The batch people call so, and whether its rows may be read; where it may not be seen, it is simply not there.
pub(super) async fn found(cx: &mut Cx, label: &str) -> Result<(Batch, bool), Refused> {
    let batch = repo::load(&mut cx.tx, label).await?;
    let whole = may_read(cx, &batch)?;
    let written = batch.written.as_ref().map(|deed| deed.by);
    let own = batch.uploaded.by == cx.person() || written == Some(cx.person());
    if whole || own { Ok((batch, whole)) } else { Err(Refusal::not_found().into()) }
}

/// The batch people call so, if its rows may be read.
pub(in crate::batch) async fn readable(cx: &mut Cx, label: &str) -> Result<Batch, Refused> {
    match found(cx, label).await? {
        (batch, true) => Ok(batch),
        _ => Err(Refusal::not_found().into()),
    }
}

fn may_read(cx: &Cx, batch: &Batch) -> Result<bool, Fault> {
    Ok(cx.who.reach(batch.target()?.reads) == Reach::All)
}
