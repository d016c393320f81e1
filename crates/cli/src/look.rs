//! What people see: how wide their terminal is, whether it shows colours, what pages long texts, how much they want
//! to be told. Said once, before anything is printed; a pipe gets neither colour nor pages.

use std::ffi::OsStr;
use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use clap::ColorChoice;

use crate::output::say;

/// How results and refusals look to whoever started the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// Letters in a line of standard output, where that is a terminal.
    pub width: Option<usize>,
    /// How much to tell: `-v` once, `-vv` twice.
    pub verbose: u8,
    /// CSV is for Excel.
    pub excel: bool,
    /// Colours in what is printed.
    colour: bool,
    /// Colours in what is told on standard error.
    colour_beside: bool,
    /// The program that shows long texts.
    pager: Option<String>,
}

static LOOK: OnceLock<Look> = OnceLock::new();

/// The one of this process; plain before it is settled.
pub(crate) fn look() -> &'static Look {
    static PLAIN: Look =
        Look { width: None, verbose: 0, excel: false, colour: false, colour_beside: false, pager: None };
    LOOK.get().unwrap_or(&PLAIN)
}

/// What the words on the command line say of colours, before they are understood: help and wrong use are coloured too.
pub(crate) fn colours(mut args: impl Iterator<Item = std::ffi::OsString>) -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    while let Some(arg) = args.next() {
        let said = match arg.to_str().and_then(|arg| arg.strip_prefix("--color")) {
            Some("") => args.next(),
            Some(said) => said.strip_prefix('=').map(Into::into),
            None if arg == OsStr::new("--") => break,
            None => None,
        };
        let known = said.and_then(|said| said.to_str().and_then(|said| said.parse().ok()));
        choice = known.unwrap_or(choice);
    }
    choice
}

/// Settles it from the flags and the environment.
pub(crate) fn settle(choice: ColorChoice, verbose: u8, excel: bool) {
    let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (out, beside) = (std::io::stdout().is_terminal(), std::io::stderr().is_terminal());
    let width = env("COLUMNS").and_then(|columns| columns.parse().ok());
    let look = Look {
        width: width.or_else(|| if out { columns() } else { None }),
        verbose,
        excel,
        colour: coloured(choice, out, &env),
        colour_beside: coloured(choice, beside, &env),
        pager: env("PAGER").filter(|pager| out && pager != "cat"),
    };
    // Only the first counts, and there is no second.
    let _ = LOOK.set(look);
}

/// Columns of the terminal, as `stty` knows them: what it would ask by itself is not in the standard library.
fn columns() -> Option<usize> {
    let terminal = std::fs::File::open("/dev/tty").ok()?;
    let told = Command::new("stty").arg("size").stdin(terminal).stderr(Stdio::null()).output().ok()?;
    let columns = String::from_utf8(told.stdout).ok()?.split_whitespace().nth(1)?.parse().ok()?;
    Some(columns).filter(|columns| *columns > 0)
}

/// Whether there are colours: as said, else on a terminal that shows them, unless `NO_COLOR` is set.
fn coloured(choice: ColorChoice, terminal: bool, env: &dyn Fn(&str) -> Option<String>) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            terminal && env("NO_COLOR").is_none() && env("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// A text in a colour of SGR, for standard output or for what is told beside it.
fn painted(colour: bool, sgr: &str, text: &str) -> String {
    if colour { format!("\x1b[{sgr}m{text}\x1b[0m") } else { text.to_owned() }
}

impl Look {
    /// The head of a table.
    pub(crate) fn head(&self, text: &str) -> String {
        painted(self.colour, "1", text)
    }

    /// What is over, refused or wrong, as a figure below nothing.
    pub(crate) fn wrong(&self, text: &str) -> String {
        painted(self.colour, "31", text)
    }

    /// What waits for somebody.
    pub(crate) fn waits(&self, text: &str) -> String {
        painted(self.colour, "33", text)
    }

    /// What is well.
    pub(crate) fn well(&self, text: &str) -> String {
        painted(self.colour, "32", text)
    }

    /// On standard error, what went wrong.
    pub(crate) fn bad(&self, text: &str) -> String {
        painted(self.colour_beside, "31", text)
    }

    /// On standard error, what is said beside the result.
    pub(crate) fn aside(&self, text: &str) -> String {
        painted(self.colour_beside, "2", text)
    }
}

/// Shows lines for people: through the pager where there is one, else as they are.
pub(crate) fn show(lines: &[String]) {
    let Some(pager) = &look().pager else {
        lines.iter().for_each(|line| say!("{line}"));
        return;
    };
    let mut shell = Command::new("sh");
    shell.args(["-c", pager]).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours as they are, short texts without a screen of their own.
        shell.env("LESS", "FRX");
    }
    let Ok(mut shown) = shell.spawn() else {
        lines.iter().for_each(|line| say!("{line}"));
        return;
    };
    if let Some(mut pipe) = shown.stdin.take() {
        // Whoever closes the pager early has read enough.
        let _ = pipe.write_all((lines.join("\n") + "\n").as_bytes());
    }
    // It is gone in any case.
    let _ = shown.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_as_said_else_for_terminals_that_show_them() {
        use ColorChoice::{Always, Auto, Never};
        for (choice, terminal, set, wanted) in [
            (Auto, true, None, true),
            (Auto, false, None, false),
            (Auto, true, Some(("NO_COLOR", "1")), false),
            (Auto, true, Some(("TERM", "dumb")), false),
            (Auto, true, Some(("TERM", "xterm")), true),
            (Always, false, Some(("NO_COLOR", "1")), true),
            (Never, true, None, false),
        ] {
            let env = |name: &str| set.filter(|(set, _)| *set == name).map(|(_, value)| value.to_owned());
            assert_eq!(coloured(choice, terminal, &env), wanted, "{choice:?} {terminal} {set:?}");
        }
    }

    #[test]
    fn colours_are_heard_before_the_words_are_understood() {
        use ColorChoice::{Always, Auto, Never};
        for (words, choice) in [
            ("customer list", Auto),
            ("--color=always customer list", Always),
            ("customer list --color never", Never),
            ("customer list --color", Auto),
            ("customer list --color=red", Auto),
            ("calc npv -- --color=always", Auto),
        ] {
            assert_eq!(colours(words.split(' ').map(Into::into)), choice, "{words}");
        }
    }
}
