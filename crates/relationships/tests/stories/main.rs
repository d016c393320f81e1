//! Stories of customers and what they take, each on SQLite and on PostgreSQL.

mod agreements;
mod catalogue;
mod contacts;
mod house;
mod orders;
