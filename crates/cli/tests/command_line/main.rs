//! The binary as a person at a shell and a script meet it: exit codes, what goes where, the machine's care.

mod acts;
mod care;
#[cfg(feature = "costs")]
mod costs;
mod exit_codes;
mod killed;
mod machine;
mod output;
mod shell;
