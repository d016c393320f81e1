//! What the work took, as the kernel tells it.

use std::time::Duration;

/// Seconds of processor time of this process so far, all threads; none where the kernel does not tell.
pub(crate) fn cpu_seconds() -> Option<f64> {
    /// What Linux counts in, on every machine.
    const TICKS_PER_SECOND: f64 = 100.0;
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, second, may hold blanks; after it come the state and, as eleventh and twelfth from there, the ticks
    // in the program and in the kernel.
    let (_, rest) = text.rsplit_once(") ")?;
    let ticks = rest.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<f64>().ok());
    Some(ticks.sum::<Option<f64>>()? / TICKS_PER_SECOND)
}

/// The most memory this process ever had, in megabytes of 2²⁰ bytes.
pub(crate) fn peak_megabytes() -> Option<u64> {
    status("VmHWM:").map(|kilobytes| kilobytes.div_ceil(1024))
}

fn status(name: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Between two looks at the memory.
const LOOK: Duration = Duration::from_millis(20);

/// Ends when this process has more memory than `megabytes`; never where the kernel does not tell.
pub(crate) async fn beyond(megabytes: u64) {
    loop {
        if status("VmRSS:").is_some_and(|kilobytes| kilobytes / 1024 >= megabytes) {
            return;
        }
        tokio::time::sleep(LOOK).await;
    }
}
