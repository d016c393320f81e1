//! The folders of the clusters: named after their user and purpose, so that leftovers can be told and swept.
//!
//! `/tmp/qdpg-<uid>-<name>/` holds `data/`, `log`, the socket, `owner` (a process id, or `-` for a standing
//! cluster) and `hold`: while that file is there, the keeper keeps the server.

use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use crate::binaries::{Binaries, own_uid};
use crate::keeper::Owner;

/// Longer, and the path of the socket would not fit into the 107 bytes that the system allows.
const LONGEST_ROOT: usize = 60;

const STEP: Duration = Duration::from_millis(20);

/// Where one cluster lives, whether it exists or not.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn named(name: &str) -> Place {
        Place(root().join(format!("{}{name}", prefix())))
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.0
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.0.join("log")
    }

    pub(crate) fn hold(&self) -> PathBuf {
        self.0.join("hold")
    }

    /// The folder that remembers which databases were made.
    pub(crate) fn made(&self) -> PathBuf {
        self.0.join("made")
    }

    pub(crate) fn exists(&self) -> bool {
        self.0.exists()
    }

    /// Whether a server answers here. It writes this word into its pid file itself.
    pub(crate) fn is_ready(&self) -> bool {
        let pid_file = fs::read_to_string(self.data().join("postmaster.pid")).unwrap_or_default();
        let pid = pid_file.lines().next().unwrap_or_default().trim();
        let ready = pid_file.lines().nth(7).is_some_and(|line| line.trim() == "ready");
        ready && !pid.is_empty() && Path::new("/proc").join(pid).exists()
    }

    /// Makes the folder, for the server's account alone.
    pub(crate) fn make(&self, binaries: &Binaries, owner: &Owner) -> io::Result<()> {
        fs::create_dir(&self.0)?;
        fs::set_permissions(&self.0, Permissions::from_mode(0o700))?;
        fs::write(self.0.join("owner"), owner.written())?;
        for file in [self.log(), self.hold()] {
            File::create(file)?;
        }
        fs::create_dir(self.made())?;
        if let Some(account) = binaries.account {
            // What stands in a folder of the server's account its keeper can remove, whoever wrote it.
            for path in [self.0.clone(), self.made(), self.log(), self.hold(), self.0.join("owner")] {
                chown(path, Some(account.uid), Some(account.gid))?;
            }
        }
        Ok(())
    }

    /// Tells the keeper to end, waits for it, and removes what is left if there is no keeper any more.
    pub(crate) fn release(&self) -> io::Result<()> {
        if !self.exists() {
            return Ok(());
        }
        fs::remove_file(self.hold()).or_else(not_found_is_fine)?;
        if self.wait_until_gone(Duration::from_secs(3)) {
            return Ok(());
        }
        self.clear()
    }

    fn wait_until_gone(&self, limit: Duration) -> bool {
        let mut waited = Duration::ZERO;
        while self.exists() && waited < limit {
            thread::sleep(STEP);
            waited += STEP;
        }
        !self.exists()
    }

    /// Without the keeper's help: stops a server that still runs here, then removes the folder.
    fn clear(&self) -> io::Result<()> {
        if self.is_ready() {
            let binaries = Binaries::find()?;
            let mut stop = binaries.as_server(binaries.program("pg_ctl"));
            stop.current_dir("/").args(["stop", "-m", "immediate", "-D"]).arg(self.data());
            // Its keeper may have been quicker after all.
            crate::finish(&mut stop).or_else(|error| if self.is_ready() { Err(error) } else { Ok(()) })?;
        }
        fs::remove_dir_all(&self.0).or_else(not_found_is_fine)
    }

    /// Whether its owner was a process, and that process is no more.
    fn is_stale(&self) -> bool {
        match fs::read_to_string(self.0.join("owner")) {
            Ok(owner) => owner != "-" && !Path::new("/proc").join(&owner).exists(),
            // Between the making of the folder and of the file, or no cluster at all.
            Err(_) => false,
        }
    }
}

/// One at a time: starting, joining and sweeping the clusters of this user.
pub(crate) fn lock() -> io::Result<File> {
    let file = File::options().create(true).append(true).open(root().join(format!("{}lock", prefix())))?;
    file.lock()?;
    Ok(file)
}

/// Removes clusters whose owner died so hard that their keeper died with it.
pub(crate) fn sweep() -> io::Result<()> {
    let _alone = lock()?;
    sweep_locked()
}

/// [`sweep`], for who holds the lock.
pub(crate) fn sweep_locked() -> io::Result<()> {
    for entry in fs::read_dir(root())?.flatten() {
        let place = Place(entry.path());
        let ours = entry.file_name().to_string_lossy().starts_with(&prefix());
        if ours && place.is_stale() {
            place.release()?;
        }
    }
    Ok(())
}

fn prefix() -> String {
    // Every user sweeps only their own; 0 when /proc is hidden from us does no harm, for the files are not ours.
    format!("qdpg-{}-", own_uid().unwrap_or_default())
}

fn root() -> PathBuf {
    let chosen = std::env::temp_dir();
    if chosen.as_os_str().len() <= LONGEST_ROOT { chosen } else { PathBuf::from("/tmp") }
}

fn not_found_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
