//! The keeper: a small shell that starts the server, waits for its owner to go, stops the server, removes it.
//!
//! Rust never drops a static, and a killed process drops nothing; the keeper sees the end of its owner either way:
//! its input closes (a process of ours), or the process or the file `hold` is gone (somebody else's).

use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Stdio};
use std::thread;
use std::time::Duration;

use crate::binaries::Binaries;
use crate::place::Place;

/// $1 postgres · $2 place · $3 owner's process id, or `stdin`, or `-`
const SCRIPT: &str = r#"
cd /
"$1" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB -c timezone=UTC \
    >>"$2/log" 2>&1 </dev/null &
server=$!
case "$3" in
    stdin) cat >/dev/null ;;
    -) while [ -e "$2/hold" ]; do sleep 0.2; done ;;
    *) while [ -e "$2/hold" ] && [ -e "/proc/$3" ]; do sleep 0.2; done ;;
esac
kill -QUIT $server
wait $server
rm -rf "$2"
"#;

const STEP: Duration = Duration::from_millis(10);
const START_LIMIT: Duration = Duration::from_secs(30);

/// Whose end is the cluster's end.
pub(crate) enum Owner {
    ThisProcess,
    Process(u32),
    /// It stays until somebody stops it.
    Nobody,
}

impl Owner {
    /// As it stands in the file `owner`.
    pub(crate) fn written(&self) -> String {
        match self {
            Owner::ThisProcess => std::process::id().to_string(),
            Owner::Process(id) => id.to_string(),
            Owner::Nobody => "-".to_owned(),
        }
    }
}

/// A keeper at work.
pub(crate) struct Keeper {
    shell: Child,
    /// Closing it is the sign to end. `None`: it watches another owner.
    line: Option<ChildStdin>,
}

impl Keeper {
    /// Makes the cluster in its place, starts the server and waits until it answers.
    pub(crate) fn start(place: &Place, binaries: &Binaries, owner: &Owner) -> io::Result<Keeper> {
        let (watched, stdin) = match owner {
            Owner::ThisProcess => ("stdin".to_owned(), Stdio::piped()),
            _ => (owner.written(), Stdio::null()),
        };
        let mut shell = binaries.as_server("sh");
        shell.current_dir("/").args(["-c", SCRIPT, "pgtemp-keeper"]);
        shell.arg(binaries.program("postgres")).arg(place.dir()).arg(watched);
        // A group of its own: Ctrl-C in the terminal must not reach it before its owner has ended.
        shell.stdin(stdin).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let mut shell = shell.spawn()?;
        let keeper = Keeper { line: shell.stdin.take(), shell };
        wait_until_ready(place)?;
        Ok(keeper)
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if let Some(line) = self.line.take() {
            drop(line);
            // Nothing can be done about a failure here, and the next start sweeps what is left.
            let _ = self.shell.wait();
        }
    }
}

/// Lays out an empty cluster: UTF-8, everybody on the socket is trusted.
pub(crate) fn init(place: &Place, binaries: &Binaries) -> io::Result<()> {
    let mut init = binaries.as_server(binaries.program("initdb"));
    init.current_dir("/").arg("--pgdata").arg(place.data());
    init.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
    if binaries.version >= 15 {
        init.args(["--locale-provider=icu", "--icu-locale=en"]);
    }
    crate::finish(&mut init)
}

fn wait_until_ready(place: &Place) -> io::Result<()> {
    let mut waited = Duration::ZERO;
    while !place.is_ready() {
        let log = fs::read_to_string(place.log()).unwrap_or_default();
        if waited >= START_LIMIT || log.contains("FATAL") {
            let skipped = log.lines().count().saturating_sub(10);
            let tail: Vec<&str> = log.lines().skip(skipped).collect();
            return Err(io::Error::other(format!("PostgreSQL does not start:\n{}", tail.join("\n"))));
        }
        thread::sleep(STEP);
        waited += STEP;
    }
    Ok(())
}
