//! The plan: scan → rules and months → exact sums, as DataFusion runs it here or sends it to others.
//!
//! ```text
//! exact_sums(service_of(tag, account), month_of(time), cost)      one row: totals as bytes
//!   └ UsageScan                                                   as many parts as threads
//! ```
//!
//! | file | holds |
//! | --- | --- |
//! | `scan` | the leaf: files to batches |
//! | `service_of` | the rules on dictionary codes |
//! | `month_of` | times to months |
//! | `exact_sums` | the aggregate |
//! | `cells` | its dense table, and totals as bytes |

pub(crate) mod cells;
mod exact_sums;
mod month_of;
mod scan;
mod service_of;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use arrow::array::AsArray;
use arrow::datatypes::{DataType, UInt64Type};
use calc::Stop;
use datafusion::dataframe::DataFrame;
use datafusion::error::{DataFusionError, Result};
use datafusion::execution::SessionStateBuilder;
use datafusion::logical_expr::{AggregateUDF, Expr, ScalarUDF, col, lit};
use datafusion::prelude::{SessionConfig, SessionContext};

use crate::month::Month;
use crate::rules::Rules;
use crate::usage::layout::PLACE;
use crate::usage::{Alike, Usage, cost};
use crate::wrong::{Wrong, stop};
use cells::{Cell, Totals};
use exact_sums::ExactSums;
use month_of::MonthOf;
use scan::UsageTable;
use service_of::ServiceOf;

/// How much at a time: large enough that what is done once per batch is nothing, small enough for a processor's
/// second cache.
const BATCH_ROWS: usize = 16_384;

/// Sums the usage by month and service's code, in units of 10⁻³⁸. `read` counts the rows on the way.
///
/// # Errors
/// [`Stop::Unclean`], where a file is not as it has to be; [`Stop::Failed`], where the engine failed.
pub(crate) async fn sums(
    usage: &Usage,
    rules: &Arc<Rules>,
    threads: usize,
    read: &Arc<AtomicU64>,
) -> Result<Totals, Stop> {
    let context = context(threads);
    let mut all = Totals::default();
    for alike in &usage.alike {
        let table = UsageTable { alike: alike.clone(), currency: usage.currency.clone(), read: read.clone() };
        let totals = part(&context, table, rules).await.map_err(|error| stop(&error))?;
        all.merge(lifted(totals, alike)?);
    }
    Ok(all)
}

/// The places of rows of a service in a month, sorted: those after `skip`, at most `fetch`.
///
/// # Errors
/// As [`sums`].
pub(crate) async fn places(
    usage: &Usage,
    rules: &Arc<Rules>,
    (code, at): (u32, Month),
    (skip, fetch): (usize, usize),
    threads: usize,
) -> Result<Vec<u64>, Stop> {
    let context = context(threads);
    let mut all = Vec::new();
    for alike in &usage.alike {
        let table =
            UsageTable { alike: alike.clone(), currency: usage.currency.clone(), read: Arc::default() };
        let wanted = service(rules).eq(lit(code)).and(month().eq(lit(at.0)));
        let plan = context.read_table(Arc::new(table)).and_then(|usage| {
            usage
                .filter(wanted)?
                .select_columns(&[PLACE])?
                .sort(vec![col(PLACE).sort(true, false)])?
                .limit(0, Some(skip.saturating_add(fetch)))
        });
        let found = async { plan?.collect().await }.await.map_err(|error| stop(&error))?;
        let places = found.iter().map(|batch| batch.column(0).as_primitive::<UInt64Type>().values());
        all.extend(places.flatten().copied());
    }
    all.sort_unstable();
    Ok(all.into_iter().skip(skip).take(fetch).collect())
}

fn context(threads: usize) -> SessionContext {
    let config = SessionConfig::new().with_target_partitions(threads).with_batch_size(BATCH_ROWS);
    SessionContext::new_with_state(
        SessionStateBuilder::new().with_config(config).with_default_features().build(),
    )
}

async fn part(context: &SessionContext, table: UsageTable, rules: &Arc<Rules>) -> Result<Totals> {
    let sums = AggregateUDF::new_from_impl(ExactSums::new(rules.services().len() + 1));
    let usage = context.read_table(Arc::new(table))?;
    let sums = sums.call(vec![service(rules), month(), col("cost")]).alias("totals");
    only(usage.aggregate(vec![], vec![sums])?).await
}

/// The code of a row's service.
fn service(rules: &Arc<Rules>) -> Expr {
    ScalarUDF::new_from_impl(ServiceOf::new(rules.clone())).call(vec![col("tag"), col("account")])
}

/// A row's month.
fn month() -> Expr {
    ScalarUDF::new_from_impl(MonthOf::new()).call(vec![col("time")])
}

/// The one value of a plan.
async fn only(plan: DataFrame) -> Result<Totals> {
    let batches = plan.collect().await?;
    let bytes = batches.iter().find_map(|batch| batch.column(0).as_binary::<i32>().iter().flatten().next());
    let totals = bytes.and_then(Totals::read);
    totals.ok_or_else(|| DataFusionError::Execution("the plan ended without totals".into()))
}

/// The totals of files in the unit of their cost, in units of 10⁻³⁸.
fn lifted(mut totals: Totals, alike: &Alike) -> Result<Totals, Stop> {
    let decimals = match alike.schema.field(0).data_type() {
        DataType::Decimal64(_, decimals)
        | DataType::Decimal128(_, decimals)
        | DataType::Decimal256(_, decimals) => *decimals,
        other => return Err(Stop::Failed(format!("the plan summed {other}"))),
    };
    for cell in totals.cells.values_mut() {
        let file = alike.files.first().map(|file| file.path.display().to_string()).unwrap_or_default();
        let says = || {
            Wrong(format!(
                "The costs of {file} have more digits than can be added: 38 before the point, 38 behind."
            ))
        };
        *cell = Cell { sum: cost::lifted(cell.sum, decimals).ok_or_else(says)?, rows: cell.rows };
    }
    Ok(totals)
}
