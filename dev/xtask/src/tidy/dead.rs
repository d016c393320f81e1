//! Every Rust file is named by a module: what nobody builds, nobody tests.

use std::collections::BTreeSet;

use super::Finding;
use super::house::Package;
use super::source::{Source, begins_with};

pub(super) fn check(packages: &[Package], sources: &[Source]) -> Vec<Finding> {
    let mut reached = BTreeSet::new();
    for root in packages.iter().flat_map(|package| &package.roots) {
        follow(root, true, sources, &mut reached);
    }
    let dead = sources.iter().filter(|source| !reached.contains(source.path.as_str()));
    dead.map(|source| Finding::at(&source.path, 0, "no module names this file")).collect()
}

fn follow<'s>(path: &str, is_root: bool, sources: &'s [Source], reached: &mut BTreeSet<&'s str>) {
    let Some(source) = sources.iter().find(|source| source.path == path) else { return };
    if !reached.insert(&source.path) {
        return;
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    for placed in placed(source) {
        follow(&joined(folder, placed), false, sources, reached);
    }
    let folder = match name {
        _ if is_root => folder.to_owned(),
        "mod.rs" => folder.to_owned(),
        _ => format!("{folder}/{}", name.trim_end_matches(".rs")),
    };
    for module in modules(source) {
        for file in [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")] {
            follow(&file, false, sources, reached);
        }
    }
}

/// The files that it names by `#[path = "…"]`, from its own folder.
fn placed(source: &Source) -> Vec<&str> {
    let tokens = source.tokens();
    let is_attribute = |at: usize| begins_with(&tokens[at..], &["#", "[", "path", "="]);
    let lines: Vec<usize> =
        (0..tokens.len()).filter(|&at| is_attribute(at)).map(|at| tokens[at].line).collect();
    let strings = source.strings.iter().filter(|(line, _)| lines.contains(line));
    strings.map(|(_, text)| text.as_str()).collect()
}

/// `crates/a/tests` and `../examples/b.rs` is `crates/a/examples/b.rs`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The modules that a file names as files of their own, with the modules written around them: `tests/helpers`.
fn modules(source: &Source) -> Vec<String> {
    let tokens = source.tokens();
    let (mut found, mut around, mut depth) = (Vec::new(), Vec::new(), 0_usize);
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                around.retain(|(_, inside)| *inside <= depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|next| next.text == "{") => {
                around.push((tokens[at + 1].text, depth + 1));
            }
            "mod" if tokens.get(at + 2).is_some_and(|next| next.text == ";") => {
                let outer = around.iter().map(|(name, _)| format!("{name}/")).collect::<String>();
                found.push(format!("{outer}{}", tokens[at + 1].text));
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<_> =
            files.iter().map(|(path, text)| Source::new(&format!("c/{path}"), text)).collect();
        let roots = vec!["c/src/lib.rs".to_owned(), "c/tests/story.rs".to_owned()];
        let package = Package { roots, ..Package::default() };
        check(&[package], &sources).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn files_are_reached_through_modules_in_every_spelling() {
        let files = [
            ("src/lib.rs", "mod a;\npub mod b;\nmod inner { mod c; }\n#[cfg(test)] mod d;"),
            ("src/a.rs", "mod deep;"),
            ("src/a/deep.rs", ""),
            ("src/b/mod.rs", "pub(crate) mod verb;"),
            ("src/b/verb.rs", ""),
            ("src/inner/c.rs", ""),
            ("src/d.rs", ""),
            ("tests/story.rs", "mod help;"),
            ("tests/help/mod.rs", ""),
        ];
        assert_eq!(dead(&files), Vec::<String>::new());
    }

    #[test]
    fn a_file_that_no_module_names_is_found() {
        let files = [("src/lib.rs", "// mod lost;\nmod a;"), ("src/a.rs", ""), ("src/lost.rs", "")];
        assert_eq!(dead(&files), ["c/src/lost.rs: no module names this file"]);
        let files = [("src/lib.rs", "mod a { }\nmod lost;"), ("src/a/lost.rs", "")];
        assert_eq!(dead(&files), ["c/src/a/lost.rs: no module names this file"]);
    }

    #[test]
    fn files_are_reached_by_a_path_of_their_own() {
        let tests = "#[path = \"a_tests.rs\"]\nmod tests;";
        let files = [("src/lib.rs", "mod a;"), ("src/a.rs", tests), ("src/a_tests.rs", "")];
        assert_eq!(dead(&files), Vec::<String>::new());
        let help = "#[path = \"../src/a_tests.rs\"] mod help;";
        let files =
            [("src/lib.rs", "mod a;"), ("src/a.rs", ""), ("src/a_tests.rs", ""), ("tests/story.rs", help)];
        assert_eq!(dead(&files), Vec::<String>::new());
        assert_eq!(dead(&files[..3]), ["c/src/a_tests.rs: no module names this file"]);
    }
}
