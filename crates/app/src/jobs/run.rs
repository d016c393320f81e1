//! Run a claimed job to one of its ends.

use access::error::TOLD_ONCE;
use access::{Cx, Done, Snapshot, Who, history, person, system, token};
use chrono::{DateTime, SecondsFormat, Utc};
use kernel::{Fault, JobId, Refusal, Refused, Via};
use serde_json::{Value, json};

use super::ask::told;
use super::entity::{Claim, Job, LEASE, MOST_ATTEMPTS, PAUSE, State, Work};
use super::error::{ASKER_GONE, FAILED};
use super::{NOUN, repo};
use crate::{House, Request, frame, registry};

pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Claims the oldest job that waits; `None` where there is none. One that was begun as often as it may
/// be is given up instead.
pub(super) async fn claim(house: &House, owner: &str) -> Result<Option<Claim>, Refused> {
    let now = house.clock.now();
    let mut tx = house.db.read().await?;
    let waiting = repo::waiting(&mut tx, &stamp(now)).await?;
    drop(tx);
    for job in waiting {
        let mut tx = house.db.begin().await?;
        let begun = repo::claim(&mut tx, job, owner, &stamp(now), &stamp(now + LEASE)).await?;
        tx.commit().await?;
        let Some(attempt) = begun else { continue };
        let claim = Claim { job, owner: owner.to_owned(), attempt };
        if attempt <= MOST_ATTEMPTS {
            return Ok(Some(claim));
        }
        give_up(house, &claim, attempt - 1).await?;
    }
    Ok(None)
}

/// Runs it. The command's effect, its answer and the end of the job are one transaction; where it says
/// no, the end alone; where something of ours fails, it waits a little, or is given up.
pub(super) async fn run(house: &House, claim: &Claim) -> Result<(), Refused> {
    let own = House { headway: house.headway.of(&claim.job.to_string()), ..house.clone() };
    let outcome = attempt(&own, claim).await;
    own.headway.ends();
    match outcome {
        Ok(_) => Ok(()),
        Err(Refused::Refusal(refusal)) if refusal.kind == &db::BUSY => put_back(house, claim, true).await,
        Err(Refused::Refusal(refusal)) => refused(house, claim, &refusal).await,
        Err(Refused::Fault(fault)) => failed(house, claim, &fault).await,
    }
}

async fn attempt(house: &House, claim: &Claim) -> Result<Done, Refused> {
    let mut tx = house.db.read().await?;
    let job = repo::load(&mut tx, &claim.job.to_string()).await?;
    let work = repo::work(&mut tx, claim.job).await?;
    let command = registry::command(&job.command);
    let command = command.ok_or_else(|| Fault::because(format!("no command {} any more", job.command)))?;
    let who = match job.via {
        Via::Schedule => system::who(command.action),
        _ => asker(house, &mut tx, &job, &work).await?,
    };
    drop(tx);
    house.headway.begins(command.summary, "");
    let mut params = access::Params::default();
    for (name, value) in work.params.as_object().into_iter().flatten() {
        params.0.insert(name.clone(), value.as_str().unwrap_or_default().to_owned());
    }
    let key = Some(claim.job.to_string());
    let request = Request { params, body: work.body, key, expected: work.expected };
    frame::run_claimed(house, command, who, request, claim).await
}

/// Whoever asked, with what they may do now: not what they might when they asked.
async fn asker(house: &House, tx: &mut db::Tx, job: &Job, work: &Work) -> Result<Who, Refused> {
    let now = house.clock.now();
    if let Some(id) = work.token
        && !token::stands(tx, id, now).await?
    {
        return Err(ASKER_GONE.with(&["the token it was asked with was no longer good"]).into());
    }
    let signed_in = work.signed_in_at.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
    let signed_in = signed_in.map(|at| at.with_timezone(&Utc));
    let who = person::who(tx, job.person, job.via, signed_in).await?;
    Ok(who.ok_or_else(|| ASKER_GONE.with(&["whoever asked for it was shut out"]))?)
}

