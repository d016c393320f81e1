//! What bills count in a month.

use db::{Row, Tx};
use kernel::{Fault, Period};

/// What bills of a supplier say about the cost of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Key of the supplier.
    pub supplier: String,
    /// `billed` or `effective`.
    pub basis: String,
    /// The month's own bill by service or cost object, in minor units.
    pub services: Vec<(String, i64)>,
    /// What no rule of it matched and is kept as a residual.
    pub unmatched: i64,
    /// What differs from closed months, by service; the empty key is what no rule matched.
    pub corrections: Vec<(String, i64)>,
}

/// What the bills that count in a month say, by supplier.
pub async fn explained(tx: &mut Tx, period: Period) -> Result<Vec<Explained>, Fault> {
    let sql = "select b.supplier, s.service, \
               cast(sum(case when b.belongs = $1 then s.counted else 0 end) as bigint) as own, \
               cast(sum(case when b.belongs = $1 then 0 else s.counted end) as bigint) as correction, \
               (select n.basis from usage_bills n where n.supplier = b.supplier and n.lands = $1 and n.state = 'live' \
               order by n.number desc limit 1) as basis \
               from usage_bills b join usage_bill_services s on s.bill_id = b.id \
               where b.lands = $1 and b.state = 'live' group by b.supplier, s.service order by b.supplier, s.service";
    let mut all: Vec<Explained> = Vec::new();
    for row in tx.query(sql).bind(period).rows().await? {
        let (supplier, service): (String, String) = (row.get("supplier")?, row.get("service")?);
        let (own, correction): (i64, i64) = (row.get("own")?, row.get("correction")?);
        if all.last().is_none_or(|last| last.supplier != supplier) {
            let (basis, services, corrections) = (row.get("basis")?, Vec::new(), Vec::new());
            all.push(Explained { supplier, basis, services, unmatched: 0, corrections });
        }
        let Some(last) = all.last_mut() else { continue };
        if correction != 0 {
            last.corrections.push((service.clone(), correction));
        }
        if service.is_empty() {
            last.unmatched = own;
        } else {
            last.services.push((service, own));
        }
    }
    Ok(all)
}

/// A bill that counts in a month: its number, its own month, its amount there.
pub(crate) struct Counted {
    pub number: i64,
    pub belongs: Period,
    pub currency: kernel::Currency,
    pub counted: i64,
}

/// The bills of a supplier that count in a month.
pub(crate) async fn counted(tx: &mut Tx, supplier: &str, lands: Period) -> Result<Vec<Counted>, Fault> {
    let sql = "select number, belongs, currency, counted from usage_bills \
               where supplier = $1 and lands = $2 and state = 'live' order by number";
    let rows = tx.query(sql).bind(supplier).bind(lands).rows().await?;
    let read = |row: &Row| {
        Ok(Counted {
            number: row.get("number")?,
            belongs: row.get("belongs")?,
            currency: row.get("currency")?,
            counted: row.get("counted")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Suppliers whose bills count in a month.
pub(crate) async fn live_in(tx: &mut Tx, period: Period) -> Result<Vec<String>, Fault> {
    let sql =
        "select distinct supplier from usage_bills where lands = $1 and state = 'live' order by supplier";
    tx.query(sql).bind(period).rows().await?.iter().map(|row| row.get("supplier")).collect()
}
