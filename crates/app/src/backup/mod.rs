//! A copy of everything in a folder, from which a database of either engine is made again: `quarterdeck backup`.
//!
//! Text rather than a copy of the database's own files, so that it can be taken while people work, read without us,
//! and restored to the other engine, by this release or a later one (docs/DECISIONS.md).
//!
//! | file | holds |
//! | --- | --- |
//! | `create` | everything as of one moment into a folder |
//! | `manifest` | what a folder holds: counts, digests, migrations, the history's end |
//! | `verify` | whether the folder holds what was written, and can be restored |
//! | `restore` | a new database from it |
//! | `error` | why not |
//! | `repo` | the SQL of that |
//! | `rows` | the rows of one table, from lines to the database |

mod create;
pub(crate) mod error;
mod manifest;
mod repo;
mod restore;
mod rows;
mod verify;

pub use create::{Created, create};
pub use error::ALL as REFUSALS;
pub use restore::{Restored, restore};
pub use verify::verify;

use db::Migration;

use crate::export::schema::{self, Table};

/// Tables that are in no backup, with why.
const LEFT_OUT: &[(&str, &str)] = &[("access_sessions", "who is signed in now: everybody signs in again")];

/// The tables of a backup, each after those it refers to.
fn tables(migrations: &[Migration]) -> Vec<Table> {
    let mut tables = schema::tables(migrations);
    tables.retain(|table| LEFT_OUT.iter().all(|(name, _)| *name != table.name));
    tables
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MIGRATIONS;

    #[test]
    fn all_tables_but_those_left_out_for_a_reason_are_in_it() {
        let all = schema::tables(MIGRATIONS);
        assert!(
            LEFT_OUT.iter().all(|(name, _)| all.iter().any(|table| table.name == *name)),
            "one is no more"
        );
        assert_eq!(tables(MIGRATIONS).len(), all.len() - LEFT_OUT.len());
    }
}
