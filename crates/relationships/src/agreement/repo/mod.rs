//! The only SQL of agreements.

mod active;

use access::Cx;
use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::{AgreementId, CustomerId, Fault, OfferingId, Quantity, Refusal, Refused, Scope};
use portfolio::sql::{day_of, needed_day_of, word_of};

use super::{Agreement, Settlement};

pub use active::{ActiveAgreement, active_in};

/// The view `portfolio_takers` of the schema, each quantity's end by a window instead of a look-up per row:
/// replayed rows have no index. `app/tests/stories/past.rs` holds it to say what the view says.
pub const TAKERS: &str = "select a.id as agreement_id, a.number, a.customer_id, c.key as customer_key, \
    c.name as customer_name, o.service_id, a.offering_id, o.key as offering_key, o.unit, a.from_day, a.to_day, \
    q.quantity, q.from_day as quantity_from, \
    lead(q.from_day) over (partition by q.agreement_id order by q.from_day) as next_from \
    from relationships_agreements a join relationships_customers c on c.id = a.customer_id \
    join portfolio_offerings o on o.id = a.offering_id \
    join relationships_agreement_quantities q on q.agreement_id = a.id";

/// The agreement of that number, within what the caller may see; its row stays locked.
pub(super) async fn load(tx: &mut Tx, scope: &Scope, number: &str) -> Result<Agreement, Refused> {
    let sql = format!(
        "select a.* from relationships_agreements a where a.number = $1 and {} for update",
        scope.sql("a.customer_id")
    );
    let row = tx.query(&sql).bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The agreement of that number, if there is one.
pub(super) async fn find_by_number(
    tx: &mut Tx,
    scope: &Scope,
    number: &str,
) -> Result<Option<Agreement>, Fault> {
    let sql = format!(
        "select a.* from relationships_agreements a where a.number = $1 and {}",
        scope.sql("a.customer_id")
    );
    tx.query(&sql).bind(number).row().await?.as_ref().map(read).transpose()
}

/// The agreement that came from that source key, within what the caller may see.
pub(super) async fn find_by_source(
    tx: &mut Tx,
    scope: &Scope,
    key: &str,
) -> Result<Option<Agreement>, Fault> {
    let sql = format!(
        "select a.* from relationships_agreements a where a.source_key = $1 and {}",
        scope.sql("a.customer_id")
    );
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

/// The customer's agreement on the offering that runs on `day`.
pub(crate) async fn open_on(
    tx: &mut Tx,
    customer: CustomerId,
    offering: OfferingId,
    day: NaiveDate,
) -> Result<Option<Agreement>, Fault> {
    overlapping(tx, customer, offering, day, Some(day), None).await
}

/// An agreement of the customer on the offering that shares a day with `from` … `to`, beside `but`.
pub(super) async fn overlapping(
    tx: &mut Tx,
    customer: CustomerId,
    offering: OfferingId,
    from: NaiveDate,
    to: Option<NaiveDate>,
    but: Option<AgreementId>,
) -> Result<Option<Agreement>, Fault> {
    let sql = "select * from relationships_agreements where customer_id = $1 and offering_id = $2 \
               and (to_day is null or to_day >= $3) and ($4 is null or from_day <= $4) and ($5 is null or id <> $5) \
               order by from_day limit 1 for update";
    let query = tx.query(sql).bind(customer).bind(offering).bind(from.to_string());
    let row = query.bind(to.map(|day| day.to_string())).bind(but).row().await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &Row) -> Result<Agreement, Fault> {
    let notice: i64 = row.get("notice_days")?;
    Ok(Agreement {
        id: row.get("id")?,
        version: row.get("version")?,
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        offering: row.get("offering_id")?,
        from: needed_day_of(row, "from_day")?,
        to: day_of(row, "to_day")?,
        notice_days: u32::try_from(notice).map_err(|error| Fault::new("reading days of notice", error))?,
        settlement: word_of(row, "settlement", Settlement::parse)?,
        quantity: row.get("quantity")?,
        quantity_from: needed_day_of(row, "quantity_from")?,
        source_key: row.get("source_key")?,
    })
}

/// Quantities by first day, oldest first.
pub(super) async fn quantities(tx: &mut Tx, id: AgreementId) -> Result<Vec<(NaiveDate, Quantity)>, Fault> {
    let sql = "select from_day, quantity from relationships_agreement_quantities where agreement_id = $1 order by from_day";
    let rows = tx.query(sql).bind(id).rows().await?;
    rows.iter().map(|row| Ok((needed_day_of(row, "from_day")?, row.get("quantity")?))).collect()
}

/// Stores a new agreement, without its quantity.
pub(super) async fn insert(cx: &mut Cx, agreement: &Agreement) -> Result<(), Fault> {
    let sql = "insert into relationships_agreements (id, version, number, customer_id, offering_id, from_day, to_day, \
               notice_days, settlement, quantity, quantity_from, source_key) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    let query = cx.tx.query(sql).bind(agreement.id).bind(agreement.version).bind(agreement.number.as_str());
    let query = query.bind(agreement.customer).bind(agreement.offering).bind(agreement.from.to_string());
    let query = query.bind(agreement.to.map(|day| day.to_string())).bind(agreement.notice_days);
    let query = query.bind(agreement.settlement.word()).bind(agreement.quantity);
    query.bind(agreement.quantity_from.to_string()).bind(agreement.source_key.clone()).execute().await?;
    Ok(())
}

/// Stores what may change of an agreement under its next version.
pub(super) async fn update(cx: &mut Cx, agreement: &mut Agreement) -> Result<(), Fault> {
    agreement.version += 1;
    let sql = "update relationships_agreements set version = $2, to_day = $3, quantity = $4, quantity_from = $5 where id = $1";
    let query = cx.tx.query(sql).bind(agreement.id).bind(agreement.version);
    let query = query.bind(agreement.to.map(|day| day.to_string())).bind(agreement.quantity);
    query.bind(agreement.quantity_from.to_string()).execute().await?;
    Ok(())
}

/// Id and version of the quantity that begins on that day.
pub(super) async fn quantity_from(
    tx: &mut Tx,
    id: AgreementId,
    from: NaiveDate,
) -> Result<Option<(String, i64)>, Fault> {
    let sql = "select id, version from relationships_agreement_quantities where agreement_id = $1 and from_day = $2";
    let row = tx.query(sql).bind(id).bind(from.to_string()).row().await?;
    row.map(|row| Ok((row.get("id")?, row.get("version")?))).transpose()
}

/// Stores a quantity from a day on, anew or corrected.
pub(super) async fn save_quantity(
    cx: &mut Cx,
    agreement: AgreementId,
    (id, version): (&str, i64),
    from: NaiveDate,
    quantity: Quantity,
) -> Result<(), Fault> {
    let sql = "insert into relationships_agreement_quantities (id, version, agreement_id, from_day, quantity) \
               values ($1, $2, $3, $4, $5) on conflict (id) do update set version = excluded.version, \
               quantity = excluded.quantity";
    let query = cx.tx.query(sql).bind(id).bind(version).bind(agreement).bind(from.to_string());
    query.bind(quantity).execute().await?;
    Ok(())
}

/// The first thing that names the agreement, in words: a statement, an order.
pub(super) async fn used_by(tx: &mut Tx, id: AgreementId) -> Result<Option<String>, Fault> {
    let sql = "select what from relationships_agreement_uses where agreement_id = $1 order by what limit 1";
    tx.query(sql).bind(id).row().await?.map(|row| row.get("what")).transpose()
}

/// Ids and first days of the quantities of an agreement, newest first.
pub(super) async fn steps(tx: &mut Tx, id: AgreementId) -> Result<Vec<(String, String)>, Fault> {
    let sql = "select id, from_day from relationships_agreement_quantities where agreement_id = $1 order by from_day desc";
    let rows = tx.query(sql).bind(id).rows().await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("from_day")?))).collect()
}

/// Removes a quantity of an agreement.
pub(super) async fn remove_step(tx: &mut Tx, id: &str) -> Result<(), Fault> {
    tx.query("delete from relationships_agreement_quantities where id = $1").bind(id).execute().await?;
    Ok(())
}

/// Removes an agreement without quantities.
pub(super) async fn remove(tx: &mut Tx, id: AgreementId) -> Result<(), Fault> {
    tx.query("delete from relationships_agreements where id = $1").bind(id).execute().await?;
    Ok(())
}
