//! Usage in files: found, opened, read in pieces as the plan needs it.
//!
//! | file | holds |
//! | --- | --- |
//! | `find` | which files are meant |
//! | `layout` | which columns hold what, and how each is taken |
//! | `file` | one file and its pieces |
//! | `csv` | CSV, plain or gzip |
//! | `taken` | a file's batch becomes the plan's |
//! | `currency` | the one currency of a bill |
//! | `tag` | one tag of many |
//! | `cost`, `day` | costs and dates in words, exactly |

pub(crate) mod cost;
pub(crate) mod csv;
pub(crate) mod currency;
pub(crate) mod day;
pub(crate) mod file;
pub(crate) mod find;
pub(crate) mod layout;
mod tag;
pub(crate) mod taken;

use std::path::PathBuf;
use std::sync::Arc;

use arrow::datatypes::SchemaRef;
use calc::Stop;

use currency::Currency;
use file::UsageFile;
use find::Found;
use layout::Names;

/// Files that the plan reads with the same types.
#[derive(Debug, Clone)]
pub(crate) struct Alike {
    pub(crate) schema: SchemaRef,
    pub(crate) files: Vec<Arc<UsageFile>>,
}

/// All usage of a job.
#[derive(Debug)]
pub(crate) struct Usage {
    pub(crate) alike: Vec<Alike>,
    pub(crate) currency: Arc<Currency>,
    passed_over: Vec<PathBuf>,
}

impl Usage {
    /// Opens the files that `word` names.
    ///
    /// # Errors
    /// There are none, or one of them cannot be used: it is named.
    pub(crate) fn open(word: &str, names: &Names) -> Result<Usage, Stop> {
        let Found { files, others } = find::files(word)?;
        let mut usage = Usage { alike: Vec::new(), currency: Arc::default(), passed_over: others };
        for (path, number) in files.iter().zip(0..) {
            let file = Arc::new(UsageFile::open(path, number, names)?);
            if let Some(currency) = file.only_currency() {
                usage.currency.note(&currency, &file.path.display().to_string())?;
            }
            let schema = file.layout.schema(&file.schema);
            match usage.alike.iter_mut().find(|alike| alike.schema == schema) {
                Some(alike) => alike.files.push(file),
                None => usage.alike.push(Alike { schema, files: vec![file] }),
            }
        }
        Ok(usage)
    }

    /// What to say of files that are there and not read, if any are.
    pub(crate) fn left_out(&self) -> Option<String> {
        let first = self.passed_over.first()?.display();
        let others = self.passed_over.len();
        Some(format!("Passed over, as neither .parquet nor .csv nor .csv.gz: {others}, the first {first}."))
    }

    /// Its files.
    pub(crate) fn files(&self) -> impl Iterator<Item = &Arc<UsageFile>> {
        self.alike.iter().flat_map(|alike| &alike.files)
    }

    /// The file of that number.
    pub(crate) fn file(&self, number: usize) -> Option<&Arc<UsageFile>> {
        self.files().find(|file| UsageFile::of_place(file.place(0)).0 == number)
    }

    /// Its rows, where all files tell.
    pub(crate) fn rows(&self) -> Option<u64> {
        self.files().map(|file| file.rows()).sum()
    }
}
