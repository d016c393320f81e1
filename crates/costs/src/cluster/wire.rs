//! The parts of the plan that are ours, as bytes: files by their path, rules whole, functions by their name.

use std::path::PathBuf;
use std::sync::Arc;

use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{AggregateUDF, ScalarUDF};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::plan::exact_sums::ExactSums;
use crate::plan::month_of::MonthOf;
use crate::plan::scan::{UsageScan, UsageTable};
use crate::plan::service_of::ServiceOf;
use crate::rules::Rules;
use crate::usage::Alike;
use crate::usage::currency::Currency;
use crate::usage::file::{Piece, UsageFile};
use crate::usage::layout::Names;
use crate::wrong::Wrong;

/// Files that are read alike.
#[derive(Serialize, Deserialize)]
struct Files {
    names: Names,
    /// Each with its number in the bill.
    paths: Vec<(PathBuf, u32)>,
}

/// A leaf of the plan.
#[derive(Serialize, Deserialize)]
struct Scan {
    files: Files,
    projection: Vec<usize>,
    /// By part: the file, by its place in `files`, and the piece of it.
    parts: Vec<Vec<(usize, usize)>>,
}

impl Files {
    fn of(alike: &Alike) -> Result<Files> {
        let path = |file: &Arc<UsageFile>| Ok((std::path::absolute(&file.path)?, file.number()));
        let paths = alike.files.iter().map(path).collect::<Result<_>>()?;
        Ok(Files { names: alike.names.clone(), paths })
    }

    fn open(&self) -> Result<Alike> {
        let open = |(path, number): &(PathBuf, u32)| {
            let file = UsageFile::open(path, *number, &self.names);
            file.map(Arc::new).map_err(|stop| DataFusionError::from(Wrong::from(stop)))
        };
        let files: Vec<Arc<UsageFile>> = self.paths.iter().map(open).collect::<Result<_>>()?;
        let first = files.first().ok_or_else(|| DataFusionError::Execution("a scan without files".into()))?;
        Ok(Alike { schema: first.layout.schema(&first.schema), files, names: self.names.clone() })
    }
}

pub(super) fn table(table: &UsageTable) -> Result<Vec<u8>> {
    write(&Files::of(&table.alike)?)
}

pub(super) fn table_of(bytes: &[u8]) -> Result<UsageTable> {
    let alike = read::<Files>(bytes)?.open()?;
    Ok(UsageTable { alike, currency: Arc::default(), read: Arc::default() })
}

pub(super) fn scan(scan: &UsageScan) -> Result<Vec<u8>> {
    let files = Files::of(scan.alike())?;
    let place = |piece: &Piece| {
        let at = scan.alike().files.iter().position(|file| Arc::ptr_eq(file, &piece.file));
        let at = at.ok_or_else(|| DataFusionError::Execution("a piece of no file".into()))?;
        Ok((at, piece.number()))
    };
    let part = |part: &Vec<Piece>| part.iter().map(place).collect::<Result<Vec<_>>>();
    let parts = scan.parts().iter().map(part).collect::<Result<_>>()?;
    write(&Scan { files, projection: scan.projection().to_vec(), parts })
}

pub(super) fn scan_of(bytes: &[u8]) -> Result<UsageScan> {
    let scan: Scan = read(bytes)?;
    let alike = scan.files.open()?;
    let pieces: Vec<Vec<Piece>> = alike.files.iter().map(UsageFile::pieces).collect();
    let changed = || DataFusionError::from(Wrong("A file of the bill changed while it was read.".into()));
    let piece = |(file, number): &(usize, usize)| {
        pieces.get(*file).and_then(|pieces| pieces.get(*number)).cloned().ok_or_else(changed)
    };
    let part = |part: &Vec<(usize, usize)>| part.iter().map(piece).collect::<Result<Vec<_>>>();
    let parts = scan.parts.iter().map(part).collect::<Result<_>>()?;
    UsageScan::new(alike, scan.projection, parts, Arc::<Currency>::default(), Arc::default())
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
