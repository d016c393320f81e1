//! What people do, in a real browser against a real server: with scripts and without.

mod customers;
#[path = "../doors/mod.rs"]
mod doors;
mod jobs;
mod larkfield;
mod site;
