//! Write a rule, or a new version of one.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::{Fault, FieldError, Period, Refusal, Refused, RuleId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::read_receivers;
use super::error::PERIOD_DONE;
use super::{Method, NOUN, Receiver, Rule, RuleState, SenderKind, repo};
use crate::input::{all_fine, name_wrong, optional, read_period};

/// What is asked for a rule.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleInput {
    /// What it is called: “Customer Care Desktop by seats”.
    pub name: String,
    /// `pool` or `service`.
    #[schemars(extend("enum" = SenderKind::words()))]
    pub sender_kind: String,
    /// Key of the pool or service that sends.
    pub sender: String,
    /// even, fixed, proportional, driver, agreed quantity or central.
    #[schemars(extend("enum" = Method::words()))]
    pub method: String,
    /// Key of the driver; read where the method is driver alone.
    #[serde(default)]
    pub driver: Option<String>,
    /// Receivers: `VOICE:1988, 3G:843`; without weights for even and proportional.
    #[serde(default)]
    pub receivers: Option<String>,
    /// First period it is in force, 2026-09.
    pub effective_from: String,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
}

/// What could be read of the answers.
struct Read {
    sender_kind: Option<SenderKind>,
    method: Option<Method>,
    driver: Option<String>,
    receivers: Vec<Receiver>,
    effective_from: Option<Period>,
}

fn read(input: &RuleInput, wrong: &mut Vec<FieldError>) -> Read {
    let sender_kind = SenderKind::parse(input.sender_kind.trim());
    if sender_kind.is_none() {
        name_wrong(wrong, "sender_kind", "Choose “pool” or “service”.");
    }
    let method = Method::parse(input.method.trim());
    if method.is_none() {
        let says = "Choose even, fixed, proportional, driver, agreed quantity or central.";
        name_wrong(wrong, "method", says);
    }
    if input.name.trim().is_empty() || input.name.chars().count() > 200 {
        name_wrong(wrong, "name", "Enter a name of at most 200 characters.");
    }
    let receivers = read_receivers(input.receivers.as_deref().unwrap_or(""), wrong);
    let named = matches!(method, Some(Method::Even | Method::Fixed | Method::Proportional));
    if named && receivers.is_empty() {
        name_wrong(wrong, "receivers", "Name at least one receiver.");
    }
    if method == Some(Method::Driver) && optional(input.driver.as_deref()).is_none() {
        name_wrong(wrong, "driver", "Choose the driver to share by.");
    }
    if method == Some(Method::AgreedQuantity) && sender_kind == Some(SenderKind::Pool) {
        name_wrong(wrong, "method", "Agreed quantities share a service's cost, not a pool's.");
    }
    let effective_from = read_period("effective_from", &input.effective_from, wrong);
    // A form sends what stands in its list of drivers whatever the method is: by any other it means nothing.
    let driver = optional(input.driver.as_deref()).filter(|_| method == Some(Method::Driver));
    Read { sender_kind, method, driver, receivers, effective_from }
}

/// Writes a new rule as a draft.
pub async fn add(cx: &mut Cx, _: &Params, input: RuleInput) -> Result<Done, Refused> {
    let number = repo::next_number(&mut cx.tx).await?;
    write(cx, input, number, 1).await
}

/// Writes a new version of a rule as a draft.
pub async fn revise(cx: &mut Cx, params: &Params, input: RuleInput) -> Result<Done, Refused> {
    let newest = repo::load(&mut cx.tx, params.get("number"), "").await?;
    write(cx, input, newest.number, newest.rule_version + 1).await
}

async fn write(cx: &mut Cx, input: RuleInput, number: i64, rule_version: i64) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let read = read(&input, &mut wrong);
    require_known(cx, &input, &read, &mut wrong).await?;
    if let Some(from) = read.effective_from
        && let Some(closed) = closed(cx, from).await?
    {
        return Err(closed.beside("effective_from", wrong).into());
    }
    all_fine(wrong)?;
    let (Some(sender_kind), Some(method), Some(effective_from)) =
        (read.sender_kind, read.method, read.effective_from)
    else {
        return Err(Fault::because("an answer was wrong and not named").into());
    };
    let rule = Rule {
        id: RuleId::new(cx.uuid()),
        version: 1,
        number,
        rule_version,
        state: RuleState::Draft,
        name: input.name.trim().to_owned(),
        sender_kind,
        sender: input.sender.trim().to_owned(),
        method,
        driver: read.driver,
        receivers: read.receivers,
        effective_from,
        why: optional(input.why.as_deref()),
        author: cx.person(),
        approved_by: None,
    };
    drafted(cx, &rule).await
}

/// Stores a version and tells the history.
async fn drafted(cx: &mut Cx, rule: &Rule) -> Result<Done, Refused> {
    repo::insert(cx, rule).await?;
    let event = Event {
        noun: &NOUN,
        id: rule.id.to_string(),
        key: rule.label(),
        action: "drafted",
        why: rule.why.as_deref(),
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Drafted {} version {}: {}.", rule.label(), rule.rule_version, rule.name);
    Ok(Done::changed(format!("/money/rules/{}", rule.label()), rule.label(), says).at_version(1))
}

/// Names a sender, driver or receiver that is not there.
async fn require_known(
    cx: &mut Cx,
    input: &RuleInput,
    read: &Read,
    wrong: &mut Vec<FieldError>,
) -> Result<(), Fault> {
    let nodes = crate::run::nodes(&mut cx.tx).await?;
    let sender = input.sender.trim();
    let known = match read.sender_kind {
        Some(SenderKind::Pool) => finance::pool::find(&mut cx.tx, sender).await?.is_some(),
        Some(SenderKind::Service) => nodes.iter().any(|node| node.key == sender && node.kind == "service"),
        // Whose cost it is has to be said first.
        None => true,
    };
    if let Some(kind) = read.sender_kind.filter(|_| !known) {
        name_wrong(wrong, "sender", format!("There is no {} “{sender}”.", kind.word()));
    }
    for receiver in &read.receivers {
        if nodes.iter().all(|node| node.key != receiver.to) {
            name_wrong(wrong, "receivers", format!("“{}” is no service, object or customer.", receiver.to));
        }
    }
    if let Some(driver) = &read.driver
        && !repo::is_driver(&mut cx.tx, driver).await?
    {
        name_wrong(wrong, "driver", format!("There is no driver “{driver}”."));
    }
    Ok(())
}

/// Why no version begins at `from`: a month from there on is closed, computed with the rules it had.
pub(super) async fn closed(cx: &mut Cx, from: Period) -> Result<Option<Refusal>, Fault> {
    let closed = repo::closed_since(&mut cx.tx, from).await?;
    Ok(closed.map(|period| PERIOD_DONE.with(&[&period.label()])))
}
