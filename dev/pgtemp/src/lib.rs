//! Throw-away PostgreSQL clusters for tests: from Debian's binaries, on a unix socket only, gone afterwards.
//!
//! ```no_run
//! let cluster = pgtemp::Cluster::shared()?; // one for the whole test run
//! let url = cluster.fresh()?; // a new, empty database: postgres://postgres@localhost/t_4711_1?host=/tmp/…
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `binaries` | where PostgreSQL is, and as whom it may run (it refuses root) |
//! | `keeper` | the small shell that starts the server, and stops and removes it when its owner is gone |
//! | `place` | the directories: their names, their owner, and what to sweep |
//!
//! Made to be fast and to be lost: `fsync` is off. Never keep anything in it.
//! Text sorts by language (ICU) unless a column says `collate "C"`, as in many real installations, so a query
//! that leans on byte order without saying so is found out.

mod binaries;
mod keeper;
mod place;

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use binaries::Binaries;
use keeper::{Keeper, Owner};
use place::Place;

/// A running cluster. The one who started it stops and removes it by dropping it; see [`Cluster::shared`] for the
/// one that outlives a process.
pub struct Cluster {
    place: Place,
    binaries: Binaries,
    /// Held until the end: dropping the keeper of a cluster of our own ends the server.
    _keeper: Option<Keeper>,
}

