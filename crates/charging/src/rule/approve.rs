//! Submit a rule's version, and approve it: by somebody who did not write it.

use access::route::Nothing;
use access::{Cx, Done, Event, Params, history};
use kernel::Refused;

use super::add::require_not_closed;
use super::{NOUN, Rule, RuleState, repo};

/// Puts the newest version before another person.
pub async fn submit(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let rule = repo::load(&mut cx.tx, params.get("number"), "").await?;
    step(cx, rule, "submitted", Rule::submit).await
}

/// Approves the newest version.
pub async fn approve(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    cx.require_recent_sign_in()?;
    let rule = repo::load(&mut cx.tx, params.get("number"), "").await?;
    cx.require_other_person(rule.author, "wrote", "approve it")?;
    // It may have closed while the approval waited.
    if rule.state == RuleState::Submitted {
        require_not_closed(cx, rule.effective_from).await?;
    }
    let person = cx.person();
    step(cx, rule, "approved", |rule| rule.approve(person)).await
}

async fn step(
    cx: &mut Cx,
    mut rule: Rule,
    done: &'static str,
    decide: impl FnOnce(&mut Rule) -> Result<bool, kernel::Refusal>,
) -> Result<Done, Refused> {
    let location = format!("/money/rules/{}", rule.label());
    let before = history::snapshot(&mut cx.tx, &NOUN, &rule.id.to_string()).await?;
    let said = format!("{} version {} {done}", rule.label(), rule.rule_version);
    if !decide(&mut rule)? {
        return Ok(
            Done::unchanged(location, rule.label(), format!("{said} before.")).at_version(rule.version)
        );
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
    history::record(cx, event, &before).await?;
    Ok(Done::changed(location, rule.label(), format!("{said}.")).at_version(rule.version))
}
