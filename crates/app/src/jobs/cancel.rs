//! Call a job off before it runs.

use access::route::Nothing;
use access::{Cx, Done, Params, history};
use kernel::{Refusal, Refused};
use serde_json::json;

use super::ask::told;
use super::entity::State;
use super::{NOUN, mine_or_all, repo};

/// Calls off one's own job, or anybody's as an administrator.
pub async fn cancel(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut job = repo::load(&mut cx.tx, params.get("id")).await?;
    if !mine_or_all(cx, job.person) {
        return Err(Refusal::not_found().into());
    }
    let (id, location) = (job.id.to_string(), format!("{}{}", super::AT, job.id));
    if job.state == State::Cancelled {
        let says = format!("“{}” was called off before.", job.command);
        return Ok(Done::unchanged(location, id, says).at_version(job.version));
    }
    let (before, stamp) = (history::snapshot(&mut cx.tx, &NOUN, &id).await?, cx.stamp());
    let held = job.state == State::Asked && !repo::call_off(&mut cx.tx, job.id, &stamp).await?;
    job.may_be_cancelled(held)?;
    job.end(State::Cancelled, stamp, None);
    repo::update(cx, &mut job).await?;
    repo::settle(cx, job.id, &json!({ "says": "It was called off before it ran." })).await?;
    told(cx, &job, "called off", &before).await?;
    Ok(Done::changed(location, id, format!("Called off “{}”.", job.command)).at_version(job.version))
}
