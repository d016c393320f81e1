//! Say how a file is read: formats asked and shown, columns given their meaning.

use access::input::{YES_NO, or_none};
use access::{Cx, Done, Params, history};
use kernel::{Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::entity::period_of;
use super::{Batch, NOUN, Settings, State, repo, upload};
use crate::prepare::{ask_period, prepare};
use crate::{FieldKind, Report, Target, profile};

/// What is said about an uploaded file.
#[derive(Deserialize, JsonSchema)]
pub struct ConfigureInput {
    /// How it is read.
    #[serde(flatten)]
    pub settings: Settings,
    /// Saves all of it as a profile of that name, without the period.
    #[serde(default)]
    pub save_as: Option<String>,
    /// `yes`: the formats shown are right, where the file does not settle them.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub formats_confirmed: Option<String>,
}

/// Changes how the file of a batch is read; it has to be checked again.
pub async fn configure(cx: &mut Cx, params: &Params, input: ConfigureInput) -> Result<Done, Refused> {
    let mut batch = repo::load(&mut cx.tx, params.get("number")).await?;
    let target = batch.target()?;
    cx.require_all(target.action)?;
    cx.require_version(batch.version)?;
    batch.still_open()?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &batch.id.to_string()).await?;
    let was = batch.clone();
    let earlier = repo::report(&mut cx.tx, batch.number).await?.unwrap_or_default();
    let mut told = read_as(cx, target, &mut batch, &input.settings, earlier).await?;
    let confirmed = input.formats_confirmed.as_deref() == Some("yes");
    told.questions.retain(|question| !confirmed && !input.settings.answers(&question.setting));
    ask_period(target, &batch.profile, &mut told.questions);
    batch.settled = told.open_questions().next().is_none();
    batch.period = period_of(target, &batch.profile);
    if let Some(name) = input.save_as.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        save(cx, target, &mut batch, name).await?;
    }
    if batch == was {
        let says = format!("{} is read as before.", batch.label());
        return Ok(Done::unchanged(batch.location(), batch.label(), says).at_version(batch.version));
    }
    batch.state = State::Uploaded;
    let report = report_of(&batch).after(told);
    repo::keep_report(&mut cx.tx, batch.number, &report).await?;
    repo::update(cx, &mut batch).await?;
    upload::told(cx, &batch, "configured", None, &before).await?;
    let says = format!("Set how {} is read; check it next.", batch.label());
    Ok(Done::changed(batch.location(), batch.label(), says).at_version(batch.version))
}

/// Puts the settings into the batch; gives what was found and is asked then. Cut anew, or by another
/// profile, what was proposed before no longer holds; values for the whole file do.
async fn read_as(
    cx: &mut Cx,
    target: &'static Target,
    batch: &mut Batch,
    settings: &Settings,
    earlier: Report,
) -> Result<Report, Refused> {
    if settings.profile_name().is_some() || settings.profile_text().is_some() || settings.cuts() {
        let source = repo::file(&mut cx.tx, &batch.file_digest).await?;
        let prepared = prepare(cx, target, &source, settings, false).await?;
        let told = prepared.told();
        let constants = std::mem::take(&mut batch.profile.constants);
        (batch.profile, batch.profile_name) = (prepared.profile, prepared.profile_name);
        for (field, value) in constants {
            batch.profile.constants.entry(field).or_insert(value);
        }
        batch.control_total = prepared.control_total.or(batch.control_total.take());
        return Ok(told);
    }
    let mut wrong = Vec::new();
    settings.cut(&mut batch.profile.dialect, &mut wrong);
    settings.format(&mut batch.profile.formats, &mut wrong);
    settings.mean(target, &mut batch.profile, &mut wrong);
    batch.control_total = settings.control(&mut wrong).or(batch.control_total.take());
    if wrong.is_empty() { Ok(earlier) } else { Err(Refusal::invalid(wrong).into()) }
}

/// Saves how the batch is read under a name; a profile is for many months, so it keeps no period.
async fn save(cx: &mut Cx, target: &Target, batch: &mut Batch, name: &str) -> Result<(), Refused> {
    let mut saved = batch.profile.clone();
    saved.name = name.to_owned();
    if let Some(period) = target.field_of(FieldKind::Period) {
        saved.constants.remove(period.key);
    }
    profile::save(cx, saved).await?;
    batch.profile_name = Some(name.to_owned());
    Ok(())
}

fn report_of(batch: &Batch) -> Report {
    Report {
        kind: batch.kind.clone(),
        file_name: batch.file_name.clone(),
        file_digest: batch.file_digest.clone(),
        batch: Some(batch.label()),
        ..Report::default()
    }
}
