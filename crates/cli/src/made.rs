//! A database that a command makes where there is none. What was made in vain goes away again: an empty file would be
//! in the way of the next try, and look like somebody's.

use std::path::{Path, PathBuf};

use app::House;
use app::config::Config;
use kernel::Fault;

use crate::care::{database, on_itself};
use crate::exit::Exit;

/// The database named by the configuration, which is made where it is not there.
pub(crate) async fn made(config: &Config, what: &str) -> Result<House, Exit> {
    on_itself(config, what)?;
    let url = database(config)?;
    Missing::before(url)?;
    Ok(House::open(url).await?)
}

/// Works on that database. A file that was made for it and holds no organisation in the end goes away again.
pub(crate) async fn with_made<T>(
    config: &Config,
    what: &str,
    work: impl AsyncFnOnce(&House) -> Result<T, Exit>,
) -> Result<T, Exit> {
    on_itself(config, what)?;
    let url = database(config)?;
    let missing = Missing::before(url)?;
    let house = match House::open(url).await {
        Ok(house) => house,
        Err(refused) => {
            missing.discard();
            return Err(refused.into());
        }
    };
    let done = work(&house).await;
    let founded = may_be_founded(&house).await;
    house.db.close().await;
    if !founded {
        missing.discard();
    }
    done
}

/// Whether there is an organisation; where that cannot be asked, there may be one.
async fn may_be_founded(house: &House) -> bool {
    let Ok(mut tx) = house.db.read().await else { return true };
    !matches!(access::organisation::load(&mut tx).await, Ok(None))
}

/// The file of a database that is not there yet, and the folders made for it, the innermost first.
pub(crate) struct Missing {
    file: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Missing {
    /// Notes what is missing at the address of a database, and makes the folders.
    pub(crate) fn before(url: &str) -> Result<Missing, Fault> {
        let file = db::file_of(url);
        let above = file.into_iter().flat_map(|file| file.ancestors().skip(1));
        let folders = above.filter(|folder| !folder.as_os_str().is_empty());
        let folders = folders.take_while(|folder| !folder.exists()).map(Path::to_path_buf).collect();
        if let Some(folder) = file.and_then(Path::parent) {
            std::fs::create_dir_all(folder)
                .map_err(|error| Fault::new(format!("making {}", folder.display()), error))?;
        }
        Ok(Missing { file: file.filter(|file| !file.exists()).map(Path::to_path_buf), folders })
    }

    /// Removes again what was missing before.
    pub(crate) fn discard(self) {
        if let Some(file) = self.file {
            db::discard(&file);
        }
        for folder in self.folders {
            // Where somebody put something into it meanwhile, it stays.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missing_goes_away_again_and_nothing_else() {
        let root = std::env::temp_dir().join(format!("quarterdeck-made-{}", std::process::id()));
        std::fs::create_dir_all(&root).unwrap();
        let url = |file: &str| format!("sqlite:{}", root.join(file).display());
        let missing = Missing::before(&url("a/b/new.db")).unwrap();
        std::fs::write(root.join("a/b/new.db"), "half").unwrap();
        missing.discard();
        assert!(!root.join("a").exists() && root.exists());

        let missing = Missing::before(&url("a/b/new.db")).unwrap();
        std::fs::write(root.join("a/theirs"), "").unwrap();
        missing.discard();
        assert!(root.join("a/theirs").exists() && !root.join("a/b").exists(), "what others put there stays");

        std::fs::write(root.join("old.db"), "old").unwrap();
        Missing::before(&url("old.db")).unwrap().discard();
        assert_eq!(std::fs::read_to_string(root.join("old.db")).unwrap(), "old");
        std::fs::remove_dir_all(&root).unwrap();
    }
}
