//! The whole conversation in one step: for the command line, packs and the demo.

use std::sync::Arc;

use access::input::{YES_NO, or_none};
use access::{Cx, Done, Params, Snapshot};
use kernel::{Fault, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;
use sheets::{Profile, Source};

use super::check::complete;
use super::choices::{ADD_OR_SKIP, CHANGED, Choices};
use super::control::must_tie;
use super::error::QUESTIONS_OPEN;
use super::pass::{Passed, Progress, pass};
use super::upload::{File, decoded, digest, mended, not_too_large, open, target_of};
use super::write::{WriteInput, conclude, pass_writing};
use super::{Batch, Settings, repo};
use crate::Target;
use crate::lines::Job;
use crate::prepare::{Prepared, prepare};
use crate::report::Report;

/// An import in one step, from JSON.
#[derive(Deserialize, JsonSchema)]
pub struct RunInput {
    /// What the file holds: `gl`, `customers` …
    #[schemars(extend("enum" = crate::target::kinds()))]
    pub kind: String,
    /// Its bytes in base64.
    pub file: String,
    /// Its name.
    pub file_name: String,
    /// `yes`: only look, write nothing.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(YES_NO)))]
    pub dry_run: Option<String>,
    /// What becomes of new lines: `add` or `skip`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(ADD_OR_SKIP)))]
    pub new: Option<String>,
    /// What becomes of lines already imported: `skip` or `add`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(ADD_OR_SKIP)))]
    pub known: Option<String>,
    /// What becomes of changed lines: `skip`, `replace` or `add`.
    #[serde(default)]
    #[schemars(extend("enum" = or_none(CHANGED)))]
    pub changed: Option<String>,
    /// The batch whose rejected lines it brings in mended.
    #[serde(default)]
    pub mends: Option<String>,
    /// How the file is read.
    #[serde(flatten)]
    pub settings: Settings,
}

/// An import in one step, from within.
#[derive(Clone, Debug, Default)]
pub struct RunRequest {
    /// Kind of the target.
    pub kind: String,
    /// Name of the file.
    pub file_name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How it is read, as far as the settings do not say.
    pub profile: Option<Profile>,
    /// How it is read.
    pub settings: Settings,
    /// What becomes of each group.
    pub choices: Choices,
    /// Only look.
    pub dry_run: bool,
    /// The batch whose rejected lines it brings in mended.
    pub mends: Option<String>,
}

/// Reads, judges and, unless it is a dry run, writes a file as one batch. A dry run finds the same and
/// writes nothing. Nothing is written either where no line would be: then there is no batch.
pub async fn run(cx: &mut Cx, request: RunRequest, progress: Progress<'_>) -> Result<Report, Refused> {
    let target = target_of(&request.kind)?;
    cx.require_all(target.action)?;
    not_too_large(&request.bytes)?;
    request.choices.fit(target)?;
    let mends = mended(cx, target, request.mends.as_deref()).await?;
    let bytes: Arc<[u8]> = request.bytes.into();
    let source = Source::of_bytes(bytes.clone());
    let mut settings = request.settings;
    if let Some(profile) = request.profile {
        settings.profile_toml = Some(profile.to_toml());
    }
    let prepared = prepare(cx, target, &source, &settings, true).await?;
    if !prepared.settled() && !request.dry_run {
        let open = prepared.questions.iter().filter(|question| question.must_answer);
        let asks: Vec<&str> = open.map(|question| question.asks.as_str()).collect();
        let refusal = QUESTIONS_OPEN.with(&[&request.file_name]);
        let says = format!("{} {}", refusal.says, asks.join(" "));
        return Err(Refusal { says, ..refusal }.into());
    }
    let job = Job { target, source, profile: prepared.profile.clone(), reporting: cx.organisation.currency };
    let file = File { name: request.file_name, digest: digest(&bytes), bytes };
    if request.dry_run {
        return look(cx, &job, &file, prepared, request.choices, progress).await;
    }
    let mut batch = open(cx, target, &file, &prepared, mends).await?;
    let passed = pass_writing(cx, &job, &batch, request.choices, progress).await?;
    let passed = Passed { report: passed.report.after(prepared.told()), ..passed };
    if passed.report.taken.lines == 0 {
        return nothing(cx, batch, target, request.choices, passed.report).await;
    }
    conclude(cx, &mut batch, target, request.choices, passed, &Snapshot::none()).await
}

/// The dry run.
async fn look(
    cx: &mut Cx,
    job: &Job,
    file: &File,
    prepared: Prepared,
    choices: Choices,
    progress: Progress<'_>,
) -> Result<Report, Refused> {
    cx.headway.begins(&format!("Reading {}", file.name), "lines");
    let mut report = pass(cx, job, None, progress).await?.report.after(prepared.told());
    // A batch that is not stored, for what is said of one.
    let batch = Batch::unwritten(cx, job.target, &file.name, &file.digest, &prepared);
    complete(cx, &batch, job.target, choices, &mut report).await?;
    report.batch = None;
    Ok(report)
}

/// No line would be written: the batch and its number are given back.
async fn nothing(
    cx: &mut Cx,
    batch: Batch,
    target: &Target,
    choices: Choices,
    mut report: Report,
) -> Result<Report, Refused> {
    complete(cx, &batch, target, choices, &mut report).await?;
    must_tie(&report)?;
    repo::give_back(&mut cx.tx, &batch).await?;
    report.batch = None;
    Ok(report)
}

/// The same for the API and the command line on a server; the report is the body.
pub async fn run_command(cx: &mut Cx, _: &Params, input: RunInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let choices =
        WriteInput { new: input.new, known: input.known, changed: input.changed }.choices(&mut wrong);
    if !wrong.is_empty() {
        return Err(Refusal::invalid(wrong).into());
    }
    let request = RunRequest {
        kind: input.kind,
        file_name: input.file_name,
        bytes: decoded(&input.file)?,
        profile: None,
        settings: input.settings,
        choices,
        dry_run: matches!(input.dry_run.as_deref(), Some("yes" | "true")),
        mends: input.mends,
    };
    let report = run(cx, request, &mut |_| {}).await?;
    let body = serde_json::to_value(&report).map_err(|error| Fault::new("telling a report", error))?;
    let says = report.says().join("\n");
    Ok(match &report.batch {
        Some(batch) => Done::changed(format!("/records/batches/{batch}"), batch.clone(), says),
        None => Done::unchanged("/records/batches", "", says),
    }
    .with(body))
}
