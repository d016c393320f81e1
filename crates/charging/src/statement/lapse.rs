//! Statements nobody answered within the window are accepted by lapse of time. Called by the schedule.

use access::route::Nothing;
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::{NOUN, WINDOW_DAYS, repo};

/// Accepts, by lapse of time, every issued statement whose window has passed today.
pub async fn lapse(cx: &mut Cx, _: &Params, _: Nothing) -> Result<Done, Refused> {
    let (at, today) = (cx.stamp(), cx.today());
    let mut lapsed = Vec::new();
    for mut statement in repo::waiting(&mut cx.tx).await? {
        if !statement.lapse(at.clone(), today) {
            continue;
        }
        let before = history::snapshot(&mut cx.tx, &NOUN, &statement.id.to_string()).await?;
        statement.version += 1;
        repo::keep(cx, &statement).await?;
        let why = format!("{WINDOW_DAYS} days passed without an answer");
        let event = Event {
            noun: &NOUN,
            id: statement.id.to_string(),
            key: statement.number.clone(),
            action: "accepted by lapse of time",
            why: Some(&why),
            customer: Some(statement.customer),
        };
        history::record(cx, event, &before).await?;
        lapsed.push(statement.number);
    }
    let location = "/money/statements";
    if lapsed.is_empty() {
        return Ok(Done::unchanged(location, "lapse", "No window has passed without an answer."));
    }
    let says = format!("Accepted by lapse of time: {}.", lapsed.join(", "));
    Ok(Done::changed(location, "lapse", says))
}
