//! What an organisation goes through, below the doors, on both engines. One program: each file of its own
//! would be linked, and kept, once more.

mod as_of;
mod backup;
mod brightwater;
mod checked;
mod cleared;
mod close;
mod closed_month;
mod customers;
mod dry_run;
mod find;
mod hhs;
mod jobs;
mod journal;
mod larkfield;
mod month;
mod own_data;
mod pack;
mod past;
mod people;
mod promises;
mod refused;
mod rehearsed;
mod renamed;
mod reopen;
mod told;
mod variances;
