//! Opening a database: its settings are asserted, not hoped for.

use std::str::FromStr;
use std::time::Duration;

use kernel::{Fault, Refused};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row as _};

use crate::error::UNREACHABLE;
use crate::place::{file_of, made_private, shown};
use crate::tx::On;
use crate::{DbError, Tx};

/// Which of the two engines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database.
#[derive(Clone)]
pub enum Db {
    /// SQLite: one writer, several read-only readers.
    Sqlite {
        /// Readers, `query_only`.
        read: SqlitePool,
        /// The one writer.
        write: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

/// How long a request waits for a connection, or for whoever writes to a SQLite file, before it is told that
/// the database is busy.
const WAITS: Duration = Duration::from_secs(10);

/// Earlier versions can corrupt a database in WAL mode (sqlite.org/wal.html, "the WAL-reset bug").
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

impl Db {
    /// Opens `sqlite:PATH`, a bare path, or `postgres://…`; a SQLite file is made if missing.
    ///
    /// # Errors
    /// A server cannot be reached ([`UNREACHABLE`]); all else is a fault.
    pub async fn open(url: &str) -> Result<Db, Refused> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Db::Postgres(postgres(url).await?));
        }
        Ok(sqlite(url).await?)
    }

    /// Which engine it is.
    pub const fn engine(&self) -> Engine {
        match self {
            Db::Sqlite { .. } => Engine::Sqlite,
            Db::Postgres(_) => Engine::Postgres,
        }
    }

    /// A transaction that may write.
    pub async fn begin(&self) -> Result<Tx, DbError> {
        Ok(match self {
            Db::Sqlite { write, .. } => On::Sqlite(write.begin_with("begin immediate").await?).into(),
            Db::Postgres(pool) => On::Postgres(pool.begin().await?, false).into(),
        })
    }

    /// A transaction that only reads, and sees one moment.
    pub async fn read(&self) -> Result<Tx, DbError> {
        Ok(match self {
            Db::Sqlite { read, .. } => On::Sqlite(read.begin().await?).into(),
            Db::Postgres(pool) => {
                let begin = "begin isolation level repeatable read read only";
                On::Postgres(pool.begin_with(begin).await?, true).into()
            }
        })
    }

    /// Closes all connections; on SQLite the write-ahead log is folded into the file.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write } => {
                read.close().await;
                write.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }

    /// Runs several statements of `script`, outside any transaction: migrations only.
    pub(crate) async fn script(tx: &mut Tx, script: &str) -> Result<(), DbError> {
        let text = AssertSqlSafe(script.to_owned());
        match &mut tx.on {
            On::Sqlite(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(drop)?,
            On::Postgres(tx, _) => sqlx::raw_sql(text).execute(&mut **tx).await.map(drop)?,
        }
        Ok(())
    }
}

async fn postgres(url: &str) -> Result<PgPool, Refused> {
    // Notices, as that a table to be made if missing is there, are nobody's news.
    let options = PgConnectOptions::from_str(url).map_err(|error| unopened(url, error))?;
    let options = options.options([("client_min_messages", "warning")]).disable_statement_logging();
    let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(WAITS);
    let opened = match asked(&options).await {
        Err(error) if !is_passing(&error) => Err(error),
        // The pool's patience is for a server that is there and starts, or has no connection left just now.
        _ => pool.connect_with(options).await,
    };
    opened.map_err(|error| {
        let unanswered = match &error {
            sqlx::Error::Io(error) => Some(error.to_string()),
            sqlx::Error::PoolTimedOut => Some(format!("nobody answered within {} seconds", WAITS.as_secs())),
            _ => None,
        };
        match unanswered {
            Some(why) => UNREACHABLE.with(&[&shown(url), &why]).into(),
            None => unopened(url, error).into(),
        }
    })
}

/// Asks once whether the server answers. A pool asks again and again for as long as it waits, also where the port
/// refuses, and somebody who mistyped it would be told only then.
async fn asked(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    match tokio::time::timeout(WAITS, options.connect()).await {
        Ok(connected) => connected?.close().await,
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}

/// Whether a server says that it will answer soon: it is starting up, or all its connections are taken.
fn is_passing(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| code == "57P03" || code == "53300")
}

async fn sqlite(url: &str) -> Result<Db, Fault> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    let options = SqliteConnectOptions::from_str(&format!("sqlite:{path}"))
        .map_err(|error| unopened(url, error))?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(WAITS)
        // 16 MiB a connection, taken as needed: the usual 2 MB is less than a month of a big organisation.
        .pragma("cache_size", "-16384")
        // Rows are handed over by the thousand: one by one, two threads wake each other for every few.
        .row_buffer_size(1_024)
        .disable_statement_logging();
    if file_of(url).is_some() {
        made_private(options.get_filename());
    }
    let write =
        SqlitePoolOptions::new().max_connections(1).acquire_timeout(WAITS).connect_with(options.clone());
    let write = write.await.map_err(|error| unopened(url, error))?;
    let readers = options.pragma("query_only", "on");
    let read = SqlitePoolOptions::new().max_connections(4).connect_with(readers).await;
    let read = read.map_err(|error| unopened(url, error))?;
    assert_version(&write).await?;
    Ok(Db::Sqlite { read, write })
}

fn unopened(url: &str, error: sqlx::Error) -> Fault {
    Fault::new(format!("opening the database {}", shown(url)), error)
}

async fn assert_version(pool: &SqlitePool) -> Result<(), Fault> {
    let row = sqlx::query("select sqlite_version() as version").fetch_one(pool).await;
    let version: String = row.map_err(|error| Fault::new("asking SQLite its version", error))?.get("version");
    if version_parts(&version) < OLDEST_SQLITE {
        return Err(Fault::because(format!("SQLite {version} is too old: 3.51.3 or later is needed")));
    }
    Ok(())
}

fn version_parts(version: &str) -> (u32, u32, u32) {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(version_parts("3.9.0") < OLDEST_SQLITE);
        assert!(version_parts("3.51.3") >= OLDEST_SQLITE);
        assert!(version_parts("3.100.0") > OLDEST_SQLITE);
    }

    #[tokio::test]
    async fn a_port_that_refuses_is_told_at_once() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let url = format!("postgres://ana@{free}/x");
        let told = tokio::time::timeout(WAITS / 5, Db::open(&url)).await.expect("nobody waits for it");
        let refused = told.err().expect("nobody listens there");
        assert_eq!(refused.code(), "database_unreachable", "{refused:?}");
    }
}
