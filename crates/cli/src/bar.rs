//! How far long work of this process is, an import or a calculation: on a terminal a line on standard error that is
//! written over and in the end removed; elsewhere a line now and then, for who reads the log.

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

/// Between two lines where there is no terminal.
const SELDOM: Duration = Duration::from_secs(10);

/// A rate before that says nothing.
const STEADY: Duration = Duration::from_secs(2);

/// Cells of the bar.
const WIDE: i64 = 30;

/// Carriage return, and what clears the rest of the line.
const OVER: &str = "\r\x1b[K";

/// A bar, as long as it is kept.
pub(crate) struct Bar(Option<(JoinHandle<()>, bool)>);

impl Bar {
    /// Shows how far the command at hand is, unless nobody wants to know.
    pub(crate) fn show(headway: Headway, quiet: bool) -> Bar {
        if quiet {
            return Bar(None);
        }
        let terminal = std::io::stderr().is_terminal();
        let look = if terminal { LOOK } else { SELDOM };
        let task = tokio::spawn(async move {
            let (mut waited, mut part) = (Duration::ZERO, Part::default());
            loop {
                tokio::time::sleep(look).await;
                waited += look;
                if let Some(seen) = due(waited, headway.seen(HERE)) {
                    let text = part.line(&seen, waited);
                    if terminal { write(&text) } else { eprintln!("{text}") }
                }
            }
        });
        Bar(Some((task, terminal)))
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((task, terminal)) = self.0.take() {
            task.abort();
            if terminal {
                write("");
            }
        }
    }
}

/// What is shown after so long a wait: nothing where that was short or nothing is known.
fn due(waited: Duration, seen: Option<Seen>) -> Option<Seen> {
    seen.filter(|_| waited > PATIENCE)
}

/// The part of the work at hand, and since when.
#[derive(Default)]
struct Part {
    label: String,
    since: Duration,
    from: i64,
}

impl Part {
    /// What is done after so long a wait, how fast, and how long the rest takes at that; of what nobody counts, how
    /// long it took so far.
    fn line(&mut self, seen: &Seen, waited: Duration) -> String {
        if self.label != seen.label {
            *self = Part { label: seen.label.clone(), since: waited, from: seen.done };
        }
        let (done, passed) = (seen.done - self.from, waited.saturating_sub(self.since));
        if seen.done == 0 && seen.of.is_none() {
            let seconds = i64::try_from(passed.as_secs()).unwrap_or(i64::MAX);
            return format!("{}, {} so far", seen.label, spoken(seconds));
        }
        if passed < STEADY || done <= 0 {
            return line(seen);
        }
        let rate =
            i64::try_from(i128::from(done) * 1000 / passed.as_millis().max(1) as i128).unwrap_or(i64::MAX);
        let left =
            seen.of.filter(|of| rate > 0 && *of > seen.done).map(|of| (of - seen.done + rate - 1) / rate);
        let left = left.map(|seconds| format!(", {} left", spoken(seconds))).unwrap_or_default();
        format!("{}, {} a second{left}", line(seen), grouped(rate))
    }
}

/// `75 s`, `3 min`.
fn spoken(seconds: i64) -> String {
    if seconds < 100 { format!("{seconds} s") } else { format!("{} min", (seconds + 59) / 60) }
}

fn grouped(n: i64) -> String {
    imports::report::grouped(n)
}

/// A terminal that has gone away is no reason to stop.
fn write(text: &str) {
    let mut out = std::io::stderr();
    let _ = write!(out, "{OVER}{text}").and_then(|()| out.flush());
}

/// `Writing gl.csv  [#########                     ]  61,500 of 200,000 lines`.
fn line(seen: &Seen) -> String {
    let done = match seen.of {
        Some(of) if of > 0 => {
            let filled = (seen.done.clamp(0, of) * WIDE) / of;
            let cells: String = (0..WIDE).map(|cell| if cell < filled { '#' } else { ' ' }).collect();
            format!("[{cells}]  {} of {} {}", grouped(seen.done), grouped(of), seen.unit)
        }
        _ => format!("{} {}", grouped(seen.done), seen.unit),
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
    fn nothing_is_shown_up_to_half_a_second_of_what_is_not_known_or_where_quiet_is_wanted() {
        let after = |millis, seen| due(Duration::from_millis(millis), seen);
        let known = || Some(seen(500, None));
        assert_eq!((after(200, known()), after(500, known())), (None, None));
        assert_eq!((after(600, known()), after(600, None)), (known(), None));
        assert!(Bar::show(Headway::default(), true).0.is_none());
    }

    /// By hand: 40,000 lines in 4 seconds are 10,000 a second; the other 100,000 take 10 more.
    #[test]
    fn a_steady_rate_says_how_long_the_rest_takes() {
        let at = |part: &mut Part, done, of, millis| {
            let line = part.line(&seen(done, of), Duration::from_millis(millis));
            line.rsplit_once("lines").map(|(_, tail)| tail.to_owned()).unwrap()
        };
        let mut part = Part::default();
        assert_eq!(at(&mut part, 60_000, Some(200_000), 1_000), "", "the first look");
        assert_eq!(at(&mut part, 70_000, Some(200_000), 2_000), "", "too early to say");
        assert_eq!(at(&mut part, 100_000, Some(200_000), 5_000), ", 10,000 a second, 10 s left");
        assert_eq!(at(&mut part, 100_000, None, 5_000), ", 10,000 a second");
        assert_eq!(at(&mut part, 200_000, Some(200_000), 15_000), ", 10,000 a second", "nothing is left");
        assert_eq!(part.line(&seen(0, None), Duration::from_secs(16)), "Writing gl.csv, 15 s so far");
        let mut next = seen(1, Some(5));
        next.label = "Posting".into();
        assert!(
            part.line(&next, Duration::from_secs(16)).ends_with("1 of 5 lines"),
            "another part begins anew"
        );
        assert_eq!((spoken(99), spoken(100), spoken(180)), ("99 s".into(), "2 min".into(), "3 min".into()));
    }
}
