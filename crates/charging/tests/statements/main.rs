//! Stories of statements and recovery, each on SQLite and on PostgreSQL.

mod billed;
mod charged;
mod checked;
mod earned;
mod explained;
mod focus;
mod followed;
mod house;
mod listed;
mod posted;
mod seen;
mod shared;
mod traced;
mod words;
