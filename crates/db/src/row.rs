//! Values in and out of a statement, the same on both engines.

use kernel::Fault;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Column, Row as _, TypeInfo, ValueRef};

/// A value bound to a statement; a NULL keeps its type.
#[derive(Clone, Debug)]
pub enum Bind {
    /// Text, ids, dates and decimals.
    Text(Option<String>),
    /// Integers: money in minor units, quantities in millionths.
    Int(Option<i64>),
    /// Booleans.
    Bool(Option<bool>),
    /// Bytes: stored files.
    Bytes(Option<Vec<u8>>),
}

macro_rules! bind_from {
    ($($from:ty => $variant:ident($convert:expr)),+ $(,)?) => {$(
        impl From<$from> for Bind {
            fn from(value: $from) -> Bind {
                let convert: fn($from) -> _ = $convert;
                Bind::$variant(Some(convert(value)))
            }
        }
        impl From<Option<$from>> for Bind {
            fn from(value: Option<$from>) -> Bind {
                let convert: fn($from) -> _ = $convert;
                Bind::$variant(value.map(convert))
            }
        }
    )+};
}

bind_from! {
    &str => Text(|v| v.to_owned()),
    String => Text(|v| v),
    &String => Text(|v| v.clone()),
    i64 => Int(|v| v),
    i32 => Int(i64::from),
    u32 => Int(i64::from),
    bool => Bool(|v| v),
    Vec<u8> => Bytes(|v| v),
    kernel::Period => Text(|v| v.to_string()),
    kernel::Quantity => Int(|v| v.millionths()),
    kernel::Decimal => Text(|v| v.to_string()),
}

/// Ids bind as text: `tx.query(…).bind(customer.to_string())` without the noise.
macro_rules! bind_ids {
    ($($id:ident),+ $(,)?) => {$(
        impl From<kernel::$id> for Bind {
            fn from(id: kernel::$id) -> Bind {
                Bind::Text(Some(id.to_string()))
            }
        }
        impl From<Option<kernel::$id>> for Bind {
            fn from(id: Option<kernel::$id>) -> Bind {
                Bind::Text(id.map(|id| id.to_string()))
            }
        }
        impl FromColumn for kernel::$id {
            fn from_column(row: &Row, column: &str) -> Result<kernel::$id, Fault> {
                let text: String = row.get(column)?;
                kernel::$id::parse(&text).ok_or_else(|| Fault::because(format!("{column} holds no id: {text}")))
            }
        }
        impl FromColumn for Option<kernel::$id> {
            fn from_column(row: &Row, column: &str) -> Result<Option<kernel::$id>, Fault> {
                let text: Option<String> = row.get(column)?;
                Ok(text.and_then(|text| kernel::$id::parse(&text)))
            }
        }
    )+};
}

bind_ids! {
    AccountId, AgreementId, BatchId, BillId, ContactId, CustomerId, DriverId, GrantId, JobId, OfferingId, OrderId, PersonId,
    PoolId, PromiseId, ReconciliationId, RuleId, RunId, ServiceId, SessionId, StatementId, StatementLineId, TokenId,
}

/// A row of an answer.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

/// What can be read from a column by name.
pub trait FromColumn: Sized {
    /// Reads it; a wrong type or name is a fault of ours.
    fn from_column(row: &Row, column: &str) -> Result<Self, Fault>;
}

impl Row {
    /// The value of `column`.
    pub fn get<T: FromColumn>(&self, column: &str) -> Result<T, Fault> {
        T::from_column(self, column)
    }

    /// Whether the query yields that column.
    pub fn has(&self, column: &str) -> bool {
        match self {
            Row::Sqlite(row) => row.columns().iter().any(|known| known.name() == column),
            Row::Postgres(row) => row.columns().iter().any(|known| known.name() == column),
        }
    }

