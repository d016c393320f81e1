//! Submit a budget version; approve it, by a person who raised none of it.

use access::route::Nothing;
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::error::EMPTY;
use super::{Budget, NOUN, repo};

/// Puts the draft before somebody who may approve it; from then on its amounts stay.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut budget = repo::load(&mut cx.tx, params.get("key")).await?;
    let person = cx.person();
    if repo::raised(&mut cx.tx, &budget.id, person).await?.0 == 0 {
        return Err(EMPTY.with(&[&budget.key]).into());
    }
    if !budget.submit(person)? {
        return Ok(done(&budget, "is waiting for approval already.", false));
    }
    store(cx, &mut budget, "submitted").await?;
    Ok(done(&budget, "waits for another person's approval.", true))
}

/// Approves the submitted version, never by who began, submitted or entered any of it.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut budget = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_other_person(budget.author, "began", "approve it")?;
    if let Some(submitter) = budget.submitted_by {
        cx.require_other_person(submitter, "submitted", "approve it")?;
    }
    let person = cx.person();
    if repo::raised(&mut cx.tx, &budget.id, person).await?.1 > 0 {
        cx.require_other_person(person, "entered amounts of", "approve it")?;
    }
    if !budget.approve(person)? {
        return Ok(done(&budget, "was approved already.", false));
    }
    store(cx, &mut budget, "approved").await?;
    Ok(done(&budget, "is approved.", true))
}

async fn store(cx: &mut Cx, budget: &mut Budget, action: &str) -> Result<(), Refused> {
    let before = history::snapshot(&mut cx.tx, &NOUN, &budget.id).await?;
    repo::update(cx, budget).await?;
    let event = Event::of(&NOUN, &budget.id, &budget.key, action);
    Ok(history::record(cx, event, &before).await?)
}

fn done(budget: &Budget, what: &str, changed: bool) -> Done {
    let says = format!("Budget {} {what}", budget.key);
    let location = format!("/money/budget/{}", budget.key);
    Done { changed, ..Done::changed(location, budget.key.clone(), says).at_version(budget.version) }
}
