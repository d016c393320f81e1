//! The parts of the plan that are ours, as bytes: files by their path, rules whole, functions by their name.

use std::path::PathBuf;
use std::sync::Arc;

use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{AggregateUDF, ScalarUDF};
use datafusion::physical_plan::ExecutionPlan;
use kernel::Headway;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::plan::exact_sums::ExactSums;
use crate::plan::month_of::MonthOf;
use crate::plan::scan::{UsageScan, UsageTable};
use crate::plan::service_of::ServiceOf;
use crate::rules::Rules;
use crate::usage::files::{Files, Listed};
use crate::usage::layout::Names;

/// Files that are read alike.
#[derive(Serialize, Deserialize)]
struct Sent {
    names: Names,
    /// Each with its number in the bill.
    paths: Vec<(PathBuf, u32)>,
}

/// A node of the plan.
#[derive(Serialize, Deserialize)]
struct Scan {
    files: Sent,
    projection: Vec<usize>,
}

impl Sent {
    fn of(files: &Files) -> Result<Sent> {
        let path = |file: &Listed| Ok((std::path::absolute(&file.path)?, file.number));
        let paths = files.listed.iter().map(path).collect::<Result<_>>()?;
        Ok(Sent { names: files.names.clone(), paths })
    }

    fn files(self) -> Result<Arc<Files>> {
        let listed = self.paths.into_iter().map(|(path, number)| Listed::closed(path, number));
        Ok(Arc::new(Files::of(self.names, listed.collect())?))
    }
}

pub(super) fn table(table: &UsageTable) -> Result<Vec<u8>> {
    write(&Sent::of(&table.files)?)
}

pub(super) fn table_of(bytes: &[u8]) -> Result<UsageTable> {
    Ok(UsageTable { files: read::<Sent>(bytes)?.files()?, headway: Headway::default() })
}

pub(super) fn scan(scan: &UsageScan) -> Result<Vec<u8>> {
    write(&Scan { files: Sent::of(&scan.files)?, projection: scan.projection.clone() })
}

/// The scan of the pieces that `inputs` names.
pub(super) fn scan_of(bytes: &[u8], inputs: &[Arc<dyn ExecutionPlan>]) -> Result<UsageScan> {
    let Scan { files, projection } = read(bytes)?;
    let pieces = inputs.first().ok_or_else(|| DataFusionError::Plan("a scan of no pieces".into()))?;
    UsageScan::new(files.files()?, projection, pieces.clone(), Headway::default())
}

/// A function of rows; nothing for one that is not ours.
pub(super) fn function(function: &ScalarUDF) -> Result<Vec<u8>> {
    match function.inner().downcast_ref::<ServiceOf>() {
        Some(service) => write(service.rules()),
        None => Ok(Vec::new()),
    }
}

pub(super) fn function_of(name: &str, bytes: &[u8]) -> Result<Arc<ScalarUDF>> {
    match name {
        "service_of" => {
            Ok(Arc::new(ScalarUDF::new_from_impl(ServiceOf::new(Arc::new(read::<Rules>(bytes)?)))))
        }
        "month_of" => Ok(Arc::new(ScalarUDF::new_from_impl(MonthOf::new()))),
        other => Err(unknown(other)),
    }
}

/// An aggregate; nothing for one that is not ours.
pub(super) fn aggregate(function: &AggregateUDF) -> Result<Vec<u8>> {
    match function.inner().downcast_ref::<ExactSums>() {
        Some(sums) => write(&sums.services()),
        None => Ok(Vec::new()),
    }
}

pub(super) fn aggregate_of(name: &str, bytes: &[u8]) -> Result<Arc<AggregateUDF>> {
    match name {
        "exact_sums" => Ok(Arc::new(AggregateUDF::new_from_impl(ExactSums::new(read(bytes)?)))),
        other => Err(unknown(other)),
    }
}

fn unknown(name: &str) -> DataFusionError {
    DataFusionError::Plan(format!("{name} is no function of this plan"))
}

fn write(what: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(what).map_err(|error| DataFusionError::External(Box::new(error)))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| DataFusionError::External(Box::new(error)))
}
