//! The only SQL of jobs, schedules and clearings.

use access::Cx;
use db::{Row, Tx};
use kernel::{Fault, JobId, Refusal, Refused, Seen};
use serde_json::Value;

use super::entity::{Claim, Job, State, Work, via_of};

const COLUMNS: &str = "id, version, command, person_id, via, state, asked_at, ended_at, code";

fn read(row: &Row) -> Result<Job, Fault> {
    let (state, via): (String, String) = (row.get("state")?, row.get("via")?);
    let wrong = || Fault::because(format!("no state or way of a job: {state}, {via}"));
    Ok(Job {
        id: row.get("id")?,
        version: row.get("version")?,
        command: row.get("command")?,
        person: row.get("person_id")?,
        via: via_of(&via).ok_or_else(wrong)?,
        state: State::parse(&state).ok_or_else(wrong)?,
        asked_at: row.get("asked_at")?,
        ended_at: row.get("ended_at")?,
        code: row.get("code")?,
    })
}

/// The job of that id, locked where the transaction writes.
pub(super) async fn load(tx: &mut Tx, id: &str) -> Result<Job, Refused> {
    let sql = format!("select {COLUMNS} from app_jobs where id = $1 for update");
    let row = tx.query(&sql).bind(id).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// Stores a job that waits, with what it needs to be run.
pub(super) async fn insert(cx: &mut Cx, job: &Job, work: &Work, label: &str) -> Result<(), Fault> {
    let sql = format!("insert into app_jobs ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    let query = cx.tx.query(&sql).bind(job.id).bind(job.version).bind(job.command.as_str());
    let query = query.bind(job.person).bind(job.via.word()).bind(job.state.word());
    let query = query.bind(job.asked_at.as_str()).bind(job.ended_at.clone()).bind(job.code.clone());
    query.execute().await?;
    let sql = "insert into app_job_work (job_id, token_id, signed_in_at, expected, params, body) \
               values ($1, $2, $3, $4, $5, $6)";
    let query = cx.tx.query(sql).bind(job.id).bind(work.token).bind(work.signed_in_at.clone());
    let expected = db::Bind::Int(work.expected);
    query.bind(expected).bind(work.params.to_string()).bind(work.body.to_string()).execute().await?;
    let sql = "insert into app_job_runs (job_id, attempts, label, done, unit) values ($1, 0, $2, 0, '')";
    cx.tx.query(sql).bind(job.id).bind(label).execute().await?;
    Ok(())
}

/// Stores a changed job under its next version.
pub(super) async fn update(cx: &mut Cx, job: &mut Job) -> Result<(), Fault> {
    job.version += 1;
    let sql = "update app_jobs set version = $2, state = $3, ended_at = $4, code = $5 where id = $1";
    let query = cx.tx.query(sql).bind(job.id).bind(job.version).bind(job.state.word());
    query.bind(job.ended_at.clone()).bind(job.code.clone()).execute().await?;
    Ok(())
}

/// What a job needs to be run.
pub(super) async fn work(tx: &mut Tx, id: JobId) -> Result<Work, Fault> {
    let sql = "select token_id, signed_in_at, expected, params, body from app_job_work where job_id = $1";
    let row = tx.query(sql).bind(id).row().await?;
    let row = row.ok_or_else(|| Fault::because(format!("job {id} has nothing to be run with")))?;
    let json = |column: &str| -> Result<Value, Fault> {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|error| Fault::new("reading what a job needs", error))
    };
    Ok(Work {
        token: row.get("token_id")?,
        signed_in_at: row.get("signed_in_at")?,
        expected: row.get("expected")?,
        params: json("params")?,
        body: json("body")?,
    })
}

/// Jobs that nobody holds, the oldest first.
pub(super) async fn waiting(tx: &mut Tx, now: &str) -> Result<Vec<JobId>, Fault> {
    let sql = "select r.job_id from app_job_runs r join app_jobs j on j.id = r.job_id \
               where r.lease_until is null or r.lease_until < $1 order by j.asked_at, j.id limit 10";
    tx.query(sql).bind(now).rows().await?.iter().map(|row| row.get("job_id")).collect()
}

/// Takes the job where nobody holds it; the how-many-th time it is begun. The condition stands in the
/// update itself, and the row is gone once the job ended, so of several processes one gets it.
pub(super) async fn claim(
    tx: &mut Tx,
    job: JobId,
    owner: &str,
    now: &str,
    until: &str,
) -> Result<Option<i64>, Fault> {
    let sql = "update app_job_runs set owner = $2, lease_until = $4, attempts = attempts + 1 \
               where job_id = $1 and (lease_until is null or lease_until < $3) returning attempts";
    let row = tx.query(sql).bind(job).bind(owner).bind(now).bind(until).row().await?;
    row.map(|row| row.get("attempts")).transpose()
}

/// Holds the job longer and tells how far it is; false where the claim is lost.
pub(super) async fn extend(
    tx: &mut Tx,
    claim: &Claim,
    until: &str,
    seen: Option<&Seen>,
) -> Result<bool, Fault> {
    let held = "where job_id = $1 and owner = $2 and attempts = $3";
    let touched = match seen {
        None => {
            let sql = format!("update app_job_runs set lease_until = $4 {held}");
            let query = tx.query(&sql).bind(claim.job).bind(claim.owner.as_str()).bind(claim.attempt);
            query.bind(until).execute().await?
        }
        Some(seen) => {
            let sql = format!(
                "update app_job_runs set lease_until = $4, label = $5, done = $6, total = $7, unit = $8 {held}"
            );
            let query = tx.query(&sql).bind(claim.job).bind(claim.owner.as_str()).bind(claim.attempt);
            let query = query.bind(until).bind(seen.label.as_str()).bind(seen.done);
            query.bind(db::Bind::Int(seen.of)).bind(seen.unit.as_str()).execute().await?
        }
    };
    Ok(touched == 1)
}

/// Lets go of the job until `until`; `counts`: whether the beginning counts as one that failed.
pub(super) async fn release(
    tx: &mut Tx,
    claim: &Claim,
    until: Option<&str>,
    counts: bool,
) -> Result<(), Fault> {
    let sql = "update app_job_runs set owner = null, lease_until = $4, attempts = attempts - $5 \
               where job_id = $1 and owner = $2 and attempts = $3";
    let query = tx.query(sql).bind(claim.job).bind(claim.owner.as_str()).bind(claim.attempt);
    query.bind(until.map(str::to_owned)).bind(if counts { 0_i64 } else { 1 }).execute().await?;
    Ok(())
}

/// Removes the job's turn where this claim still holds it; false where it is lost.
pub(super) async fn let_go(tx: &mut Tx, claim: &Claim) -> Result<bool, Fault> {
    let sql = "delete from app_job_runs where job_id = $1 and owner = $2 and attempts = $3";
    let query = tx.query(sql).bind(claim.job).bind(claim.owner.as_str()).bind(claim.attempt);
    Ok(query.execute().await? == 1)
}

/// Removes the job's turn where nobody holds it; false where somebody does.
pub(super) async fn call_off(tx: &mut Tx, job: JobId, now: &str) -> Result<bool, Fault> {
    let sql = "delete from app_job_runs where job_id = $1 and (lease_until is null or lease_until < $2)";
    Ok(tx.query(sql).bind(job).bind(now).execute().await? == 1)
}

/// Removes what an ended job needed, and keeps what came of it.
pub(super) async fn settle(cx: &mut Cx, job: JobId, answer: &Value) -> Result<(), Fault> {
    cx.tx.query("delete from app_job_work where job_id = $1").bind(job).execute().await?;
    let stamp = cx.stamp();
    let sql = "insert into app_job_answers (job_id, at, answer) values ($1, $2, $3)";
    cx.tx.query(sql).bind(job).bind(stamp).bind(answer.to_string()).execute().await?;
    Ok(())
}

/// Removes answers that were kept long enough.
pub(super) async fn clear_answers(tx: &mut Tx, until: &str) -> Result<i64, Fault> {
    let removed = tx.query("delete from app_job_answers where at <= $1").bind(until).execute().await?;
    i64::try_from(removed).map_err(|error| Fault::new("counting what was removed", error))
}

/// Stores what a clearing removed.
pub(super) async fn insert_clearing(
    cx: &mut Cx,
    id: &str,
    removed: access::expired::Removed,
    answers: i64,
) -> Result<(), Fault> {
    let stamp = cx.stamp();
    let sql = "insert into app_clearings (id, version, cleared_at, sessions, invitations, retries, answers) \
               values ($1, 1, $2, $3, $4, $5, $6)";
    let query = cx.tx.query(sql).bind(id).bind(stamp).bind(removed.sessions).bind(removed.invitations);
    query.bind(removed.retries).bind(answers).execute().await?;
    Ok(())
}

/// Whether what was due on that day was asked for.
pub(super) async fn was_due(tx: &mut Tx, schedule: &str, on: &str) -> Result<bool, Fault> {
    let sql = "select job_id from app_schedule_runs where schedule = $1 and due_on = $2";
    Ok(tx.query(sql).bind(schedule).bind(on).row().await?.is_some())
}

/// Notes that it is asked for; false where another process did.
pub(super) async fn note_due(tx: &mut Tx, schedule: &str, on: &str, job: JobId) -> Result<bool, Fault> {
    let sql = "insert into app_schedule_runs (schedule, due_on, job_id) values ($1, $2, $3) \
               on conflict (schedule, due_on) do nothing";
    Ok(tx.query(sql).bind(schedule).bind(on).bind(job).execute().await? == 1)
}

/// How large the file of a batch is in bytes, and how many lines a check found in it.
pub(super) async fn file_of(tx: &mut Tx, number: i64) -> Result<Option<(i64, i64)>, Fault> {
    let sql = "select f.size, b.lines from imports_batches b join imports_files f on f.digest = b.file_digest \
               where b.number = $1";
    let row = tx.query(sql).bind(number).row().await?;
    row.map(|row| Ok((row.get("size")?, row.get("lines")?))).transpose()
}

/// How many lines of the ledger a period has.
pub(super) async fn lines_of(tx: &mut Tx, period: &str) -> Result<i64, Fault> {
    let sql = "select count(*) as lines from finance_lines where period = $1";
    let row = tx.query(sql).bind(period).row().await?;
    row.ok_or_else(|| Fault::because("a count gave no row"))?.get("lines")
}
