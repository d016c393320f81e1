//! The frame of every use case: authority by the table, one transaction, idempotency, commit.

use std::collections::BTreeMap;

use access::idempotency::{self, Key};
use access::{Command, Cx, Done, Method, Params, Reading, View, Who, history};
use db::Tx;
use kernel::listing::Asked;
use kernel::{Fault, Refusal, Refused, TokenId};
use serde_json::Value;

use crate::jobs::{self, Claim};
use crate::{House, checkpoints, doors, look_back, registry, takes_day};

/// What came with a command.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The blanks of its path.
    pub params: Params,
    /// Its input.
    pub body: Value,
    /// The client's idempotency key.
    pub key: Option<String>,
    /// The version it says it changes.
    pub expected: Option<i64>,
}

/// When a command is done.
#[derive(Clone, Copy)]
enum When<'c> {
    Now,
    /// As a job that this process claimed.
    Claimed(&'c Claim),
    /// As a job that somebody will claim; asked with that token, if with one.
    Later(Option<TokenId>),
    /// Never: it is done to be taken back.
    Never,
}

impl When<'_> {
    /// Whether the history is told of a refusal: of one that was only rehearsed it is not.
    fn tells(self, refusal: &Refusal) -> bool {
        !matches!(self, When::Never) && history::is_told(refusal)
    }
}

/// Runs a command: state, event, outbox row and idempotency row are committed together or not at all.
pub async fn run(house: &House, command: &Command, who: Who, request: Request) -> Result<Done, Refused> {
    perform(house, command, who, request, When::Now).await
}

/// Rehearses a command: all that [`run`] does, with its very refusals, and nothing of it is kept, not even that it was
/// tried. Also of what is otherwise done as a job, since a job that is never kept is never claimed.
pub async fn rehearse(house: &House, command: &Command, who: Who, request: Request) -> Result<Done, Refused> {
    Ok(perform(house, command, who, request, When::Never).await?.never_kept())
}

/// Keeps a command as a job, under the same key as if it were run now: whichever comes first under a key,
/// the answer to it is what the other gets. The answer's location is the job's page.
pub async fn later(
    house: &House,
    command: &Command,
    who: Who,
    request: Request,
    token: Option<TokenId>,
) -> Result<Done, Refused> {
    perform(house, command, who, request, When::Later(token)).await
}

/// Runs a command as a job: the end of the job is committed with what it did.
pub(crate) async fn run_claimed(
    house: &House,
    command: &Command,
    who: Who,
    request: Request,
    claim: &Claim,
) -> Result<Done, Refused> {
    perform(house, command, who, request, When::Claimed(claim)).await
}

/// Whether that person may begin that command, and whether the request can be told from another.
fn may_begin(command: &Command, who: &Who, request: &Request) -> Result<(), Refusal> {
    if !who.reach(command.action).any() {
        return Err(access::refused(command.action));
    }
    if command.method == Method::Post && request.key.is_none() {
        return Err(access::error::KEY_NEEDED.plain());
    }
    doors::refuse_nul(&request.params.0, &request.body)
}

async fn perform(
    house: &House,
    command: &Command,
    who: Who,
    request: Request,
    when: When<'_>,
) -> Result<Done, Refused> {
    may_begin(command, &who, &request)?;
    let (person, body, route) = (who.actor.person, request.body.to_string(), route(command, &request.params));
    let mut cx = house.context(house.db.begin().await?, who, request.expected).await?;
    let key = request.key.as_deref().map(|key| Key { person, key, route: &route, body: &body });
    if let Some(key) = &key {
        let stamp = cx.stamp();
        if !idempotency::claim(&mut cx.tx, key, &stamp).await? {
            cx.tx.rollback().await?;
            return kept(house, key).await;
        }
    }
    let blanks = request.params.0.clone();
    let done = match when {
        When::Later(token) => jobs::ask(&mut cx, command, &request, token).await?,
        When::Now | When::Never | When::Claimed(_) => {
            match (command.run)(&mut cx, request.params, request.body).await {
                Err(Refused::Refusal(refusal)) if when.tells(&refusal) => {
                    return refused(house, cx, command, &blanks, refusal).await;
                }
                other => other?,
            }
        }
    };
    if let Some(key) = &key {
        idempotency::keep(&mut cx.tx, key, &done).await?;
    }
    end(house, cx, command, when, done).await
}

