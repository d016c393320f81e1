//! The JSON API as a contract: its description, the shape of lists and records, what it rehearses, what it says to
//! a request that it cannot take.

mod answers;
mod description;
mod lists;
mod page;
mod rehearsed;
mod shapes;
mod unreadable;
