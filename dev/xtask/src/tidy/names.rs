//! What is written for people: heads of modules, no parked work, names of migrations, paths on the map.

use std::collections::BTreeSet;

use super::Finding;
use super::house::House;
use super::source::{Source, has_word};

const MAP: &str = "ARCHITECTURE.md";

/// Notes that park work. An issue is where work waits.
const PARKED: &[&str] = &["TODO", "FIXME", "XXX"];

/// Macros that park it, or that were forgotten.
const UNFINISHED: &[&str] = &["todo!", "unimplemented!", "dbg!"];

/// Files other than Rust that are searched for parked work.
const ALSO_SEARCHED: &[&str] = &[".sql", ".sh", ".css", ".js"];

/// Folders whose paths are checked even when the folder itself is gone.
const FOLDERS: &[&str] = &["benches", "crates", "dev", "docs", "examples", "migrations", "tests"];

pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        house.sources.iter().flat_map(|source| [head(source), parked(source)].concat()).collect();
    for path in house.files.iter().filter(|path| ALSO_SEARCHED.iter().any(|end| path.ends_with(end))) {
        findings.extend(parked_in(path, &house.text(path).unwrap_or_default()));
    }
    findings.extend(migrations(&house.files));
    match house.text(MAP) {
        Some(text) => findings.extend(map(&text, &house.files)),
        None => findings.push(Finding::at(MAP, 0, "the map is missing")),
    }
    findings
}

fn head(source: &Source) -> Vec<Finding> {
    // `#![…]` may come first.
    let first = source.text.lines().find(|line| !line.trim().is_empty() && !line.starts_with("#!["));
    if first.is_some_and(|line| line.starts_with("//! ")) {
        return Vec::new();
    }
    vec![Finding::at(&source.path, 1, "a module opens with `//!` and what it is for")]
}

fn parked(source: &Source) -> Vec<Finding> {
    let noted = source.comments.iter().filter(|(_, text)| PARKED.iter().any(|word| has_word(text, word)));
    let noted = noted.map(|(line, _)| *line);
    let macros = UNFINISHED
        .iter()
        .flat_map(|word| source.lines_with(word.trim_end_matches('!')).map(move |line| (line, word)));
    let called = macros
        .filter(|(line, word)| source.code.lines().nth(line - 1).is_some_and(|code| code.contains(**word)));
    let lines = noted.chain(called.map(|(line, _)| line));
    lines.map(|line| Finding::at(&source.path, line, "parked work: do it, or open an issue")).collect()
}

fn parked_in(path: &str, text: &str) -> Vec<Finding> {
    let lines = text.lines().enumerate().filter(|(_, line)| PARKED.iter().any(|word| has_word(line, word)));
    lines.map(|(index, _)| Finding::at(path, index + 1, "parked work: do it, or open an issue")).collect()
}

/// `0007_create_accounts.sql` or `20261125_create_accounts.sql`, each number once; where there is a folder for each
/// engine, the same names in both.
fn migrations(files: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut numbers = BTreeSet::new();
    let mut folders = [("sqlite", BTreeSet::new()), ("postgres", BTreeSet::new())];
    for path in files.iter().filter(|path| path.starts_with("migrations/") && path.ends_with(".sql")) {
        let (folder, name) = path.rsplit_once('/').unwrap_or_default();
        let number = name.split('_').next().unwrap_or_default();
        if !is_migration(name) {
            findings.push(Finding::at(path, 0, "a migration is called NNNN_verb_object.sql"));
        }
        if !numbers.insert((folder, number)) {
            findings.push(Finding::at(path, 0, format!("there is another migration {number}")));
        }
        for (engine, names) in &mut folders {
            if folder.ends_with(*engine) {
                names.insert(name);
            }
        }
    }
    let [(_, sqlite), (_, postgres)] = &folders;
    let only = sqlite.symmetric_difference(postgres);
    findings.extend(only.map(|name| Finding::at(name, 0, "a migration of one engine only")));
    findings
}

fn is_migration(name: &str) -> bool {
    let Some((number, words)) = name.strip_suffix(".sql").and_then(|name| name.split_once('_')) else {
        return false;
    };
    let lower = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let dated = matches!(number.len(), 4 | 8 | 14) && number.bytes().all(|byte| byte.is_ascii_digit());
    dated && words.contains('_') && words.split('_').all(|part| !part.is_empty() && lower(part))
}

/// Paths between backticks, and the targets of links, that do not lead to a file or folder.
fn map(text: &str, files: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let ticked = line.split('`').skip(1).step_by(2);
        let linked = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for word in ticked.chain(linked).flat_map(spelled_out) {
            if is_path(&word, files) && !leads_somewhere(&word, files) {
                findings.push(Finding::at(MAP, index + 1, format!("`{word}` is not there")));
            }
        }
    }
    findings
}

