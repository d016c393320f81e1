//! Submit a version of a mapping rule; approve it, by another person.

use access::route::Nothing;
use access::{Cx, Done, Event, Params, history};
use kernel::{Refused, RuleId};

use super::add::require_not_closed;
use super::{MappingRule, NOUN, apply, repo};

/// Puts the draft version before somebody who may approve it.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut rule = repo::load(&mut cx.tx, params.get("number")).await?;
    if !rule.submit()? {
        return Ok(done(&rule, "is waiting for approval already.", false));
    }
    store(cx, &mut rule, "submitted").await?;
    Ok(done(&rule, "waits for another person's approval.", true))
}

/// Approves the submitted version, never by its author; lines of the periods that are not closed are
/// mapped again.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let mut rule = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_other_person(rule.author, "wrote", "approve it")?;
    let person = cx.person();
    if !rule.approve(person)? {
        return Ok(done(&rule, "was approved already.", false));
    }
    require_not_closed(cx, rule.effective_from).await?;
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
    let says = format!("{label} version {} {what}", rule.rule_version);
    let location = format!("/money/mapping/{label}");
    Done { changed, ..Done::changed(location, label, says).at_version(rule.version) }
}
