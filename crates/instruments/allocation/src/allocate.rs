//! The ways to allocate a model: all lines kept, told of meanwhile, or handed on one by one.

use crate::plan::Plan;
use crate::{Allocation, Error, Key, Line, Model, Stage, Summary, engine};

/// Allocates `model`, stage by stage:
///
/// 1. pools by even, fixed and driver rules; 2. pools in proportion to what stage 1 gave;
/// 3. for each layer but the last: its own sharing (step by step, or all at once), then onward to
///    the layers after it.
///
/// Senders of one stage send at once, from what they held before it. Every (sender, origin) amount
/// is split into whole minor units by largest remainder; a tie goes to the smaller key, what stays
/// (unused capacity) last.
///
/// # Errors
/// A model that contradicts itself, a closed loop without an outlet, amounts beyond 64 bits.
pub fn allocate(model: &Model) -> Result<Allocation, Error> {
    allocate_watched(model, &mut |_| ())
}

/// How many lines there are between two tellings.
const TELLING: usize = 1 << 10;

/// As [`allocate`], telling `done` now and then how many lines there are.
///
/// # Errors
/// As [`allocate`].
pub fn allocate_watched(model: &Model, done: &mut dyn FnMut(usize)) -> Result<Allocation, Error> {
    let plan = Plan::new(model)?;
    let mut lines = Vec::new();
    let summary = engine::run(&plan, &mut |_, line| {
        lines.push(line);
        if lines.len() % TELLING == 0 {
            done(lines.len());
        }
    })?;
    let mut names: Vec<(Key, String)> = (plan.pools.iter().map(|p| (p.key.clone(), p.name.clone())))
        .chain(plan.nodes.iter().map(|n| (n.key.clone(), n.name.clone())))
        .collect();
    names.sort();
    Ok(Allocation::new(summary, lines, names))
}

/// Like [`allocate`], for results larger than memory: hands each line with its stage to `each` when it
/// is reckoned, in the same order, and keeps none. Memory is that of the model, of one sender's lines and of what the
/// nodes before the last layer hold. Everything but the lines is in the answer, the same to the last
/// minor unit. An error may come after lines were handed over; then they are no result.
///
/// # Errors
/// As [`allocate`].
pub fn allocate_each(model: &Model, mut each: impl FnMut(&Stage, Line)) -> Result<Summary, Error> {
    engine::run(&Plan::new(model)?, &mut each)
}
