//! Baseline promises as something that can be imported, with what came of them so far.
//!
//! A promise is frozen: a row that promises otherwise than before is rejected. What changes is what was
//! measured. A row names its service, or the project it is a part of by that promise's key in its source.

use access::{Action, Cx, Params};
use imports::{
    Accepted, Change, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict, at_line, judged,
};
use kernel::{Refusal, Refused};

use super::add::read;
use super::measure::{read_measured, require_measurable};
use super::withdraw::put_away;
use super::{MeasureInput, Measurement, Promise, PromiseInput, Source, State, add, measure, repo};
use crate::import::{brought_in, field, needed, service_said};
use crate::service::{self, Service};

static FIELDS: &[FieldSpec] = &[
    field("number", "Promise", FieldKind::Text, &["promise number"]),
    field("service", "Service", FieldKind::Text, &["service key", "investment"]),
    field("project", "Project", FieldKind::Text, &["part of"]),
    needed("name", "Name of the promise", FieldKind::Text, &["promise name", "what"]),
    needed("measure", "Measure", FieldKind::Text, &[]),
    field("due", "Due", FieldKind::Text, &["due by", "fiscal year"]),
    field("promised", "Value promised", FieldKind::Text, &["promised value"]),
    field("promised_number", "Number promised", FieldKind::Decimal, &["planned cost", "planned value"]),
    field("promised_day", "Day promised", FieldKind::Day, &["planned finish", "planned end"]),
    field("unit", "Unit", FieldKind::Text, &[]),
    field("currency", "Currency", FieldKind::Currency, &[]),
    field("direction", "Better is", FieldKind::Text, &[]),
    field("watch", "Watch from", FieldKind::Text, &[]),
    field("off_track", "Off track from", FieldKind::Text, &[]),
    field("now", "Now", FieldKind::Text, &[]),
    field("now_number", "Number now", FieldKind::Decimal, &["actual cost", "actual value"]),
    field("now_day", "Day now", FieldKind::Day, &["actual finish", "actual end"]),
    field("basis", "Basis", FieldKind::Text, &[]),
    field("about", "Measured about", FieldKind::Text, &["as of"]),
    field("measured_by", "Measured by", FieldKind::Text, &[]),
    field("source_key", "Key in its source", FieldKind::Text, &["source id", "external id"]),
];

/// Promises as taken over.
pub static IMPORT: Target = Target {
    kind: "promises",
    label: "Promises",
    action: Action::ImportServices,
    reads: Action::ReadServiceMoney,
    fields: FIELDS,
    known: Known::Records { identity: &["source_key"] },
    total: None,
    hints: imports::Hints::NONE,
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, why| Box::pin(revert(cx, exchange, why)),
};

fn one_of(row: &Row, fields: [&str; 3]) -> Option<String> {
    fields.into_iter().find_map(|field| row.said(field))
}

fn input_of(row: &Row) -> PromiseInput {
    PromiseInput {
        name: row.said("name").unwrap_or_default(),
        measure: row.said("measure").unwrap_or_default(),
        due: row.said("due"),
        promised: one_of(row, ["promised", "promised_number", "promised_day"]).unwrap_or_default(),
        unit: row.said("unit"),
        currency: row.said("currency"),
        direction: row.said("direction"),
        watch: row.said("watch"),
        off_track: row.said("off_track"),
        source_key: row.said("source_key"),
    }
}

/// What the row says came, if it says so.
fn measured_of(row: &Row, file: &str) -> Option<MeasureInput> {
    let value = one_of(row, ["now", "now_number", "now_day"])?;
    let source = row.said("measured_by").unwrap_or_else(|| file.to_owned());
    Some(MeasureInput { about: row.said("about"), value, basis: row.said("basis"), source })
}

/// The service a row is about.
async fn service_of(cx: &mut Cx, row: &Row) -> Result<Service, Refused> {
    let wrong = |field: &str, says: String| Refused::from(Refusal::field(field, says));
    if let Some(named) = row.text("service") {
        let found = service_said(cx, named).await?;
        return found.ok_or_else(|| wrong("service", format!("There is no service “{named}”.")));
    }
    let Some(project) = row.text("project") else {
        return Err(wrong("service", "Name a service or a project.".to_owned()));
    };
    let id = repo::service_of_project(&mut cx.tx, project).await?;
    let found = match id {
        Some(id) => service::find(&mut cx.tx, id).await?,
        None => None,
    };
    // One sentence for all of them, so that a report counts them together; the row shows which.
    found.ok_or_else(|| wrong("project", "It is not in the files so far.".to_owned()))
}

async fn check(cx: &mut Cx, rows: &[Row]) -> Result<Vec<Verdict>, Refused> {
    let mut verdicts = Vec::with_capacity(rows.len());
    for row in rows {
        let verdict = judge(cx, row).await;
        verdicts.push(judged(verdict)?);
    }
    Ok(verdicts)
}

