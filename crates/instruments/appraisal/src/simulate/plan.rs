//! A case made ready for trials: which numbers are drawn, how they move together, where they go.

use crate::curve::Marginal;
use crate::rows::Shift;
use crate::{Amounts, Case, End, Line, Matrix, Repair, Shape};

/// A number that is known, or the input that is drawn for it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Source {
    Known(f64),
    Drawn(usize),
}

/// A line's amounts by where they come from.
#[derive(Clone, Debug)]
pub(super) enum Path {
    Each(Vec<Source>),
    Growing { from: usize, first: Source, growth: Source },
    AtEnd(Source),
}

/// A case made ready.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// Inputs that are drawn: those of the matrix in its order, then the others in the order of the case.
    pub(super) names: Vec<String>,
    pub(super) marginals: Vec<Marginal>,
    /// L with L·Lᵀ = the correlation in normal terms; of the first inputs.
    pub(super) root: Matrix,
    /// Whether the line moves, and its amounts.
    pub(super) lines: Vec<(bool, Path)>,
    pub(super) delay: Option<(Source, End)>,
    pub(super) months: u32,
    pub(super) periods: usize,
    /// Periods with those that the longest delay adds.
    pub(super) horizon: usize,
    /// Discount factor of each.
    pub(super) factors: Vec<f64>,
    pub(super) repair: Option<Repair>,
}

impl Plan {
    /// Of a case that has been checked.
    pub(super) fn of(case: &Case) -> Plan {
        let (root, repair) = match case.correlation.as_ref().map(crate::Correlation::possible) {
            Some((matrix, repair)) => (matrix.root(), repair),
            None => (Matrix::identity(0), None),
        };
        let (names, shapes) = drawn(case);
        let source = |name: &str, shape: &Shape| match names.iter().position(|one| one == name) {
            Some(place) => Source::Drawn(place),
            None => Source::Known(shape.likely()),
        };
        let periods = case.periods.len();
        let horizon = periods + periods_added(case);
        Plan {
            lines: case.lines.iter().map(|line| (line.moves, path(line, case, &source))).collect(),
            delay: case.delay.map(|delay| (source("delay", &delay.months), delay.end)),
            months: case.discounting.months,
            periods,
            horizon,
            factors: (0..horizon).map(|period| case.discounting.factor(period)).collect(),
            marginals: shapes.iter().map(Marginal::of).collect(),
            names,
            root,
            repair,
        }
    }

    /// Names of the periods, those after the last as `FY31+1`.
    pub(super) fn period_names(&self, case: &Case) -> Vec<String> {
        let last = case.periods.last().cloned().unwrap_or_default();
        let added = (1..=self.horizon - self.periods).map(|number| format!("{last}+{number}"));
        case.periods.iter().cloned().chain(added).collect()
    }
}

/// Names and shapes of what is drawn. An input of the matrix that cannot vary is drawn too, for its place.
fn drawn(case: &Case) -> (Vec<String>, Vec<Shape>) {
    let together: &[String] = case.correlation.as_ref().map_or(&[], |correlation| &correlation.inputs);
    let mut all: Vec<crate::Input> = case.lines.iter().flat_map(|line| line.inputs(&case.periods)).collect();
    all.extend(case.delay.map(|delay| crate::Input { name: "delay".into(), shape: delay.months }));
    let place = |name: &str| together.iter().position(|one| one == name);
    let mut inputs: Vec<crate::Input> = Vec::new();
    inputs.extend(together.iter().filter_map(|name| all.iter().find(|input| input.name == *name).cloned()));
    inputs.extend(all.into_iter().filter(|input| !input.shape.is_certain() && place(&input.name).is_none()));
    inputs.into_iter().map(|input| (input.name, input.shape)).unzip()
}

fn path(line: &Line, case: &Case, source: &impl Fn(&str, &Shape) -> Source) -> Path {
    let inputs = line.inputs(&case.periods);
    let mut sources = inputs.iter().map(|input| source(&input.name, &input.shape));
    let mut next = || sources.next().unwrap_or(Source::Known(0.0));
    match &line.amounts {
        Amounts::Each(_) => Path::Each(std::iter::repeat_with(&mut next).take(case.periods.len()).collect()),
        Amounts::Growing { from, .. } => Path::Growing { from: *from, first: next(), growth: next() },
        Amounts::AtEnd(_) => Path::AtEnd(next()),
    }
}

fn periods_added(case: &Case) -> usize {
    let delay = case.delay.filter(|delay| delay.end == End::Moves);
    delay.map_or(0, |delay| Shift::of(delay.months.bounds().1, case.discounting.months).periods_added())
}
