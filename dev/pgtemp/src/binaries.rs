//! Where PostgreSQL's programs are, and as whom they may run.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Debian keeps each major version in a folder of its own here.
const DEBIAN: &str = "/usr/lib/postgresql";

/// An installed PostgreSQL.
pub(crate) struct Binaries {
    bin: PathBuf,
    /// Major version: 15.
    pub(crate) version: u32,
    /// Whom the server runs as: `None` is whoever we are.
    pub(crate) account: Option<Account>,
}

/// A user of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
}

impl Binaries {
    /// The newest version on this machine.
    pub(crate) fn find() -> io::Result<Binaries> {
        let account =
            if own_uid()? == 0 { Some(unprivileged(&fs::read_to_string("/etc/passwd")?)?) } else { None };
        let (version, bin) = newest(Path::new(DEBIAN)).ok_or_else(|| {
            let message = format!("no PostgreSQL under {DEBIAN}: run dev/setup.sh test");
            io::Error::new(io::ErrorKind::NotFound, message)
        })?;
        Ok(Binaries { bin, version, account })
    }

    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }

    /// A command that runs as the server's account: `initdb` and `postgres` refuse root.
    pub(crate) fn as_server(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some(account) = self.account {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }
}

/// Who we are. Standard Rust cannot ask, but our entry in /proc belongs to us.
pub(crate) fn own_uid() -> io::Result<u32> {
    Ok(fs::metadata("/proc/self")?.uid())
}

fn newest(root: &Path) -> Option<(u32, PathBuf)> {
    let versions = fs::read_dir(root).ok()?.flatten().filter_map(|entry| {
        let version = entry.file_name().to_str()?.parse().ok()?;
        let bin = entry.path().join("bin");
        bin.join("initdb").exists().then_some((version, bin))
    });
    versions.max()
}

/// The account that Debian's package makes for the server, else the one that owns nothing.
fn unprivileged(passwd: &str) -> io::Result<Account> {
    let named = |name: &str| {
        let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some(Account { uid: fields.next()?.parse().ok()?, gid: fields.next()?.parse().ok()? })
    };
    named("postgres")
        .or_else(|| named("nobody"))
        .ok_or_else(|| io::Error::other("PostgreSQL refuses root, and there is no user postgres or nobody"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_taken_by_number_and_not_by_letter() {
        let root = std::env::temp_dir().join(format!("pgtemp-versions-{}", std::process::id()));
        for (version, program) in [("9", "initdb"), ("15", "initdb"), ("17", "psql"), ("common", "initdb")] {
            let bin = root.join(version).join("bin");
            fs::create_dir_all(&bin).unwrap();
            fs::write(bin.join(program), "").unwrap();
        }
        let found = newest(&root);
        fs::remove_dir_all(&root).unwrap();
        assert_eq!(found, Some((15, root.join("15/bin"))), "17 has only the client's programs");
    }

    #[test]
    fn the_server_runs_as_postgres_else_as_nobody() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/:/bin/false\n";
        assert_eq!(unprivileged(passwd).unwrap(), Account { uid: 65534, gid: 65533 });
        let passwd = format!("{passwd}postgres:x:101:104:,,,:/var/lib/postgresql:/bin/bash\n");
        assert_eq!(unprivileged(&passwd).unwrap(), Account { uid: 101, gid: 104 });
        assert!(unprivileged("root:x:0:0:root:/root:/bin/bash\n").is_err());
    }
}
