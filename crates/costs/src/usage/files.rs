//! Files that the plan reads with the same types, by their number in the bill; each opened where it is first needed.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use arrow::datatypes::SchemaRef;

use super::file::{Piece, UsageFile};
use super::layout::Names;
use crate::wrong::Wrong;

/// The files.
#[derive(Debug)]
pub(crate) struct Files {
    /// What the plan reads of each.
    pub(crate) schema: SchemaRef,
    /// By which their columns are found.
    pub(crate) names: Names,
    pub(crate) listed: Vec<Listed>,
}

/// One of them.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) path: PathBuf,
    pub(crate) number: u32,
    opened: OnceLock<Arc<UsageFile>>,
}

impl Listed {
    /// A file that is open.
    pub(crate) fn open(file: Arc<UsageFile>) -> Listed {
        Listed { path: file.path.clone(), number: file.number(), opened: file.into() }
    }

    /// A file that is not open yet.
    #[cfg(feature = "cluster")]
    pub(crate) fn closed(path: PathBuf, number: u32) -> Listed {
        Listed { path, number, opened: OnceLock::new() }
    }

    fn get(&self, names: &Names) -> Result<Arc<UsageFile>, Wrong> {
        if let Some(file) = self.opened.get() {
            return Ok(file.clone());
        }
        let file = UsageFile::open(&self.path, self.number, names).map_err(Wrong::from)?;
        Ok(self.opened.get_or_init(|| Arc::new(file)).clone())
    }
}

impl Files {
    /// Files of these paths and numbers, of which the first is opened.
    ///
    /// # Errors
    /// There is none, or the first cannot be used.
    #[cfg(feature = "cluster")]
    pub(crate) fn of(names: Names, listed: Vec<Listed>) -> Result<Files, Wrong> {
        let first = listed.first().ok_or_else(|| Wrong("There are no files to read.".into()))?;
        let first = first.get(&names)?;
        let schema = first.layout.schema(&first.schema);
        Ok(Files { schema, names, listed })
    }

    /// Those of them with such numbers; none where there are none.
    pub(crate) fn numbered(&self, numbers: Range<usize>) -> Option<Arc<Files>> {
        let there = self.listed.iter().filter(|file| numbers.contains(&(file.number as usize)));
        let listed: Vec<Listed> = there.cloned().collect();
        let (schema, names) = (self.schema.clone(), self.names.clone());
        (!listed.is_empty()).then(|| Arc::new(Files { schema, names, listed }))
    }

    /// Every file, opened.
    ///
    /// # Errors
    /// One cannot be used.
    pub(crate) fn all(&self) -> Result<Vec<Arc<UsageFile>>, Wrong> {
        self.listed.iter().map(|file| file.get(&self.names)).collect()
    }

    /// A piece, by the number of its file and its own.
    ///
    /// # Errors
    /// The file cannot be used, or is no longer what it was.
    pub(crate) fn piece(&self, file: u32, piece: u32) -> Result<Piece, Wrong> {
        let changed = || Wrong("A file of the bill changed while it was read. Run it again.".into());
        let listed = self.listed.iter().find(|listed| listed.number == file).ok_or_else(changed)?;
        let file = listed.get(&self.names)?;
        if file.layout.schema(&file.schema) != self.schema {
            return Err(changed());
        }
        file.pieces().into_iter().nth(piece as usize).ok_or_else(changed)
    }
}
