//! Where a database is: its address, read and shown, and its file, made and removed.

use std::path::Path;
use std::time::Duration;

use kernel::Fault;
use sqlx::sqlite::{SqliteConnectOptions, SqliteLockingMode};
use sqlx::{ConnectOptions, Connection};

use crate::DbError;

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

/// Makes the file of a new database its owner's alone, for password hashes are in it; SQLite gives the files beside
/// it the same mode. Where that cannot be done, SQLite says why when it opens it.
pub(crate) fn made_private(file: &Path) {
    use std::os::unix::fs::OpenOptionsExt;
    let _ = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
}

/// Removes the files of a SQLite database that was begun in vain: half a database would be in the way of the next try.
pub fn discard(file: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", file.display()));
    }
}

/// Whether nobody has a SQLite file open, in this process or another. Whoever does shares a lock on it for as long, since
/// it is in WAL mode: only who is alone gets it for himself. Nothing is written.
///
/// # Errors
/// It cannot be opened, or is no database.
pub async fn is_alone(file: &Path) -> Result<bool, Fault> {
    let options = SqliteConnectOptions::new().filename(file).locking_mode(SqliteLockingMode::Exclusive);
    let fault = |error| Fault::new(format!("opening {}", file.display()), error);
    let mut own = options.busy_timeout(Duration::ZERO).connect().await.map_err(fault)?;
    let had = sqlx::raw_sql("begin exclusive; rollback").execute(&mut own).await;
    own.close().await.map_err(fault)?;
    match had.map_err(DbError::from) {
        Ok(_) => Ok(true),
        Err(DbError::Busy) => Ok(false),
        Err(error) => Err(error.into()),
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

    #[tokio::test]
    async fn a_file_that_somebody_has_open_is_not_alone() {
        let file = std::env::temp_dir().join(format!("quarterdeck-alone-{}.db", std::process::id()));
        discard(&file);
        let db = crate::Db::open(&format!("sqlite:{}", file.display())).await.unwrap();
        db.migrate(&[]).await.unwrap();
        assert!(!is_alone(&file).await.unwrap(), "it is open here");
        db.close().await;
        let before = std::fs::read(&file).unwrap();
        assert!(is_alone(&file).await.unwrap());
        assert!(std::fs::read(&file).unwrap() == before, "asking writes nothing");
        discard(&file);
    }
}
