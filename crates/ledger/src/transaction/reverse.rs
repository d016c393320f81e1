//! Reverse a transaction: its mirror image, once.

use access::Cx;
use chrono::NaiveDate;
use kernel::{Period, Refused};

use super::error::{IS_REVERSAL, REVERSED_BEFORE};
use super::post::store;
use super::{Posted, TransactionId, repo};

/// Posts the mirror image of `id` into period `into`; where that is another than its own, the
/// reversal says which period it corrects. Refuses to reverse twice, and to reverse a reversal.
pub async fn reverse(
    cx: &mut Cx,
    id: TransactionId,
    into: Period,
    day: NaiveDate,
    why: &str,
) -> Result<Posted, Refused> {
    let head = repo::load(&mut cx.tx, id).await?;
    if head.reverses.is_some() {
        return Err(IS_REVERSAL.with(&[&head.number.to_string()]).into());
    }
    if head.reversed {
        return Err(REVERSED_BEFORE.with(&[&head.number.to_string()]).into());
    }
    let original = repo::whole(&mut cx.tx, &head).await?;
    let text = format!("Reversal of T-{}: {}", head.number, original.text);
    let mirror = original.reversed(into, day, text);
    store(cx, &mirror, Some(id), Some(why)).await
}
