//! What the rules look at: the crates as cargo sees them, and the files as they lie there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::source::Source;

/// Folders that hold nothing written by hand.
const SKIPPED: &[&str] = &["target", "data", "node_modules"];

/// One crate of the workspace.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub(super) name: String,
    /// From the root: `crates/kernel`.
    pub(super) dir: String,
    pub(super) dependencies: Vec<Dependency>,
    /// The root files of its libraries, binaries, tests, benches, examples.
    pub(super) roots: Vec<String>,
}

#[derive(Debug)]
pub(super) struct Dependency {
    pub(super) name: String,
    /// Only its tests, examples and benches need it.
    pub(super) dev: bool,
}

/// The checkout.
pub(super) struct House {
    pub(super) packages: Vec<Package>,
    /// Every Rust file of the packages.
    pub(super) sources: Vec<Source>,
    /// Every file, from the root, hidden ones and the skipped folders aside.
    pub(super) files: Vec<String>,
    pub(super) root: PathBuf,
}

impl House {
    pub(super) fn load(root: &Path) -> Result<House, String> {
        let packages = packages(root, &metadata(root)?);
        let mut files = Vec::new();
        walk(root, root, &mut files).map_err(|error| format!("{}: {error}", root.display()))?;
        files.sort();
        let mut sources = Vec::new();
        for path in files.iter().filter(|path| path.ends_with(".rs")) {
            let text = fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
            sources.push(Source::new(path, &text));
        }
        Ok(House { packages, sources, files, root: root.to_owned() })
    }

    /// The text of a file that is not Rust.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root.join(path)).ok()
    }
}

fn metadata(root: &Path) -> Result<Value, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root);
    let output = cargo.output().map_err(|error| format!("cargo metadata: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim()));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))
}

fn packages(root: &Path, metadata: &Value) -> Vec<Package> {
    list(&metadata["packages"]).iter().map(|package| read_package(root, package)).collect()
}

fn read_package(root: &Path, package: &Value) -> Package {
    let from_root = |path: &Value| {
        let path = Path::new(path.as_str().unwrap_or_default());
        path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned()
    };
    let dependency = |one: &Value| Dependency {
        name: one["name"].as_str().unwrap_or_default().to_owned(),
        dev: one["kind"] == "dev",
    };
    Package {
        name: package["name"].as_str().unwrap_or_default().to_owned(),
        dir: from_root(&package["manifest_path"]).trim_end_matches("/Cargo.toml").to_owned(),
        dependencies: list(&package["dependencies"]).iter().map(dependency).collect(),
        roots: list(&package["targets"]).iter().map(|target| from_root(&target["src_path"])).collect(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn walk(root: &Path, dir: &Path, files: &mut Vec<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            let top = dir == root;
            if !(top && SKIPPED.contains(&name.as_str())) {
                walk(root, &path, files)?;
            }
        } else {
            files.push(path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned());
        }
    }
    Ok(())
}