async fn judge(cx: &mut Cx, row: &Row) -> Result<Verdict, Refused> {
    let service = service_of(cx, row).await?;
    let input = input_of(row);
    let promise = read(cx, service.id, &input)?;
    let known = known(cx, row, &promise).await?;
    // Our own list shows what a service costs beside what was promised of it: nobody measured that.
    let reckoned = known.is_some() && promise.measure.source() == Source::Cost;
    let measured = measured_of(row, "file").filter(|_| !reckoned);
    if let Some(measured) = &measured {
        require_measurable(&promise)?;
        read_measured(cx, &promise, measured)?;
    }
    let Some(known) = known else { return Ok(Verdict::New) };
    if known.state == State::Withdrawn {
        return Ok(Verdict::Rejected(format!("{} was withdrawn", known.number)));
    }
    if !said_before(&known, &input, promise) {
        let says = format!("{} was promised before with other figures; a promise is frozen", known.number);
        return Ok(Verdict::Rejected(says));
    }
    Ok(match measured {
        Some(measured) => moved(cx, &known, &measured).await?,
        None => Verdict::Known,
    })
}

/// The promise a row is about: by its number, by its key in its source, else the one held that is called
/// so for the same time.
async fn known(cx: &mut Cx, row: &Row, promise: &Promise) -> Result<Option<Promise>, Refused> {
    if let Some(number) = row.text("number")
        && let Some(known) = repo::find_by_number(&mut cx.tx, number).await?
        && known.service == promise.service
    {
        return Ok(Some(known));
    }
    if let Some(key) = &promise.source_key {
        return Ok(repo::find_by_source(&mut cx.tx, promise.service, key).await?);
    }
    let all = repo::of_service(&mut cx.tx, promise.service).await?;
    let same = |known: &Promise| {
        known.state == State::Active
            && (&known.name, known.measure, known.due) == (&promise.name, promise.measure, promise.due)
    };
    Ok(all.into_iter().find(same))
}

/// Whether the row promises what was promised before; what it does not say is as it was.
fn said_before(known: &Promise, input: &PromiseInput, promise: Promise) -> bool {
    let limited = input.watch.is_some() || input.off_track.is_some();
    let same = Promise {
        id: known.id,
        version: known.version,
        number: known.number.clone(),
        state: known.state,
        limits: if limited { promise.limits } else { known.limits },
        unit: promise.unit.clone().or_else(|| known.unit.clone()),
        currency: if input.currency.is_some() { promise.currency } else { known.currency },
        source_key: promise.source_key.clone().or_else(|| known.source_key.clone()),
        ..promise
    };
    same == *known
}

/// What was measured about the day, or last where the row names none, against what the row says.
async fn moved(cx: &mut Cx, known: &Promise, input: &MeasureInput) -> Result<Verdict, Refused> {
    let now = read_measured(cx, known, input)?;
    let there: Option<Measurement> = match input.about {
        Some(_) => repo::measured_about(&mut cx.tx, known.id, now.about_day).await?,
        None => repo::measured_of(&mut cx.tx, known.id).await?.pop(),
    };
    let basis = |there: &Measurement| input.basis.is_none() || there.basis == now.basis;
    let old = there.as_ref().map(|there| there.value.plain()).unwrap_or_default();
    Ok(match there {
        Some(there) if there.value == now.value && basis(&there) => Verdict::Known,
        _ => Verdict::Changed(vec![Change { field: "now".into(), old, new: now.value.plain() }]),
    })
}

async fn write(
    cx: &mut Cx,
    exchange: &Exchange,
    accepted: &[Accepted],
) -> Result<Vec<Option<String>>, Refused> {
    let mut numbers = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let written = write_one(cx, exchange, accepted).await;
        numbers.push(Some(written.map_err(|refused| at_line(accepted.row.line, refused))?));
    }
    Ok(numbers)
}

async fn write_one(cx: &mut Cx, exchange: &Exchange, accepted: &Accepted) -> Result<String, Refused> {
    let row = &accepted.row;
    let service = service_of(cx, row).await?;
    let number = if accepted.changes {
        let promise = read(cx, service.id, &input_of(row))?;
        known(cx, row, &promise).await?.ok_or_else(Refusal::not_found)?.number
    } else {
        add(cx, &Params([("key".to_owned(), service.key)].into()), input_of(row)).await?.key
    };
    if let Some(measured) = measured_of(row, &format!("{}, {}", exchange.number, exchange.file_name)) {
        measure(cx, &Params([("number".to_owned(), number.clone())].into()), measured).await?;
    }
    Ok(number)
}

/// Withdraws every promise the batch brought in, with the reason: they stay on the list. Their keys are
/// free again, so that the rows can be imported once more.
async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for number in brought_in(cx, exchange).await? {
        let promise = repo::load(&mut cx.tx, &number).await?;
        if promise.state == State::Active {
            put_away(cx, Promise { source_key: None, ..promise }, why).await?;
        }
    }
    Ok(())
}
