//! Submit a version of a mapping rule; approve it, by another person.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Event, Params, history};
use kernel::{Refused, RuleId};

use super::add::closed;
use super::{MappingRule, NOUN, apply, repo};

/// Puts the draft version before somebody who may approve it.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut rule = repo::load(&mut cx.tx, params.get("number")).await?;
    if !rule.submit()? {
        return Ok(done(&rule, SUBMITTED, false));
    }
    store(cx, &mut rule, "submitted").await?;
    Ok(done(&rule, "waits for another person's approval.", true))
}

const SUBMITTED: &str = "is waiting for approval already.";
const APPROVED: &str = "was approved already.";

/// Whether the newest version can be put before somebody.
pub async fn may_submit(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut rule = repo::load(&mut cx.tx, params.get("number")).await?;
    let submits = rule.submit()?;
    Ok(Ready::of(submits, said(&rule, SUBMITTED)))
}

/// Whether this person can approve the newest version.
pub async fn may_approve(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut rule = repo::load(&mut cx.tx, params.get("number")).await?;
    let approves = decided(cx, &mut rule).await?;
    Ok(Ready::of(approves, said(&rule, APPROVED)))
}

/// Approves a version of another's, whose first month did not close while it waited; false where that was done.
async fn decided(cx: &mut Cx, rule: &mut MappingRule) -> Result<bool, Refused> {
    cx.require_other_person(rule.author, "wrote", "approve it")?;
    if !rule.approve(cx.person())? {
        return Ok(false);
    }
    match closed(cx, rule.effective_from).await? {
        Some(closed) => Err(closed.into()),
        None => Ok(true),
    }
}

/// Approves the submitted version, never by its author; lines of the periods that are not closed are
/// mapped again.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut rule = repo::load(&mut cx.tx, params.get("number")).await?;
    if !decided(cx, &mut rule).await? {
        return Ok(done(&rule, APPROVED, false));
    }
    store(cx, &mut rule, "approved").await?;
    for period in repo::mappable(&mut cx.tx, rule.effective_from).await? {
        apply(cx, period).await?;
    }
    let from = rule.effective_from.label();
    Ok(done(&rule, &format!("is in force from {from} on."), true))
}

async fn store(cx: &mut Cx, rule: &mut MappingRule, action: &str) -> Result<(), Refused> {
    let id: RuleId = rule.id;
    let before = history::snapshot(&mut cx.tx, &NOUN, &id.to_string()).await?;
    repo::update(cx, rule).await?;
    let event = Event::of(&NOUN, id, &rule.label(), action);
    Ok(history::record(cx, event, &before).await?)
}

fn done(rule: &MappingRule, what: &str, changed: bool) -> Done {
    let label = rule.label();
    let location = format!("/money/mapping/{label}");
    Done { changed, ..Done::changed(location, label, said(rule, what)).at_version(rule.version) }
}

fn said(rule: &MappingRule, what: &str) -> String {
    format!("{} version {} {what}", rule.label(), rule.rule_version)
}
