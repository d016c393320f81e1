//! `UsageScan`: reads pieces of files, page by page, so that memory hangs on neither the size of files nor that of row
//! groups. Which pieces a part reads, its input says ([`pieces`](super::pieces)).

use std::fmt;
use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::TaskContext;
use datafusion::logical_expr::{Expr, TableType};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{
    Boundedness, EmissionType, ReplaceChildrenOptions, SchedulingType,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties, PlanProperties,
    SendableRecordBatchStream,
};
use futures::{StreamExt, stream};
use kernel::Headway;

use super::pieces;
use super::reading::Reading;
use crate::usage::files::Files;

/// Usage as a table of the columns that plans know.
#[derive(Debug)]
pub(crate) struct UsageTable {
    pub(crate) files: Arc<Files>,
    /// Counts the rows read.
    pub(crate) headway: Headway,
}

#[async_trait::async_trait]
impl TableProvider for UsageTable {
    fn schema(&self) -> SchemaRef {
        self.files.schema.clone()
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
        let all = (0..self.files.schema.fields().len()).collect();
        let projection = projection.cloned().unwrap_or(all);
        let pieces = self.files.all()?.iter().flat_map(|file| file.pieces()).collect();
        let source = pieces::source(pieces, state.config().target_partitions())?;
        Ok(Arc::new(UsageScan::new(self.files.clone(), projection, source, self.headway.clone())?))
    }
}

/// The node of the plan.
#[derive(Debug)]
pub(crate) struct UsageScan {
    pub(crate) files: Arc<Files>,
    pub(crate) projection: Vec<usize>,
    schema: SchemaRef,
    /// Which pieces to read.
    pieces: Arc<dyn ExecutionPlan>,
    properties: Arc<PlanProperties>,
    headway: Headway,
}

impl UsageScan {
    /// Reads the columns at `projection` of the pieces of `files` that `pieces` names.
    ///
    /// # Errors
    /// There is no such column.
    pub(crate) fn new(
        files: Arc<Files>,
        projection: Vec<usize>,
        pieces: Arc<dyn ExecutionPlan>,
        headway: Headway,
    ) -> Result<UsageScan> {
        let schema: SchemaRef = Arc::new(files.schema.project(&projection)?);
        let properties = PlanProperties::new(
            EquivalenceProperties::new(schema.clone()),
            pieces.output_partitioning().clone(),
            EmissionType::Incremental,
            Boundedness::Bounded,
        );
        let properties = Arc::new(properties.with_scheduling_type(SchedulingType::Cooperative));
        Ok(UsageScan { files, projection, schema, pieces, properties, headway })
    }

    /// The same of other pieces.
    fn reading(&self, mut pieces: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        let pieces = pieces.pop().ok_or_else(|| DataFusionError::Plan("a scan of no pieces".into()))?;
        let scan = UsageScan::new(self.files.clone(), self.projection.clone(), pieces, self.headway.clone())?;
        Ok(Arc::new(scan))
    }
}

impl DisplayAs for UsageScan {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "UsageScan: {} files", self.files.listed.len())
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
        vec![&self.pieces]
    }

    /// They are dealt out already, by their weight.
    fn benefits_from_input_partitioning(&self) -> Vec<bool> {
        vec![false]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn replace_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.reading(children)
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        self.reading(children)
    }

    fn execute(&self, part: usize, context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let (files, projection, headway) =
            (self.files.clone(), self.projection.clone(), self.headway.clone());
        let batch_rows = context.session_config().batch_size();
        let pieces = self.pieces.execute(part, context)?;
        let batches = pieces.flat_map(move |batch: Result<RecordBatch>| {
            let reading = Reading::new(files.clone(), projection.clone(), batch_rows, headway.clone());
            let (refused, reading) = match batch {
                Ok(batch) => (None, reading.of(pieces::named(&batch))),
                Err(error) => (Some(Err(error)), reading),
            };
            stream::iter(refused.into_iter().chain(reading.map(|batch| batch.map_err(Into::into))))
        });
        // A batch is always at hand: without a pause after each, nobody could stop the reading.
        let batches = batches.then(|batch| async {
            tokio::task::yield_now().await;
            batch
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(self.schema.clone(), batches)))
    }
}
