//! Sessions: a new secret at every sign-in, kept in the database so that several servers share
//! them; only its digest is stored.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use db::Tx;
use kernel::{Chance, Fault, PersonId, RefusalKind, SessionId, Status, Via};

use crate::{Who, person, secret};

/// Wrong name or password: the same answer for both.
pub static WRONG_SIGN_IN: RefusalKind = RefusalKind {
    code: "wrong_sign_in",
    status: Status::SignIn,
    says: "That username and password do not belong together.",
    way_out: "Try again, or ask your administrator for a new link.",
};

/// A session ends this long after it began.
pub const LASTS: TimeDelta = TimeDelta::hours(12);

/// A signed-in browser.
pub struct Session {
    /// Who it is.
    pub who: Who,
    /// Token its forms carry.
    pub form_token: String,
}

/// Opens a session for `person`; returns the secret for the cookie.
pub async fn open(
    tx: &mut Tx,
    person: PersonId,
    now: DateTime<Utc>,
    chance: &dyn Chance,
) -> Result<String, Fault> {
    let token = secret::new(chance);
    let stamp = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let sql = "insert into access_sessions \
               (id, token_digest, person_id, form_token, signed_in_at, seen_at, expires_at) \
               values ($1, $2, $3, $4, $5, $5, $6)";
    let query =
        tx.query(sql).bind(SessionId::new(chance.uuid_v7(now))).bind(secret::digest(&token)).bind(person);
    query.bind(secret::new(chance)).bind(stamp(now)).bind(stamp(now + LASTS)).execute().await?;
    Ok(token)
}

/// The session of that secret, if it lasts and its person is active.
pub async fn of(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Option<Session>, Fault> {
    let sql = "select person_id, form_token, signed_in_at from access_sessions \
               where token_digest = $1 and expires_at > $2";
    let stamp = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let Some(row) = tx.query(sql).bind(secret::digest(token)).bind(stamp).row().await? else {
        return Ok(None);
    };
    let signed_in: String = row.get("signed_in_at")?;
    let signed_in = DateTime::parse_from_rfc3339(&signed_in).ok().map(|at| at.with_timezone(&Utc));
    let form_token = row.get("form_token")?;
    let who = person::who(tx, row.get("person_id")?, Via::Session, signed_in).await?;
    Ok(who.map(|who| Session { who, form_token }))
}

/// Ends the session of that secret.
pub async fn close(tx: &mut Tx, token: &str) -> Result<(), Fault> {
    let sql = "delete from access_sessions where token_digest = $1";
    tx.query(sql).bind(secret::digest(token)).execute().await?;
    Ok(())
}
