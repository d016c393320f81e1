//! Files and functions stay short. Over the hard limit nothing stands; over the soft one only what is listed in
//! `ratchet.toml`, and what is listed may only shrink.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::Finding;
use super::source::Source;

/// Lines up to which nobody asks, and over which nothing stands.
struct Limit {
    soft: usize,
    hard: usize,
}

const FILE: Limit = Limit { soft: 250, hard: 500 };
const FUNCTION: Limit = Limit { soft: 40, hard: 70 };

const RATCHET: &str = "dev/xtask/ratchet.toml";
const HEAD: &str = "\
# Files over 250 lines and functions over 40, with their lines. The numbers may only fall.
# Written by `cargo xtask tidy --bless`.
";

type Sizes = BTreeMap<String, usize>;

/// What is over the soft limits, with its size.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ratchet {
    /// By path.
    files: Sizes,
    /// By `path::name`; of functions with one name in one file, the longest.
    functions: Sizes,
}

impl Ratchet {
    /// The sizes of today.
    pub(super) fn of(sources: &[Source]) -> Ratchet {
        let (files, functions) = sizes(sources);
        let over =
            |sizes: Sizes, limit: &Limit| sizes.into_iter().filter(|(_, size)| *size > limit.soft).collect();
        Ratchet { files: over(files, &FILE), functions: over(functions, &FUNCTION) }
    }

    pub(super) fn read(root: &Path) -> Result<Ratchet, String> {
        let text = fs::read_to_string(root.join(RATCHET)).map_err(|error| format!("{RATCHET}: {error}"))?;
        Ratchet::parse(&text)
    }

    pub(super) fn write(&self, root: &Path) -> Result<(), String> {
        fs::write(root.join(RATCHET), self.print()).map_err(|error| format!("{RATCHET}: {error}"))
    }

    /// The little of TOML that `print` writes.
    fn parse(text: &str) -> Result<Ratchet, String> {
        let (mut ratchet, mut section) = (Ratchet::default(), "");
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('[') {
                section = line;
                continue;
            }
            let entry = line.strip_prefix('"').and_then(|line| line.split_once("\" = "));
            let entry = entry.and_then(|(name, size)| Some((name.to_owned(), size.parse().ok()?)));
            let (name, size) = entry.ok_or_else(|| format!("{RATCHET}: {line:?} is not \"name\" = lines"))?;
            match section {
                "[files]" => ratchet.files.insert(name, size),
                "[functions]" => ratchet.functions.insert(name, size),
                _ => return Err(format!("{RATCHET}: {name} stands in no section")),
            };
        }
        Ok(ratchet)
    }

    fn print(&self) -> String {
        let mut text = HEAD.to_owned();
        for (section, sizes) in [("files", &self.files), ("functions", &self.functions)] {
            // Writing into a string cannot fail.
            let _ = write!(text, "\n[{section}]\n");
            for (name, size) in sizes {
                let _ = writeln!(text, "\"{name}\" = {size}");
            }
        }
        text
    }
}

pub(super) fn check(sources: &[Source], ratchet: &Ratchet) -> Vec<Finding> {
    let (files, functions) = sizes(sources);
    let mut findings = judge(&files, &ratchet.files, &FILE);
    findings.extend(judge(&functions, &ratchet.functions, &FUNCTION));
    findings
}

fn judge(sizes: &Sizes, listed: &Sizes, limit: &Limit) -> Vec<Finding> {
    let over =
        sizes.iter().filter_map(|(name, &size)| Some((name, too_long(name, size, listed.get(name), limit)?)));
    let fallen = listed.iter().filter_map(|(name, &was)| Some((name, fallen(sizes.get(name), was, limit)?)));
    over.chain(fallen).map(|(name, message)| Finding::at(name, 0, message)).collect()
}

