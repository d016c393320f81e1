//! Tables derived from services, reckoned again: `quarterdeck db check`.

mod repo;

pub use repo::recount;
