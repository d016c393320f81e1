//! Check a batch: what is new, already imported, changed, rejected; the total against the control
//! total. Writes nothing but what was found.

use access::route::{Nothing, Ready};
use access::{Cx, Done, Params, history};
use kernel::{Fault, Refused};

use super::choices::{Choices, OnChanged};
use super::control;
use super::pass::pass;
use super::upload::told;
use super::{Batch, NOUN, State, repo};
use crate::lines::Job;
use crate::report::{Report, Said};
use crate::{Known, Target};

/// Looks at every line and keeps what was found.
pub async fn check(cx: &mut Cx, params: &Params, _: Nothing) -> Result<Done, Refused> {
    let mut batch = repo::load(&mut cx.tx, params.get("number")).await?;
    let target = batch.target()?;
    cx.require_all(target.action)?;
    batch.still_open()?;
    let before = history::snapshot(&mut cx.tx, &NOUN, &batch.id.to_string()).await?;
    let job = job(cx, &batch, target).await?;
    cx.headway.begins(&format!("Reading {}", batch.file_name), "lines");
    let report = pass(cx, &job, None, &mut |_| {}).await?.report;
    let mut report = report.after(repo::report(&mut cx.tx, batch.number).await?.unwrap_or_default());
    complete(cx, &batch, target, Choices::default(), &mut report).await?;
    batch.found(&report)?;
    batch.state = State::Checked;
    repo::keep_report(&mut cx.tx, batch.number, &report).await?;
    repo::update(cx, &mut batch).await?;
    told(cx, &batch, "checked", None, &before).await?;
    let says = format!("Checked {}: {}.", batch.label(), groups(&report));
    let body = serde_json::to_value(&report).map_err(|error| Fault::new("telling a report", error))?;
    Ok(Done::changed(batch.location(), batch.label(), says).at_version(batch.version).with(body))
}

/// Whether a batch can still be read otherwise and checked: as long as it is not written.
pub async fn may_prepare(cx: &mut Cx, params: &Params) -> Result<Ready, Refused> {
    let batch = repo::load(&mut cx.tx, params.get("number")).await?;
    cx.require_all(batch.target()?.action)?;
    batch.still_open()?;
    Ok(Ready::Yes)
}

/// `8,391 new, 14 already imported, 3 changed, 4 rejected`.
pub(super) fn groups(report: &Report) -> String {
    use crate::report::grouped;
    format!(
        "{} new, {} already imported, {} changed, {} rejected",
        grouped(report.new.lines),
        grouped(report.known.lines),
        grouped(report.changed.lines),
        grouped(report.rejected.lines)
    )
}

/// The reading of a batch's file.
pub(super) async fn job(cx: &mut Cx, batch: &Batch, target: &'static Target) -> Result<Job, Fault> {
    let source = repo::file(&mut cx.tx, &batch.file_digest).await?;
    Ok(Job { target, source, profile: batch.profile.clone(), reporting: cx.organisation.currency })
}

/// Fills in what the pass over the lines could not know.
pub(super) async fn complete(
    cx: &mut Cx,
    batch: &Batch,
    target: &Target,
    choices: Choices,
    report: &mut Report,
) -> Result<(), Refused> {
    report.file_name.clone_from(&batch.file_name);
    report.file_digest.clone_from(&batch.file_digest);
    report.batch = Some(batch.label());
    report.formats = said(batch)?;
    report.control_total.clone_from(&batch.control_total);
    report.difference = control::difference(batch.control_total.as_deref(), report)?;
    for other in repo::of_file(&mut cx.tx, target.kind, &batch.file_digest).await? {
        if other.id != batch.id {
            report.notes.push(format!("this very file was imported as {}", other.label()));
        }
    }
    let left = report.changed.lines > 0 && choices.changed == OnChanged::Skip;
    if left && report.written {
        report.notes.push("changed lines were left as they are; replace takes them over".to_owned());
    }
    if matches!(target.known, Known::Records { .. }) && report.changed.lines > 0 {
        report.notes.push("changed lines are records that are there with other values".to_owned());
    }
    let settled = report.open_questions().next().is_none();
    report.clean = report.rejected.lines == 0 && report.difference.is_none() && !left && settled;
    Ok(())
}

fn said(batch: &Batch) -> Result<Said, Fault> {
    let formats = &batch.profile.formats;
    let word = |value: serde_json::Result<serde_json::Value>| -> Result<String, Fault> {
        let value = value.map_err(|error| Fault::new("telling formats", error))?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    };
    let thousands = match word(serde_json::to_value(formats.thousands_mark))?.as_str() {
        "point" => ".",
        "comma" => ",",
        "blank" => " ",
        "apostrophe" => "'",
        _ => "",
    };
    Ok(Said {
        decimal: formats.decimal_mark.char().to_string(),
        thousands: thousands.to_owned(),
        dates: word(serde_json::to_value(formats.date_order))?,
        sign: word(serde_json::to_value(formats.sign))?,
        profile: batch.profile_name.clone(),
        sheet: batch.profile.dialect.sheet.clone(),
    })
}
