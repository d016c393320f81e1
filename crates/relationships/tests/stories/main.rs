//! Stories of customers and what they take, each on SQLite and on PostgreSQL.

mod agreements;
mod catalogue;
mod contacts;
mod customers;
mod house;
mod orders;
