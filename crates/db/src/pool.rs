//! Opening a database: its settings are asserted, not hoped for.

use std::str::FromStr;
use std::time::Duration;

use kernel::Fault;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Row as _};

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
    pub async fn open(url: &str) -> Result<Db, Fault> {
        let fault = |error: sqlx::Error| Fault::new(format!("opening the database {}", shown(url)), error);
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            // Notices, as that a table to be made if missing is there, are nobody's news.
            let options = PgConnectOptions::from_str(url).map_err(fault)?;
            let options = options.options([("client_min_messages", "warning")]).disable_statement_logging();
            let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(WAITS);
            return Ok(Db::Postgres(pool.connect_with(options).await.map_err(fault)?));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let options = SqliteConnectOptions::from_str(&format!("sqlite:{path}"))
            .map_err(fault)?
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
        let write =
            SqlitePoolOptions::new().max_connections(1).acquire_timeout(WAITS).connect_with(options.clone());
        let write = write.await.map_err(fault)?;
        let readers = options.pragma("query_only", "on");
        let read = SqlitePoolOptions::new().max_connections(4).connect_with(readers).await.map_err(fault)?;
        assert_version(&write).await?;
        Ok(Db::Sqlite { read, write })
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

/// The file of a SQLite address; none of a server's.
pub fn file_of(url: &str) -> Option<&std::path::Path> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    (!url.contains("://") && !path.starts_with(":memory:"))
        .then(|| std::path::Path::new(path.split('?').next().unwrap_or(path)))
}

/// The address without a password, for people to read.
pub fn shown(url: &str) -> String {
    let url = match (url.find("://"), url.rfind('@')) {
        (Some(start), Some(at)) if at > start => format!("{}://…{}", &url[..start], &url[at..]),
        _ => url.to_owned(),
    };
    match url.split_once("password=") {
        Some((before, secret)) => {
            let rest = secret.find('&').map_or("", |at| &secret[at..]);
            format!("{before}password=…{rest}")
        }
        None => url,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        assert_eq!(shown("postgres://ana:secret@host/db"), "postgres://…@host/db");
        assert_eq!(
            shown("postgres:///db?user=ana&password=secret&host=/run"),
            "postgres:///db?user=ana&password=…&host=/run"
        );
        assert_eq!(shown("sqlite:a.db"), "sqlite:a.db");
    }

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(version_parts("3.9.0") < OLDEST_SQLITE);
        assert!(version_parts("3.51.3") >= OLDEST_SQLITE);
        assert!(version_parts("3.100.0") > OLDEST_SQLITE);
    }
}
