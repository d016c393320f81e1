//! The plan: scan → rules and months → exact sums, as DataFusion runs it here or sends it to others.
//!
//! ```text
//! exact_sums(service_of(time, field, …), month_of(time), cost, currency)    one row: sums as bytes
//!   └ UsageScan                                                             rows of pieces of files
//!       └ pieces                                                            as many parts as threads
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `pieces` | what is to be read, in parts |
//! | `scan`, `reading` | files to batches |
//! | `service_of` | the rules on dictionary codes |
//! | `month_of` | times to months |
//! | `exact_sums` | the aggregate |
//! | `extent` | days and files, aside from the sums |
//! | `cells` | its dense table |
//! | `totals` | sums as bytes |

pub(crate) mod cells;
pub(crate) mod exact_sums;
mod extent;
pub(crate) mod month_of;
mod pieces;
mod reading;
pub(crate) mod scan;
pub(crate) mod service_of;
pub(crate) mod totals;

use std::sync::Arc;

use arrow::array::AsArray;
use arrow::datatypes::{DataType, UInt64Type};
use calc::Stop;
use datafusion::dataframe::DataFrame;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::SessionStateBuilder;
use datafusion::logical_expr::{AggregateUDF, Expr, ScalarUDF, col, lit};
use datafusion::prelude::{SessionConfig, SessionContext};
use kernel::Headway;

use crate::month::Month;
use crate::rules::Rules;
use crate::usage::files::Files;
use crate::usage::layout::{PLACE, field};
use crate::usage::{Usage, cost};
use crate::wrong::{Wrong, stop};
use cells::Cell;
use exact_sums::ExactSums;
pub(crate) use extent::{Extent, extent};
use month_of::MonthOf;
use scan::UsageTable;
use service_of::ServiceOf;
use totals::ByCurrency;

/// How much at a time: large enough that what is done once per batch is nothing, small enough for a processor's
/// second cache.
const BATCH_ROWS: usize = 16_384;

/// Where plans run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Engine {
    /// Parts at a time.
    pub(crate) threads: usize,
    /// The scheduler of a cluster; none: here.
    pub(crate) cluster: Option<String>,
}

impl Engine {
    async fn context(&self) -> Result<SessionContext, Stop> {
        #[cfg(feature = "cluster")]
        if let Some(url) = &self.cluster {
            return crate::cluster::client::context(url, self.threads, BATCH_ROWS).await;
        }
        let config = SessionConfig::new().with_target_partitions(self.threads).with_batch_size(BATCH_ROWS);
        let state = SessionStateBuilder::new().with_config(config).with_default_features().build();
        Ok(SessionContext::new_with_state(state))
    }
}

/// Sums the usage by currency, month and service's code, in units of 10⁻³⁸. `headway` counts the rows on the way.
///
/// # Errors
/// [`Stop::Unclean`], where a file is not as it has to be; [`Stop::Failed`], where the engine failed.
pub(crate) async fn sums(
    usage: &Usage,
    rules: &Arc<Rules>,
    engine: &Engine,
    headway: &Headway,
) -> Result<ByCurrency, Stop> {
    let context = engine.context().await?;
    let mut all = ByCurrency::default();
    for alike in &usage.alike {
        let table = UsageTable { files: alike.clone(), headway: headway.clone() };
        let sums = part(&context, table, rules).await.map_err(|error| stop(&error))?;
        all.merge(lifted(sums, alike)?)?;
    }
    Ok(all)
}