    /// Every column by name with its value as text, in the order of the query: for snapshots.
    pub fn texts(&self) -> Result<Vec<(String, Option<String>)>, Fault> {
        let names: Vec<String> = match self {
            Row::Sqlite(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
            Row::Postgres(row) => row.columns().iter().map(|column| column.name().to_owned()).collect(),
        };
        names.into_iter().map(|name| Ok((name.clone(), self.text_of(&name)?))).collect()
    }

    fn text_of(&self, column: &str) -> Result<Option<String>, Fault> {
        let kind = self.type_of(column)?;
        match kind.as_str() {
            "NULL" => Ok(None),
            "INTEGER" | "INT8" | "INT4" | "INT2" | "BIGINT" => {
                Ok(self.get::<Option<i64>>(column)?.map(|value| value.to_string()))
            }
            "BOOLEAN" | "BOOL" => Ok(self.get::<Option<bool>>(column)?.map(|value| value.to_string())),
            _ => self.get::<Option<String>>(column),
        }
    }

    fn type_of(&self, column: &str) -> Result<String, Fault> {
        let wrong = |error: sqlx::Error| Fault::new(format!("reading column {column}"), error);
        Ok(match self {
            Row::Sqlite(row) => {
                let declared = row.column(column).type_info().name().to_owned();
                let value = row.try_get_raw(column).map_err(wrong)?;
                if value.is_null() {
                    "NULL".to_owned()
                } else if declared == "BOOLEAN" {
                    declared
                } else {
                    value.type_info().name().to_owned()
                }
            }
            Row::Postgres(row) => row.column(column).type_info().name().to_owned(),
        })
    }
}

macro_rules! from_column {
    ($($type:ty),+) => {$(
        impl FromColumn for $type {
            fn from_column(row: &Row, column: &str) -> Result<$type, Fault> {
                let value = match row {
                    Row::Sqlite(row) => row.try_get::<$type, _>(column),
                    Row::Postgres(row) => row.try_get::<$type, _>(column),
                };
                value.map_err(|error| Fault::new(format!("reading column {column}"), error))
            }
        }
    )+};
}

from_column!(String, Option<String>, bool, Option<bool>, Vec<u8>, Option<Vec<u8>>);

impl FromColumn for Option<i64> {
    /// Widens PostgreSQL's INT2 and INT4: a literal or `length()` is INT4 there.
    fn from_column(row: &Row, column: &str) -> Result<Option<i64>, Fault> {
        let value = match row {
            Row::Sqlite(row) => row.try_get::<Option<i64>, _>(column),
            Row::Postgres(row) => match row.column(column).type_info().name() {
                "INT4" => row.try_get::<Option<i32>, _>(column).map(|value| value.map(i64::from)),
                "INT2" => row.try_get::<Option<i16>, _>(column).map(|value| value.map(i64::from)),
                _ => row.try_get::<Option<i64>, _>(column),
            },
        };
        value.map_err(|error| Fault::new(format!("reading column {column}"), error))
    }
}

impl FromColumn for i64 {
    fn from_column(row: &Row, column: &str) -> Result<i64, Fault> {
        let value: Option<i64> = row.get(column)?;
        value.ok_or_else(|| Fault::because(format!("column {column} is empty")))
    }
}

macro_rules! from_text {
    ($($type:ty = $read:expr),+ $(,)?) => {$(
        impl FromColumn for $type {
            fn from_column(row: &Row, column: &str) -> Result<$type, Fault> {
                let text: String = row.get(column)?;
                let read: fn(&str) -> Option<$type> = $read;
                read(&text).ok_or_else(|| Fault::because(format!("{column} cannot be read: {text}")))
            }
        }
        impl FromColumn for Option<$type> {
            fn from_column(row: &Row, column: &str) -> Result<Option<$type>, Fault> {
                let text: Option<String> = row.get(column)?;
                let read: fn(&str) -> Option<$type> = $read;
                Ok(text.as_deref().and_then(read))
            }
        }
    )+};
}

from_text! {
    kernel::Period = |text| text.parse().ok(),
    kernel::Decimal = |text| text.parse().ok(),
    kernel::Currency = |text| kernel::Currency::parse(text).ok(),
}

impl FromColumn for kernel::Quantity {
    fn from_column(row: &Row, column: &str) -> Result<kernel::Quantity, Fault> {
        Ok(kernel::Quantity::of_millionths(row.get(column)?))
    }
}

impl FromColumn for Option<kernel::Quantity> {
    fn from_column(row: &Row, column: &str) -> Result<Option<kernel::Quantity>, Fault> {
        Ok(row.get::<Option<i64>>(column)?.map(kernel::Quantity::of_millionths))
    }
}
