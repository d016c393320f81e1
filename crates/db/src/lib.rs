//! One SQL text on two engines, SQLite and PostgreSQL. The only crate that names a driver.
//!
//! | file | holds |
//! | --- | --- |
//! | `pool` | [`Db`]: opening either engine, its settings asserted |
//! | `place` | its address and its file |
//! | `tx` | [`Tx`]: a transaction, read or write; [`Query`]: text, binds, rows |
//! | `row` | [`Row`], [`Bind`]: values in and out, the same on both |
//! | `error` | [`DbError`]: constraint failures as one typed error |
//! | `migrate` | the migrations: one text, spelled per engine |
//! | `list` | a list's filter, sort, page and totals around any base query |
//! | `past` | tables as they were, in place of themselves |
//! | `inline` | rows computed here as such a base query |
//!
//! Spellings that mean the same on both engines are listed in ARCHITECTURE.md, "Two engines".

mod error;
mod inline;
mod list;
mod migrate;
mod past;
mod place;
mod pool;
mod row;
mod tx;

pub use error::{BUSY, DbError, UNREACHABLE};
pub use inline::{inline, inline_at};
pub use list::{ListQuery, page_of, rows_of};
pub use migrate::{Migration, applied};
pub use place::{discard, file_of, is_alone, shown};
pub use pool::{Db, Engine};
pub use row::{Bind, FromColumn, Row};
pub use tx::{Query, Tx};
