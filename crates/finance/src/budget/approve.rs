//! Submit a budget version; approve it, by a person who raised none of it.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::error::EMPTY;
use super::{Budget, NOUN, repo};

/// Puts the draft before somebody who may approve it; from then on its amounts stay.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut budget = repo::load(&mut cx.tx, params.get("key")).await?;
    if !submitted(cx, &mut budget).await? {
        return Ok(done(&budget, SUBMITTED, false));
    }
    store(cx, &mut budget, "submitted").await?;
    Ok(done(&budget, "waits for another person's approval.", true))
}

const SUBMITTED: &str = "is waiting for approval already.";
const APPROVED: &str = "was approved already.";

/// Whether a version can be put before somebody.
pub async fn may_submit(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut budget = repo::load(&mut cx.tx, params.get("key")).await?;
    let submits = submitted(cx, &mut budget).await?;
    Ok(Ready::of(submits, said(&budget, SUBMITTED)))
}

/// Submits a version that has amounts; false where that was done.
async fn submitted(cx: &mut Cx, budget: &mut Budget) -> Result<bool, Refused> {
    let person = cx.person();
    if repo::raised(&mut cx.tx, &budget.id, person).await?.0 == 0 {
        return Err(EMPTY.with(&[&budget.key]).into());
    }
    Ok(budget.submit(person)?)
}

/// Approves the submitted version, never by who began, submitted or entered any of it.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut budget = repo::load(&mut cx.tx, params.get("key")).await?;
    if !approved(cx, &mut budget).await? {
        return Ok(done(&budget, APPROVED, false));
    }
    store(cx, &mut budget, "approved").await?;
    Ok(done(&budget, "is approved.", true))
}

/// Whether this person can approve a version.
pub async fn may_approve(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut budget = repo::load(&mut cx.tx, params.get("key")).await?;
    let approves = approved(cx, &mut budget).await?;
    Ok(Ready::of(approves, said(&budget, APPROVED)))
}

/// Approves a version that the person raised nothing of; false where that was done.
async fn approved(cx: &mut Cx, budget: &mut Budget) -> Result<bool, Refused> {
    cx.require_other_person(budget.author, "began", "approve it")?;
    if let Some(submitter) = budget.submitted_by {
        cx.require_other_person(submitter, "submitted", "approve it")?;
    }
    let person = cx.person();
    if repo::raised(&mut cx.tx, &budget.id, person).await?.1 > 0 {
        cx.require_other_person(person, "entered amounts of", "approve it")?;
    }
    Ok(budget.approve(person)?)
}

async fn store(cx: &mut Cx, budget: &mut Budget, action: &str) -> Result<(), Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &budget.id).await?;
    repo::update(cx, budget).await?;
    let event = Event::of(&NOUN, &budget.id, &budget.key, action);
    Ok(history::record(cx, event, &before).await?)
}

fn done(budget: &Budget, what: &str, changed: bool) -> Done {
    let location = format!("/money/budget/{}", budget.key);
    let says = said(budget, what);
    Done { changed, ..Done::changed(location, budget.key.clone(), says).at_version(budget.version) }
}

fn said(budget: &Budget, what: &str) -> String {
    format!("Budget {} {what}", budget.key)
}
