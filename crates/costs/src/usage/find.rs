//! Which files are meant: one, those of a folder and of the folders in it, or those of a pattern.

use std::path::{Path, PathBuf};

use calc::Stop;

/// What a file holds, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// `.parquet`
    Parquet,
    /// `.csv`, `.csv.gz`
    Csv {
        /// Whether it is packed.
        gzip: bool,
    },
}

/// The kind of a file, by its name.
///
/// # Errors
/// It has another ending.
pub(crate) fn kind(path: &Path) -> Result<Kind, Stop> {
    let name = path.to_string_lossy().to_lowercase();
    match name.as_str() {
        name if name.ends_with(".parquet") => Ok(Kind::Parquet),
        name if name.ends_with(".csv") => Ok(Kind::Csv { gzip: false }),
        name if name.ends_with(".csv.gz") => Ok(Kind::Csv { gzip: true }),
        _ => Err(Stop::Usage(format!(
            "{} ends in neither .parquet nor .csv nor .csv.gz: rename it by what it holds",
            path.display()
        ))),
    }
}

/// What a word names.
#[derive(Debug)]
pub(crate) struct Found {
    /// Files of usage, sorted.
    pub(crate) files: Vec<PathBuf>,
    /// Files of other kinds, sorted: they are passed over.
    pub(crate) others: Vec<PathBuf>,
}

/// The files that `word` names: itself, or those of a folder or pattern.
///
/// # Errors
/// There are none.
pub(crate) fn files(word: &str) -> Result<Found, Stop> {
    let path = Path::new(word);
    if path.is_file() {
        kind(path)?;
        return Ok(Found { files: vec![path.to_owned()], others: Vec::new() });
    }
    let pattern = word.contains(['*', '?']);
    let root = if pattern { fixed(path) } else { path.to_owned() };
    let mut found = Vec::new();
    walk(&root, &mut found)
        .map_err(|error| Stop::Usage(format!("{} cannot be read: {error}", root.display())))?;
    found.retain(|file| !pattern || is_like(&parts(file), &parts(path)));
    found.sort();
    let (files, others): (Vec<PathBuf>, _) = found.into_iter().partition(|file| kind(file).is_ok());
    if files.is_empty() {
        return Err(Stop::Usage(format!("{word} names no file that ends in .parquet, .csv or .csv.gz")));
    }
    Ok(Found { files, others })
}

/// The folder before the first part with a wild card.
fn fixed(pattern: &Path) -> PathBuf {
    let wild = |part: &std::path::Component| part.as_os_str().to_string_lossy().contains(['*', '?']);
    let fixed: PathBuf = pattern.components().take_while(|part| !wild(part)).collect();
    if fixed.as_os_str().is_empty() { PathBuf::from(".") } else { fixed }
}

fn walk(dir: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            _ if hidden => {}
            true => walk(&path, found)?,
            false => found.push(path),
        }
    }
    Ok(())
}

fn parts(path: &Path) -> Vec<String> {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    parts.filter(|part| part != ".").collect()
}

/// Whether a path is like a pattern: part by part, `**` for any folders between.
fn is_like(path: &[String], pattern: &[String]) -> bool {
    match (path.split_first(), pattern.split_first()) {
        (_, Some((first, rest))) if first == "**" => {
            is_like(path, rest) || path.split_first().is_some_and(|(_, path)| is_like(path, pattern))
        }
        (Some((part, path)), Some((first, rest))) => {
            matches(part.as_bytes(), first.as_bytes()) && is_like(path, rest)
        }
        (None, None) => true,
        _ => false,
    }
}

/// `*` is anything and `?` is one letter.
fn matches(text: &[u8], pattern: &[u8]) -> bool {
    match (text.split_first(), pattern.split_first()) {
        (_, Some((b'*', rest))) => {
            matches(text, rest) || text.split_first().is_some_and(|(_, text)| matches(text, pattern))
        }
        (Some((letter, text)), Some((wanted, rest))) => {
            (wanted == letter || *wanted == b'?') && matches(text, rest)
        }
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_as_in_a_shell() {
        for (path, pattern, is) in [
            ("u/part-001.parquet", "u/*.parquet", true),
            ("u/part-001.parquet", "u/part-00?.parquet", true),
            ("u/part-001.csv", "u/*.parquet", false),
            ("u/a/part.parquet", "u/*.parquet", false),
            ("u/a/b/part.parquet", "u/**/*.parquet", true),
            ("u/part.parquet", "u/**/part*", true),
            ("part.parquet", "./*.parquet", true),
        ] {
            assert_eq!(is_like(&parts(Path::new(path)), &parts(Path::new(pattern))), is, "{path} {pattern}");
        }
    }

    #[test]
    fn a_file_is_what_its_name_says() {
        let kinds = ["a.PARQUET", "a.csv", "a.csv.gz"].map(|name| kind(Path::new(name)).unwrap());
        assert_eq!(kinds, [Kind::Parquet, Kind::Csv { gzip: false }, Kind::Csv { gzip: true }]);
        let Err(Stop::Usage(says)) = kind(Path::new("a.xlsx")) else { panic!() };
        assert_eq!(says, "a.xlsx ends in neither .parquet nor .csv nor .csv.gz: rename it by what it holds");
    }
}
