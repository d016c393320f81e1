//! How far a long import is, on a terminal: a line on standard error that is written over and in the end
//! removed. Where standard error is no terminal nothing is shown.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use access::{Headway, Seen};
use tokio::task::JoinHandle;

/// What the command line calls the one command it runs.
pub(crate) const HERE: &str = "here";

/// Between two looks.
const LOOK: Duration = Duration::from_millis(200);

/// Cells of the bar.
const WIDE: i64 = 30;

/// Carriage return, and what clears the rest of the line.
const OVER: &str = "\r\x1b[K";

/// A bar, as long as it is kept.
pub(crate) struct Bar(Option<JoinHandle<()>>);

impl Bar {
    /// Shows how far the command at hand is, where somebody can see it.
    pub(crate) fn show(headway: Headway) -> Bar {
        if !std::io::stderr().is_terminal() {
            return Bar(None);
        }
        Bar(Some(tokio::spawn(async move {
            loop {
                tokio::time::sleep(LOOK).await;
                if let Some(seen) = headway.seen(HERE) {
                    write(&line(&seen));
                }
            }
        })))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(task) = self.0.take() {
            task.abort();
            write("");
        }
    }
}

/// A terminal that has gone away is no reason to stop.
fn write(text: &str) {
    let mut out = std::io::stderr();
    let _ = write!(out, "{OVER}{text}").and_then(|()| out.flush());
}

/// `Writing gl.csv  [#########                     ]  61,500 of 200,000 lines`.
fn line(seen: &Seen) -> String {
    let count = |n: i64| imports::report::grouped(n);
    let done = match seen.of {
        Some(of) if of > 0 => {
            let filled = (seen.done.clamp(0, of) * WIDE) / of;
            let cells: String = (0..WIDE).map(|cell| if cell < filled { '#' } else { ' ' }).collect();
            format!("[{cells}]  {} of {} {}", count(seen.done), count(of), seen.unit)
        }
        _ => format!("{} {}", count(seen.done), seen.unit),
    };
    format!("{}  {done}", seen.label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_what_is_done_and_of_how_much() {
        let seen = |done, of| Seen { label: "Writing gl.csv".into(), done, of, unit: "lines".into() };
        let half = "Writing gl.csv  [###############               ]  100,000 of 200,000 lines";
        assert_eq!(line(&seen(100_000, Some(200_000))), half);
        assert_eq!(line(&seen(500, None)), "Writing gl.csv  500 lines");
        assert!(line(&seen(7, Some(5))).contains(&"#".repeat(30)), "never longer than it is");
    }
}
