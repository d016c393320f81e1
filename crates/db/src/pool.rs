//! Opening a database: its settings are asserted, not hoped for.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use kernel::{Fault, Refused};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions, Row as _};

use crate::error::UNREACHABLE;
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
    pool.connect_with(options).await.map_err(|error| {
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

/// Makes the file of a new database its owner's alone, for password hashes are in it; SQLite gives the files beside
/// it the same mode. Where that cannot be done, SQLite says why when it opens it.
fn made_private(file: &Path) {
    use std::os::unix::fs::OpenOptionsExt;
    let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
}

/// Removes the files of a SQLite database that was begun in vain: half a database would be in the way of the next try.
pub fn discard(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
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
pub fn file_of(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite:").unwrap_or(url);
    (!url.contains("://") && !path.starts_with(":memory:"))
        .then(|| Path::new(path.split('?').next().unwrap_or(path)))
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
    fn a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let file = std::env::temp_dir().join(format!("quarterdeck-private-{}.db", std::process::id()));
        let mode = || std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        discard(&file);
        made_private(&file);
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        made_private(&file);
        assert_eq!(mode(), 0o640);
        discard(&file);
        assert!(!file.exists());
    }

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(version_parts("3.9.0") < OLDEST_SQLITE);
        assert!(version_parts("3.51.3") >= OLDEST_SQLITE);
        assert!(version_parts("3.100.0") > OLDEST_SQLITE);
    }
}