/// The end of a job whose command did it, in the command's own transaction. A claim that was lost
/// meanwhile to another process has no effect: the fault rolls all of it back.
pub(crate) async fn finish(cx: &mut Cx, claim: &Claim, done: &Done) -> Result<(), Refused> {
    if done.once.is_some() {
        return Err(TOLD_ONCE.plain().into());
    }
    let answer = json!({ "says": done.says, "location": done.location, "done": done });
    if ended(cx, claim, State::Done, None, &answer).await? {
        Ok(())
    } else {
        Err(Fault::because(format!("the claim on job {} was lost while it ran", claim.job)).into())
    }
}

/// Ends the job; false where the claim is lost, and then nothing is written.
async fn ended(
    cx: &mut Cx,
    claim: &Claim,
    state: State,
    code: Option<String>,
    answer: &Value,
) -> Result<bool, Refused> {
    if !repo::let_go(&mut cx.tx, claim).await? {
        return Ok(false);
    }
    let id = claim.job.to_string();
    let before: Snapshot = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
    let mut job = repo::load(&mut cx.tx, &id).await?;
    job.end(state, cx.stamp(), code);
    repo::update(cx, &mut job).await?;
    repo::settle(cx, job.id, answer).await?;
    told(cx, &job, state.word(), &before).await?;
    Ok(true)
}

/// What Quarterdeck itself says of the end of a job.
async fn end_alone(
    house: &House,
    claim: &Claim,
    state: State,
    code: String,
    answer: &Value,
) -> Result<(), Refused> {
    let who = system::who(access::Action::UseQuarterdeck);
    let mut cx = house.context(house.db.begin().await?, who, None).await?;
    if ended(&mut cx, claim, state, Some(code), answer).await? {
        cx.tx.commit().await?;
    }
    Ok(())
}

async fn refused(house: &House, claim: &Claim, refusal: &Refusal) -> Result<(), Refused> {
    let answer = json!({ "says": refusal.says, "way_out": refusal.way_out, "fields": refusal.fields });
    end_alone(house, claim, State::Refused, refusal.kind.code.to_owned(), &answer).await
}

/// Something of ours failed: told in the log, tried again a little later or given up.
pub(super) async fn failed(house: &House, claim: &Claim, fault: &Fault) -> Result<(), Refused> {
    let reference = reference(claim.job);
    tracing::error!(%reference, attempt = claim.attempt, chain = fault.chain(), "a job failed");
    if claim.attempt >= MOST_ATTEMPTS {
        return give_up(house, claim, claim.attempt).await;
    }
    let until = stamp(house.clock.now() + PAUSE);
    let mut tx = house.db.begin().await?;
    repo::release(&mut tx, claim, Some(&until), true).await?;
    Ok(tx.commit().await?)
}

/// Lets go of a job that was not done, as if it had not been begun; `later`: for a little while.
pub(super) async fn put_back(house: &House, claim: &Claim, later: bool) -> Result<(), Refused> {
    let until = later.then(|| stamp(house.clock.now() + PAUSE));
    let mut tx = house.db.begin().await?;
    repo::release(&mut tx, claim, until.as_deref(), false).await?;
    Ok(tx.commit().await?)
}

async fn give_up(house: &House, claim: &Claim, begun: i64) -> Result<(), Refused> {
    let reference = reference(claim.job);
    tracing::error!(%reference, begun, "a job is given up: each time it was begun it did not come to its end");
    let refusal = FAILED.with(&[&begun.to_string(), &reference]);
    let answer = json!({ "says": refusal.says, "way_out": refusal.way_out });
    end_alone(house, claim, State::Failed, reference, &answer).await
}

/// What a job is found by in the log: the end of its id.
fn reference(job: JobId) -> String {
    let id = job.to_string();
    format!("J-{}", &id[id.len() - 12..])
}
