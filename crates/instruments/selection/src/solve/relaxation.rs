//! The plan with parts of options allowed, in a solver that is kept warm.
//!
//! From one question to the next only bounds of columns change and rows of the tail come, so that a few steps of the
//! dual simplex method answer it. Rows of the tail that decided nothing for a while are left out when the model is
//! built anew; the pool keeps them.

use highs::{Col, HighsModelStatus, Model as Solver, Sense, SolvedModel};

use crate::Error;
use crate::plan::{Plan, Row, Set, Tail};
use crate::solve::highs::taken;
use crate::solve::model::Model;
use crate::solve::tail::Pool;
use crate::solve::{Aim, ROUNDING};

/// So many rows of the tail come before the model is built anew.
const ROWS_BETWEEN: usize = 60;

/// Solves for which a row stays that decides nothing.
const IDLE_SOLVES: usize = 30;

/// Rows that the pool knows, taken at a time.
const KNOWN_ROWS: usize = 3;

/// What of the largest total a point may lack in its tail.
const LACKING: f64 = 1e-6;

/// How far from a whole number a part may be to count as one.
const WHOLE_WITHIN: f64 = 1e-6;

/// Which options are in or out for certain, by column.
pub(super) type Fixed = Vec<Option<bool>>;

/// The best point of parts.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// No point has a higher objective; in the model's unit.
    pub bound: f64,
    /// By column.
    pub parts: Vec<f64>,
    /// What its tail is held to be, in minor units.
    level: f64,
    /// What the objective changes by, at least, where a part is moved from its bound; by column.
    pub reduced: Vec<f64>,
}

impl Point {
    /// The columns of which it has a part.
    pub fn torn(&self) -> impl Iterator<Item = usize> + '_ {
        let torn = |part: f64| (part - part.round()).abs() > WHOLE_WITHIN;
        self.parts.iter().enumerate().filter(move |(_, part)| torn(**part)).map(|(column, _)| column)
    }

    /// Each option with more than half of it.
    pub fn rounded(&self) -> Set {
        Set(self.parts.iter().map(|part| *part > 0.5).collect())
    }
}

/// A row of the pool that the solver has.
struct Used {
    row: usize,
    /// The solve in which it last decided something.
    needed: usize,
}

pub(super) struct Relaxation<'a> {
    plan: &'a Plan,
    aim: &'a Aim,
    tail: &'a Tail,
    cuts: Vec<Row>,
    used: Vec<Used>,
    solver: Option<Solver>,
    columns: Vec<Col>,
    /// What the solver's bounds are now.
    fixed: Fixed,
    /// Rows of the tail that the solver began with.
    first_rows: usize,
    /// Rows before those of the tail.
    rows: usize,
    /// What an objective of 1 stands for in the whole numbers of the aim; of the safest, in minor units.
    pub unit: f64,
    solves: usize,
}

