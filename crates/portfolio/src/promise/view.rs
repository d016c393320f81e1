//! What pages, API and command line read of promises. Those whose actual is the cost of the service
//! show no figure here: `finance` puts it beside them.

use access::{Action, Cx, Params, View};
use chrono::NaiveDate;
use db::{ListQuery, Tx, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Refusal, Refused, ServiceId};
use serde_json::{Value, json};

use super::entity::{Basis, Measure, Promise, Source, State};
use super::measure::Measurement;
use super::repo;
use super::rules::{Now, Verdict, judge};
use crate::service;
use crate::sql::services_sql;

/// Judged as `rules::judge` does, from the standing kept with what was measured last. `$1` is today.
const JUDGED: &str = "case when p.state = 'withdrawn' then 'withdrawn' \
    when p.source = 'cost of service' then null when m.standing is null then 'not due' \
    when coalesce(p.due_on, m.about_day) >= $1 then m.standing when m.standing <> 'on track' then 'broken' \
    when m.basis = 'expected' then 'watch' else 'kept' end";

/// Promises of the services whose money the reader may see.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let reach = cx.who.reach(Action::ReadServiceMoney);
    let list = ListQuery {
        name: "promise",
        caption: "Promises against actual".into(),
        columns: vec![
            Column::new("number", "Promise", Kind::Code).linked("/promises/{number}"),
            Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
            Column::new("name", "Promised", Kind::Text).linked("/promises/{number}"),
            Column::new("measure", "Measure", Kind::State).of(Measure::WORDS.map(|(word, _)| word)),
            Column::new("due", "Due", Kind::Code),
            Column::new("promised", "Value promised", Kind::Code),
            Column::new("now", "Now", Kind::Code),
            Column::new("basis", "Basis", Kind::State).of(Basis::WORDS.map(|(word, _)| word)),
            Column::new("unit", "Unit", Kind::Text),
            Column::new("currency", "Currency", Kind::Code),
            Column::new("adverse", "Adverse by", Kind::Percent),
            Column::new("slip_days", "Days late", Kind::Count),
            Column::new("judged", "Judged", Kind::State),
            Column::new("source", "Actual from", Kind::Text),
            Column::new("due_on", "Last day", Kind::Date).hidden(),
            Column::new("source_key", "Key in its source", Kind::Code).hidden(),
        ],
        sql: format!(
            "select p.number, s.key as service, p.name, p.measure, p.due, p.promised, m.value as now, m.basis, p.unit, \
             p.currency, m.adverse, m.slip_days, {JUDGED} as judged, p.source, p.due_on, p.source_key \
             from portfolio_promises p join portfolio_services s on s.id = p.service_id \
             left join portfolio_measurements m on m.promise_id = p.id and m.about_day = \
             (select max(n.about_day) from portfolio_measurements n where n.promise_id = p.id) \
             where {}",
            services_sql(&reach, "p.service_id")
        ),
        binds: vec![cx.today().to_string().into()],
        currency: cx.organisation.currency,
        order: "service, due, number",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One promise with everything measured of it.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let promise = repo::load(&mut cx.tx, params.get("number")).await?;
    if !cx.who.reach(Action::ReadServiceMoney).admits_service(promise.service) {
        return Err(Refusal::not_found().into());
    }
    let service = service::find(&mut cx.tx, promise.service).await?;
    let measured = repo::measured_of(&mut cx.tx, promise.id).await?;
    let mut shown = record(&promise, measured.last(), cx.today());
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("schema".into(), json!("quarterdeck.promise.v1"));
        fields.insert("service".into(), json!(service.map(|service| service.key)));
        let rows = measured.iter().map(|row| measured_record(&promise, row, cx.today())).collect();
        fields.insert("measured".into(), Value::Array(rows));
    }
    Ok(View::Record(shown))
}

/// The promises of a service with what is known now, for its page.
pub(crate) async fn of_service(
    tx: &mut Tx,
    service: ServiceId,
    today: NaiveDate,
) -> Result<Vec<Value>, Fault> {
    let mut shown = Vec::new();
    for promise in repo::of_service(tx, service).await? {
        let measured = repo::measured_of(tx, promise.id).await?;
        shown.push(record(&promise, measured.last(), today));
    }
    Ok(shown)
}

fn verdict(promise: &Promise, measured: Option<&Measurement>, today: NaiveDate) -> Verdict {
    let Some(measured) = measured else { return Verdict::NotDue };
    let now = match measured.basis {
        Basis::Actual => Now::Actual(measured.value),
        Basis::Expected => Now::Expected(measured.value),
    };
    let due = promise.due_on.unwrap_or(measured.about_day) < today;
    judge(promise.promised, promise.aim, promise.limits, now, due)
}

fn record(promise: &Promise, last: Option<&Measurement>, today: NaiveDate) -> Value {
    let judged = match (promise.state, promise.measure.source()) {
        (State::Withdrawn, _) => Some("withdrawn"),
        (State::Active, Source::Cost) => None,
        (State::Active, _) => Some(verdict(promise, last, today).word()),
    };
    let (watch, off_track) = repo::limits_as_stored(promise.limits);
    json!({
        "id": promise.id.to_string(),
        "version": promise.version,
        "number": promise.number,
        "name": promise.name,
        "origin": "take-over",
        "measure": promise.measure.word(),
        "due": promise.due.plain(),
        "due_on": promise.due_on.map(|day| day.to_string()),
        "unit": promise.unit,
        "currency": promise.currency.map(|currency| currency.code().to_owned()),
        "direction": promise.aim.word(),
        "promised": promise.promised.plain(),
        "now": last.map(|measured| measured.value.plain()),
        "basis": last.map(|measured| measured.basis.word()),
        "judged": judged,
        "watch": watch,
        "off_track": off_track,
        "state": promise.state.word(),
        "source": promise.measure.source().word(),
        "source_key": promise.source_key,
    })
}

fn measured_record(promise: &Promise, measured: &Measurement, today: NaiveDate) -> Value {
    json!({
        "about": measured.about,
        "value": measured.value.plain(),
        "basis": measured.basis.word(),
        "slip_days": super::rules::slip_days(promise.promised, measured.value),
        "judged": verdict(promise, Some(measured), today).word(),
        "source": measured.source,
    })
}
