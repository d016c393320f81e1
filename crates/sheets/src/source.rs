//! Where the bytes of a file come from: a path or memory.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;

use kernel::Refused;

use crate::refusals::{self, unread};

/// A file handed in. It is opened anew for every pass, so a large one is never held whole.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file on disk.
    File(PathBuf),
    /// Bytes in memory.
    Bytes(Arc<[u8]>),
}

pub(crate) trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// What the first bytes say a file is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Container {
    Text,
    Workbook,
}

impl Source {
    /// Bytes in memory.
    pub fn of_bytes(bytes: impl Into<Arc<[u8]>>) -> Source {
        Source::Bytes(bytes.into())
    }

    /// Opens it at its beginning.
    pub(crate) fn open(&self) -> Result<Box<dyn ReadSeek>, Refused> {
        Ok(match self {
            Source::File(path) => Box::new(File::open(path).map_err(unread)?),
            Source::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }

    /// Text or workbook by the first bytes, whatever the name says.
    pub(crate) fn container(&self) -> Result<Container, Refused> {
        let mut head = Vec::new();
        self.open()?.take(8).read_to_end(&mut head).map_err(unread)?;
        match head.as_slice() {
            [] => Err(refusals::EMPTY.plain().into()),
            [b'P', b'K', 3, 4, ..] => Ok(Container::Workbook),
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Err(refusals::OLD_WORKBOOK.plain().into()),
            [b'%', b'P', b'D', b'F', ..] => Err(refusals::NO_TABLE.with(&["it is a PDF"]).into()),
            [0x1F, 0x8B, ..] => Err(refusals::NO_TABLE.with(&["it is compressed"]).into()),
            _ => Ok(Container::Text),
        }
    }
}
