//! A case with every number settled: amounts by line and period.

use crate::discount::growth;
use crate::{Amounts, Case, Discounting, End, Side, Timing};

/// A line's amounts.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Key of the line.
    pub key: String,
    /// Its side.
    pub side: Side,
    /// Whether it moves with the launch.
    pub moves: bool,
    /// Whether it falls once, at the end.
    pub at_end: bool,
    /// One amount per period.
    pub amounts: Vec<f64>,
}

/// Settled lines, and how they are discounted.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Rate, timing and length of periods.
    pub discounting: Discounting,
    /// How many periods.
    pub periods: usize,
    /// In the order of the case.
    pub rows: Vec<Row>,
}

impl Case {
    /// The case with every number at its most likely value, without the delay.
    pub fn rows(&self) -> Rows {
        let periods = self.periods.len();
        let row = |line: &crate::Line| Row {
            key: line.key.clone(),
            side: line.side,
            moves: line.moves,
            at_end: matches!(line.amounts, Amounts::AtEnd(_)),
            amounts: line.amounts.likely(periods),
        };
        Rows { discounting: self.discounting, periods, rows: self.lines.iter().map(row).collect() }
    }
}

impl Amounts {
    fn likely(&self, periods: usize) -> Vec<f64> {
        let mut amounts = vec![0.0; periods];
        match self {
            Amounts::Each(each) => {
                amounts.iter_mut().zip(each).for_each(|(amount, shape)| *amount = shape.likely());
            }
            Amounts::Growing { from, first, growth } => {
                let mut amount = first.likely();
                for place in &mut amounts[*from..] {
                    *place = amount;
                    amount *= 1.0 + growth.likely();
                }
            }
            Amounts::AtEnd(shape) => amounts[periods - 1] = shape.likely(),
        }
        amounts
    }
}

impl Rows {
    /// Net amount of each period.
    pub fn net(&self) -> Vec<f64> {
        self.sum(|_| true)
    }

    /// One side's amount of each period.
    pub fn of(&self, side: Side) -> Vec<f64> {
        self.sum(|row| row.side == side)
    }

    fn sum(&self, keep: impl Fn(&Row) -> bool) -> Vec<f64> {
        let kept = || self.rows.iter().filter(|row| keep(row));
        (0..self.periods).map(|period| kept().map(|row| row.amounts[period]).sum()).collect()
    }

    /// Net present value at the timing of the case.
    pub fn npv(&self) -> f64 {
        self.discounting.worth(&self.net())
    }

    /// One line times a number.
    #[must_use]
    pub fn with_line_times(&self, line: usize, number: f64) -> Rows {
        let mut rows = self.clone();
        rows.rows[line].amounts.iter_mut().for_each(|amount| *amount *= number);
        rows
    }

    /// Net present value at a later moment, of what is still to come: what was spent before is sunk and left out.
    /// In amounts of that day.
    ///
    /// Of the period in which `months` end, what falls at its start is gone and what falls at its end is to come; of
    /// what falls through it, the part that is left comes, taken at the middle of what is left. What falls once, at the
    /// end of the case, comes whole.
    pub fn npv_to_go(&self, months: f64) -> f64 {
        let gone = Shift::of(months, self.discounting.months);
        let is_cut = |period: usize| period == gone.whole && gone.part > 0.0;
        let come = |row: &Row, period: usize| match self.discounting.timing {
            Timing::Start if is_cut(period) && !row.at_end => 0.0,
            Timing::Mid if is_cut(period) && !row.at_end => 1.0 - gone.part,
            _ => 1.0,
        };
        let offset = self.discounting.timing.offset();
        let waits = |period: usize| match period - gone.whole {
            0 => (1.0 - gone.part) * offset,
            after => after as f64 - gone.part + offset,
        };
        (gone.whole..self.periods)
            .map(|period| {
                let amount: f64 = self.rows.iter().map(|row| row.amounts[period] * come(row, period)).sum();
                amount / growth(self.discounting.rate, waits(period) * self.discounting.period_years())
            })
            .sum()
    }

    /// The case launched so many months late. Lines that move give period t the amount (1 − f)·xₜ₋ₖ + f·xₜ₋ₖ₋₁,
    /// k and f being the whole periods and the part of one in the delay.
    ///
    /// With [`End::Fixed`] what moves beyond the last period is lost. With [`End::Moves`] the case lasts k + f
    /// periods longer: lines that stay repeat their last amount, f of it in the part of a period; what falls at
    /// the end moves to the new one.
    #[must_use]
    pub fn delayed(&self, months: f64, end: End) -> Rows {
        let shift = Shift::of(months, self.discounting.months);
        let added = if end == End::Moves { shift.periods_added() } else { 0 };
        let periods = self.periods + added;
        let rows = self.rows.iter().map(|row| Row { amounts: shift.row(row, periods), ..row.clone() });
        Rows { periods, rows: rows.collect(), ..*self }
    }
}

/// A delay in whole periods and part of one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shift {
    pub(crate) whole: usize,
    pub(crate) part: f64,
}

impl Shift {
    pub(crate) fn of(months: f64, months_in_period: u32) -> Shift {
        let periods = (months / f64::from(months_in_period)).max(0.0);
        let whole = libm::floor(periods);
        Shift { whole: whole as usize, part: periods - whole }
    }

    /// Periods the case is longer by, a part counting as one.
    pub(crate) fn periods_added(self) -> usize {
        self.whole + usize::from(self.part > 0.0)
    }

    /// A moving line's amount in a period.
    pub(crate) fn moved(self, period: usize, amount: impl Fn(usize) -> f64) -> f64 {
        let late = |by: usize| period.checked_sub(by).map_or(0.0, &amount);
        (1.0 - self.part) * late(self.whole) + self.part * late(self.whole + 1)
    }

    /// How much of the last amount a staying line has in a period after the old end.
    pub(crate) fn repeated(self, periods_after: usize) -> f64 {
        if periods_after < self.whole { 1.0 } else { self.part }
    }

    fn row(self, row: &Row, periods: usize) -> Vec<f64> {
        let old = row.amounts.len();
        let amount = |period: usize| row.amounts.get(period).copied().unwrap_or(0.0);
        let place = |period: usize| match (row.at_end, row.moves) {
            (true, _) => {
                if period + 1 == periods {
                    amount(old - 1)
                } else {
                    0.0
                }
            }
            (_, true) => self.moved(period, amount),
            _ if period < old => amount(period),
            _ => amount(old - 1) * self.repeated(period - old),
        };
        (0..periods).map(place).collect()
    }
}
