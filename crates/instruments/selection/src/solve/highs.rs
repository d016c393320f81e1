//! One run of HiGHS: on a thread of its own, so that whoever waits can be told and can leave.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::Builder;
use std::time::Duration;

use highs::{Col, HighsModelStatus, HighsSolutionStatus, RowProblem, Sense};

use crate::Error;
use crate::solve::model::Model;
use crate::solve::waiting::{STACK_BYTES, TICK};
use crate::watch::{Stage, Watch, tell};

/// What a run may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// The part of the value by which the answer may be below the bound.
    pub gap: f64,
    pub seconds: f64,
}

impl Allowance {
    /// To the end, with this much time.
    pub fn exact(seconds: f64) -> Allowance {
        Allowance { gap: 0.0, seconds }
    }
}

/// What came of a run.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    pub end: End,
    /// By column; there where the solver has a point it takes for allowed.
    pub point: Option<Vec<f64>>,
    /// No point has a higher objective.
    pub bound: f64,
    /// How long it was waited for, in whole ticks.
    pub waited: Duration,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Within the gap.
    Proven,
    /// No point is allowed.
    Infeasible,
    /// The time was up.
    Time,
}

/// Runs HiGHS with one thread and its own fixed seed: the same model gives the same point, byte for byte.
/// A run that is left goes on, unseen, until its time is up: HiGHS's Rust binding has no way to interrupt it.
pub(crate) fn run(
    model: Model,
    start: Option<Vec<f64>>,
    allowance: Allowance,
    stage: &Stage,
    watch: Watch,
) -> Result<Run, Error> {
    tell(watch, stage, Duration::ZERO, None)?;
    let (sender, receiver) = channel();
    let work = move || {
        // The receiver is gone where nobody waits any more.
        let _ = sender.send(solve(&model, start.as_deref(), allowance));
    };
    let named = Builder::new().name("selection".to_owned()).stack_size(STACK_BYTES);
    named.spawn(work).map_err(|error| Error::Solver(format!("no thread for it: {error}")))?;
    let mut waited = Duration::ZERO;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(run) => return run.map(|run| Run { waited, ..run }),
            Err(RecvTimeoutError::Timeout) => {
                waited += TICK;
                tell(watch, stage, waited, None)?;
            }
            Err(RecvTimeoutError::Disconnected) => return Err(Error::Solver("its thread died".to_owned())),
        }
    }
}

fn solve(model: &Model, start: Option<&[f64]>, allowance: Allowance) -> Result<Run, Error> {
    let failed = |what: &str| Error::Solver(what.to_owned());
    let mut highs =
        taken(model).0.try_optimise(Sense::Maximise).map_err(|_| failed("it does not take the model"))?;
    highs.set_option("threads", 1);
    highs.set_option("parallel", "off");
    highs.set_option("mip_rel_gap", allowance.gap);
    highs.set_option("mip_abs_gap", 0.0);
    highs.set_option("time_limit", allowance.seconds);
    if let Some(start) = start {
        highs
            .try_set_solution(Some(start), None, None, None)
            .map_err(|_| failed("it does not take the start"))?;
    }
    let solved = highs.try_solve().map_err(|_| failed("it gave up"))?;
    let end = match solved.status() {
        HighsModelStatus::Optimal => End::Proven,
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => End::Infeasible,
        HighsModelStatus::ReachedTimeLimit => End::Time,
        other => return Err(Error::Solver(format!("it ended as {other:?}"))),
    };
    let has_point = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
    let bound = solved.double_info_value(c"mip_dual_bound").map_err(|_| failed("it gave no bound"))?;
    let point = has_point.then(|| solved.get_solution().columns().to_vec());
    Ok(Run { end, point, bound, waited: Duration::ZERO })
}

/// The model as the solver takes it, and its columns.
pub(super) fn taken(model: &Model) -> (RowProblem, Vec<Col>) {
    let mut problem = RowProblem::new();
    let columns: Vec<_> = (model.columns.iter())
        .map(|column| {
            let bounds = column.low..=column.high;
            problem.add_column_with_integrality(column.objective, bounds, column.whole)
        })
        .collect();
    for row in &model.rows {
        let terms = row.terms.iter().map(|(column, term)| (columns[*column], *term));
        problem.add_row(row.low..=row.high, terms);
    }
    (problem, columns)
}
