//! How far long work of this process is, an import or a calculation, on a terminal: a line on standard error that is
//! written over and in the end removed. Where standard error is no terminal nothing is shown.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use kernel::{Headway, Seen};
use tokio::task::JoinHandle;

/// What the command line calls the one command it runs.
pub(crate) const HERE: &str = "here";

/// Between two looks.
const LOOK: Duration = Duration::from_millis(200);

/// What is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Cells of the bar.
const WIDE: i64 = 30;

/// Carriage return, and what clears the rest of the line.
const OVER: &str = "\r\x1b[K";

/// A bar, as long as it is kept.
pub(crate) struct Bar(Option<JoinHandle<()>>);

impl Bar {
    /// Shows how far the command at hand is, where somebody can see it and wants to.
    pub(crate) fn show(headway: Headway, quiet: bool) -> Bar {
        if !wanted(quiet, std::io::stderr().is_terminal()) {
            return Bar(None);
        }
        Bar(Some(tokio::spawn(async move {
            let mut waited = Duration::ZERO;
            loop {
                tokio::time::sleep(LOOK).await;
                waited += LOOK;
                if let Some(text) = drawn(waited, headway.seen(HERE).as_ref()) {
                    write(&text);
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

/// Whether there is a bar at all.
fn wanted(quiet: bool, terminal: bool) -> bool {
    terminal && !quiet
}

/// What is drawn after so long a wait: nothing where that was short or nothing is known.
fn drawn(waited: Duration, seen: Option<&Seen>) -> Option<String> {
    seen.filter(|_| waited > PATIENCE).map(line)
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

    fn seen(done: i64, of: Option<i64>) -> Seen {
        Seen { label: "Writing gl.csv".into(), done, of, unit: "lines".into() }
    }

    #[test]
    fn the_bar_says_what_is_done_and_of_how_much() {
        let half = "Writing gl.csv  [###############               ]  100,000 of 200,000 lines";
        assert_eq!(line(&seen(100_000, Some(200_000))), half);
        assert_eq!(line(&seen(500, None)), "Writing gl.csv  500 lines");
        assert!(line(&seen(7, Some(5))).contains(&"#".repeat(30)), "never longer than it is");
    }

    #[test]
    fn nothing_is_drawn_up_to_half_a_second_or_of_what_is_not_known() {
        let seen = seen(500, None);
        let after = |millis, seen| drawn(Duration::from_millis(millis), seen);
        assert_eq!((after(200, Some(&seen)), after(500, Some(&seen))), (None, None));
        assert_eq!(after(600, Some(&seen)).as_deref(), Some("Writing gl.csv  500 lines"));
        assert_eq!(after(600, None), None);
    }

    #[test]
    fn there_is_a_bar_on_a_terminal_alone_and_never_where_quiet_is_wanted() {
        let bars = [(false, true), (false, false), (true, true), (true, false)];
        assert_eq!(bars.map(|(quiet, terminal)| wanted(quiet, terminal)), [true, false, false, false]);
    }
}
