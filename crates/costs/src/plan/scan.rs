//! `UsageScan`: the leaf of the plan. Each partition reads its pieces of files one after the other, page by page, so
//! that memory hangs on neither the size of files nor that of row groups.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::Result;
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_expr::{EquivalenceProperties, Partitioning, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType, ReplaceChildrenOptions};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties, SendableRecordBatchStream,
};
use futures::stream;

use crate::usage::Alike;
use crate::usage::currency::Currency;
use crate::usage::file::Piece;
use crate::usage::taken::Taking;
use crate::wrong::Wrong;

/// Usage as a table of the columns cost, time, account and tag.
#[derive(Debug)]
pub(crate) struct UsageTable {
    pub(crate) alike: Alike,
    pub(crate) currency: Arc<Currency>,
    /// Counts the rows read.
    pub(crate) read: Arc<AtomicU64>,
}

#[async_trait::async_trait]
impl TableProvider for UsageTable {
    fn schema(&self) -> SchemaRef {
        self.alike.schema.clone()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _: &[Expr],
        _: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let all = (0..self.alike.schema.fields().len()).collect();
        let projection = projection.cloned().unwrap_or(all);
        let pieces = self.alike.files.iter().flat_map(|file| file.pieces()).collect();
        let parts = shared_out(pieces, state.config().target_partitions());
        let (currency, read) = (self.currency.clone(), self.read.clone());
        Ok(Arc::new(UsageScan::new(self.alike.clone(), projection, parts, currency, read)?))
    }
}

/// The pieces in as many parts, or fewer, of about the same weight.
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

/// The leaf of the plan.
#[derive(Debug)]
pub(crate) struct UsageScan {
    alike: Alike,
    schema: SchemaRef,
    projection: Vec<usize>,
    parts: Vec<Vec<Piece>>,
    properties: Arc<PlanProperties>,
    currency: Arc<Currency>,
    read: Arc<AtomicU64>,
}

impl UsageScan {
    /// Reads the columns at `projection` of `parts`, which are pieces of files that are `alike`.
    ///
    /// # Errors
    /// There is no such column.
    pub(crate) fn new(
        alike: Alike,
        projection: Vec<usize>,
        parts: Vec<Vec<Piece>>,
        currency: Arc<Currency>,
        read: Arc<AtomicU64>,
    ) -> Result<UsageScan> {
        let schema: SchemaRef = Arc::new(alike.schema.project(&projection)?);
        let properties = Arc::new(PlanProperties::new(
            EquivalenceProperties::new(schema.clone()),
            Partitioning::UnknownPartitioning(parts.len()),
            EmissionType::Incremental,
            Boundedness::Bounded,
        ));
        Ok(UsageScan { alike, schema, projection, parts, properties, currency, read })
    }
}

impl DisplayAs for UsageScan {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        let pieces: usize = self.parts.iter().map(Vec::len).sum();
        let files = self.alike.files.len();
        write!(f, "UsageScan: {pieces} pieces of {files} files in {} parts", self.parts.len())
    }
}

impl ExecutionPlan for UsageScan {
    fn name(&self) -> &'static str {
        "UsageScan"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        _: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn with_new_children(self: Arc<Self>, _: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(&self, part: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let reading = Reading {
            pieces: self.parts[part].clone().into(),
            projection: self.projection.clone(),
            batch_rows: context.session_config().batch_size(),
            currency: self.currency.clone(),
            read: self.read.clone(),
            open: None,
        };
        let batches = stream::iter(reading.map(|batch| batch.map_err(Into::into)));
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema.clone(), batches)))
    }
}

/// The batches of a part.
struct Reading {
    pieces: VecDeque<Piece>,
    projection: Vec<usize>,
    batch_rows: usize,
    currency: Arc<Currency>,
    read: Arc<AtomicU64>,
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
    fn open(&self, piece: &Piece) -> Result<Open, Wrong> {
        let watch_currency = piece.file.only_currency().is_none();
        let (taking, columns) = Taking::new(piece.file.clone(), &self.projection, watch_currency)?;
        let batches = piece.read(&columns, self.batch_rows)?;
        Ok(Open { batches, taking, row: piece.first_row })
    }

    fn step(&mut self) -> Result<Option<RecordBatch>, Wrong> {
        loop {
            if self.open.is_none() {
                let Some(piece) = self.pieces.pop_front() else { return Ok(None) };
                self.open = Some(self.open(&piece)?);
            }
            let Some(open) = &mut self.open else { continue };
            if let Some(batch) = open.batches.next() {
                let batch = batch?;
                let taken = open.taking.take(&batch, open.row, &self.currency)?;
                let rows = batch.num_rows() as u64;
                open.row += rows;
                self.read.fetch_add(rows, Ordering::Relaxed);
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