/// `migrations/{sqlite,postgres}/` is two paths.
fn spelled_out(word: &str) -> Vec<String> {
    let parts = word.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (choices, after))) if choices.contains(',') => choices
            .split(',')
            .flat_map(|one| spelled_out(&format!("{before}{}{after}", one.trim())))
            .collect(),
        _ => vec![word.to_owned()],
    }
}

fn is_path(word: &str, files: &[String]) -> bool {
    let plain = |char: char| char.is_ascii_alphanumeric() || "._-/*".contains(char);
    if !word.chars().all(plain) || word.starts_with(['/', '*', '-', '.']) {
        return false;
    }
    let first = word.split('/').next().unwrap_or_default();
    let of_root = || files.iter().any(|file| file.starts_with(&format!("{first}/")));
    let is_file = [".rs", ".md", ".toml", ".sql", ".sh", ".css", ".js"].iter().any(|end| word.ends_with(end));
    is_file || (word.contains('/') && (FOLDERS.contains(&first) || of_root()))
}

/// From the root, or the end of a path (`finance/allocation/run.rs`, with or without `src`). `*` is any one name.
fn leads_somewhere(word: &str, files: &[String]) -> bool {
    let wanted: Vec<&str> = word.trim_end_matches('/').split('/').collect();
    let same = |(want, have): (&&str, &&str)| *want == *have || *want == "*" || star_inside(want, have);
    files.iter().any(|file| {
        let parts: Vec<&str> = file.split('/').collect();
        let from_root = parts.len() >= wanted.len() && wanted.iter().zip(&parts).all(same);
        let short: Vec<&str> = parts.iter().copied().filter(|part| *part != "src").collect();
        let is_end = |parts: &[&str]| {
            let from = parts.len().checked_sub(wanted.len());
            from.is_some_and(|from| wanted.iter().zip(&parts[from..]).all(same))
        };
        from_root || (word.contains('.') && (is_end(&parts) || is_end(&short)))
    })
}

fn star_inside(want: &str, have: &str) -> bool {
    let ends = want.split_once('*');
    ends.is_some_and(|(start, end)| {
        have.len() >= start.len() + end.len() && have.starts_with(start) && have.ends_with(end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> Vec<String> {
        paths.iter().map(|path| (*path).to_owned()).collect()
    }

    #[test]
    fn a_module_without_its_head_is_found() {
        assert!(head(&Source::new("a.rs", "//! What it is for.\nfn a() {}")).is_empty());
        assert!(head(&Source::new("a.rs", "#![no_std]\n//! What it is for.")).is_empty());
        for text in ["fn a() {}", "// not a head\n", "/// nor this\nfn a() {}", "//!\n", ""] {
            assert_eq!(head(&Source::new("a.rs", text)).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn parked_work_is_found_in_comments_and_code_but_not_in_words() {
        for text in
            ["// TODO later", "/* FIXME */", "fn a() { todo!() }", "dbg!(x);", "unimplemented!(\"x\")"]
        {
            assert_eq!(parked(&Source::new("a.rs", text)).len(), 1, "{text}");
        }
        for text in ["let a = \"TODO\";", "// TODOS", "fn todo() {}", "let dbg = 1;"] {
            assert!(parked(&Source::new("a.rs", text)).is_empty(), "{text}");
        }
        assert_eq!(parked_in("a.sql", "select 1;\n-- TODO index").len(), 1);
    }

    #[test]
    fn a_migration_with_another_name_or_a_used_number_is_found() {
        let good = ["migrations/0001_create_people.sql", "migrations/20261125_add_owner_to_services.sql"];
        assert!(migrations(&files(&good)).is_empty());
        for name in
            ["1_create_people", "0001_people", "0001-create-people", "0001_Create_people", "create_people"]
        {
            assert_eq!(migrations(&files(&[&format!("migrations/{name}.sql")])).len(), 1, "{name}");
        }
        assert_eq!(
            migrations(&files(&["migrations/0001_create_a.sql", "migrations/0001_create_b.sql"])).len(),
            1
        );
    }

    #[test]
    fn a_migration_of_one_engine_only_is_found() {
        let both = files(&["migrations/sqlite/0001_create_a.sql", "migrations/postgres/0001_create_a.sql"]);
        assert!(migrations(&both).is_empty());
        assert_eq!(migrations(&both[..1]).len(), 1);
    }

    #[test]
    fn a_path_on_the_map_that_leads_nowhere_is_found() {
        let files =
            files(&["crates/db/src/pool.rs", "docs/errors.md", "Makefile", "migrations/0001_create_a.sql"]);
        let good = "`crates/db/` `crates/*` `db/pool.rs` `pool.rs` [e](docs/errors.md) `migrations/*.sql` `Db::open` \
                    `/services` `application/json` `crates/{db}`";
        assert_eq!(map(good, &files), []);
        for bad in
            ["`crates/gone/`", "`db/gone.rs`", "[e](docs/gone.md)", "`benches/`", "`crates/{db,gone}/`"]
        {
            assert_eq!(map(&format!("see\n{bad}"), &files).first().map(|one| one.line), Some(2), "{bad}");
        }
    }
}
