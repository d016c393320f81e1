//! A list's filter, sort, page and totals, put around any base query: so that every list filters,
//! sorts and totals alike, on both engines, in the database.

mod conditions;

use kernel::listing::{Asked, Column, Kind, Listing, Value};
use kernel::{Currency, Decimal, Fault, Money, Quantity, Refusal, Refused};

use self::conditions::conditions;
use crate::{Bind, Query, Row, Tx};

/// What a list is: its columns and the base query that yields one database column per key.
///
/// Money columns hold minor units in `currency`, unless the base query also yields `{key}_currency`.
/// Quantities hold millionths, decimals text, counts integers. Of a column with a rank the base query yields that too.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// Singular name: `service`.
    pub name: &'static str,
    /// Heading.
    pub caption: String,
    /// Columns in order.
    pub columns: Vec<Column>,
    /// The base query; its binds are `$1 …`.
    pub sql: String,
    /// Its binds.
    pub binds: Vec<Bind>,
    /// Currency of money columns without one of their own.
    pub currency: Currency,
    /// Order where nothing is asked, over column keys: `key` or `posted_on desc, line`.
    pub order: &'static str,
}

/// The asked page of the list with totals over all rows that match.
pub async fn page_of(tx: &mut Tx, list: &ListQuery, asked: &Asked) -> Result<Listing, Refused> {
    let (conditions, binds) = conditions(list, asked)?;
    let from = format!("from ({}) listed where {conditions}", list.sql);
    let all: Vec<Bind> = list.binds.iter().chain(&binds).cloned().collect();
    let order = order(list, asked)?;
    let mut sql = format!("select {} {from} order by {order}", wanted(list, asked));
    if let Some(per) = asked.per {
        let offset = u64::from(asked.page.max(1) - 1) * u64::from(per);
        sql.push_str(&format!(" limit {per} offset {offset}"));
    }
    let query = all.iter().cloned().fold(tx.query(&sql), Query::bind);
    let rows = query.rows().await?;
    let (count, totals) = if asked.uncounted || holds_all(asked, rows.len()) {
        counted(list, &rows, asked)?
    } else {
        totals(tx, list, &from, &all).await?
    };
    let value = |column, row| {
        if is_read(column, asked) { read_value(list, column, row) } else { Ok(Value::Unknown) }
    };
    let rows = rows
        .iter()
        .map(|row| list.columns.iter().map(|column| value(column, row)).collect())
        .collect::<Result<Vec<_>, Fault>>()?;
    Ok(Listing {
        name: list.name,
        caption: list.caption.clone(),
        columns: list.columns.clone(),
        rows,
        count,
        totals,
        asked: asked.clone(),
    })
}

/// What is read of each row: all there is, or all but its figures, so that neither engine works them out.
fn wanted(list: &ListQuery, asked: &Asked) -> String {
    let words = list.columns.iter().filter(|column| is_read(column, asked));
    if asked.names_only { words.map(name).collect::<Vec<_>>().join(", ") } else { "*".to_owned() }
}

fn is_read(column: &Column, asked: &Asked) -> bool {
    !asked.names_only || !column.kind.is_figure()
}

/// A column in SQL: between quotes, since a key may have capitals, which PostgreSQL would fold away.
pub(crate) fn name(column: &Column) -> String {
    format!("\"{}\"", column.key)
}

/// All rows of the list, unpaged: for small lists inside a page.
pub async fn rows_of(tx: &mut Tx, list: &ListQuery) -> Result<Listing, Refused> {
    page_of(tx, list, &Asked::default()).await
}

/// Whether a page of `rows` is the whole result: then nothing has to be read a second time to be counted.
fn holds_all(asked: &Asked, rows: usize) -> bool {
    let full = asked.per.and_then(|per| usize::try_from(per).ok()).is_some_and(|per| rows >= per);
    asked.page <= 1 && !full || asked.per.is_none()
}

