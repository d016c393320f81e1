//! Sums kept beside the postings, added up again: `quarterdeck db check`.

mod repo;

pub use repo::recount;
