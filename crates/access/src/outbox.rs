//! Things to tell others about, written in the transaction of what they tell: whoever sends them later
//! tells nothing that did not happen, and forgets nothing that did.

use kernel::Fault;
use serde_json::Value;

use crate::Cx;

/// Puts a message of `topic` out: identifiers and figures only, since a message that left cannot be
/// erased.
pub async fn tell(cx: &mut Cx, topic: &str, body: &Value) -> Result<(), Fault> {
    let (id, at) = (cx.uuid().to_string(), cx.stamp());
    let sql = "insert into access_outbox (id, at, topic, body) values ($1, $2, $3, $4)";
    cx.tx.query(sql).bind(id).bind(at).bind(topic).bind(body.to_string()).execute().await?;
    Ok(())
}
