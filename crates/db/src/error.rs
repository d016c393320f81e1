//! What can go wrong in a database, the same words for both engines.

use std::fmt;

use kernel::{Fault, RefusalKind, Refused, Status};

/// A failed statement.
#[derive(Debug)]
pub enum DbError {
    /// A unique constraint said no; the columns or the constraint's name as the engine tells it.
    Unique(String),
    /// A foreign key said no.
    ForeignKey,
    /// A check constraint or an append-only trigger said no.
    Check(String),
    /// Another process held the database for too long.
    Busy,
    /// Anything else.
    Other(sqlx::Error),
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> DbError {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return DbError::Busy;
        }
        let Some(database) = error.as_database_error() else { return DbError::Other(error) };
        use sqlx::error::ErrorKind;
        match database.kind() {
            ErrorKind::UniqueViolation => {
                DbError::Unique(database.constraint().unwrap_or_else(|| database.message()).to_owned())
            }
            ErrorKind::ForeignKeyViolation => DbError::ForeignKey,
            ErrorKind::CheckViolation | ErrorKind::NotNullViolation => {
                DbError::Check(database.constraint().unwrap_or_else(|| database.message()).to_owned())
            }
            _ if database.message().contains("append-only") => DbError::Check(database.message().to_owned()),
            _ if database.message().contains("database is locked") => DbError::Busy,
            _ => DbError::Other(error),
        }
    }
}

impl fmt::Display for DbError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DbError::Unique(what) => write!(f, "a value is there already ({what})"),
            DbError::ForeignKey => {
                f.write_str("a row refers to one that is not there, or is still referred to")
            }
            DbError::Check(what) => write!(f, "the schema refuses the row ({what})"),
            DbError::Busy => f.write_str("the database is held by another process"),
            DbError::Other(_) => f.write_str("the database failed"),
        }
    }
}

impl std::error::Error for DbError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            DbError::Other(error) => Some(error),
            _ => None,
        }
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Fault {
        Fault::new("speaking to the database", error)
    }
}

/// Another holds the database: on SQLite a long job that is being written.
pub static BUSY: RefusalKind = RefusalKind {
    code: "database_busy",
    status: Status::TooMany,
    says: "The database is busy with a long job; nothing was changed.",
    way_out: "Send it again in a minute.",
};

/// A server that does not answer.
pub static UNREACHABLE: RefusalKind = RefusalKind {
    code: "database_unreachable",
    status: Status::TooMany,
    says: "The database {0} cannot be reached: {1}.",
    way_out: "Start its server, or name another with --db.",
};

impl From<DbError> for Refused {
    fn from(error: DbError) -> Refused {
        match error {
            DbError::Busy => BUSY.plain().into(),
            other => Refused::Fault(other.into()),
        }
    }
}
