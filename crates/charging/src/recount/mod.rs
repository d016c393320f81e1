//! Sums kept with runs and statements, added up again: `quarterdeck db check`.

mod repo;

pub use repo::recount;
