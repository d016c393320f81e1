//! Recovery: what was charged for a service against what it cost, in a period. The difference stays with
//! IT, named by cause; at cost there is none. Nothing is kept here: it is read from the statements, whose
//! costs add up to what the run brought to customers.

mod view;

pub use view::list;
