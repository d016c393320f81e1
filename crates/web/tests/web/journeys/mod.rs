//! What people do, in a real browser against a real server: with scripts and without.

mod customers;
mod jobs;
mod larkfield;
mod site;