fn too_long(name: &str, size: usize, listed: Option<&usize>, limit: &Limit) -> Option<String> {
    // A story or a table of every route is read once, top to bottom: it is listed and may only shrink, but
    // the hard limit is for what people change.
    let story = name.contains("/tests/");
    match listed {
        _ if size > limit.hard && !story => {
            Some(format!("{size} lines; {} are the most there may be", limit.hard))
        }
        Some(&was) if size > was => Some(format!("{size} lines, and it was {was}: it may only shrink")),
        None if size > limit.soft => Some(format!(
            "{size} lines, over {}: split it, or list it (cargo xtask tidy --bless)",
            limit.soft
        )),
        _ => None,
    }
}

/// A listed size that is out of date, so that what was won is kept.
fn fallen(size: Option<&usize>, was: usize, limit: &Limit) -> Option<String> {
    match size {
        Some(&size) if size > limit.soft => (size < was)
            .then(|| format!("now {size} lines, listed with {was}: cargo xtask tidy --bless keeps that")),
        _ => Some(format!("listed with {was} lines and needs it no more: cargo xtask tidy --bless")),
    }
}

fn sizes(sources: &[Source]) -> (Sizes, Sizes) {
    let (mut files, mut functions) = (Sizes::new(), Sizes::new());
    for source in sources {
        files.insert(source.path.clone(), source.text.lines().count());
        // A page of an example is one long literal: nothing in it to take apart.
        let taken_apart = source.functions().into_iter().filter(|_| !source.path.contains("/examples/"));
        for function in taken_apart {
            let longest = functions.entry(format!("{}::{}", source.path, function.name)).or_default();
            *longest = function.lines.max(*longest);
        }
    }
    (files, functions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(lines: usize) -> Source {
        Source::new("a.rs", &"x\n".repeat(lines))
    }

    fn function(lines: usize) -> Source {
        Source::new("a.rs", &format!("fn f() {{\n{}}}\n", "x;\n".repeat(lines - 2)))
    }

    fn said(source: Source, ratchet: &Ratchet) -> Vec<String> {
        check(&[source], ratchet).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn up_to_the_soft_limit_nobody_asks() {
        assert!(said(file(250), &Ratchet::default()).is_empty());
        assert!(said(function(40), &Ratchet::default()).is_empty());
    }

    #[test]
    fn over_the_soft_limit_only_what_is_listed_stands() {
        assert!(said(file(251), &Ratchet::default())[0].starts_with("a.rs: 251 lines, over 250"));
        assert!(said(function(41), &Ratchet::default())[0].starts_with("a.rs::f: 41 lines, over 40"));
        assert!(said(file(251), &Ratchet::of(&[file(251)])).is_empty());
        assert!(said(function(41), &Ratchet::of(&[function(41)])).is_empty());
    }

    #[test]
    fn what_is_listed_may_not_grow_and_what_was_won_is_kept() {
        assert!(said(file(301), &Ratchet::of(&[file(300)]))[0].contains("it was 300: it may only shrink"));
        assert!(said(function(50), &Ratchet::of(&[function(45)]))[0].contains("it was 45"));
        assert!(said(file(299), &Ratchet::of(&[file(300)]))[0].contains("--bless keeps that"));
        assert!(said(file(10), &Ratchet::of(&[file(300)]))[0].contains("needs it no more"));
    }

    #[test]
    fn over_the_hard_limit_no_list_helps() {
        assert!(said(file(501), &Ratchet::of(&[file(501)]))[0].contains("500 are the most"));
        assert!(said(function(71), &Ratchet::of(&[function(71)]))[0].contains("70 are the most"));
    }

    #[test]
    fn the_list_is_read_as_it_was_written() {
        let mut ratchet = Ratchet::of(&[file(300)]);
        ratchet.functions = Ratchet::of(&[function(50)]).functions;
        assert_eq!(ratchet.files.len() + ratchet.functions.len(), 2);
        assert_eq!(Ratchet::parse(&ratchet.print()), Ok(ratchet));
        assert!(Ratchet::parse("[files]\na.rs: 3").is_err());
        assert!(Ratchet::parse("\"a.rs\" = 3").is_err());
    }
}
