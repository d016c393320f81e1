//! The project's own tools: `cargo xtask <what>`.
//!
//! | file | holds |
//! | --- | --- |
//! | `ci` | everything that decides whether a change lands, step by step |
//! | `tidy/` | the house rules as a program |
//! | `pg` | a PostgreSQL to play with |
//! | `look` | a picture of a page |

mod ci;
mod look;
mod pg;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask ci                 format, tidy, clippy, doc tests, tests: stops at the first that fails
       cargo xtask tidy [--bless]     the house rules; --bless writes the sizes of today into ratchet.toml
       cargo xtask pg start|stop      a throw-away PostgreSQL that stays until it is stopped
       cargo xtask pg url [DATABASE]  its address; makes the database if it is not there
       cargo xtask look URL OUT.png [--width 1366] [--height 768] [--dark] [--print] [--whole] [--no-js]
                                      [--cookie NAME=VALUE]...   a picture of a page";

/// What a task ends with: nothing, or a sentence for the person.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["ci"] => ci::run(&root()),
        ["tidy"] => tidy::run(&root()),
        ["tidy", "--bless"] => tidy::bless(&root()),
        ["pg", rest @ ..] => pg::run(rest),
        ["look", rest @ ..] => look::run(rest),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

/// The checkout that cargo runs this program in. Asked when it runs: checkouts may share one build directory, and
/// then what was known when it was built may be another one's.
fn root() -> PathBuf {
    let told = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let here = told.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).to_owned());
    here.ancestors().nth(2).expect("xtask lives in dev/xtask").to_owned()
}
