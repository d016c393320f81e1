//! The only SQL of drivers and their quantities.

use access::Cx;
use db::{Bind, DbError, Row, Tx};
use kernel::{BatchId, Fault, Period, Quantity, Refusal, Refused};

use super::error::KEY_TAKEN;
use super::{Driver, DriverQuantity};
use crate::error::twice;

const COLUMNS: &str = "id, version, key, name, unit, source";

/// The driver of that key.
pub async fn load(tx: &mut Tx, key: &str) -> Result<Driver, Refused> {
    Ok(find(tx, key).await?.ok_or_else(Refusal::not_found)?)
}

/// The driver of that key, if there is one.
pub(super) async fn find(tx: &mut Tx, key: &str) -> Result<Option<Driver>, Fault> {
    let sql = format!("select {COLUMNS} from finance_drivers where key = $1 for update");
    tx.query(&sql).bind(key).row().await?.as_ref().map(read).transpose()
}

/// All drivers by key.
pub async fn all(tx: &mut Tx) -> Result<Vec<Driver>, Fault> {
    let sql = format!("select {COLUMNS} from finance_drivers order by key");
    tx.query(&sql).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Driver, Fault> {
    Ok(Driver {
        id: row.get("id")?,
        version: row.get("version")?,
        key: row.get("key")?,
        name: row.get("name")?,
        unit: row.get("unit")?,
        source: row.get("source")?,
    })
}

/// Stores a new driver.
pub(super) async fn insert(cx: &mut Cx, driver: &Driver) -> Result<(), Refused> {
    let sql =
        "insert into finance_drivers (id, version, key, name, unit, source) values ($1, $2, $3, $4, $5, $6)";
    let query = cx.tx.query(sql).bind(driver.id).bind(driver.version).bind(driver.key.as_str());
    let query = query.bind(driver.name.as_str()).bind(driver.unit.as_str()).bind(driver.source.as_str());
    match query.execute().await {
        Err(DbError::Unique(_)) => Err(KEY_TAKEN.with(&[&driver.key]).into()),
        other => Ok(other.map(drop)?),
    }
}

/// Stores a changed driver under its next version.
pub(super) async fn update(cx: &mut Cx, driver: &mut Driver) -> Result<(), Fault> {
    driver.version += 1;
    let sql = "update finance_drivers set version = $2, name = $3, source = $4 where id = $1";
    let query = cx.tx.query(sql).bind(driver.id).bind(driver.version).bind(driver.name.as_str());
    query.bind(driver.source.as_str()).execute().await?;
    Ok(())
}

/// The quantities of all drivers in `period`, by driver, service and customer.
pub async fn quantities(tx: &mut Tx, period: Period) -> Result<Vec<DriverQuantity>, Fault> {
    let sql = "select driver_key, period, service_key, customer_key, quantity from finance_live_quantities \
               where period = $1 order by driver_key, service_key nulls first, customer_key nulls first";
    tx.query(sql).bind(period).rows().await?.iter().map(read_quantity).collect()
}

fn read_quantity(row: &Row) -> Result<DriverQuantity, Fault> {
    Ok(DriverQuantity {
        driver: row.get("driver_key")?,
        period: row.get("period")?,
        service: row.get("service_key")?,
        customer: row.get("customer_key")?,
        quantity: row.get("quantity")?,
    })
}

/// The live quantity of the same driver, period and receiver.
pub(super) async fn standing(tx: &mut Tx, wanted: &DriverQuantity) -> Result<Option<Quantity>, Fault> {
    let sql = "select quantity from finance_live_quantities where driver_key = $1 and period = $2 \
               and coalesce(service_key, '') = $3 and coalesce(customer_key, '') = $4";
    let query = tx.query(sql).bind(wanted.driver.as_str()).bind(wanted.period);
    let query =
        query.bind(wanted.service.as_deref().unwrap_or("")).bind(wanted.customer.as_deref().unwrap_or(""));
    query.row().await?.map(|row| row.get("quantity")).transpose()
}

/// Stores quantities of a batch; each takes the place of the one that stands for the same cell.
pub(super) async fn insert_quantities(
    cx: &mut Cx,
    batch: BatchId,
    quantities: &[(i64, DriverQuantity)],
) -> Result<Vec<String>, Refused> {
    let (mut ids, mut rows) = (Vec::with_capacity(quantities.len()), Vec::with_capacity(quantities.len()));
    for (line, quantity) in quantities {
        let sql = "update finance_driver_quantities set superseded_by = $1 where driver_key = $2 and period = $3 \
                   and coalesce(service_key, '') = $4 and coalesce(customer_key, '') = $5 \
                   and not reverted and superseded_by is null returning batch_id";
        let query = cx.tx.query(sql).bind(batch).bind(quantity.driver.as_str()).bind(quantity.period);
        let query = query.bind(quantity.service.as_deref().unwrap_or(""));
        let replaced = query.bind(quantity.customer.as_deref().unwrap_or("")).row().await?;
        if let Some(row) = replaced
            && row.get::<BatchId>("batch_id")? == batch
        {
            return Err(twice(&format!("{} {}", quantity.driver, quantity.period)).into());
        }
        let id = cx.uuid().to_string();
        rows.push(vec![
            Bind::from(id.as_str()),
            Bind::from(batch),
            Bind::from(*line),
            Bind::from(quantity.driver.as_str()),
            Bind::from(quantity.period),
            Bind::from(quantity.service.as_deref()),
            Bind::from(quantity.customer.as_deref()),
            Bind::from(quantity.quantity),
            Bind::from(false),
        ]);
        ids.push(id);
    }
    let sql = "insert into finance_driver_quantities \
               (id, batch_id, file_line, driver_key, period, service_key, customer_key, quantity, reverted)";
    cx.tx.insert_many(sql, rows).await?;
    Ok(ids)
}

/// The periods a batch's quantities are of.
pub(super) async fn touched(tx: &mut Tx, batch: BatchId) -> Result<Vec<Period>, Fault> {
    let sql = "select distinct period from finance_driver_quantities where batch_id = $1 order by period";
    tx.query(sql).bind(batch).rows().await?.iter().map(|row| row.get("period")).collect()
}

/// Takes a batch's quantities away; those it took the place of stand again.
pub(super) async fn revert(tx: &mut Tx, batch: BatchId) -> Result<(), Fault> {
    let sql = "update finance_driver_quantities set reverted = $2 where batch_id = $1";
    tx.query(sql).bind(batch).bind(true).execute().await?;
    let sql = "update finance_driver_quantities set superseded_by = null where superseded_by = $1";
    tx.query(sql).bind(batch).execute().await?;
    Ok(())
}