/// The places of rows of a service in a month, sorted: those after `skip`, at most `fetch`. Files are read in the order
/// of places, one, then two, then four: what is asked for is mostly in the first.
///
/// # Errors
/// As [`sums`].
pub(crate) async fn places(
    usage: &Usage,
    rules: &Arc<Rules>,
    of: (u32, Month),
    (skip, fetch): (usize, usize),
    engine: &Engine,
) -> Result<Vec<u64>, Stop> {
    let context = engine.context().await?;
    let wanted = skip.saturating_add(fetch);
    let (mut found, mut from, mut many) = (Vec::new(), 0, 1);
    while from < usage.files().len() && found.len() < wanted {
        for files in usage.alike.iter().filter_map(|alike| alike.numbered(from..from + many)) {
            found.extend(first(&context, files, rules, of, wanted).await?);
        }
        (from, many) = (from + many, many * 2);
    }
    found.sort_unstable();
    Ok(found.into_iter().skip(skip).take(fetch).collect())
}

/// The first `wanted` places of such rows in some of the files.
async fn first(
    context: &SessionContext,
    files: Arc<Files>,
    rules: &Arc<Rules>,
    (code, at): (u32, Month),
    wanted: usize,
) -> Result<Vec<u64>, Stop> {
    let table = UsageTable { files, headway: Headway::default() };
    let such = service(rules).eq(lit(code)).and(month().eq(lit(at.0)));
    let plan = context.read_table(Arc::new(table)).and_then(|usage| {
        let sorted =
            usage.filter(such)?.select_columns(&[PLACE])?.sort(vec![col(PLACE).sort(true, false)])?;
        // A limit that is none is not to be reckoned with.
        if wanted == usize::MAX { Ok(sorted) } else { sorted.limit(0, Some(wanted)) }
    });
    let found = async { plan?.collect().await }.await.map_err(|error| stop(&error))?;
    let places = found.iter().map(|batch| batch.column(0).as_primitive::<UInt64Type>().values());
    Ok(places.flatten().copied().collect())
}

async fn part(context: &SessionContext, table: UsageTable, rules: &Arc<Rules>) -> Result<ByCurrency> {
    let sums = AggregateUDF::new_from_impl(ExactSums::new(rules.services as usize + 1));
    let usage = context.read_table(Arc::new(table))?;
    let sums = sums.call(vec![service(rules), month(), col("cost"), col("currency")]).alias("totals");
    only(usage.aggregate(vec![], vec![sums])?).await
}

/// The code of a row's service.
fn service(rules: &Arc<Rules>) -> Expr {
    let fields = (0..rules.fields.len()).map(|number| col(field(number)));
    ScalarUDF::new_from_impl(ServiceOf::new(rules.clone()))
        .call([col("time")].into_iter().chain(fields).collect())
}

/// A row's month.
fn month() -> Expr {
    ScalarUDF::new_from_impl(MonthOf::new()).call(vec![col("time")])
}

/// The one value of a plan.
async fn only(plan: DataFrame) -> Result<ByCurrency> {
    let batches = plan.collect().await?;
    let bytes = batches.iter().find_map(|batch| batch.column(0).as_binary::<i32>().iter().flatten().next());
    let sums = bytes.and_then(ByCurrency::read);
    sums.ok_or_else(|| DataFusionError::Execution("the plan ended without totals".into()))
}

/// Sums of files in the unit of their cost, in units of 10⁻³⁸.
fn lifted(mut sums: ByCurrency, files: &Files) -> Result<ByCurrency, Stop> {
    let decimals = match files.schema.field(0).data_type() {
        DataType::Decimal64(_, decimals)
        | DataType::Decimal128(_, decimals)
        | DataType::Decimal256(_, decimals) => *decimals,
        other => return Err(Stop::Failed(format!("the plan summed {other}"))),
    };
    let says = || {
        let file = files.listed.first().map(|file| file.path.display().to_string()).unwrap_or_default();
        Wrong(format!(
            "The costs of {file} have more digits than can be added: 38 before the point, 38 behind."
        ))
    };
    for cell in sums.0.values_mut().flat_map(|totals| totals.cells.values_mut()) {
        *cell = Cell { sum: cost::lifted(cell.sum, decimals).ok_or_else(says)?, rows: cell.rows };
    }
    Ok(sums)
}
