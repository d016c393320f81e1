//! The migrations, in order; their names are their files'.

use db::Migration;

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(Migration { name: $name, sql: include_str!(concat!("../../../migrations/", $name, ".sql")) }),+]
    };
}

/// Every migration, oldest first.
pub static MIGRATIONS: &[Migration] = migrations!["0001_create_access", "0002_create_customers"];
