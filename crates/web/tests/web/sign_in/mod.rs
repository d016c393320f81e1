//! Coming in and going out: one-time links, passwords, sessions and their cookies, tokens, other sites,
//! and what a page allows a browser to run.

mod other_sites;
mod rights;
mod sessions;
mod visitor;