/// Count and totals of rows that are all there are.
fn counted(list: &ListQuery, rows: &[Row], asked: &Asked) -> Result<(i64, Vec<Option<Value>>), Fault> {
    let total = |column: &Column| -> Result<Option<Value>, Fault> {
        if !column.sum || !is_read(column, asked) {
            return Ok(None);
        }
        let sum = rows.iter().try_fold(0_i64, |sum, row| {
            let value = row.get::<Option<i64>>(column.key)?.unwrap_or(0);
            sum.checked_add(value)
                .ok_or_else(|| Fault::because(format!("the sum of {} is too large", column.key)))
        })?;
        Ok(Some(total_of(list, column, sum)))
    };
    let totals = list.columns.iter().map(total).collect::<Result<Vec<_>, Fault>>()?;
    let count = i64::try_from(rows.len()).map_err(|error| Fault::new("counting rows", error))?;
    Ok((count, totals))
}

/// A sum as the kind of its column.
fn total_of(list: &ListQuery, column: &Column, sum: i64) -> Value {
    match column.kind {
        Kind::Money => Money::of_minor(sum, list.currency).into(),
        Kind::Quantity => Quantity::of_millionths(sum).into(),
        _ => Value::Count(sum),
    }
}

async fn totals(
    tx: &mut Tx,
    list: &ListQuery,
    from: &str,
    binds: &[Bind],
) -> Result<(i64, Vec<Option<Value>>), Refused> {
    let sums: String = (list.columns.iter().filter(|column| column.sum))
        .map(|column| format!(", cast(coalesce(sum({0}), 0) as bigint) as {0}", name(column)))
        .collect();
    let sql = format!("select cast(count(*) as bigint) as n{sums} {from}");
    let query = binds.iter().cloned().fold(tx.query(&sql), Query::bind);
    let row = query.row().await?.ok_or_else(|| Fault::because("a count gave no row"))?;
    let total = |column: &Column| -> Result<Option<Value>, Fault> {
        if !column.sum {
            return Ok(None);
        }
        Ok(Some(total_of(list, column, row.get(column.key)?)))
    };
    let totals = list.columns.iter().map(total).collect::<Result<Vec<_>, Fault>>()?;
    Ok((row.get("n")?, totals))
}

fn order(list: &ListQuery, asked: &Asked) -> Result<String, Refused> {
    let Some(sort) = &asked.sort else { return Ok(list.order.to_owned()) };
    let column = column(list, &sort.column, "sort")?;
    let key = match (column.rank, column.kind) {
        (Some(rank), _) => rank.to_owned(),
        (None, Kind::Decimal | Kind::Percent) => format!("cast({} as double precision)", name(column)),
        (None, _) => name(column),
    };
    let direction = if sort.descending { "desc" } else { "asc" };
    Ok(format!("{key} {direction} nulls last, {}", list.order))
}

fn column<'l>(list: &'l ListQuery, key: &str, field: &str) -> Result<&'l Column, Refusal> {
    list.columns.iter().find(|column| column.key == key).ok_or_else(|| {
        let known: Vec<&str> = list.columns.iter().map(|column| column.key).collect();
        Refusal::field(field, format!("There is no column “{key}”; there are {}.", known.join(", ")))
    })
}

fn read_value(list: &ListQuery, column: &Column, row: &Row) -> Result<Value, Fault> {
    let key = column.key;
    Ok(match column.kind {
        Kind::Money => {
            let currency = own_currency(column, row)?.unwrap_or(list.currency);
            row.get::<Option<i64>>(key)?.map(|minor| Money::of_minor(minor, currency)).into()
        }
        Kind::Quantity => row.get::<Option<Quantity>>(key)?.into(),
        Kind::Count => row.get::<Option<i64>>(key)?.into(),
        Kind::Decimal | Kind::Percent => {
            row.get::<Option<Decimal>>(key)?.map_or(Value::Unknown, Value::Decimal)
        }
        Kind::Bool => row.get::<Option<bool>>(key)?.map_or(Value::Unknown, Value::Bool),
        Kind::Text | Kind::Code | Kind::State | Kind::Date | Kind::Time | Kind::Period => {
            row.get::<Option<String>>(key)?.into()
        }
    })
}

/// The currency the base query yields beside an amount, whether the list shows it or not.
fn own_currency(column: &Column, row: &Row) -> Result<Option<Currency>, Fault> {
    let key = format!("{}_currency", column.key);
    if row.has(&key) { row.get(&key) } else { Ok(None) }
}
