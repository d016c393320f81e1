//! Many trials of a case: what it may be worth, and what drives the spread.
//!
//! Trials come in blocks of 256. A block's numbers depend on the seed and its place alone (`stream`), threads
//! take blocks and what they find is put together in the order of blocks: so the same seed gives the same
//! bytes whatever the number of threads.

mod block;
mod plan;
mod stream;

use std::num::NonZeroUsize;
use std::ops::Range;

use crate::statistics::{correlation_of_ranks, ranks};
use crate::{Case, Error, Repair, Spread};
use block::{Bench, TRIALS};
use plan::Plan;

/// How to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// How many trials.
    pub trials: usize,
    /// Same seed, same result.
    pub seed: u64,
    /// Threads to share the work; no matter for the result.
    pub threads: NonZeroUsize,
}

/// Values a simulation may keep: half a gigabyte.
const MOST_VALUES: u128 = 1 << 26;
/// Trials over which it is judged what drives the spread: the standard error of a rank correlation is 0.004.
const JUDGED: usize = 1 << 16;

/// How many drivers a period shows.
const STRONGEST: usize = 5;

/// What many trials tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// How many trials.
    pub trials: usize,
    /// The seed.
    pub seed: u64,
    /// Net present value at the timing of the case.
    pub npv: Spread,
    /// Each period, those that a delay adds included.
    pub net: Vec<Net>,
    /// What drives the spread of the NPV, the strongest first.
    pub drivers: Vec<Driver>,
    /// Over how many of the trials that was judged.
    pub judged: usize,
    /// What was done to correlations that could not be.
    pub repair: Option<Repair>,
}

/// What one period brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Net {
    /// Name of the period.
    pub period: String,
    /// Its net amount, undiscounted.
    pub spread: Spread,
    /// What drives that: the five strongest inputs.
    pub drivers: Vec<Driver>,
}

/// An input and how closely a result follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// Name of the input.
    pub name: String,
    /// Rank correlation with the result.
    pub correlation: f64,
}

/// An input's amounts in every trial.
#[derive(Clone, Debug, PartialEq)]
pub struct Draws {
    /// Name of the input.
    pub name: String,
    /// One per trial.
    pub values: Vec<f64>,
}

/// Simulates a case.
///
/// # Errors
/// What [`Case::check`] refuses; [`Error::NoTrials`], [`Error::TooLarge`]; [`Error::NotFinite`] where growth
/// leaves what a number can hold.
pub fn simulate(case: &Case, run: Run) -> Result<Outcome, Error> {
    simulate_watched(case, run, &|_| ())
}

/// As [`simulate`], telling `done` of trials as they are done, from every thread.
///
/// # Errors
/// As [`simulate`].
pub fn simulate_watched(case: &Case, run: Run, done: &(dyn Fn(usize) + Sync)) -> Result<Outcome, Error> {
    case.check()?;
    let plan = Plan::of(case);
    let judged = run.trials.min(JUDGED);
    let kept = run.trials as u128 * (plan.horizon as u128 + 1) + judged as u128 * plan.names.len() as u128;
    check_size(run.trials, kept)?;
    let mut results = shared(run, |blocks| trials(&plan, run, blocks, judged, done));
    let inputs = results.split_off(plan.horizon + 1);
    if results.iter().flatten().any(|value| !value.is_finite()) {
        return Err(Error::NotFinite);
    }
    let ranked: Vec<Vec<f64>> = inputs.iter().map(|values| ranks(values)).collect();
    // Before the columns are sorted.
    let mut followed: Vec<Vec<Driver>> =
        results.iter().map(|column| drivers(&plan.names, &ranked, &column[..judged])).collect();
    let mut spreads: Vec<Spread> = results.iter_mut().map(|column| Spread::of(column)).collect();
    let (npv, drivers) = (spreads.remove(plan.horizon), followed.remove(plan.horizon));
    followed.iter_mut().for_each(|drivers| drivers.truncate(STRONGEST));
    let net = plan.period_names(case).into_iter().zip(spreads).zip(followed);
    let net = net.map(|((period, spread), drivers)| Net { period, spread, drivers }).collect();
    Ok(Outcome { trials: run.trials, seed: run.seed, npv, net, drivers, judged, repair: plan.repair })
}

