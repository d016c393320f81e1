//! Stories of the portfolio, each on SQLite and on PostgreSQL.

mod house;
mod prices;
mod promises;
mod services;
