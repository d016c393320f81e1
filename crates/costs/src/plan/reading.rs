//! The rows of pieces of files, one batch after the other.

use std::collections::VecDeque;
use std::sync::Arc;

use arrow::array::RecordBatch;
use kernel::Headway;

use super::pieces::Named;
use crate::usage::files::Files;
use crate::usage::taken::Taking;
use crate::wrong::Wrong;

/// Reads pieces of files, page by page.
pub(crate) struct Reading {
    pub(crate) files: Arc<Files>,
    pub(crate) pieces: VecDeque<Named>,
    /// Which columns of the plan's.
    pub(crate) projection: Vec<usize>,
    pub(crate) batch_rows: usize,
    /// Counts the rows.
    pub(crate) headway: Headway,
    open: Option<Open>,
}

/// A piece that is being read.
struct Open {
    batches: Box<dyn Iterator<Item = Result<RecordBatch, Wrong>> + Send>,
    taking: Taking,
    /// The row of the file that comes next.
    row: u64,
}

impl Reading {
    /// Of no piece yet.
    pub(crate) fn new(
        files: Arc<Files>,
        projection: Vec<usize>,
        batch_rows: usize,
        headway: Headway,
    ) -> Reading {
        Reading { files, pieces: VecDeque::new(), projection, batch_rows, headway, open: None }
    }

    /// Of these pieces.
    pub(crate) fn of(mut self, pieces: Vec<Named>) -> Reading {
        self.pieces = pieces.into();
        self
    }

    fn open(&self, (file, piece): Named) -> Result<Open, Wrong> {
        let piece = self.files.piece(file, piece)?;
        let (taking, columns) = Taking::new(piece.file.clone(), &self.projection)?;
        let batches = piece.read(&columns, self.batch_rows)?;
        Ok(Open { batches, taking, row: piece.first_row })
    }

    fn step(&mut self) -> Result<Option<RecordBatch>, Wrong> {
        loop {
            if self.open.is_none() {
                let Some(piece) = self.pieces.pop_front() else { return Ok(None) };
                self.open = Some(self.open(piece)?);
            }
            let Some(open) = &mut self.open else { continue };
            if let Some(batch) = open.batches.next() {
                let batch = batch?;
                let taken = open.taking.take(&batch, open.row)?;
                let rows = batch.num_rows();
                open.row += rows as u64;
                self.headway.adds(i64::try_from(rows).unwrap_or(i64::MAX));
                return Ok(Some(taken));
            }
            self.open = None;
        }
    }
}

impl Iterator for Reading {
    type Item = Result<RecordBatch, Wrong>;

    fn next(&mut self) -> Option<Result<RecordBatch, Wrong>> {
        self.step().transpose()
    }
}
