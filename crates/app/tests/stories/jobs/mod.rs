//! Commands done later, on both engines: once, whatever happens to the process that does them, and with
//! what their asker may do when they are done.

mod asked;
mod kit;
mod leases;
mod schedules;
