//! What pages, API and command line read of jobs. Another's job shows that it is there and where it
//! stands, never what it was given or what came of it.

use access::{Action, Cx, Params, Reach, View};
use db::{Bind, ListQuery, Row, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Refusal, Refused, Seen};
use serde_json::{Value, json};

use super::{State, mine_or_all, repo};
use crate::registry;

/// One's own jobs; all of them for an administrator. Newest first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let all = cx.who.reach(Action::Administer) == Reach::All;
    let list = ListQuery {
        name: "job",
        caption: "Jobs".into(),
        columns: vec![
            Column::new("command", "What", Kind::Text).linked("/jobs/{id}"),
            Column::new("person", "Asked by", Kind::Text),
            // One at work is told as running.
            Column::new("state", "State", Kind::Text)
                .of(State::ALL.map(State::word).into_iter().chain(["running"])),
            Column::new("asked_at", "Asked for", Kind::Time),
            Column::new("ended_at", "Ended", Kind::Time),
            Column::new("code", "Why not", Kind::Code),
            Column::new("id", "Id", Kind::Code).hidden(),
        ],
        sql: format!(
            "select j.id, j.command, case when j.via = 'schedule' then 'Quarterdeck' else p.name end as person, \
             case when r.lease_until >= $2 then 'running' else j.state end as state, j.asked_at, j.ended_at, j.code \
             from app_jobs j left join access_people p on p.id = j.person_id \
             left join app_job_runs r on r.job_id = j.id where {}",
            if all { "$1 <> ''" } else { "j.person_id = $1" }
        ),
        binds: vec![Bind::from(cx.person()), Bind::from(cx.stamp())],
        currency: cx.organisation.currency,
        order: "asked_at desc, id desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// One job: where it stands, how far it is, what came of it.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let job = repo::load(&mut cx.tx, params.get("id")).await?;
    if !mine_or_all(cx, job.person) {
        return Err(Refusal::not_found().into());
    }
    let (id, own) = (job.id.to_string(), job.person == cx.person());
    let stamp = cx.stamp();
    let row = all_of(cx, &id).await?;
    let until: Option<String> = row.get("lease_until")?;
    let runs = until.is_some_and(|until| until >= stamp);
    let summary = registry::command(&job.command).map_or(job.command.as_str(), |command| command.summary);
    let person: Option<String> = row.get("name")?;
    let mut told = json!({
        "schema": "quarterdeck.job.v1",
        "id": id,
        "version": job.version,
        "command": job.command,
        "summary": summary,
        "asked_by": person.unwrap_or_else(|| access::system::NAME.to_owned()),
        "asked_at": job.asked_at,
        "own": own,
        "state": if runs { "running" } else { job.state.word() },
        "ended_at": job.ended_at,
        "attempts": row.get::<Option<i64>>("attempts")?,
        "code": job.code,
    });
    if own {
        let kept = row.get::<Option<String>>("label")?.map(|label| -> Result<Seen, Fault> {
            Ok(Seen { label, done: row.get("done")?, of: row.get("total")?, unit: row.get("unit")? })
        });
        // This process knows better than the row, which on SQLite cannot be written meanwhile.
        let seen = cx.headway.seen(&id).or(kept.transpose()?);
        let answer: Option<String> = row.get("answer")?;
        add(&mut told, seen, answer)?;
    }
    Ok(View::Record(told))
}

/// What is kept of a job beside its record.
async fn all_of(cx: &mut Cx, id: &str) -> Result<Row, Fault> {
    let sql = "select p.name, r.label, r.done, r.total, r.unit, r.attempts, r.lease_until, a.answer \
               from app_jobs j left join access_people p on p.id = j.person_id \
               left join app_job_runs r on r.job_id = j.id left join app_job_answers a on a.job_id = j.id \
               where j.id = $1";
    let row = cx.tx.query(sql).bind(id).row().await?;
    row.ok_or_else(|| Fault::because("a job is gone while it is read"))
}

/// What only the person who asked is told.
fn add(told: &mut Value, seen: Option<Seen>, answer: Option<String>) -> Result<(), Fault> {
    let answer = answer.map(|text| serde_json::from_str::<Value>(&text)).transpose();
    let answer = answer.map_err(|error| Fault::new("reading what came of a job", error))?;
    let Some(record) = told.as_object_mut() else { return Ok(()) };
    if let Some(seen) = seen {
        record.insert("label".into(), seen.label.into());
        record.insert("done".into(), seen.done.into());
        record.insert("of".into(), seen.of.into());
        record.insert("unit".into(), seen.unit.into());
    }
    for (name, value) in answer.as_ref().and_then(Value::as_object).into_iter().flatten() {
        record.insert(name.clone(), value.clone());
    }
    Ok(())
}
