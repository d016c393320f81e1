//! Where stories are told: new databases on both engines, and folders that are cleared behind who used them.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use app::House;

use crate::runtime;

static COUNT: AtomicU64 = AtomicU64::new(0);

pub(crate) fn next() -> u64 {
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// A new SQLite database in the temporary folder.
pub fn sqlite() -> String {
    format!("sqlite:{}", folder().join(format!("{}.db", next())).display())
}

/// The path of a folder that does not exist yet, for a test to make.
pub fn fresh_folder(name: &str) -> PathBuf {
    folder().join(format!("{name}-{}", next()))
}

/// This process's own folder, empty at its start. Process ids come round again, so what an earlier
/// process left under the same one is cleared first, and so is what processes that ended left behind.
pub(crate) fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        const NAME: &str = "quarterdeck-test-";
        let left = std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
        for entry in left {
            let name = entry.file_name();
            let Some(id) = name.to_str().and_then(|name| name.strip_prefix(NAME)) else { continue };
            if id == std::process::id().to_string() || !Path::new("/proc").join(id).exists() {
                // Another process may be clearing the same: whoever comes second finds it gone.
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        let own = std::env::temp_dir().join(format!("{NAME}{}", std::process::id()));
        std::fs::create_dir_all(&own).expect("the temporary folder can be written");
        own
    })
}

/// A new PostgreSQL database with the schema, in the throw-away cluster of this run.
pub fn postgres() -> String {
    const SCHEMA: &str = "schema";
    let cluster = pgtemp::Cluster::shared().expect("a throw-away PostgreSQL cluster starts");
    cluster.template(SCHEMA, migrated).expect("the schema is made");
    cluster.fresh_from(SCHEMA).expect("a database is made")
}

/// Brings a new database to today's schema, on a runtime of its own: the caller may stand in one.
fn migrated(url: &str) -> std::io::Result<()> {
    let url = url.to_owned();
    let work = async move {
        let house = House::open(&url).await?;
        house.db.close().await;
        Ok(())
    };
    let done = std::thread::spawn(|| runtime().block_on(work)).join();
    let done: Result<(), kernel::Refused> = done.expect("migrating does not panic");
    done.map_err(|fault| std::io::Error::other(format!("{fault:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_new_although_a_process_of_the_same_id_left_one() {
        let stale = std::env::temp_dir().join(format!("quarterdeck-test-{}", std::process::id()));
        std::fs::create_dir_all(&stale).unwrap();
        for n in 0..3 {
            std::fs::write(stale.join(format!("{n}.db")), "left behind").unwrap();
        }
        let url = sqlite();
        assert!(!Path::new(url.trim_start_matches("sqlite:")).exists(), "{url} is there already");
    }
}
