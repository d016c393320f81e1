//! Confirm an explanation: by somebody who did not give it.

use access::route::Nothing;
use access::{Cx, Done, Params, history};
use kernel::Refused;

use super::error::NOT_EXPLAINED;
use super::explain::{event, found};
use super::{NOUN, repo};

/// Confirms the cause of a pool's variance as it stands now.
pub async fn confirm(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let (row, amount) = found(cx, params).await?;
    let Some(mut told) = row.explanation else {
        let period = params.get("period");
        return Err(NOT_EXPLAINED.with(&[&row.pool, period, period]).into());
    };
    cx.require_other_person(told.proposed_by, "explained", "confirm it")?;
    let location = format!("/money/variances?period={}", told.period);
    let (person, stamp) = (cx.person(), cx.stamp());
    if !told.confirm(person, stamp, amount) {
        let says = format!("The cause of {} was confirmed before.", row.name);
        return Ok(Done::unchanged(location, told.key(), says).at_version(told.version));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &told.id).await?;
    repo::save(cx, &mut told).await?;
    history::record(cx, event(&told, "confirmed"), &before).await?;
    let says = format!("Confirmed the cause of {}: {}.", row.name, told.cause.word());
    Ok(Done::changed(location, told.key(), says).at_version(told.version))
}
