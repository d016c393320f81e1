//! Gives the loaded demo its name: a digest of everything it is made by. Whoever changes a crate that
//! loading goes through, or a migration, gets a demo loaded anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs, hash::DefaultHasher, hash::Hash, hash::Hasher};

/// Crates that loading does not go through.
const ABOVE: [&str; 5] = ["crates/calc", "crates/cli", "crates/costs", "crates/parts", "crates/web"];

/// Folders in which a new file counts as well.
const WATCHED: [&str; 3] = ["src", "data", "migrations"];

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo says where we are")).join("../..");
    let (mut waiting, mut files) =
        (vec![root.join("crates"), root.join("migrations"), root.join("Cargo.lock")], BTreeSet::new());
    while let Some(path) = waiting.pop() {
        let above = ABOVE.iter().any(|above| path == root.join(above));
        if above || path.ends_with("tests") {
            continue;
        }
        // A folder that is watched is watched whole: one with tests or pages below it would be too much.
        if path.is_file() || WATCHED.iter().any(|folder| path.ends_with(folder)) {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        match fs::read_dir(&path) {
            Ok(entries) => waiting.extend(entries.filter_map(|entry| Some(entry.ok()?.path()))),
            Err(_) => drop(files.insert(path)),
        }
    }
    println!("cargo::rustc-env=DEMO_DIGEST={:016x}", digest(&root, &files));
}

fn digest(root: &Path, files: &BTreeSet<PathBuf>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.strip_prefix(root).unwrap_or(file).hash(&mut hasher);
        fs::read(file).unwrap_or_default().hash(&mut hasher);
    }
    hasher.finish()
}
