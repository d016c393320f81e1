//! Getting one's own organisation in by files, and taking a file back: on SQLite and on PostgreSQL.

mod kit;
mod portfolio;
mod relationships;
