//! `calc` beside independent packages: the same input, the same figures.
//!
//! The packages are those of `dev/judges/calc.txt`, as `dev/setup.sh test` installs them. Each tolerance says why it is
//! what it is: mostly how far the *package* goes, which stops its searches earlier than ours do.

#[path = "../said/mod.rs"]
mod said;

mod appraisal;
mod forecast;
mod package;
mod python;
mod retention;
#[cfg(feature = "select")]
mod selection;
