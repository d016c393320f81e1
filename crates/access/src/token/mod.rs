//! API tokens: hashed, scoped (all its person may do, or reading only), expiring, revocable.

mod add;
mod revoke;
mod view;

pub use add::{TokenInput, add};
pub use revoke::revoke;
pub(crate) use revoke::revoke_all;
pub use view::list;

use chrono::{DateTime, SecondsFormat, Utc};
use db::Tx;
use kernel::{Fault, TokenId, Via};

use crate::{Noun, Who, person, secret};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "token", table: "access_tokens", personal: &[], secret: &["token_digest"], children: &[] };

/// A token that was shown.
pub struct Held {
    /// Which.
    pub id: TokenId,
    /// Whose.
    pub who: Who,
    /// Whether it may only read.
    pub reading_only: bool,
}

/// Who holds that token, if it is good.
pub async fn of(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Option<Held>, Fault> {
    let sql = "select id, person_id, reading_only from access_tokens \
               where token_digest = $1 and expires_at > $2 and revoked_at is null";
    let stamp = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let Some(row) = tx.query(sql).bind(secret::digest(token)).bind(stamp).row().await? else {
        return Ok(None);
    };
    let (id, reading_only) = (row.get("id")?, row.get("reading_only")?);
    let who = person::who(tx, row.get("person_id")?, Via::Token, None).await?;
    Ok(who.map(|who| Held { id, who, reading_only }))
}

/// Whether the token is still good for changing something: not revoked, not too old.
pub async fn stands(tx: &mut Tx, id: TokenId, now: DateTime<Utc>) -> Result<bool, Fault> {
    let sql = "select id from access_tokens \
               where id = $1 and expires_at > $2 and revoked_at is null and not reading_only";
    let stamp = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    Ok(tx.query(sql).bind(id).bind(stamp).row().await?.is_some())
}
