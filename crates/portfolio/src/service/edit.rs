//! Edit a service. Its key never changes. Its state is corrected here only as it was taken over,
//! by who takes over: moving a service on is a decision.

use access::input::{YES_NO, or_none};
use access::{Action, Cx, Done, Event, Params, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::retire::require_retirable;
use super::take_over::{MOST_WORDS, owned};
use super::{NOUN, Service, ServiceKind, ServiceState, repo};
use crate::answers::Answers;
use crate::sql::person_named;

/// What may change; what is left out stays, what is blank is emptied.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct ServiceChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
    /// State as it was when taken over: `operational`, `retiring` or `retired`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(ServiceState::WORDS.map(|(word, _)| word))))]
    pub state: Option<String>,
    /// The day it reached that state.
    #[serde(default)]
    pub since: Option<String>,
    /// `core`, `enhancing` or `supporting`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(ServiceKind::WORDS.map(|(word, _)| word).into_iter().chain([""]))))]
    pub kind: Option<String>,
    /// What it is worth, in the customer's words.
    #[serde(default)]
    pub value_proposition: Option<String>,
    /// Customers or segment it is for.
    #[serde(default)]
    pub for_whom: Option<String>,
    /// Username of its owner.
    #[serde(default)]
    pub owner: Option<String>,
    /// Username of the relationship manager customers speak to about it.
    #[serde(default)]
    pub relationship_manager: Option<String>,
    /// First day customers could have it.
    #[serde(default)]
    pub first_day: Option<String>,
    /// Last day customers can have it.
    #[serde(default)]
    pub last_day: Option<String>,
    /// `yes`: it has no successor.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub no_successor: Option<String>,
    /// `yes`: its cost is kept central, charged to nobody.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub central: Option<String>,
}

/// Edits a service; unchanged if every answer is what it was.
pub async fn edit(cx: &mut Cx, params: &Params, input: ServiceChange) -> Result<Done, Refused> {
    let known = repo::load(&mut cx.tx, params.get("key")).await?;
    cx.require_service(Action::EditService, known.id)?;
    cx.require_version(known.version)?;
    let mut service = read_change(cx, &known, &input).await?;
    let location = format!("/services/{}", service.key);
    if service == known {
        let says = format!("Service {} is as it was.", service.key);
        return Ok(Done::unchanged(location, service.key, says).at_version(service.version));
    }
    if moved(&known, &service) {
        cx.require(Action::TakeOver)?;
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &service.id.to_string()).await?;
    repo::update(cx, &mut service).await?;
    repo::refresh(&mut cx.tx, service.id).await?;
    let event = Event {
        noun: &NOUN,
        id: service.id.to_string(),
        key: service.key.clone(),
        action: "changed",
        why: None,
        customer: None,
    };
    history::record(cx, event, &before).await?;
    owned(cx, &service, known.owner).await?;
    let says = format!("Changed service {}.", service.key);
    Ok(Done::changed(location, service.key, says).at_version(service.version))
}

/// The service as it would be with the answers; refused where they cannot be so.
pub(super) async fn read_change(
    cx: &mut Cx,
    known: &Service,
    input: &ServiceChange,
) -> Result<Service, Refused> {
    let mut service = changed(cx, known, input)?;
    if let Some(owner) = &input.owner {
        service.owner = person_named(&mut cx.tx, "owner", Some(owner)).await?;
    }
    if let Some(manager) = &input.relationship_manager {
        service.manager = person_named(&mut cx.tx, "relationship_manager", Some(manager)).await?;
    }
    require_retirable(cx, known, &service).await?;
    Ok(service)
}

fn changed(cx: &Cx, known: &Service, input: &ServiceChange) -> Result<Service, Refused> {
    let mut answers = Answers::new();
    let mut service = known.clone();
    if let Some(name) = &input.name {
        service.name = answers.needed("name", name, 200);
    }
    if let Some(state) = input.state.as_deref().filter(|state| !state.trim().is_empty()) {
        service.state = answers.one_of("state", state, &ServiceState::WORDS).unwrap_or(known.state);
    }
    if let Some(kind) = &input.kind {
        let blank = kind.trim().is_empty();
        service.kind = if blank { None } else { answers.one_of("kind", kind, &ServiceKind::WORDS) };
    }
    if input.value_proposition.is_some() {
        service.value_proposition =
            answers.words("value_proposition", input.value_proposition.as_deref(), MOST_WORDS);
    }
    if input.for_whom.is_some() {
        service.for_whom = answers.words("for_whom", input.for_whom.as_deref(), 500);
    }
    if input.first_day.is_some() {
        service.first_day = answers.day("first_day", input.first_day.as_deref());
    }
    if input.last_day.is_some() {
        service.last_day = answers.day("last_day", input.last_day.as_deref());
    }
    service.no_successor = answers.yes("no_successor", input.no_successor.as_deref(), known.no_successor);
    service.central = answers.yes("central", input.central.as_deref(), known.central);
    let since = answers.day("since", input.since.as_deref());
    // A state that stays keeps its day unless another is given; a new one, or the end of a retired
    // service whose last day was mended, begins anew.
    let stays = service.state == known.state
        && (service.state != ServiceState::Retired || service.last_day == known.last_day);
    service.retiring_from = known.retiring_before(service.state);
    service.state_from = service.began(since.or(stays.then_some(known.state_from)), cx.today());
    service.check(since, cx.today(), &mut answers);
    answers.fine()?;
    Ok(service)
}

/// Whether another state, or another day of one, is said. An operational service's day is its first.
fn moved(known: &Service, service: &Service) -> bool {
    let other_day = service.state != ServiceState::Operational && service.state_from != known.state_from;
    service.state != known.state || other_day
}
