//! Save a profile: from a file, or from what was settled for a batch.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::listing::encode;
use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;
use sheets::Profile;

use super::NOUN;
use super::error::OTHER_KIND;
use super::repo::{self, SavedProfile};
use crate::Target;
use crate::batch::target_of;

/// What is asked for a profile.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileInput {
    /// The profile's file as text (TOML).
    pub toml: String,
    /// Another name than the file gives.
    #[serde(default)]
    pub name: Option<String>,
}

const LONGEST_NAME: usize = 80;

/// Saves a profile from its file; one of that name and kind is replaced.
pub async fn add(cx: &mut Cx, _: &Params, input: ProfileInput) -> Result<Done, Refused> {
    let mut profile = Profile::from_toml(&input.toml)?;
    if let Some(name) = input.name.filter(|name| !name.trim().is_empty()) {
        profile.name = name;
    }
    let target = target_of(&profile.kind)?;
    cx.require_all(target.action)?;
    unknown_fields(target, &profile)?;
    let (saved, changed) = save(cx, profile).await?;
    let name = saved.profile.name;
    let location = format!("/records/profiles/{}", encode(&name));
    let says = if changed {
        format!("Saved profile “{name}”.")
    } else {
        format!("Profile “{name}” is as it was.")
    };
    let done =
        if changed { Done::changed(location, name, says) } else { Done::unchanged(location, name, says) };
    Ok(done.at_version(saved.version))
}

fn unknown_fields(target: &Target, profile: &Profile) -> Result<(), Refusal> {
    let named = profile.columns.values().chain(profile.constants.keys());
    let unknown: Vec<&str> =
        named.map(String::as_str).filter(|field| target.field(field).is_none()).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let says = format!("{} have no field {}.", target.label, unknown.join(", "));
    Err(Refusal::field("toml", says))
}

/// Stores a profile under its name; whether anything changed.
pub(crate) async fn save(cx: &mut Cx, mut profile: Profile) -> Result<(SavedProfile, bool), Refused> {
    profile.name = profile.name.trim().to_owned();
    let name = profile.name.clone();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Refusal::field("name", "Give the profile a name of at most 80 characters.").into());
    }
    let Some(mut saved) = repo::find(&mut cx.tx, &name).await? else {
        let saved = SavedProfile { id: cx.uuid().to_string(), version: 1, profile };
        repo::insert(cx, &saved).await?;
        told(cx, &saved, "added", &Snapshot::none()).await?;
        return Ok((saved, true));
    };
    if saved.profile.kind != profile.kind {
        return Err(OTHER_KIND.with(&[&name, &saved.profile.kind, &profile.kind]).into());
    }
    if saved.profile == profile {
        return Ok((saved, false));
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &saved.id).await?;
    saved.profile = profile;
    repo::update(cx, &mut saved).await?;
    told(cx, &saved, "changed", &before).await?;
    Ok((saved, true))
}

async fn told(cx: &mut Cx, saved: &SavedProfile, action: &str, before: &Snapshot) -> Result<(), Refused> {
    let (id, key) = (saved.id.clone(), saved.profile.name.clone());
    let event = Event { noun: &NOUN, id, key, action, why: None, customer: None };
    Ok(history::record(cx, event, before).await?)
}
