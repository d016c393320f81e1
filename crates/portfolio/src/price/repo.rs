//! The only SQL of prices.

use std::collections::BTreeMap;

use access::Cx;
use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::{Decimal, Fault, OfferingId, PersonId, Price, Refusal, Refused};

use super::{PriceState, PriceVersion};
use crate::sql::{needed_day_of, word_of};

/// Id of the price of offering `o` on day `$1`.
pub(crate) const ID_ON_DAY: &str = "(select q.id from portfolio_prices q where q.offering_id = o.id \
    and q.state = 'approved' and q.from_day <= $1 order by q.from_day desc limit 1)";

/// The price of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayPrice {
    /// The version's number: `PRC-7`.
    pub number: String,
    /// Per unit.
    pub price: Price,
    /// First day it held.
    pub from: NaiveDate,
}

/// The offering's price of `day`: approved, with the latest first day not after it.
pub async fn on_day(tx: &mut Tx, offering: OfferingId, day: NaiveDate) -> Result<Option<DayPrice>, Fault> {
    let sql = "select number, per_unit, currency, from_day from portfolio_prices where offering_id = $1 \
               and state = 'approved' and from_day <= $2 order by from_day desc limit 1";
    let row = tx.query(sql).bind(offering).bind(day.to_string()).row().await?;
    row.as_ref().map(read_day_price).transpose()
}

/// The price of `day` of every offering that has one: one query for a whole run.
pub async fn all_on_day(tx: &mut Tx, day: NaiveDate) -> Result<BTreeMap<OfferingId, DayPrice>, Fault> {
    let sql = format!(
        "select p.offering_id, p.number, p.per_unit, p.currency, p.from_day from portfolio_offerings o \
         join portfolio_prices p on p.id = {ID_ON_DAY}"
    );
    let rows = tx.query(&sql).bind(day.to_string()).rows().await?;
    rows.iter().map(|row| Ok((row.get("offering_id")?, read_day_price(row)?))).collect()
}

fn read_day_price(row: &Row) -> Result<DayPrice, Fault> {
    Ok(DayPrice { number: row.get("number")?, price: price_of(row)?, from: needed_day_of(row, "from_day")? })
}

fn price_of(row: &Row) -> Result<Price, Fault> {
    Ok(Price::new(row.get::<Decimal>("per_unit")?, row.get("currency")?))
}

/// The price version of that number, or “not found”; its row stays locked.
pub(super) async fn load(tx: &mut Tx, number: &str) -> Result<PriceVersion, Refused> {
    let row =
        tx.query("select * from portfolio_prices where number = $1 for update").bind(number).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The price version of that number, to be read.
pub(super) async fn find(tx: &mut Tx, number: &str) -> Result<Option<PriceVersion>, Fault> {
    let sql = "select * from portfolio_prices where number = $1";
    tx.query(sql).bind(number).row().await?.as_ref().map(read).transpose()
}

/// The approved version of the offering with that first day.
pub(super) async fn approved_from(
    tx: &mut Tx,
    offering: OfferingId,
    from: NaiveDate,
) -> Result<Option<PriceVersion>, Fault> {
    let sql = "select * from portfolio_prices where offering_id = $1 and from_day = $2 and state = 'approved' for update";
    tx.query(sql).bind(offering).bind(from.to_string()).row().await?.as_ref().map(read).transpose()
}

/// All versions of an offering as shown, newest first day first.
pub(super) async fn of_offering(tx: &mut Tx, offering: OfferingId) -> Result<Vec<PriceVersion>, Fault> {
    let sql = "select * from portfolio_prices where offering_id = $1 order by from_day desc, number desc";
    tx.query(sql).bind(offering).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<PriceVersion, Fault> {
    let id: String = row.get("id")?;
    let editors: String = row.get("editors")?;
    let approved_by: Option<PersonId> = row.get("approved_by")?;
    Ok(PriceVersion {
        id: uuid::Uuid::parse_str(&id).map_err(|error| Fault::new("reading a price's id", error))?,
        version: row.get("version")?,
        number: row.get("number")?,
        offering: row.get("offering_id")?,
        state: word_of(row, "state", PriceState::parse)?,
        price: price_of(row)?,
        from: needed_day_of(row, "from_day")?,
        editors: editors.split_whitespace().filter_map(PersonId::parse).collect(),
        approved: approved_by.zip(row.get("approved_at")?),
    })
}

fn editors(price: &PriceVersion) -> String {
    price.editors.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// Stores a new version.
pub(super) async fn insert(cx: &mut Cx, price: &PriceVersion) -> Result<(), Fault> {
    let sql = "insert into portfolio_prices (id, version, number, offering_id, state, per_unit, currency, from_day, editors) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let query = cx.tx.query(sql).bind(price.id.to_string()).bind(price.version).bind(price.number.as_str());
    let query = query.bind(price.offering).bind(price.state.word()).bind(price.price.per_unit());
    let query = query.bind(price.price.currency().code()).bind(price.from.to_string());
    query.bind(editors(price)).execute().await?;
    Ok(())
}

/// Stores a changed version under its next record version.
pub(super) async fn update(cx: &mut Cx, price: &mut PriceVersion) -> Result<(), Fault> {
    price.version += 1;
    let sql = "update portfolio_prices set version = $2, state = $3, per_unit = $4, currency = $5, from_day = $6, \
               editors = $7, approved_by = $8, approved_at = $9 where id = $1";
    let (by, at) = price.approved.clone().unzip();
    let query = cx.tx.query(sql).bind(price.id.to_string()).bind(price.version).bind(price.state.word());
    let query =
        query.bind(price.price.per_unit()).bind(price.price.currency().code()).bind(price.from.to_string());
    query.bind(editors(price)).bind(by).bind(at).execute().await?;
    Ok(())
}
