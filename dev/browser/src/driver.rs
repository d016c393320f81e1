//! chromedriver as a process of ours, under a small shell that ends it and the browser, which share a process
//! group, when its input closes: on drop, and when this process is killed.

use std::fs;
use std::io::{self, BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Debian's Chromium.
pub(crate) const CHROMIUM: &str = "/usr/bin/chromium";
/// Debian's driver for it.
const CHROMEDRIVER: &str = "/usr/bin/chromedriver";

/// $1 chromedriver · $2 folder. Nothing in the profile is worth a gentle end.
const SCRIPT: &str = r#"
cd /
TMPDIR="$2" setsid "$1" --port=0 --log-level=SEVERE </dev/null 2>/dev/null &
driver=$!
cat >/dev/null
kill -s KILL -- "-$driver"
wait $driver
tries=0
while ! rm -rf "$2" && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
"#;

pub(crate) struct Driver {
    shell: Child,
    /// Closing it is the sign to end.
    line: Option<ChildStdin>,
    port: u16,
    dir: PathBuf,
}

impl Driver {
    pub(crate) fn start() -> io::Result<Driver> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        for program in [CHROMIUM, CHROMEDRIVER] {
            if !Path::new(program).exists() {
                let message = format!("{program} is missing: run dev/setup.sh test");
                return Err(io::Error::new(io::ErrorKind::NotFound, message));
            }
        }
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("qdbrowser-{}-{count}", std::process::id()));
        fs::create_dir_all(&dir)?;
        let mut shell = Command::new("sh");
        shell.args(["-c", SCRIPT, "browser-keeper", CHROMEDRIVER]).arg(&dir);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut shell = shell.spawn()?;
        let line = shell.stdin.take();
        let said = shell.stdout.take().ok_or_else(|| io::Error::other("chromedriver has no output"))?;
        let mut driver = Driver { shell, line, port: 0, dir };
        driver.port = port_said(BufReader::new(said))?;
        Ok(driver)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn profile(&self) -> PathBuf {
        self.dir.join("profile")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.line.take());
        // How it ended tells nothing that anybody could act on.
        let _ = self.shell.wait();
    }
}

/// The free port that it took, from its line "… was started successfully on port 45471."
fn port_said(reader: impl BufRead) -> io::Result<u16> {
    for line in reader.lines() {
        let line = line?;
        if let Some((_, port)) = line.split_once("successfully on port ") {
            return port.trim().trim_end_matches('.').parse().map_err(io::Error::other);
        }
    }
    Err(io::Error::other("chromedriver ended before it said its port"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        let said =
            "Starting ChromeDriver 156 on port 0\nChromeDriver was started successfully on port 45471.\n";
        assert_eq!(port_said(said.as_bytes()).unwrap(), 45471);
        assert!(port_said("Starting ChromeDriver 156 on port 0\n".as_bytes()).is_err());
    }
}
