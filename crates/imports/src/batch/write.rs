//! Write a checked batch: what is chosen per group, all of it or nothing.

use access::input::or_none;
use access::{Cx, Done, Params, Snapshot, history};
use kernel::{Fault, FieldError, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use super::check::{complete, groups, job};
use super::choices::{ADD_OR_SKIP, CHANGED, Choices, OnChanged};
use super::control::must_tie;
use super::entity::Deed;
use super::error::{CHECK_AGAIN, CHECK_FIRST, COUNTED_TWICE, NOTHING_TO_WRITE};
use super::pass::{Passed, Writing, pass};
use super::upload::told;
use super::{Batch, NOUN, Progress, State, repo};
use crate::lines::Job;
use crate::report::{Report, grouped};
use crate::{Known, Target};

/// What becomes of each group.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WriteInput {
    /// New lines: `add` (default) or `skip`.
    #[schemars(extend("enum" = or_none(ADD_OR_SKIP)))]
    pub new: Option<String>,
    /// Lines already imported: `skip` (default) or `add`.
    #[schemars(extend("enum" = or_none(ADD_OR_SKIP)))]
    pub known: Option<String>,
    /// Changed lines: `skip` (default), `replace` or `add`.
    #[schemars(extend("enum" = or_none(CHANGED)))]
    pub changed: Option<String>,
}

impl WriteInput {
    /// The choices; each wrong answer is named.
    pub(super) fn choices(&self, wrong: &mut Vec<FieldError>) -> Choices {
        let said = |answer: &Option<String>| {
            answer.as_deref().map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned)
        };
        let mut choose = |field: &str, answer: &Option<String>, default: &str, known: &[&str]| -> String {
            let answer = said(answer).unwrap_or_else(|| default.to_owned());
            if !known.contains(&answer.as_str()) {
                let says = format!("Choose {}.", known.join(" or "));
                wrong.push(FieldError { field: field.to_owned(), says });
            }
            answer
        };
        Choices {
            add_new: choose("new", &self.new, "add", &ADD_OR_SKIP) == "add",
            add_known: choose("known", &self.known, "skip", &ADD_OR_SKIP) == "add",
            changed: match choose("changed", &self.changed, "skip", &CHANGED).as_str() {
                "replace" => OnChanged::Replace,
                "add" => OnChanged::Add,
                _ => OnChanged::Skip,
            },
        }
    }
}

/// Writes a checked batch in the one transaction. Refused where it was not checked, where lines were
/// written since by somebody else, and where the total is not the control total.
pub async fn write(cx: &mut Cx, params: &Params, input: WriteInput) -> Result<Done, Refused> {
    let mut batch = repo::load(&mut cx.tx, params.get("number")).await?;
    let target = batch.target()?;
    cx.require_all(target.action)?;
    batch.may_be_written()?;
    if batch.state != State::Checked {
        return Err(CHECK_FIRST.with(&[&batch.label()]).into());
    }
    let mut wrong = Vec::new();
    let choices = input.choices(&mut wrong);
    if !wrong.is_empty() {
        return Err(Refusal::invalid(wrong).into());
    }
    let before = history::snapshot(&mut cx.tx, &NOUN, &batch.id.to_string()).await?;
    let job = job(cx, &batch, target).await?;
    let passed = pass_writing(cx, &job, &batch, choices, &mut |_| {}).await?;
    as_checked(&batch, &passed.report)?;
    let earlier = repo::report(&mut cx.tx, batch.number).await?.unwrap_or_default();
    let report = passed.report.after(earlier);
    if report.taken.lines == 0 {
        return Err(NOTHING_TO_WRITE.with(&[&batch.label(), &groups(&report)]).into());
    }
    let report = conclude(cx, &mut batch, target, choices, Passed { report, ..passed }, &before).await?;
    let says = format!("Wrote {} of {} as {}.", grouped(report.taken.lines), batch.file_name, batch.label());
    let body = serde_json::to_value(&report).map_err(|error| Fault::new("telling a report", error))?;
    Ok(Done::changed(batch.location(), batch.label(), says).at_version(batch.version).with(body))
}

