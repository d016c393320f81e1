//! The plan as the solver takes it: floating point.
//!
//! Where floats come in, and why nothing is lost. HiGHS computes in double precision and lets a row be off by
//! 1e-6. So each row of whole numbers is divided by the greatest common divisor of its terms and then, where terms
//! still pass 2^20, by a power of two: one part in 10^12 of the largest term is then what a row may be off by.
//! That slack only ever lets *more* sets through. `solve` judges every set that comes back in whole numbers and
//! cuts off, by a row that loses no other allowed set, one that is over by as much as a cent.

use crate::plan::{Plan, Row, Tail};
use crate::solve::Aim;

/// Terms of a row are brought below two to this power.
const BITS: u32 = 20;

/// Outcomes are brought below two to this power: there are many rows of them, and free columns beside.
const OUTCOME_BITS: u32 = 10;

/// A mixed-integer program, to be maximised.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub columns: Vec<ModelColumn>,
    pub rows: Vec<ModelRow>,
    /// What an objective of 1 stands for in the whole numbers of the aim.
    pub unit: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct ModelColumn {
    pub objective: f64,
    pub low: f64,
    pub high: f64,
    pub whole: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct ModelRow {
    pub terms: Vec<(usize, f64)>,
    pub low: f64,
    pub high: f64,
}

impl Model {
    /// The aim and all limits but risk, which is in rows of its own.
    pub fn of(plan: &Plan, aim: &Aim, cuts: &[Row]) -> Model {
        let objective = aim.objective(plan);
        let scale = Scale::of(objective.iter().copied());
        let mut model = Model { unit: scale.unit(), ..Model::default() };
        for worth in objective {
            let objective = scale.float(worth);
            model.columns.push(ModelColumn { objective, low: 0.0, high: 1.0, whole: true });
        }
        let rows = plan.rows.iter().chain(cuts).filter(|row| !row.terms.is_empty());
        model.rows.extend(rows.map(ModelRow::of));
        model
    }

    /// The model of the best set with risk in it, by a row and a column for each scenario: what other solvers are given.
    pub fn whole(plan: &Plan) -> Model {
        let mut model = Model::of(plan, &Aim::Worth, &[]);
        if let (Some(tail), Some(floor)) = (&plan.tail, plan.floor) {
            model.tail(tail, floor);
        }
        model
    }

    /// One more column, the level that every row of the tail reaches, to be as high as possible.
    pub fn level(&mut self, tail: &Tail) {
        self.unit = tail.unit();
        let (low, high) = (f64::NEG_INFINITY, f64::INFINITY);
        self.columns.push(ModelColumn { objective: 1.0, low, high, whole: false });
    }

    /// A row of the tail, for a model with a level, which is column `level`.
    pub fn level_row(level: usize, tail: &Tail, row: &[(usize, i128)]) -> ModelRow {
        let unit = tail.mass() as f64 * tail.unit();
        let mut terms: Vec<(usize, f64)> =
            row.iter().map(|(column, term)| (*column, *term as f64 / unit)).collect();
        terms.push((level, -1.0));
        ModelRow { terms, low: 0.0, high: f64::INFINITY }
    }

    /// A row of the tail that reaches `floor`, in minor units.
    pub fn floor_row(tail: &Tail, row: &[(usize, i128)], floor: i64) -> ModelRow {
        let low = Some(i128::from(floor) * tail.mass());
        ModelRow::of(&Row { limit: None, terms: row.to_vec(), low, high: None })
    }

    /// The conditional value at risk in columns and rows (Rockafellar and Uryasev 2000, theorem 1, for a lower
    /// tail): `CVaR = max t − Σ weight × short ÷ mass`, with `short ≥ t − outcome` in each scenario. What is
    /// certain moves all scenarios alike and is added outside. `floor` is in minor units.
    fn tail(&mut self, tail: &Tail, floor: i64) {
        let (columns, scenarios) = (self.columns.len(), tail.weights.len());
        let unit = tail.unit();
        let (part, all) = (tail.part as f64 / 1e6, tail.all_weights as f64);
        let mut mean: Vec<(usize, f64)> = (0..columns)
            .filter_map(|column| Some((column, tail.certain(column)? as f64 / unit)))
            .filter(|(_, certain)| *certain != 0.0)
            .collect();
        let mut free = |low: f64| {
            self.columns.push(ModelColumn { objective: 0.0, low, high: f64::INFINITY, whole: false });
            self.columns.len() - 1
        };
        let quantile = free(f64::NEG_INFINITY);
        let shorts: Vec<usize> = (0..scenarios).map(|_| free(0.0)).collect();
        for (scenario, short) in shorts.iter().enumerate() {
            let outcomes = (0..columns)
                .filter(|column| tail.certain(*column).is_none())
                .map(|column| (column, tail.outcome(column, scenario) as f64 / unit));
            let mut terms: Vec<(usize, f64)> = outcomes.filter(|(_, outcome)| *outcome != 0.0).collect();
            terms.extend([(quantile, -1.0), (*short, 1.0)]);
            self.rows.push(ModelRow { terms, low: 0.0, high: f64::INFINITY });
        }
        mean.push((quantile, 1.0));
        mean.extend(
            shorts
                .iter()
                .zip(&tail.weights)
                .map(|(short, weight)| (*short, -f64::from(*weight) / (part * all))),
        );
        self.rows.push(ModelRow { terms: mean, low: floor as f64 / unit, high: f64::INFINITY });
    }
}

impl ModelRow {
    fn of(row: &Row) -> ModelRow {
        let scale = Scale::of(row.terms.iter().map(|(_, term)| *term));
        let low = row.low.map_or(f64::NEG_INFINITY, |low| scale.whole(-(-low).div_euclid(scale.divisor)));
        let high = row.high.map_or(f64::INFINITY, |high| scale.whole(high.div_euclid(scale.divisor)));
        let terms = row.terms.iter().map(|(column, term)| (*column, scale.float(*term))).collect();
        ModelRow { terms, low, high }
    }
}

/// How whole numbers become floats near one.
struct Scale {
    /// What divides all of them.
    divisor: i128,
    /// What they are divided by after that: a power of two, so that no digit is lost.
    power: f64,
}

impl Scale {
    fn of(terms: impl Iterator<Item = i128>) -> Scale {
        let (divisor, largest) = terms.fold((0, 0), |(divisor, largest), term| {
            (common(divisor, term.unsigned_abs()), term.unsigned_abs().max(largest))
        });
        let divisor = i128::try_from(divisor).unwrap_or(1).max(1);
        Scale { divisor, power: power_of_two(largest / divisor.unsigned_abs(), BITS) }
    }

    fn float(&self, term: i128) -> f64 {
        self.whole(term / self.divisor)
    }

    fn whole(&self, term: i128) -> f64 {
        term as f64 / self.power
    }

    fn unit(&self) -> f64 {
        self.divisor as f64 * self.power
    }
}

/// The least power of two that brings `largest` below two to the `bits`.
fn power_of_two(largest: u128, bits: u32) -> f64 {
    let over = (u128::BITS - largest.leading_zeros()).saturating_sub(bits);
    (0..over).fold(1.0, |power, _| power * 2.0)
}

/// The greatest common divisor (Euclid).
fn common(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common(b, a % b) }
}

impl Tail {
    /// What 1 in a row of outcomes stands for, in minor units.
    pub fn unit(&self) -> f64 {
        let largest = (0..self.outcomes.len()).filter_map(|column| self.largest(column)).max();
        power_of_two(largest.unwrap_or(0), OUTCOME_BITS)
    }

    /// The size of a column's outcomes where they differ.
    fn largest(&self, column: usize) -> Option<u128> {
        match &self.outcomes[column] {
            crate::Worth::Certain(_) => None,
            crate::Worth::Outcomes(outcomes) => {
                outcomes.iter().map(|outcome| u128::from(outcome.unsigned_abs())).max()
            }
        }
    }

    /// What a column is worth in every scenario alike.
    fn certain(&self, column: usize) -> Option<i64> {
        match &self.outcomes[column] {
            crate::Worth::Certain(minor) => Some(*minor),
            crate::Worth::Outcomes(_) => None,
        }
    }
}