/// Commits what was done, with the end of its job; of a rehearsal nothing, and nothing leaves the transaction.
async fn end(
    house: &House,
    mut cx: Cx,
    command: &Command,
    when: When<'_>,
    done: Done,
) -> Result<Done, Refused> {
    match when {
        When::Never => {
            cx.tx.rollback().await?;
            return Ok(done);
        }
        When::Claimed(claim) => {
            // It ends now, not when its command began.
            cx.now = house.clock.now();
            jobs::finish(&mut cx, claim, &done).await?;
        }
        When::Now | When::Later(_) => {}
    }
    cx.tx.commit().await?;
    checkpoints::keep_of(house, command, &done);
    Ok(done.told())
}

/// Undoes what a refused command did, and tells the attempt in a transaction of its own.
async fn refused(
    house: &House,
    cx: Cx,
    command: &Command,
    blanks: &BTreeMap<String, String>,
    refusal: Refusal,
) -> Result<Done, Refused> {
    let (who, expected) = (cx.who, cx.expected);
    cx.tx.rollback().await?;
    let mut cx = house.context(house.db.begin().await?, who, expected).await?;
    history::tell_refused(&mut cx, &registry::nouns(), command, blanks, &refusal).await?;
    cx.tx.commit().await?;
    Err(refusal.into())
}

/// Runs a command in a transaction that is never committed, and hands the transaction back: for
/// rehearsing what several commands would do together.
pub(crate) async fn rehearse_in(
    house: &House,
    tx: Tx,
    command: &Command,
    who: Who,
    request: Request,
) -> Result<(Done, Tx), Refused> {
    if !who.reach(command.action).any() {
        return Err(access::refused(command.action).into());
    }
    let mut cx = house.context(tx, who, request.expected).await?;
    let done = (command.run)(&mut cx, request.params, request.body).await?;
    Ok((done, cx.tx))
}

/// What the request was answered before, if it was.
pub(crate) async fn answered(
    house: &House,
    command: &Command,
    who: &Who,
    request: &Request,
) -> Result<Option<Done>, Refused> {
    answered_in(&mut house.db.read().await?, command, who, request).await
}

/// The same, as one sees it in `tx`.
pub(crate) async fn answered_in(
    tx: &mut Tx,
    command: &Command,
    who: &Who,
    request: &Request,
) -> Result<Option<Done>, Refused> {
    let Some(key) = &request.key else { return Ok(None) };
    let (body, route) = (request.body.to_string(), route(command, &request.params));
    idempotency::answer(tx, &Key { person: who.actor.person, key, route: &route, body: &body }).await
}

/// The answer an earlier request with this key got.
async fn kept(house: &House, key: &Key<'_>) -> Result<Done, Refused> {
    let mut tx = house.db.read().await?;
    let answer = idempotency::answer(&mut tx, key).await?;
    Ok(answer.ok_or_else(|| Fault::because("an idempotency key was claimed without an answer"))?)
}

fn route(command: &Command, params: &Params) -> String {
    let filled: Vec<String> = params.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{} {}", command.name, filled.join("&"))
}

/// Runs a reading in a transaction that sees one moment and writes nothing.
pub async fn read(
    house: &House,
    reading: &Reading,
    who: Who,
    params: Params,
    asked: Asked,
) -> Result<View, Refused> {
    if !who.reach(reading.action).any() {
        return Err(access::refused(reading.action).into());
    }
    takes_day(reading, &asked)?;
    doors::refuse_nul(&params.0, &Value::Null)?;
    let mut cx = house.context(house.db.read().await?, who, None).await?;
    look_back(&mut cx, reading, &params).await?;
    (reading.run)(&mut cx, params, asked).await
}
