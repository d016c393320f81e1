//! The only SQL of recounting.

use access::history::Difference;
use db::Tx;
use kernel::Fault;

/// Tables of rows that a batch wrote.
const IMPORTED: [(&str, &str); 4] = [
    ("ledger line", "finance_lines"),
    ("driver quantity", "finance_driver_quantities"),
    ("exchange rate", "finance_rates"),
    ("budget amount", "finance_budget_amounts"),
];

/// Rows that are taken out though their batch stands, or count though it does not; and rows that stand back for
/// something other than a written batch.
pub async fn recount(tx: &mut Tx) -> Result<Vec<Difference>, Fault> {
    let mut found = Vec::new();
    for (noun, table) in IMPORTED {
        let undone = format!(
            "select t.id from {table} t join imports_batches b on b.id = t.batch_id \
             where t.reverted <> (b.state = 'reverted') order by t.id"
        );
        let replaced = format!(
            "select t.id from {table} t where t.superseded_by is not null and not exists \
             (select 1 from imports_batches b where b.id = t.superseded_by and b.state = 'written') order by t.id"
        );
        for (sql, says) in [
            (undone, "It does not stand or fall with its batch."),
            (replaced, "It stands back for something that is no written batch."),
        ] {
            for row in tx.query(&sql).rows().await? {
                found.push(Difference { noun: noun.to_owned(), id: row.get("id")?, says: says.to_owned() });
            }
        }
    }
    Ok(found)
}
