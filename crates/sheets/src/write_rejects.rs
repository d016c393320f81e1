//! Rejected rows as a file of their own: the same columns, then line and reason, so that they can
//! be mended and sent again.

use std::io::Write;

use kernel::Fault;

use crate::dialect::unnamed;
use crate::guard::guarded;
use crate::shape::is_figure;
use crate::write_csv::write_line;
use crate::{Column, RawRow};

/// Writes rejected rows as CSV with commas, one at a time.
pub struct RejectsWriter<W> {
    out: W,
    width: usize,
}

impl<W: Write> RejectsWriter<W> {
    /// Writes the header: the file's own columns, `width` of them at least, then `rejected_line`
    /// and `rejected_because`. Take the width of the widest row (`preview.columns.len()`).
    pub fn new(mut out: W, columns: &[Column], width: usize) -> Result<RejectsWriter<W>, Fault> {
        let width = width.max(columns.len());
        let names = (0..width).map(|index| match columns.get(index) {
            Some(column) if column.named => column.name.clone(),
            _ => unnamed(index),
        });
        let ends = ["rejected_line", "rejected_because"].map(str::to_owned);
        write_line(&mut out, &names.chain(ends).collect::<Vec<_>>(), ',')?;
        Ok(RejectsWriter { out, width })
    }

    /// Writes a row as it stands in its file, and why it was rejected. Figures stay as written; a
    /// text a spreadsheet would run gets its guard, which the reader takes off again.
    pub fn reject(&mut self, row: &RawRow, because: &str) -> Result<(), Fault> {
        let mut cells: Vec<String> = (0..self.width)
            .map(|index| match row.cell(index) {
                cell if is_figure(cell) => cell.text().into_owned(),
                cell => guarded(&cell.text()),
            })
            .collect();
        cells.push(row.line.to_string());
        cells.push(guarded(because));
        write_line(&mut self.out, &cells, ',')
    }

    /// Gives the output back.
    pub fn finish(self) -> W {
        self.out
    }
}
