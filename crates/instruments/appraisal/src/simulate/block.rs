//! One block of trials: drawn, correlated, shaped, and settled into net amounts and worth.

use rand_distr::{Distribution, StandardNormal};

use super::plan::{Path, Plan, Source};
use super::stream::stream;
use crate::End;
use crate::rows::Shift;

/// Trials in a block: a column of them fits the nearest cache many times over.
pub(super) const TRIALS: usize = 256;

type Column = [f64; TRIALS];

/// The columns a thread works on, block after block.
pub(super) struct Bench<'a> {
    plan: &'a Plan,
    /// What was drawn, by input.
    inputs: Vec<Column>,
    /// What moves with the launch, what stays, by period; what falls at the end.
    moves: Vec<Column>,
    stays: Vec<Column>,
    end: Column,
    /// Net of each period, then the NPV.
    results: Vec<Column>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(plan: &'a Plan) -> Bench<'a> {
        let columns = |count: usize| vec![[0.0; TRIALS]; count];
        Bench {
            plan,
            inputs: columns(plan.names.len()),
            moves: columns(plan.periods),
            stays: columns(plan.periods),
            end: [0.0; TRIALS],
            results: columns(plan.horizon + 1),
        }
    }

    pub(super) fn input(&self, input: usize) -> &Column {
        &self.inputs[input]
    }

    /// Net of a period, or after the last the NPV.
    pub(super) fn result(&self, place: usize) -> &Column {
        &self.results[place]
    }

    /// Draws the inputs of a block: standard normals (ziggurat, G. Marsaglia and W. W. Tsang 2000), mixed by the
    /// root of the correlation, taken to amounts.
    pub(super) fn draw(&mut self, seed: u64, block: usize) {
        let mut random = stream(seed, block as u64);
        for column in &mut self.inputs {
            column.iter_mut().for_each(|value| *value = StandardNormal.sample(&mut random));
        }
        // From the last row up, so that what a row needs is still as it was drawn.
        for row in (0..self.plan.root.size()).rev() {
            let (before, rest) = self.inputs.split_at_mut(row);
            mix(&self.plan.root, row, before, &mut rest[0]);
        }
        for (column, marginal) in self.inputs.iter_mut().zip(&self.plan.marginals) {
            marginal.apply(column);
        }
    }

    /// Net amounts and worth of what was drawn.
    pub(super) fn settle(&mut self) {
        self.moves.iter_mut().chain(&mut self.stays).for_each(|column| column.fill(0.0));
        self.end.fill(0.0);
        let plan = self.plan;
        for (moves, path) in &plan.lines {
            let rows = if *moves { &mut self.moves } else { &mut self.stays };
            add(path, &self.inputs, rows, &mut self.end);
        }
        match plan.delay {
            None => self.on_time(),
            Some((months, end)) => self.late(months, end),
        }
        self.discount();
    }

    fn on_time(&mut self) {
        for period in 0..self.plan.periods {
            let parts = self.moves[period].iter().zip(&self.stays[period]);
            self.results[period].iter_mut().zip(parts).for_each(|(net, (moves, stays))| *net = moves + stays);
        }
        accumulate(&mut self.results[self.plan.periods - 1], &self.end, 1.0);
    }

    /// Each trial by its own delay, as [`crate::Rows::delayed`] does it.
    fn late(&mut self, months: Source, end: End) {
        let (plan, last) = (self.plan, self.plan.periods - 1);
        for trial in 0..TRIALS {
            let months = value(months, &self.inputs, trial);
            let shift = Shift::of(months, plan.months);
            let added = if end == End::Moves { shift.periods_added() } else { 0 };
            let moving = |period: usize| if period <= last { self.moves[period][trial] } else { 0.0 };
            for period in 0..plan.horizon {
                let stays = match period.checked_sub(plan.periods) {
                    None => self.stays[period][trial],
                    Some(after) if after < added => self.stays[last][trial] * shift.repeated(after),
                    Some(_) => 0.0,
                };
                let at_end = if period == last + added { self.end[trial] } else { 0.0 };
                self.results[period][trial] = stays + shift.moved(period, moving) + at_end;
            }
        }
    }

    fn discount(&mut self) {
        let (net, worth) = self.results.split_at_mut(self.plan.horizon);
        worth[0].fill(0.0);
        for (column, factor) in net.iter().zip(&self.plan.factors) {
            accumulate(&mut worth[0], column, *factor);
        }
    }
}

/// One row of L times what was drawn: of `own` and all before it.
fn mix(root: &crate::Matrix, row: usize, before: &[Column], own: &mut Column) {
    let weight = root.get(row, row);
    own.iter_mut().for_each(|value| *value *= weight);
    for (column, other) in before.iter().enumerate() {
        let weight = root.get(row, column);
        if weight != 0.0 {
            accumulate(own, other, weight);
        }
    }
}

fn accumulate(sum: &mut Column, values: &Column, weight: f64) {
    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * value);
}

fn value(source: Source, inputs: &[Column], trial: usize) -> f64 {
    match source {
        Source::Known(number) => number,
        Source::Drawn(input) => inputs[input][trial],
    }
}

/// Adds a line to the rows.
fn add(path: &Path, inputs: &[Column], rows: &mut [Column], end: &mut Column) {
    match path {
        Path::Each(sources) => {
            rows.iter_mut().zip(sources).for_each(|(row, source)| add_one(row, *source, inputs));
        }
        Path::AtEnd(source) => add_one(end, *source, inputs),
        Path::Growing { from, first, growth } => {
            let mut amounts = [0.0; TRIALS];
            add_one(&mut amounts, *first, inputs);
            for row in &mut rows[*from..] {
                accumulate(row, &amounts, 1.0);
                let grown =
                    |(trial, amount): (usize, &mut f64)| *amount *= 1.0 + value(*growth, inputs, trial);
                amounts.iter_mut().enumerate().for_each(grown);
            }
        }
    }
}

fn add_one(row: &mut Column, source: Source, inputs: &[Column]) {
    match source {
        Source::Known(number) => row.iter_mut().for_each(|sum| *sum += number),
        Source::Drawn(input) => accumulate(row, &inputs[input], 1.0),
    }
}
