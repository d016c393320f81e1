//! The house rules as a program: what a reviewer would otherwise have to say again and again.
//!
//! | file | the rule |
//! | --- | --- |
//! | `order` | crates depend one way only, and heavy libraries stay behind their one door |
//! | `purity` | entities and rules do no I/O; no hidden clocks; no floats near money; SQL where SQL belongs |
//! | `length` | files and functions stay short: a ratchet |
//! | `dead` | every Rust file is named by a module |
//! | `names` | every module says what it is for; no parked work; migrations; the map tells the truth |
//!
//! `house` loads what they look at, `source` (by `reader`) tells code from comments and strings.
//! Each rule has a test that shows it failing: a check that cannot fail is worse than none.

mod dead;
mod house;
mod length;
mod names;
mod order;
mod purity;
mod reader;
mod source;

use std::fmt;
use std::path::Path;

use house::House;

use crate::Outcome;

/// Something that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// 0: the file as a whole.
    line: usize,
    message: String,
}

impl Finding {
    fn at(path: &str, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// Looks at the whole checkout.
pub(crate) fn run(root: &Path) -> Outcome {
    let house = House::load(root)?;
    let mut findings = order::check(&house.packages);
    findings.extend(purity::check(&house.sources));
    findings.extend(length::check(&house.sources, &length::Ratchet::read(root)?));
    findings.extend(dead::check(&house.packages, &house.sources));
    findings.extend(names::check(&house));
    findings.sort();
    findings.dedup();
    if findings.is_empty() {
        eprintln!("tidy: {} crates, {} Rust files", house.packages.len(), house.sources.len());
        return Ok(());
    }
    let lines: Vec<String> = findings.iter().map(Finding::to_string).collect();
    Err(format!("{}\ntidy: {} findings", lines.join("\n"), findings.len()))
}

/// Writes the sizes of today into the ratchet, so that the difference shows in review.
pub(crate) fn bless(root: &Path) -> Outcome {
    length::Ratchet::of(&House::load(root)?.sources).write(root)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        if let Err(findings) = super::run(&crate::root()) {
            panic!("{findings}");
        }
    }
}