/// A pass that writes what is chosen.
pub(super) async fn pass_writing(
    cx: &mut Cx,
    job: &Job,
    batch: &Batch,
    choices: Choices,
    progress: Progress<'_>,
) -> Result<Passed, Refused> {
    choices.fit(job.target)?;
    cx.headway.begins(&format!("Writing {}", batch.file_name), "lines");
    let exchange = batch.exchange()?;
    let writing = Writing { exchange: &exchange, number: batch.number, choices, mends: batch.mends };
    pass(cx, job, Some(writing), progress).await
}

/// What a check found and a person saw is what is written.
fn as_checked(batch: &Batch, report: &Report) -> Result<(), Refusal> {
    let found = [report.new.lines, report.known.lines, report.changed.lines, report.rejected.lines];
    let checked = [batch.counts.new, batch.counts.known, batch.counts.changed, batch.counts.rejected];
    if found == checked { Ok(()) } else { Err(CHECK_AGAIN.with(&[&batch.label(), &groups(report)])) }
}

/// The end of writing: totals tie, the target posts, the batch is written and told.
pub(super) async fn conclude(
    cx: &mut Cx,
    batch: &mut Batch,
    target: &Target,
    choices: Choices,
    passed: Passed,
    before: &Snapshot,
) -> Result<Report, Refused> {
    let mut report = passed.report;
    report.written = true;
    complete(cx, batch, target, choices, &mut report).await?;
    must_tie(&report)?;
    never_twice(cx, batch, target, choices, &report).await?;
    (target.finish)(cx, &batch.exchange()?).await?;
    mend(cx, batch, &mut report).await?;
    batch.found(&report)?;
    batch.state = State::Written;
    batch.digest = passed.digest;
    batch.written = Some(Deed { by: cx.person(), at: cx.stamp() });
    // A written batch keeps its rejected lines in a table of their own.
    let kept = Report { rejects: Vec::new(), ..report.clone() };
    repo::keep_report(&mut cx.tx, batch.number, &kept).await?;
    repo::update(cx, batch).await?;
    told(cx, batch, "written", None, before).await?;
    Ok(report)
}

/// Refuses new lines of a file of which another batch stands with so many that some would be there twice: a
/// line is known again by what is read of it, so a file read by other columns looks new.
async fn never_twice(
    cx: &mut Cx,
    batch: &Batch,
    target: &Target,
    choices: Choices,
    report: &Report,
) -> Result<(), Refused> {
    if choices.add_known || matches!(target.known, Known::Records { .. }) {
        return Ok(());
    }
    let others = repo::of_file(&mut cx.tx, target.kind, &batch.file_digest).await?;
    let others = others.into_iter().filter(|other| other.id != batch.id && other.period == batch.period);
    for other in others {
        let (there, new) = (other.counts.written, report.new.lines);
        if new > 0 && there + new > report.lines {
            return Err(COUNTED_TWICE.with(&[&other.label(), &grouped(there), &grouped(new)]).into());
        }
    }
    Ok(())
}

/// Rejected lines of an earlier batch that this one brings in: line by line where the file says which,
/// else all of them where it has no fewer lines.
async fn mend(cx: &mut Cx, batch: &Batch, report: &mut Report) -> Result<(), Refused> {
    let Some(mends) = batch.mends else { return Ok(()) };
    let Some(earlier) = repo::find(&mut cx.tx, mends).await? else { return Ok(()) };
    let open = repo::open_lines(&mut cx.tx, earlier.number).await?;
    let named = report.columns.iter().any(|column| column == super::reject_file::LINE);
    if !named && open > 0 && report.taken.lines >= open {
        repo::mend(&mut cx.tx, batch.number, mends, None).await?;
    }
    let left = repo::open_lines(&mut cx.tx, earlier.number).await?;
    report.notes.push(match left {
        0 => format!("every rejected line of {} is mended", earlier.label()),
        1 => format!("1 rejected line of {} is still open", earlier.label()),
        left => format!("{} rejected lines of {} are still open", grouped(left), earlier.label()),
    });
    Ok(())
}
