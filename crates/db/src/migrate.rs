//! Migrations: one text for both engines, so that twins cannot drift.
//!
//! A migration is written in the SQL both share. Two things are spelled per engine here: a column
//! type `text` becomes `text collate "C"` on PostgreSQL (SQLite's byte order), and a comment line
//! `-- append-only: TABLE` becomes triggers that refuse update and delete on that table.

use kernel::Fault;
use sha2::{Digest, Sha256};

use crate::{Db, DbError, Engine, Tx};

/// One migration: its name orders it, its text never changes once released.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// `0001_create_history`.
    pub name: &'static str,
    /// The shared SQL.
    pub sql: &'static str,
}

impl Db {
    /// Applies what is missing of `migrations`, each in a transaction of its own; returns the names
    /// applied. A migration whose text changed since it was applied is a fault.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<Vec<&'static str>, Fault> {
        let mut tx = self.begin().await?;
        let table =
            "create table if not exists schema_migrations (name text primary key, digest text not null)";
        Db::script(&mut tx, table).await?;
        tx.commit().await?;
        let mut done = Vec::new();
        for migration in migrations {
            if self.apply(migration).await? {
                done.push(migration.name);
            }
        }
        Ok(done)
    }

    /// Takes back on PostgreSQL what `migrations` made: their `tables` with all that stands on them, the functions of
    /// their triggers, and the list of migrations itself; together or not at all.
    pub async fn drop_made(&self, tables: &[String], migrations: &[Migration]) -> Result<(), Fault> {
        let mut script = format!("drop table {}, schema_migrations cascade;\n", tables.join(", "));
        for table in migrations.iter().flat_map(|migration| migration.sql.lines()).filter_map(closed) {
            script.push_str(&format!("drop function {table}_refuse() cascade;\n"));
        }
        let mut tx = self.begin().await?;
        Db::script(&mut tx, &script).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether any migration was ever applied here: whether it is a database of ours.
    pub async fn has_schema(&self) -> Result<bool, Fault> {
        let sql = match self.engine() {
            Engine::Sqlite => "select 1 as there from sqlite_master where name = 'schema_migrations'",
            Engine::Postgres => "select 1 as there where to_regclass('schema_migrations') is not null",
        };
        Ok(self.read().await?.query(sql).row().await?.is_some())
    }

    async fn apply(&self, migration: &Migration) -> Result<bool, Fault> {
        let digest = hex(&Sha256::digest(migration.sql.as_bytes()));
        let mut tx = self.begin().await?;
        if self.engine() == Engine::Postgres {
            // Several servers may start at once: one migrates, the others wait here.
            tx.query("lock table schema_migrations in exclusive mode").execute().await?;
        }
        let known = tx
            .query("select digest from schema_migrations where name = $1")
            .bind(migration.name)
            .row()
            .await?;
        if let Some(row) = known {
            if row.get::<String>("digest")? != digest {
                return Err(Fault::because(format!(
                    "migration {} was edited after it was applied",
                    migration.name
                )));
            }
            return Ok(false);
        }
        Db::script(&mut tx, &spelled(migration.sql, self.engine()))
            .await
            .map_err(|error| Fault::new(format!("applying migration {}", migration.name), error))?;
        let insert = tx.query("insert into schema_migrations (name, digest) values ($1, $2)");
        insert.bind(migration.name).bind(digest).execute().await?;
        tx.commit().await?;
        Ok(true)
    }
}

/// Names of the migrations a database has, oldest first.
pub async fn applied(tx: &mut Tx) -> Result<Vec<String>, Fault> {
    let rows = tx
        .query("select name from schema_migrations order by name")
        .rows()
        .await
        .map_err(DbError::into_fault)?;
    rows.iter().map(|row| row.get("name")).collect()
}

impl DbError {
    fn into_fault(self) -> Fault {
        self.into()
    }
}

fn spelled(sql: &str, engine: Engine) -> String {
    let mut out = String::new();
    for line in sql.lines() {
        if let Some(table) = closed(line) {
            out.push_str(&append_only(table, engine));
        } else if engine == Engine::Postgres && !line.trim_start().starts_with("--") {
            out.push_str(&line.replace(" text", " text collate \"C\"").replace(" blob", " bytea"));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

/// The table that a line of a migration closes to updates and deletes.
fn closed(line: &str) -> Option<&str> {
    line.strip_prefix("-- append-only: ").map(str::trim)
}

fn append_only(table: &str, engine: Engine) -> String {
    let says = format!("{table} is append-only");
    match engine {
        Engine::Sqlite => ["update", "delete"]
            .map(|verb| {
                format!(
                    "create trigger {table}_no_{verb} before {verb} on {table} \
                     begin select raise(abort, '{says}'); end;\n"
                )
            })
            .concat(),
        Engine::Postgres => format!(
            "create function {table}_refuse() returns trigger language plpgsql as \
             $f$ begin raise exception '{says}'; end $f$;\n\
             create trigger {table}_append_only before update or delete on {table} \
             for each row execute function {table}_refuse();\n\
             create trigger {table}_no_truncate before truncate on {table} \
             for each statement execute function {table}_refuse();\n"
        ),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_collation_and_the_triggers_differ() {
        let sql = "-- a text of notes\ncreate table t (id text primary key, n bigint);\n-- append-only: t\n";
        assert!(spelled(sql, Engine::Postgres).starts_with(
            "-- a text of notes\ncreate table t (id text collate \"C\" primary key, n bigint);\ncreate function"
        ));
        assert!(spelled(sql, Engine::Sqlite).contains("create trigger t_no_delete before delete on t"));
    }
}
