//! Submit a rule's version, and approve it: by somebody who did not write it.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::add::closed;
use super::{NOUN, Rule, RuleState, repo};

/// Puts the newest version before another person.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let rule = repo::load(&mut cx.tx, params.get("number"), "").await?;
    step(cx, rule, "submitted", Rule::submit).await
}

/// Whether the newest version can be put before another person.
pub async fn may_submit(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut rule = repo::load(&mut cx.tx, params.get("number"), "").await?;
    let submits = rule.submit()?;
    Ok(Ready::of(submits, before(&rule, "submitted")))
}

/// Approves the newest version.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let rule = repo::load(&mut cx.tx, params.get("number"), "").await?;
    require_approvable(cx, &rule).await?;
    let person = cx.person();
    step(cx, rule, "approved", |rule| rule.approve(person)).await
}

/// Whether this person can approve the newest version.
pub async fn may_approve(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let mut rule = repo::load(&mut cx.tx, params.get("number"), "").await?;
    require_approvable(cx, &rule).await?;
    let approves = rule.approve(cx.person())?;
    Ok(Ready::of(approves, before(&rule, "approved")))
}

/// Refuses its author; and whoever it is where its first month closed while the approval waited.
async fn require_approvable(cx: &mut Cx, rule: &Rule) -> Result<(), Refused> {
    cx.require_other_person(rule.author, "wrote", "approve it")?;
    match rule.state {
        RuleState::Submitted => Ok(closed(cx, rule.effective_from).await?.map_or(Ok(()), Err)?),
        RuleState::Draft | RuleState::Approved => Ok(()),
    }
}

fn before(rule: &Rule, done: &str) -> String {
    format!("{} version {} {done} before.", rule.label(), rule.rule_version)
}

async fn step(
    cx: &mut Cx,
    mut rule: Rule,
    done: &'static str,
    decide: impl FnOnce(&mut Rule) -> Result<bool, kernel::Refusal>,
) -> Result<Done, Refused> {
    let location = format!("/money/rules/{}", rule.label());
    let was = history::snapshot(&mut cx.tx, &NOUN, &rule.id.to_string()).await?;
    if !decide(&mut rule)? {
        let says = before(&rule, done);
        return Ok(Done::unchanged(location, rule.label(), says).at_version(rule.version));
    }
    repo::update(cx, &mut rule).await?;
    let event = Event {
        noun: &NOUN,
        id: rule.id.to_string(),
        key: rule.label(),
        action: done,
        why: None,
        customer: None,
    };
    history::record(cx, event, &was).await?;
    let says = format!("{} version {} {done}.", rule.label(), rule.rule_version);
    Ok(Done::changed(location, rule.label(), says).at_version(rule.version))
}
