//! The JSON API as a contract: its description, the shape of lists and records, what it says to a request
//! that it cannot take.

mod description;
#[path = "../doors/mod.rs"]
mod doors;
mod lists;
mod shapes;
#[path = "../walk/mod.rs"]
mod walk;
