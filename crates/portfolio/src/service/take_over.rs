//! Take over a service that existed before Quarterdeck.

use access::input::{YES_NO, or_none};
use access::{Cx, Done, Event, GrantScope, Params, Role, Snapshot, grant, history};
use kernel::{PersonId, Refused, ServiceId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::error::KEY_TAKEN;
use super::rules::Facts;
use super::{ALWAYS, NOUN, Service, ServiceKind, ServiceState, repo};
use crate::answers::Answers;
use crate::sql::person_named;

/// Longest value proposition, in characters: imported ones are whole paragraphs.
pub(super) const MOST_WORDS: usize = 4000;

/// What is asked of a take-over: key and name suffice.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub struct TakeOver {
    /// 2 to 12 capital letters and digits; never changes.
    pub key: String,
    /// Name as people say it.
    pub name: String,
    /// `operational` (if left out), `retiring` or `retired`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(ServiceState::WORDS.map(|(word, _)| word))))]
    pub state: Option<String>,
    /// The day it reached that state, where it is retiring or retired.
    #[serde(default)]
    pub since: Option<String>,
    /// `core`, `enhancing` or `supporting`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(ServiceKind::WORDS.map(|(word, _)| word))))]
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
    /// Where it was taken over from.
    #[serde(default)]
    pub source: Option<String>,
    /// Its key there.
    #[serde(default)]
    pub source_key: Option<String>,
}

/// Takes a service over. The same again changes nothing; the same key with other answers is refused.
pub async fn take_over(cx: &mut Cx, _: &Params, input: TakeOver) -> Result<Done, Refused> {
    let service = read(cx, &input).await?;
    let location = format!("/services/{}", service.key);
    if let Some(known) = repo::find_by_key(&mut cx.tx, &service.key).await? {
        let same = Service {
            id: known.id,
            version: known.version,
            state_from: known.state_from,
            retiring_from: known.retiring_from,
            ..service
        };
        if same != known {
            return Err(KEY_TAKEN.with(&[&known.key]).into());
        }
        let says = format!("Service {} was taken over before.", known.key);
        return Ok(Done::unchanged(location, known.key, says).at_version(known.version));
    }
    repo::insert(cx, &service).await?;
    let missing = repo::keep_missing(&mut cx.tx, &service, Facts::default()).await?;
    let event = Event {
        noun: &NOUN,
        id: service.id.to_string(),
        key: service.key.clone(),
        action: "taken over",
        why: None,
        customer: None,
    };
    history::record(cx, event, &Snapshot::none()).await?;
    owned(cx, &service, None).await?;
    let lacks =
        if missing.is_empty() { String::new() } else { format!(" It still needs {}.", missing.join(", ")) };
    let says = format!("Took over service {}, {}.{lacks}", service.key, service.name);
    Ok(Done::changed(location, service.key, says).at_version(1))
}

/// Whoever is named as the owner may act for the service; who was before may no longer.
pub(super) async fn owned(cx: &mut Cx, service: &Service, before: Option<PersonId>) -> Result<(), Refused> {
    grant::follow(cx, Role::ServiceOwner, GrantScope::Service(service.id), before, service.owner).await
}

/// The service the answers describe; refused where they cannot be so.
pub(super) async fn read(cx: &mut Cx, input: &TakeOver) -> Result<Service, Refused> {
    let mut answers = Answers::new();
    let word =
        |text: &Option<String>| Some(text.as_deref()?.trim().to_owned()).filter(|text| !text.is_empty());
    let state = match word(&input.state) {
        None => ServiceState::Operational,
        Some(text) => {
            answers.one_of("state", &text, &ServiceState::WORDS).unwrap_or(ServiceState::Operational)
        }
    };
    let kind = word(&input.kind).and_then(|text| answers.one_of("kind", &text, &ServiceKind::WORDS));
    let mut service = Service {
        id: ServiceId::new(cx.uuid()),
        version: 1,
        key: answers.key("key", &input.key),
        name: answers.needed("name", &input.name, 200),
        state,
        state_from: ALWAYS,
        retiring_from: None,
        kind,
        value_proposition: answers.words("value_proposition", input.value_proposition.as_deref(), MOST_WORDS),
        for_whom: answers.words("for_whom", input.for_whom.as_deref(), 500),
        owner: None,
        manager: None,
        first_day: answers.day("first_day", input.first_day.as_deref()),
        last_day: answers.day("last_day", input.last_day.as_deref()),
        no_successor: answers.yes("no_successor", input.no_successor.as_deref(), false),
        central: answers.yes("central", input.central.as_deref(), false),
        source: answers.words("source", input.source.as_deref(), 200),
        source_key: answers.words("source_key", input.source_key.as_deref(), 200),
    };
    let since = answers.day("since", input.since.as_deref());
    service.state_from = service.began(since, cx.today());
    service.check(since, cx.today(), &mut answers);
    answers.fine()?;
    service.owner = person_named(&mut cx.tx, "owner", input.owner.as_deref()).await?;
    service.manager =
        person_named(&mut cx.tx, "relationship_manager", input.relationship_manager.as_deref()).await?;
    Ok(service)
}

impl Service {
    /// Days that cannot be: a last day before the first, a state reached in the future or before the
    /// first day.
    pub(super) fn check(
        &self,
        since: Option<chrono::NaiveDate>,
        today: chrono::NaiveDate,
        answers: &mut Answers,
    ) {
        let starts = self.first_day.unwrap_or(ALWAYS);
        if self.last_day.is_some_and(|last| last < starts) {
            answers.wrong("last_day", "The last day cannot be before the first.");
        }
        if since.is_some_and(|since| since > today || since < starts) {
            answers.wrong("since", "Enter a day between the first day and today.");
        }
        if self.state == ServiceState::Retired && self.last_day.is_some_and(|last| last >= today) {
            answers.wrong(
                "last_day",
                "A retired service has its last day behind it; one still running is “retiring”.",
            );
        }
    }
}
