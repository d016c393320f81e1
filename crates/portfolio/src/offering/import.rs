//! Offerings as something that can be imported. Prices are not part of a row: they are drafted by one
//! person and approved by another.

use access::{Action, Cx, Event, Params, history};
use imports::{Accepted, Exchange, FieldKind, FieldSpec, Known, Row, Target, Verdict, at_line, judged};
use kernel::{Fault, Refused};

use super::add::read;
use super::edit::read_change;
use super::{NOUN, Offering, OfferingChange, OfferingInput, add, edit, repo};
use crate::import::{brought_in, differences, field, needed, other_origin, service_said, untouched};
use crate::service;

static FIELDS: &[FieldSpec] = &[
    field("key", "Key", FieldKind::Text, &["offering key", "offering code"]),
    field("name", "Offering", FieldKind::Text, &["offering name"]),
    needed("service", "Service", FieldKind::Text, &["service key"]),
    field("unit", "Unit", FieldKind::Text, &["unit of measure", "counted in"]),
    field("charging", "Charging model", FieldKind::Text, &["charging", "charged"]),
    field("source_key", "Key in its source", FieldKind::Text, &["source id", "external id"]),
];

/// Offerings; a row without a key takes its service's.
pub static IMPORT: Target = Target {
    kind: "offerings",
    label: "Offerings",
    action: Action::ImportServices,
    reads: Action::ReadServices,
    fields: FIELDS,
    known: Known::Records { identity: &["key"] },
    total: None,
    hints: imports::Hints::NONE,
    check: |cx, rows| Box::pin(check(cx, rows)),
    write: |cx, exchange, accepted| Box::pin(write(cx, exchange, accepted)),
    finish: |_, _| Box::pin(async { Ok(()) }),
    may_revert: None,
    revert: |cx, exchange, why| Box::pin(revert(cx, exchange, why)),
};

async fn new_from(cx: &mut Cx, row: &Row) -> Result<OfferingInput, Fault> {
    let named = row.said("service").unwrap_or_default();
    let known = service_said(cx, &named).await?;
    Ok(OfferingInput {
        service: known.map_or(named, |service| service.key),
        key: row.said("key"),
        name: row.said("name"),
        unit: row.said("unit").unwrap_or_default(),
        charging: row.said("charging").unwrap_or_default(),
        source_key: row.said("source_key"),
    })
}

fn change_from(row: &Row) -> OfferingChange {
    OfferingChange { name: row.said("name"), unit: row.said("unit"), charging: row.said("charging") }
}

fn key_of(row: &Row) -> String {
    row.said("key").or_else(|| row.said("service")).unwrap_or_default()
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
    let Some(known) = repo::find_by_key(&mut cx.tx, &key_of(row)).await? else {
        let input = new_from(cx, row).await?;
        read(cx, &input).await?;
        return Ok(Verdict::New);
    };
    let service = service::find(&mut cx.tx, known.service).await?.map(|service| service.key);
    let apart = other_origin("its service", service.as_deref(), row.text("service")).or_else(|| {
        other_origin("its key in its source", known.source_key.as_deref(), row.text("source_key"))
    });
    if let Some(why) = apart {
        return Ok(Verdict::Rejected(why));
    }
    let offering = read_change(cx, &known, &change_from(row)).await?;
    let changes = differences(shown(&known), shown(&offering));
    Ok(if changes.is_empty() { Verdict::Known } else { Verdict::Changed(changes) })
}

fn shown(offering: &Offering) -> Vec<(&'static str, String)> {
    vec![
        ("name", offering.name.clone()),
        ("unit", offering.unit.clone()),
        ("charging", offering.charging.word().to_owned()),
    ]
}

async fn write(cx: &mut Cx, _: &Exchange, accepted: &[Accepted]) -> Result<Vec<Option<String>>, Refused> {
    let mut keys = Vec::with_capacity(accepted.len());
    for accepted in accepted {
        let written = write_one(cx, accepted).await;
        keys.push(Some(written.map_err(|refused| at_line(accepted.row.line, refused))?));
    }
    Ok(keys)
}

async fn write_one(cx: &mut Cx, accepted: &Accepted) -> Result<String, Refused> {
    if !accepted.changes {
        let input = new_from(cx, &accepted.row).await?;
        return Ok(add(cx, &Params::default(), input).await?.key);
    }
    let key = key_of(&accepted.row);
    cx.expected = Some(repo::load(&mut cx.tx, &key).await?.version);
    let done = edit(cx, &Params([("key".to_owned(), key)].into()), change_from(&accepted.row)).await;
    cx.expected = None;
    Ok(done?.key)
}

/// Removes the offerings the batch brought in, where nobody takes, prices or charges them.
async fn revert(cx: &mut Cx, exchange: &Exchange, why: &str) -> Result<(), Refused> {
    for key in brought_in(cx, exchange).await? {
        let offering = repo::load(&mut cx.tx, &key).await?;
        let uses = repo::used_by(&mut cx.tx, &key).await?;
        untouched(exchange, &key, offering.version, uses)?;
        let id = offering.id.to_string();
        let before = history::snapshot(&mut cx.tx, &NOUN, &id).await?;
        repo::remove(&mut cx.tx, offering.id).await?;
        service::refresh(&mut cx.tx, offering.service).await?;
        let event = Event { noun: &NOUN, id, key, action: "taken back", why: Some(why), customer: None };
        history::record(cx, event, &before).await?;
    }
    Ok(())
}
