//! Stories of imports, each on SQLite and on PostgreSQL.

mod again;
mod conversation;
mod figures;
mod house;
mod records;
mod things;
