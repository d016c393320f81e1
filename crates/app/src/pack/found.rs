//! The organisation and its people, where the database has none yet.

use access::{GrantScope, Params, Role, organisation, person};
use kernel::{Refusal, Refused};
use serde_json::Value;

use super::StepReport;
use super::error::NOT_FOUNDED;
use super::manifest::Pack;
use super::stage::Stage;
use crate::setup::{self, Founding};

/// Founds the organisation of the pack with its people, unless there is one.
pub(super) async fn found(stage: &mut Stage, pack: &Pack) -> Result<StepReport, Refused> {
    let told = |says: String, more: Vec<String>| {
        let about = format!("{}: {}", pack.name, pack.says);
        let about = Some(about).filter(|_| !pack.says.is_empty());
        told(about.into_iter().chain(std::iter::once(says)).chain(more).collect())
    };
    let mut tx = stage.tx().await?;
    let there = organisation::load(&mut tx).await?;
    if let Some(there) = there {
        stage.keep(tx).await?;
        return Ok(told(
            format!("The organisation {} is there; its people stay as they are.", there.name),
            Vec::new(),
        ));
    }
    let wanted = pack.organisation.as_ref().ok_or_else(|| NOT_FOUNDED.plain())?;
    let founding = Founding {
        name: wanted.name.clone(),
        currency: wanted.currency.clone(),
        first_month: wanted.first_month,
        demo: None,
    };
    let mut cx = setup::found_in(&stage.house, tx, &founding).await?;
    let mut links = Vec::new();
    for person in &pack.people {
        let input = person::PersonInput {
            username: person.username.clone(),
            name: person.name.clone(),
            email: person.email.clone(),
        };
        let done = person::add(&mut cx, &Params::default(), input).await?;
        person::activate(&mut cx, &person.username).await?;
        for word in &person.roles {
            let role = Role::parse(word).filter(|role| role.may_be_organisation_wide());
            let role = role.ok_or_else(|| {
                Refusal::field(
                    "roles",
                    format!("“{word}” is no role somebody can hold for a whole organisation."),
                )
            })?;
            access::grant::give_confirmed(&mut cx, &person.username, role, GrantScope::Organisation).await?;
        }
        let link = done.once.as_ref().and_then(|once| once.body["link"].as_str()).unwrap_or_default();
        // Nobody could open a link that was only rehearsed.
        let link = if stage.rehearses() { String::new() } else { format!(": {link}") };
        links.push(format!("{}, {}{link}", person.username, person.roles.join(", ")));
    }
    stage.keep_of(cx).await?;
    let says = format!(
        "Founded {} with {} people. Each opens their link once, within {} days, to choose a password:",
        wanted.name,
        links.len(),
        person::INVITATION_DAYS
    );
    Ok(told(says, links))
}

fn told(says: Vec<String>) -> StepReport {
    StepReport { name: "organisation".to_owned(), says, report: Value::Null, rows: Value::Null, clean: true }
}
