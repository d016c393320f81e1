//! A file that is there whole or not at all: written beside its place under another name, and renamed when it is
//! done. Dropped before that, by an error or by Ctrl-C, it is removed.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use calc::Stop;

/// The file in the making.
#[derive(Debug)]
pub(crate) struct Draft {
    path: PathBuf,
    beside: PathBuf,
    done: bool,
}

impl Draft {
    /// Begins the file that is to be at `path`.
    ///
    /// # Errors
    /// Nothing can be written there.
    pub(crate) fn begin(path: &Path) -> Result<(Draft, BufWriter<File>), Stop> {
        let cannot = |error: &dyn std::fmt::Display| {
            Stop::Usage(format!("{} cannot be written: {error}", path.display()))
        };
        let name = path.file_name().ok_or_else(|| cannot(&"it is no name of a file"))?.to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{}", std::process::id()));
        let file = File::create(&beside).map_err(|error| cannot(&error))?;
        let draft = Draft { path: path.to_owned(), beside, done: false };
        Ok((draft, BufWriter::new(file)))
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// The disk refuses.
    pub(crate) fn finish(mut self, file: &File) -> Result<(), Stop> {
        let path = self.path.display().to_string();
        let put = file.sync_all().and_then(|()| std::fs::rename(&self.beside, &self.path));
        put.map_err(|error| Stop::Failed(format!("{path} cannot be written: {error}")))?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.done {
            // It may never have been made, or the disk is gone: nothing more can be done about it here.
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_draft_that_is_dropped_leaves_nothing_and_what_was_there_stays() {
        let dir = std::env::temp_dir().join(format!("draft-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        let path = dir.join("lines.csv");
        std::fs::write(&path, "before").unwrap();
        let (draft, mut file) = Draft::begin(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(draft);
        let names =
            || std::fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>();
        assert_eq!(
            (names(), std::fs::read_to_string(&path).unwrap().as_str()),
            (vec!["lines.csv".into()], "before")
        );
        let (draft, mut file) = Draft::begin(&path).unwrap();
        file.write_all(b"whole").unwrap();
        draft.finish(&file.into_inner().unwrap()).unwrap();
        assert_eq!(
            (names(), std::fs::read_to_string(&path).unwrap().as_str()),
            (vec!["lines.csv".into()], "whole")
        );
        std::fs::remove_dir_all(dir).unwrap();
    }
}
