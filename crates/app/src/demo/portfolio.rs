//! Services, offerings, prices, promises.

use chrono::{Days, NaiveDate};
use kernel::{Period, Refused};
use larkfield::{Charging, PromiseMeasure, RelationKind, Service, ServiceKind, ServiceState, Story};
use serde_json::json;

use super::teller::Teller;

/// The portfolio manager of the story.
const YUKI: &str = "yuki.lindqvist";
/// The relationship manager customers speak to about a service.
const DANIEL: &str = "daniel.osei";

/// Services as take-overs, what they are to each other, and what customers can take of them.
pub(super) async fn services(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for service in &story.services {
        let first = story.revisions.iter().find(|revision| revision.service == service.key);
        let value = first.map_or(service.value_proposition.as_str(), |first| first.text.as_str());
        let kind = match service.kind {
            ServiceKind::CustomerFacing => "core",
            ServiceKind::Supporting => "supporting",
        };
        let (state, since, last_day) = entered(service, story.organisation.first_period);
        let body = json!({
            "key": service.key, "name": service.name, "state": state, "since": since, "last_day": &last_day,
            "no_successor": (last_day.is_some() && successor(service).is_none()).then_some("yes"), "kind": kind,
            "value_proposition": value, "for_whom": service.for_whom, "owner": service.owner,
            "relationship_manager": DANIEL, "first_day": service.first_day.to_string(), "source": service.source,
        });
        teller.does(YUKI, "service take-over", body).await?;
    }
    for relation in &story.relations {
        let kind = match relation.kind {
            RelationKind::DependsOn => "depends on",
            RelationKind::Replaces => "replaces",
            RelationKind::Enables => "enables",
        };
        let known = |key: &str| story.services.iter().any(|service| service.key == key);
        if known(&relation.from) && known(&relation.to) {
            let body = json!({ "kind": kind, "other": relation.to });
            teller.does_to(YUKI, "service relate", &[("key", &relation.from)], None, body).await?;
        }
    }
    offerings(teller, story).await
}

/// The state a service is taken over in, since when, and its last day: one whose end was announced before the
/// story begins is retiring.
fn entered(service: &Service, begins: Period) -> (&'static str, Option<String>, Option<String>) {
    match &service.state {
        ServiceState::Retired { announced, last_day, .. } if *announced < begins.first_day() => {
            ("retiring", Some(announced.to_string()), Some(last_day.to_string()))
        }
        _ => ("operational", None, None),
    }
}

/// Key of what takes its place.
fn successor(service: &Service) -> Option<&str> {
    match &service.state {
        ServiceState::Operational { .. } => None,
        ServiceState::Retiring { successor, .. } | ServiceState::Retired { successor, .. } => {
            successor.as_deref()
        }
    }
}

/// The steps of its end: which state from which day.
fn ends(service: &Service, story: &Story) -> Vec<(&'static str, NaiveDate, NaiveDate)> {
    match &service.state {
        ServiceState::Operational { .. } => Vec::new(),
        // Decided in the month before the story's September.
        ServiceState::Retiring { last_day, .. } => {
            vec![("retiring", story.as_of.first_day() - Days::new(12), *last_day)]
        }
        ServiceState::Retired { announced, last_day, .. } => {
            vec![("retiring", *announced, *last_day), ("retired", *last_day + Days::new(1), *last_day)]
        }
    }
}

/// Services that ended, or began to, in `period`.
pub(super) async fn endings(teller: &mut Teller, story: &Story, period: Period) -> Result<(), Refused> {
    for service in &story.services {
        for (state, day, last_day) in ends(service, story) {
            if !period.contains(day) {
                continue;
            }
            teller.on(day)?;
            let version = version_of(teller, &service.key).await?;
            let body = json!({ "state": state, "since": day.to_string(), "last_day": last_day.to_string(),
                "no_successor": if successor(service).is_none() { Some("yes") } else { None } });
            teller.does_to(YUKI, "service edit", &[("key", &service.key)], version, body).await?;
        }
    }
    Ok(())
}

async fn offerings(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for offering in &story.offerings {
        let charging = if matches!(offering.charging, Charging::Cost) { "at cost" } else { "fixed" };
        let body = json!({ "service": offering.service, "key": offering.key, "name": offering.name,
            "unit": offering.unit, "charging": charging });
        teller.does(YUKI, "offering add", body).await?;
        for level in &offering.levels {
            let said = format!("{} {}", level.target, level.unit);
            let body =
                json!({ "measure": level.measure, "level": said, "unit": level.unit, "value": level.target });
            teller.does_to(YUKI, "target set", &[("key", &offering.key)], None, body).await?;
        }
        if let Charging::Fixed(versions) = &offering.charging {
            for version in versions {
                let body = json!({ "per_unit": version.price.per_unit().to_string(),
                    "currency": version.price.currency().code(), "from_day": version.from.first_day().to_string() });
                let at = [("key", offering.key.as_str())];
                let done = teller.does_to(&version.edited_by, "price draft", &at, None, body).await?;
                let at = [("number", done.key.as_str())];
                teller.does_to(&version.edited_by, "price submit", &at, None, json!({})).await?;
                teller.does_to(&version.approved_by, "price approve", &at, None, json!({})).await?;
            }
        }
    }
    Ok(())
}

/// Baseline promises of the take-overs.
pub(super) async fn promises(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for (promise, n) in story.promises.iter().zip(1..) {
        let (measure, name, unit) = match &promise.measure {
            PromiseMeasure::YearlyCost => ("yearly cost", "Yearly cost".to_owned(), None),
            PromiseMeasure::UnitCost { .. } => {
                ("unit cost", "Unit cost".to_owned(), Some(promise.unit.clone()))
            }
            PromiseMeasure::ServiceLevel { measure } => {
                ("service level", measure.clone(), Some(promise.unit.clone()))
            }
        };
        let body = json!({
            "name": name, "measure": measure, "due": format!("FY{:02}", promise.fiscal_year % 100),
            "promised": promise.promised.to_string(), "unit": unit,
            "direction": if promise.lower_is_better { "lower" } else { "higher" },
            "source_key": format!("take-over-{n}"),
        });
        teller.does_to(YUKI, "promise add", &[("key", &promise.service)], None, body).await?;
    }
    Ok(())
}

/// Later corrections of one record, so that one history is long.
pub(super) async fn revisions(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    for revision in story.revisions.iter().skip(1) {
        teller.on(revision.on)?;
        let version = version_of(teller, &revision.service).await?;
        let body = json!({ revision.field: revision.text });
        teller.does_to(&revision.by, "service edit", &[("key", &revision.service)], version, body).await?;
    }
    Ok(())
}

async fn version_of(teller: &Teller, key: &str) -> Result<Option<i64>, Refused> {
    let mut tx = teller.house.db.read().await?;
    let service = portfolio::service::find_by_key(&mut tx, key).await?;
    Ok(service.map(|service| service.version))
}
