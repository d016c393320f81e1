//! Remove what has had its time. By schedule at each month's end; an administrator may at any time.

use access::expired::{KEPT, remove};
use access::route::Nothing;
use access::{Cx, Done, Event, Params, Snapshot, history};
use chrono::SecondsFormat;
use kernel::Refused;

use super::{CLEARING, repo};

/// Removes sessions and one-time links that ended, and answers kept for thirty days. Such rows have no
/// history of their own: the clearing has, with how many there were.
pub async fn clear(cx: &mut Cx, _: &Params, _: Nothing) -> Result<Done, Refused> {
    let now = cx.now;
    let removed = remove(&mut cx.tx, now).await?;
    let until = (now - KEPT).to_rfc3339_opts(SecondsFormat::Millis, true);
    let answers = repo::clear_answers(&mut cx.tx, &until).await?;
    if removed == access::expired::Removed::default() && answers == 0 {
        return Ok(Done::unchanged(super::LIST, "", "Nothing has expired."));
    }
    let id = cx.uuid().to_string();
    repo::insert_clearing(cx, &id, removed, answers).await?;
    let key = cx.today().to_string();
    let event = Event { noun: &CLEARING, id, key: key.clone(), action: "removed", why: None, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!(
        "Removed {} sessions and {} one-time links that ended, {} answers kept for retries and {} of jobs.",
        removed.sessions, removed.invitations, removed.retries, answers
    );
    Ok(Done::changed(super::LIST, key, says))
}
