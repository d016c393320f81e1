//! One key, one effect, the same answer: the key's row is written in the transaction of what it
//! guards, so a crash leaves both or neither.

use db::{DbError, Tx};
use kernel::{Fault, PersonId, Refused};
use sha2::{Digest, Sha256};

use crate::Done;
use crate::error::KEY_REUSED;

/// A request as far as idempotency cares.
pub struct Key<'r> {
    /// The person: keys of two people never meet.
    pub person: PersonId,
    /// The client's key.
    pub key: &'r str,
    /// Command and path, so that a key is for one thing.
    pub route: &'r str,
    /// The body as sent.
    pub body: &'r str,
}

impl Key<'_> {
    fn digest(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.route, "\n", self.body] {
            hash.update(part.as_bytes());
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Claims the key. False: somebody has it, the transaction must be rolled back and [`answer`] asked.
pub async fn claim(tx: &mut Tx, key: &Key<'_>, now: &str) -> Result<bool, Fault> {
    let sql = "insert into access_idempotency (person_id, key, request_digest, response, claimed_at) \
               values ($1, $2, $3, null, $4)";
    let insert = tx.query(sql).bind(key.person).bind(key.key).bind(key.digest()).bind(now).execute().await;
    match insert {
        Ok(_) => Ok(true),
        Err(DbError::Unique(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Keeps the answer for whoever asks again, without a secret in it.
pub async fn keep(tx: &mut Tx, key: &Key<'_>, done: &Done) -> Result<(), Fault> {
    let response = serde_json::to_string(done).map_err(|error| Fault::new("writing an answer", error))?;
    let sql = "update access_idempotency set response = $3 where person_id = $1 and key = $2";
    tx.query(sql).bind(key.person).bind(key.key).bind(response).execute().await?;
    Ok(())
}

/// The kept answer, if the request is the same; a refusal if it is another.
pub async fn answer(tx: &mut Tx, key: &Key<'_>) -> Result<Option<Done>, Refused> {
    let sql = "select request_digest, response from access_idempotency where person_id = $1 and key = $2";
    let Some(row) = tx.query(sql).bind(key.person).bind(key.key).row().await? else { return Ok(None) };
    if row.get::<String>("request_digest")? != key.digest() {
        return Err(KEY_REUSED.plain().into());
    }
    let Some(response) = row.get::<Option<String>>("response")? else { return Ok(None) };
    let done = serde_json::from_str(&response).map_err(|error| Fault::new("reading a kept answer", error))?;
    Ok(Some(done))
}
