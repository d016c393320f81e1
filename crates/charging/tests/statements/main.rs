//! Stories of statements and recovery, each on SQLite and on PostgreSQL.

mod billed;
mod charged;
mod explained;
mod focus;
mod house;
mod posted;
mod seen;
mod traced;
mod words;
