//! Pieces of files as rows of a small table: what a scan is given to read. The parts of a plan are parts of that
//! table, so that the engine, here or on a cluster, deals them out like any rows.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, RecordBatch, UInt32Array};
use arrow::datatypes::UInt32Type;
use datafusion::datasource::memory::MemorySourceConfig;
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::physical_plan::ExecutionPlan;

use crate::usage::file::Piece;

/// A file's number in the bill and a piece's in the file.
pub(crate) type Named = (u32, u32);

/// The table, in as many parts, or fewer, of about the same weight.
pub(crate) fn source(pieces: Vec<Piece>, parts: usize) -> Result<Arc<dyn ExecutionPlan>> {
    let parts = shared_out(pieces, parts);
    let batches = parts.iter().map(|part| Ok(vec![batch(part)?])).collect::<Result<Vec<_>>>()?;
    let schema = batch(&[])?.schema();
    Ok(DataSourceExec::from_data_source(MemorySourceConfig::try_new(&batches, schema, None)?))
}

/// What the rows of the table name.
pub(crate) fn named(batch: &RecordBatch) -> Vec<Named> {
    let column = |at: usize| batch.column(at).as_primitive::<UInt32Type>().values();
    column(0).iter().copied().zip(column(1).iter().copied()).collect()
}

fn batch(pieces: &[Piece]) -> Result<RecordBatch> {
    let column = |number: fn(&Piece) -> u32| -> ArrayRef {
        Arc::new(UInt32Array::from_iter_values(pieces.iter().map(number)))
    };
    let columns = [("file", column(|piece| piece.file.number())), ("piece", column(Piece::number))];
    Ok(RecordBatch::try_from_iter(columns)?)
}

fn shared_out(mut pieces: Vec<Piece>, parts: usize) -> Vec<Vec<Piece>> {
    let parts = parts.clamp(1, pieces.len().max(1));
    let mut shared: Vec<(u64, Vec<Piece>)> = vec![(0, Vec::new()); parts];
    pieces.sort_by_cached_key(|piece| std::cmp::Reverse(piece.weight()));
    for piece in pieces {
        if let Some((weight, part)) = shared.iter_mut().min_by_key(|(weight, _)| *weight) {
            *weight += piece.weight();
            part.push(piece);
        }
    }
    shared.into_iter().map(|(_, part)| part).collect()
}