impl Cluster {
    /// A cluster of one's own: it ends when this value is dropped, or when this process dies, however it dies.
    ///
    /// # Errors
    /// PostgreSQL's binaries are missing, or the server does not start (the end of its log is in the message).
    pub fn start() -> io::Result<Cluster> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        place::sweep()?;
        Cluster::launch(Place::named(&format!("p{}-{count}", std::process::id())), Owner::ThisProcess)
    }

    /// The cluster that all tests of this run share.
    ///
    /// Under `cargo nextest`, where each test is a process, all of them meet in one cluster, which ends with the
    /// run. Otherwise (`cargo test`) it is this process's own and ends with it.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn shared() -> io::Result<&'static Cluster> {
        static SHARED: OnceLock<Result<Cluster, String>> = OnceLock::new();
        let cluster = SHARED.get_or_init(|| Cluster::of_this_run().map_err(|error| error.to_string()));
        cluster.as_ref().map_err(|message| io::Error::other(message.clone()))
    }

    fn of_this_run() -> io::Result<Cluster> {
        match std::env::var("NEXTEST_RUN_ID") {
            Ok(run) if !run.is_empty() => {
                let short: String = run.chars().filter(char::is_ascii_alphanumeric).take(12).collect();
                Cluster::join(&format!("r{short}"), Owner::Process(std::os::unix::process::parent_id()))
            }
            _ => Cluster::start(),
        }
    }

    /// The cluster called `name`, started if it is not there; it stays until [`Cluster::stop`].
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn standing(name: &str) -> io::Result<Cluster> {
        Cluster::join(name, Owner::Nobody)
    }

    /// Stops and removes the standing cluster called `name`. Says whether there was one.
    ///
    /// # Errors
    /// Its directory cannot be removed.
    pub fn stop(name: &str) -> io::Result<bool> {
        let _alone = place::lock()?;
        let place = Place::named(name);
        let was_there = place.exists();
        place.release()?;
        Ok(was_there)
    }

    fn join(name: &str, owner: Owner) -> io::Result<Cluster> {
        let _alone = place::lock()?;
        let place = Place::named(name);
        if place.is_ready() {
            return Ok(Cluster { place, binaries: Binaries::find()?, _keeper: None });
        }
        place.release()?;
        place::sweep_locked()?;
        Cluster::launch(place, owner)
    }

    fn launch(place: Place, owner: Owner) -> io::Result<Cluster> {
        let binaries = Binaries::find()?;
        place.make(&binaries, &owner)?;
        let keeper = keeper::init(&place, &binaries)
            .and_then(|()| Keeper::start(&place, &binaries, &owner))
            // What did not start leaves nothing behind; its own error is the one worth telling.
            .inspect_err(|_| place.release().unwrap_or_default())?;
        Ok(Cluster { place, binaries, _keeper: Some(keeper) })
    }

    /// The address of a database, as sqlx and psql take it. The database need not exist yet.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.socket_dir().display())
    }

    /// The folder of its unix socket: libpq's `host`.
    pub fn socket_dir(&self) -> PathBuf {
        self.place.dir().to_owned()
    }

    /// Makes an empty database (UTF-8).
    ///
    /// # Errors
    /// It exists, or its name is not lower-case letters, digits and `_`.
    pub fn create(&self, database: &str) -> io::Result<()> {
        self.create_from(database, "template1")
    }

    /// Makes a database as a copy of another, which nobody may be connected to: migrate once, copy for each test.
    ///
    /// # Errors
    /// It exists, the template does not, or somebody is connected to the template.
    pub fn create_from(&self, database: &str, template: &str) -> io::Result<()> {
        let (database, template) = (plain(database)?, plain(template)?);
        self.command("createdb", &["--template", template, database])
    }

    /// Makes the next numbered database of this process and gives its address.
    ///
    /// # Errors
    /// The server is gone.
    pub fn fresh(&self) -> io::Result<String> {
        self.fresh_from("template1")
    }

    /// [`Cluster::fresh`], as a copy of a [`Cluster::template`]. Databases of processes that ended are removed.
    ///
    /// # Errors
    /// As [`Cluster::create_from`].
    pub fn fresh_from(&self, template: &str) -> io::Result<String> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        self.forget_the_dead()?;
        let database = format!("t_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        self.create_from(&database, template)?;
        fs::write(self.place.made().join(&database), "")?;
        Ok(self.url(&database))
    }

    /// Makes the database `name` by `make`, which gets its address, unless a process that shares this cluster did.
    /// Others wait meanwhile. `make` must not stay connected.
    ///
    /// # Errors
    /// As [`Cluster::create`], and what `make` says.
    pub fn template(&self, name: &str, make: impl FnOnce(&str) -> io::Result<()>) -> io::Result<()> {
        let whole = self.place.made().join(plain(name)?);
        let lock = File::create(self.place.made().join("lock"))?;
        lock.lock()?;
        if !whole.exists() {
            self.create(name)?;
            make(&self.url(name)).or_else(|error| self.drop_database(name).and(Err(error)))?;
            fs::write(whole, "")?;
        }
        Ok(())
    }

    /// Removes numbered databases whose process is gone: hundreds of tests would else fill the disk.
    fn forget_the_dead(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.place.made())?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let owner = name.strip_prefix("t_").and_then(|rest| rest.split('_').next());
            let dead = owner.is_some_and(|owner| !Path::new("/proc").join(owner).exists());
            // Two processes may find the same: who takes the mark away removes the database.
            if dead && fs::remove_file(entry.path()).is_ok() {
                self.drop_database(&name)?;
            }
        }
        Ok(())
    }

    /// Removes a database and ends the connections to it.
    ///
    /// # Errors
    /// It does not exist.
    pub fn drop_database(&self, database: &str) -> io::Result<()> {
        self.command("dropdb", &["--force", plain(database)?])
    }

    fn command(&self, program: &str, args: &[&str]) -> io::Result<()> {
        let mut command = Command::new(self.binaries.program(program));
        command.args(["--host", &self.socket_dir().to_string_lossy(), "--username", "postgres"]);
        finish(command.args(args))
    }
}

/// A name that needs no quoting anywhere.
fn plain(name: &str) -> io::Result<&str> {
    let fits = !name.is_empty()
        && name.len() <= 63
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if fits {
        Ok(name)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{name:?} is not a plain database name")))
    }
}

/// Runs to the end; a failure carries what the program said.
fn finish(command: &mut Command) -> io::Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    let program = Path::new(command.get_program()).display().to_string();
    let said = String::from_utf8_lossy(&output.stderr);
    Err(io::Error::other(format!("{program} failed: {}", said.trim())))
}
