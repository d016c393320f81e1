//! Everything that decides whether a change lands, cheapest first; stops at the first step that fails.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{Outcome, tidy};

/// A step: its name, and cargo's arguments.
type Step = (&'static str, Vec<&'static str>);

/// What is off unless asked for is tested too.
const FEATURES: &str = "--features=calc/select,cli/select,cli/cluster";

/// Runs all steps and says how long each took.
pub(crate) fn run(root: &Path) -> Outcome {
    let mut times = Vec::new();
    timed(&mut times, "tidy", || tidy::run(root))?;
    for (name, args) in steps(has_nextest()) {
        timed(&mut times, name, || cargo(root, &args))?;
    }
    eprintln!("ci: {}", times.join(" · "));
    Ok(())
}

/// The tests come last: their closing line is the one that readers of the log look for.
fn steps(nextest: bool) -> Vec<Step> {
    let tests = if nextest {
        vec!["nextest", "run", "--workspace", FEATURES, "--no-fail-fast"]
    } else {
        vec!["test", "--workspace", FEATURES, "--no-fail-fast", "--lib", "--bins", "--tests"]
    };
    vec![
        ("format", vec!["fmt", "--all", "--check"]),
        ("clippy", vec!["clippy", "--workspace", FEATURES, "--all-targets", "--", "-D", "warnings"]),
        ("doc tests", vec!["test", "--workspace", FEATURES, "--doc", "--quiet"]),
        ("tests", tests),
    ]
}

fn timed(times: &mut Vec<String>, name: &str, step: impl FnOnce() -> Outcome) -> Outcome {
    eprintln!("── {name}");
    let started = Instant::now();
    let outcome = step();
    let time = format!("{name} {:.1} s", started.elapsed().as_secs_f64());
    eprintln!("── {time}");
    times.push(time);
    outcome.map_err(|sentence| format!("{sentence}\nci: stopped at {name} ({})", times.join(" · ")))
}

fn cargo(root: &Path, args: &[&str]) -> Outcome {
    let said = format!("cargo {}", args.join(" "));
    let status = Command::new("cargo").args(args).current_dir(root).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(format!("{said} failed")),
        Err(error) => Err(format!("{said} cannot be run: {error}")),
    }
}

fn has_nextest() -> bool {
    let mut asked = Command::new("cargo");
    asked.args(["nextest", "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    asked.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_are_the_last_step_with_either_runner() {
        for nextest in [true, false] {
            assert_eq!(steps(nextest).last().unwrap().0, "tests");
        }
    }

    #[test]
    fn a_failing_step_stops_the_run_and_is_named() {
        let mut times = Vec::new();
        let outcome = timed(&mut times, "clippy", || cargo(Path::new("/"), &["no-such-command-at-all"]));
        let sentence = outcome.unwrap_err();
        assert!(sentence.contains("cargo no-such-command-at-all failed"), "{sentence}");
        assert!(sentence.contains("stopped at clippy"), "{sentence}");
    }
}
