//! The proof of the history: every row chains to the one before, and the tail to a checkpoint that
//! left the machine.

use db::{Row, Tx};
use kernel::Fault;
use serde::{Deserialize, Serialize};

use super::record::{Link, chained};

/// The end of the history at a moment: written to a file at each close and daily.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
    /// Rows there were.
    pub seq: i64,
    /// Digest of the last.
    pub digest: String,
}

/// The first place where the history is not what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// Row concerned.
    pub seq: i64,
    /// What is wrong, as a sentence.
    pub says: String,
}

/// Where the history ends now.
pub async fn checkpoint(tx: &mut Tx) -> Result<Checkpoint, Fault> {
    head(tx).await?.ok_or_else(|| Fault::because("the history has no head"))
}

async fn head(tx: &mut Tx) -> Result<Option<Checkpoint>, Fault> {
    let row = tx.query("select seq, digest from access_history_head where id = 1").row().await?;
    row.map(|row| Ok(Checkpoint { seq: row.get("seq")?, digest: row.get("digest")? })).transpose()
}

/// How many rows stand outside the chain, which begins with row 1: somebody put them there.
async fn outside(tx: &mut Tx) -> Result<i64, Fault> {
    let sql = "select count(*) as n from access_history where seq is null or seq < 1";
    let row = tx.query(sql).row().await?;
    row.ok_or_else(|| Fault::because("a count gave no row"))?.get("n")
}

const PAGE: i64 = 2000;

/// Walks the whole chain. `Ok(n)`: n rows, all as written; `Err`: the first that is not.
pub async fn verify(tx: &mut Tx, kept: Option<&Checkpoint>) -> Result<Result<i64, Broken>, Fault> {
    let strange = outside(tx).await?;
    if strange > 0 {
        let says =
            format!("{strange} rows stand before row 1, where the history begins: they were put there.");
        return Ok(Err(Broken { seq: 0, says }));
    }
    let (mut seq, mut digest) = (0_i64, String::new());
    loop {
        let sql = "select * from access_history where seq > $1 order by seq limit $2";
        let rows = tx.query(sql).bind(seq).bind(PAGE).rows().await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            if let Some(broken) = wrong(row, seq, &digest)? {
                return Ok(Err(broken));
            }
            seq += 1;
            digest = row.get("digest")?;
            if let Some(kept) = kept.filter(|kept| kept.seq == seq && kept.digest != digest) {
                let says = format!("Row {} is not the one the checkpoint saw.", kept.seq);
                return Ok(Err(Broken { seq, says }));
            }
        }
    }
    let Some(head) = head(tx).await? else {
        let says = format!("The head of the history is gone; there are {seq} rows.");
        return Ok(Err(Broken { seq, says }));
    };
    let ends = [("head", Some(&head)), ("checkpoint", kept)];
    for (name, end) in ends.into_iter().filter_map(|(name, end)| Some((name, end?))) {
        if end.seq > seq || (name == "head" && end.digest != digest) {
            let says = format!("The tail is cut: the {name} knows {} rows, there are {seq}.", end.seq);
            return Ok(Err(Broken { seq: seq + 1, says }));
        }
    }
    Ok(Ok(seq))
}

fn wrong(row: &Row, before: i64, digest: &str) -> Result<Option<Broken>, Fault> {
    let seq: i64 = row.get("seq")?;
    let says = if seq != before + 1 {
        format!("Row {} is missing.", before + 1)
    } else if row.get::<String>("previous")? != digest {
        format!("Row {seq} does not follow the row before it: one of them was replaced or moved.")
    } else if row.get::<String>("digest")? != digest_of(row, seq)? {
        format!("Row {seq} was altered.")
    } else {
        return Ok(None);
    };
    Ok(Some(Broken { seq: before + 1, says }))
}

fn digest_of(row: &Row, seq: i64) -> Result<String, Fault> {
    let text = |column: &str| row.get::<String>(column);
    let (why, customer): (Option<String>, Option<String>) = (row.get("why")?, row.get("customer_id")?);
    Ok(chained(&Link {
        seq,
        at: &text("at")?,
        person: &text("person_id")?,
        via: &text("via")?,
        noun: &text("noun")?,
        record: &text("record_id")?,
        key: &text("record_key")?,
        action: &text("action")?,
        why: why.as_deref(),
        customer: customer.as_deref(),
        changes: &text("changes")?,
        state: &text("state_digest")?,
        previous: &text("previous")?,
    }))
}
