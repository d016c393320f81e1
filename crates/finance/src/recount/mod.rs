//! Whether imported rows stand exactly as their batches do: `quarterdeck db check`. What a batch wrote is covered
//! by its history; whether a row still counts depends on later batches too.

mod repo;

pub use repo::recount;
