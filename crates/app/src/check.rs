//! `quarterdeck db check`: every record against its last event, and every figure kept beside the rows it sums
//! against those rows.

use access::history::{self, Difference};
use db::Tx;
use kernel::Fault;

use crate::registry;

/// Everything that is not as the history left it or does not add up; empty: all is well.
///
/// # Errors
/// The database does not answer.
pub async fn check(tx: &mut Tx) -> Result<Vec<Difference>, Fault> {
    let mut found = history::check(tx, &registry::nouns()).await?;
    found.extend(ledger::recount(tx).await?);
    found.extend(portfolio::recount(tx).await?);
    found.extend(finance::recount(tx).await?);
    found.extend(charging::recount(tx).await?);
    Ok(found)
}