/// The inputs alone, drawn as [`simulate`] draws them, correlated ones first in the order of the matrix.
///
/// # Errors
/// What [`Case::check`] refuses; [`Error::NoTrials`], [`Error::TooLarge`].
pub fn draws(case: &Case, run: Run) -> Result<Vec<Draws>, Error> {
    case.check()?;
    let plan = Plan::of(case);
    check_size(run.trials, run.trials as u128 * plan.names.len() as u128)?;
    let columns = shared(run, |blocks| {
        let mut columns = vec![Vec::new(); plan.names.len()];
        let mut bench = Bench::new(&plan);
        for block in blocks {
            bench.draw(run.seed, block);
            let count = trials_in(block, run.trials);
            columns.iter_mut().enumerate().for_each(|(input, column)| {
                column.extend_from_slice(&bench.input(input)[..count]);
            });
        }
        columns
    });
    Ok(plan.names.iter().cloned().zip(columns).map(|(name, values)| Draws { name, values }).collect())
}

fn check_size(trials: usize, values: u128) -> Result<(), Error> {
    match values {
        _ if trials == 0 => Err(Error::NoTrials),
        values if values > MOST_VALUES => Err(Error::TooLarge { values, most: MOST_VALUES }),
        _ => Ok(()),
    }
}

/// How many trials of a block count: all, but in the last.
fn trials_in(block: usize, trials: usize) -> usize {
    TRIALS.min(trials - block * TRIALS)
}

/// Net of each period, then the NPV, then what was drawn in the trials that are judged.
fn trials(
    plan: &Plan,
    run: Run,
    blocks: Range<usize>,
    judged: usize,
    done: &(dyn Fn(usize) + Sync),
) -> Vec<Vec<f64>> {
    let mut columns = vec![Vec::with_capacity(blocks.len() * TRIALS); plan.horizon + 1];
    columns.extend(vec![Vec::new(); plan.names.len()]);
    let mut bench = Bench::new(plan);
    for block in blocks {
        bench.draw(run.seed, block);
        bench.settle();
        let count = trials_in(block, run.trials);
        let (results, inputs) = columns.split_at_mut(plan.horizon + 1);
        results.iter_mut().enumerate().for_each(|(place, column)| {
            column.extend_from_slice(&bench.result(place)[..count]);
        });
        let kept = judged.saturating_sub(block * TRIALS).min(count);
        inputs.iter_mut().enumerate().for_each(|(input, column)| {
            column.extend_from_slice(&bench.input(input)[..kept]);
        });
        done(count);
    }
    columns
}

/// The columns of all blocks, in the order of blocks, found by several threads.
fn shared(run: Run, work: impl Fn(Range<usize>) -> Vec<Vec<f64>> + Sync) -> Vec<Vec<f64>> {
    let blocks = run.trials.div_ceil(TRIALS);
    let threads = run.threads.get().min(blocks);
    if threads == 1 {
        return work(0..blocks);
    }
    let part = |thread: usize| blocks * thread / threads..blocks * (thread + 1) / threads;
    let work = &work;
    let parts: Vec<Vec<Vec<f64>>> = std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|thread| scope.spawn(move || work(part(thread)))).collect();
        let joined = started.into_iter().map(|thread| thread.join());
        joined.map(|found| found.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let mut parts = parts.into_iter();
    let mut whole = parts.next().unwrap_or_default();
    for part in parts {
        whole.iter_mut().zip(part).for_each(|(column, more)| column.extend(more));
    }
    whole
}

/// How closely a result follows each input, the closest first, ties by name.
fn drivers(names: &[String], ranked: &[Vec<f64>], result: &[f64]) -> Vec<Driver> {
    let result = ranks(result);
    let driver = |(name, ranks): (&String, &Vec<f64>)| Driver {
        name: name.clone(),
        correlation: correlation_of_ranks(ranks, &result),
    };
    let mut drivers: Vec<Driver> = names.iter().zip(ranked).map(driver).collect();
    let strength = |driver: &Driver| driver.correlation.abs();
    drivers.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then_with(|| a.name.cmp(&b.name)));
    drivers
}
