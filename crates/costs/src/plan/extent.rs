//! What the usage reaches over: its first and last day, and the rows of each file.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::AsArray;
use arrow::compute::{cast, max, min};
use arrow::datatypes::{DataType, Date32Type, UInt64Type};
use arrow::temporal_conversions::date32_to_datetime;
use calc::Stop;
use datafusion::error::{DataFusionError, Result};
use datafusion::prelude::SessionContext;
use futures::StreamExt as _;
use kernel::Headway;

use super::Engine;
use super::scan::UsageTable;
use crate::usage::Usage;
use crate::usage::file::UsageFile;
use crate::usage::files::Files;
use crate::usage::layout::PLACE;
use crate::wrong::stop;

/// The first and the last day of a charge, and how many rows each file has, by its number.
#[derive(Debug, Default)]
pub(crate) struct Extent {
    pub(crate) first: String,
    pub(crate) last: String,
    pub(crate) rows: BTreeMap<usize, u64>,
}

/// Reads what the usage reaches over: times alone.
///
/// # Errors
/// A file is not as it has to be.
pub(crate) async fn extent(usage: &Usage, engine: &Engine) -> Result<Extent, Stop> {
    let context = engine.context().await?;
    let (mut extent, mut days) = (Extent::default(), None);
    for alike in &usage.alike {
        of_files(&context, alike, &mut extent, &mut days).await.map_err(|error| stop(&error))?;
    }
    if let Some((first, last)) = days {
        let day = |day: i32| date32_to_datetime(day).map_or_else(String::new, |at| at.date().to_string());
        (extent.first, extent.last) = (day(first), day(last));
    }
    Ok(extent)
}

async fn of_files(
    context: &SessionContext,
    files: &Arc<Files>,
    extent: &mut Extent,
    days: &mut Option<(i32, i32)>,
) -> Result<()> {
    let table = UsageTable { files: files.clone(), headway: Headway::default() };
    let plan = context.read_table(Arc::new(table))?.select_columns(&["time", PLACE])?;
    let mut batches = plan.execute_stream().await?;
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let times = cast(batch.column(0), &DataType::Date32)
            .map_err(|error| DataFusionError::ArrowError(Box::new(error), None))?;
        let times = times.as_primitive::<Date32Type>();
        if let Some((low, high)) = min(times).zip(max(times)) {
            let (first, last) = days.unwrap_or((low, high));
            *days = Some((first.min(low), last.max(high)));
        }
        for place in batch.column(1).as_primitive::<UInt64Type>().values() {
            *extent.rows.entry(UsageFile::of_place(*place).0).or_default() += 1;
        }
    }
    Ok(())
}
