//! Problems and answers as files.
//!
//! Amounts and quantities are strings (`"12.5"`) or whole numbers; a number with a dot is refused, because JSON
//! readers take it for a float. Unknown fields are refused.

mod file;
mod read;
mod write;

pub use read::parse_problem;
