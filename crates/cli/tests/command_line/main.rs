//! The binary as a person at a shell and a script meet it: exit codes, what goes where, the machine's care.

mod acts;
mod backups;
#[cfg(feature = "costs")]
mod bills;
mod care;
#[cfg(feature = "cluster")]
mod cluster;
mod completing;
#[cfg(feature = "costs")]
mod costs;
mod exit_codes;
#[cfg(feature = "costs")]
mod focus;
mod found;
mod heard;
#[cfg(feature = "costs")]
mod judges;
mod killed;
mod machine;
mod made;
#[cfg(feature = "costs")]
mod million;
mod output;
mod rehearsed;
mod shell;
mod told;
