//! The only SQL of recounting.

use access::history::Difference;
use db::Tx;
use kernel::Fault;

/// Kept sums of an account and month that its postings do not add up to.
pub async fn recount(tx: &mut Tx) -> Result<Vec<Difference>, Fault> {
    let sql = "select a.code, s.period, s.cost_centre, s.project, cast(sum(s.kept) as bigint) as kept, \
               cast(sum(s.posted) as bigint) as posted from ( \
                   select account_id, period, cost_centre, project, amount as kept, 0 as posted from ledger_sums \
                   union all select p.account_id, t.period, coalesce(p.cost_centre, ''), coalesce(p.project, ''), \
                   0, p.amount from ledger_postings p join ledger_transactions t on t.id = p.transaction_id \
               ) s join ledger_accounts a on a.id = s.account_id group by a.code, s.period, s.cost_centre, s.project \
               having sum(s.kept) <> sum(s.posted) order by a.code, s.period, s.cost_centre, s.project";
    let rows = tx.query(sql).rows().await?;
    let told = rows.iter().map(|row| {
        let text = |column: &str| row.get::<String>(column);
        let (kept, posted): (i64, i64) = (row.get("kept")?, row.get("posted")?);
        let id =
            format!("{} {} {} {}", text("code")?, text("period")?, text("cost_centre")?, text("project")?);
        Ok(Difference {
            noun: "sum of postings".to_owned(),
            id: id.trim_end().to_owned(),
            says: format!("It is kept as {kept} minor units, its postings add up to {posted}."),
        })
    });
    told.collect()
}
