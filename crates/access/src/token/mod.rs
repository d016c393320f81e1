//! API tokens: hashed, scoped (all its person may do, or reading only), expiring, revocable.

mod add;
mod revoke;
mod view;

pub use add::{TokenInput, add};
pub use revoke::revoke;
pub use view::list;

use chrono::{DateTime, SecondsFormat, Utc};
use db::Tx;
use kernel::{Fault, Via};

use crate::{Noun, Who, person, secret};

/// How the history names it.
pub static NOUN: Noun = Noun { name: "token", table: "access_tokens", personal: &["token_digest"] };

/// Who holds that token, and whether it may only read.
pub async fn of(tx: &mut Tx, token: &str, now: DateTime<Utc>) -> Result<Option<(Who, bool)>, Fault> {
    let sql = "select person_id, reading_only from access_tokens \
               where token_digest = $1 and expires_at > $2 and revoked_at is null";
    let stamp = now.to_rfc3339_opts(SecondsFormat::Millis, true);
    let Some(row) = tx.query(sql).bind(secret::digest(token)).bind(stamp).row().await? else {
        return Ok(None);
    };
    let reading_only = row.get("reading_only")?;
    Ok(person::who(tx, row.get("person_id")?, Via::Token, None).await?.map(|who| (who, reading_only)))
}