impl<'a> Relaxation<'a> {
    pub fn new(plan: &'a Plan, aim: &'a Aim, tail: &'a Tail, pool: &mut Pool) -> Relaxation<'a> {
        let used = vec![Used { row: pool.learn_mean(tail), needed: 0 }];
        let (columns, fixed) = (Vec::new(), vec![None; plan.columns.len()]);
        let (solver, cuts) = (None, Vec::new());
        Relaxation {
            plan,
            aim,
            tail,
            cuts,
            used,
            solver,
            columns,
            fixed,
            first_rows: 0,
            rows: 0,
            unit: 1.0,
            solves: 0,
        }
    }

    /// The best point that has `fixed`; `None`: there is none.
    pub fn solve(&mut self, fixed: &Fixed, pool: &Pool) -> Result<Option<Point>, Error> {
        if self.used.len() > self.first_rows + ROWS_BETWEEN {
            self.used.retain(|used| self.solves - used.needed <= IDLE_SOLVES);
            self.solver = None;
        }
        match self.solved(fixed, pool)? {
            Some(answer) => Ok(answer),
            // From the beginning, where the way from the last point was too rough.
            None => {
                self.solver = None;
                self.solved(fixed, pool)?.ok_or_else(|| Error::Solver("a relaxation has no end".to_owned()))
            }
        }
    }

    /// `None`: the solver came to no end.
    fn solved(&mut self, fixed: &Fixed, pool: &Pool) -> Result<Option<Option<Point>>, Error> {
        self.solves += 1;
        let mut solver = match self.solver.take() {
            Some(solver) => solver,
            None => self.built(pool)?,
        };
        for (column, wanted) in fixed.iter().enumerate().filter(|(at, wanted)| self.fixed[*at] != **wanted) {
            let (low, high) = wanted.map_or((0.0, 1.0), |is_in| if is_in { (1.0, 1.0) } else { (0.0, 0.0) });
            solver.change_column_bounds(self.columns[column], low..=high);
        }
        self.fixed.clone_from(fixed);
        let solved = solver.try_solve().map_err(|_| Error::Solver("it gave up".to_owned()))?;
        let answer = match solved.status() {
            HighsModelStatus::Optimal => Some(Some(self.point(&solved))),
            HighsModelStatus::Infeasible => Some(None),
            _ => None,
        };
        self.solver = Some(solved.into());
        Ok(answer)
    }

    fn built(&mut self, pool: &Pool) -> Result<Solver, Error> {
        let mut model = Model::of(self.plan, self.aim, &self.cuts);
        if *self.aim == Aim::Safest {
            model.level(self.tail);
        }
        model.columns.iter_mut().for_each(|column| column.whole = false);
        self.rows = model.rows.len();
        self.unit = model.unit;
        let tails = self.used.iter().map(|used| self.tail_row(used.row, pool));
        model.rows.extend(tails);
        self.first_rows = self.used.len();
        self.fixed = vec![None; self.plan.columns.len()];
        let (problem, columns) = taken(&model);
        self.columns = columns;
        let mut solver = problem
            .try_optimise(Sense::Maximise)
            .map_err(|_| Error::Solver("it does not take the model".to_owned()))?;
        solver.set_option("threads", 1);
        solver.set_option("parallel", "off");
        solver.set_option("presolve", "off");
        solver.set_option("solver", "simplex");
        Ok(solver)
    }

    fn tail_row(&self, row: usize, pool: &Pool) -> crate::solve::model::ModelRow {
        match (self.aim, self.plan.floor) {
            (Aim::Safest, _) | (_, None) => {
                Model::level_row(self.plan.columns.len(), self.tail, pool.terms(row))
            }
            (_, Some(floor)) => Model::floor_row(self.tail, pool.terms(row), floor),
        }
    }

    fn point(&mut self, solved: &SolvedModel) -> Point {
        let solution = solved.get_solution();
        for (used, dual) in self.used.iter_mut().zip(&solution.dual_rows()[self.rows..]) {
            if *dual != 0.0 {
                used.needed = self.solves;
            }
        }
        let columns = self.plan.columns.len();
        let value = solved.objective_value();
        Point {
            bound: value + ROUNDING * value.abs().max(1.0),
            parts: solution.columns()[..columns].to_vec(),
            level: match (solution.columns().get(columns), self.plan.floor) {
                (Some(level), _) => level * self.tail.unit(),
                (None, floor) => floor.unwrap_or(i64::MIN) as f64,
            },
            reduced: solution.dual_columns()[..columns].to_vec(),
        }
    }

    /// Takes rows of the tail that `point` breaks, from the pool or new to it; whether there are any.
    pub fn learn(&mut self, point: &Point, pool: &mut Pool) -> bool {
        let totals = self.tail.blended(&point.parts);
        let largest = totals.iter().fold(1.0, |largest: f64, total| largest.max(total.abs()));
        let least = point.level - LACKING * largest;
        if self.tail.of_totals(&totals) >= least {
            return false;
        }
        let worst = pool.learn(self.tail, &totals);
        let mut new = self.take(worst, pool);
        for row in pool.below(&point.parts, least, KNOWN_ROWS) {
            new |= self.take(row, pool);
        }
        new
    }

    /// Gives a row of the pool to the solver; whether it did not have it.
    pub fn take(&mut self, row: usize, pool: &Pool) -> bool {
        if self.used.iter().any(|used| used.row == row) {
            return false;
        }
        self.used.push(Used { row, needed: self.solves });
        if self.solver.is_some() {
            let row = self.tail_row(row, pool);
            let terms: Vec<(Col, f64)> =
                row.terms.iter().map(|(at, term)| (self.column(*at), *term)).collect();
            if let Some(solver) = &mut self.solver {
                solver.add_row(row.low..=row.high, terms);
            }
        }
        true
    }

    fn column(&self, at: usize) -> Col {
        self.columns[at]
    }

    /// Every set from now on keeps `row` too.
    pub fn cut(&mut self, row: Row) {
        self.cuts.push(row);
        self.solver = None;
    }
}
