//! Usage in files: found, opened, read in pieces as the plan needs it.
//!
//! | file | holds |
//! | --- | --- |
//! | `find` | which files are meant |
//! | `layout`, `kind` | which columns hold what, and how each is taken |
//! | `file` | one file and its pieces |
//! | `files` | files that are read alike |
//! | `csv` | CSV, plain or gzip |
//! | `taken` | a file's batch becomes the plan's |
//! | `currency` | where a bill says which currency |
//! | `tag` | one tag of many |
//! | `cost`, `day` | costs and dates in words, exactly |
//! | `zone` | the day of a moment in a time zone |

pub(crate) mod cost;
pub(crate) mod csv;
mod currency;
pub(crate) mod day;
pub(crate) mod file;
pub(crate) mod files;
pub(crate) mod find;
mod kind;
pub(crate) mod layout;
mod tag;
pub(crate) mod taken;
pub(crate) mod zone;

use std::path::PathBuf;
use std::sync::Arc;

use calc::Stop;

use file::UsageFile;
use files::{Files, Listed};
use find::Found;
use layout::Names;

/// All usage of a job.
#[derive(Debug)]
pub(crate) struct Usage {
    files: Vec<Arc<UsageFile>>,
    /// The same, those together that are read alike.
    pub(crate) alike: Vec<Arc<Files>>,
    passed_over: Vec<PathBuf>,
}

impl Usage {
    /// Opens the files that `word` names.
    ///
    /// # Errors
    /// There are none, or one of them cannot be used: it is named.
    pub(crate) fn open(word: &str, names: &Names) -> Result<Usage, Stop> {
        Usage::of(find::files(word)?, names)
    }

    /// Opens the files that were found.
    ///
    /// # Errors
    /// One of them cannot be used: it is named.
    pub(crate) fn of(found: Found, names: &Names) -> Result<Usage, Stop> {
        let Found { files, others } = found;
        let opened = files.iter().zip(0..).map(|(path, number)| UsageFile::open(path, number, names));
        let files = opened.map(|file| file.map(Arc::new)).collect::<Result<Vec<_>, Stop>>()?;
        let mut alike: Vec<Files> = Vec::new();
        for file in &files {
            let schema = file.layout.schema(&file.schema);
            let listed = Listed::open(file.clone());
            match alike.iter_mut().find(|alike| alike.schema == schema) {
                Some(alike) => alike.listed.push(listed),
                None => alike.push(Files { schema, names: names.clone(), listed: vec![listed] }),
            }
        }
        let alike = alike.into_iter().map(Arc::new).collect();
        Ok(Usage { files, alike, passed_over: others })
    }

    /// What to say of files that are there and not read, if any are.
    pub(crate) fn left_out(&self) -> Option<String> {
        let first = self.passed_over.first()?.display();
        let others = self.passed_over.len();
        Some(format!("Passed over, as neither .parquet nor .csv nor .csv.gz: {others}, the first {first}."))
    }

    /// Its files.
    pub(crate) fn files(&self) -> &[Arc<UsageFile>] {
        &self.files
    }

    /// Its rows, where all files tell.
    pub(crate) fn rows(&self) -> Option<u64> {
        self.files.iter().map(|file| file.rows()).sum()
    }
}
