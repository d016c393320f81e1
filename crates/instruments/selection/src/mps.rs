//! The model as other solvers read it.

use std::fmt::Write;

use crate::plan::Plan;
use crate::solve::{Aim, Model, Risky};
use crate::study::Study;

impl Study<'_> {
    /// The model of [`Study::best`] in free MPS format, minimising the negative value: the very numbers that HiGHS
    /// is given, but that risk is written out, with a row and a column for each scenario. `floor`: with this least conditional value at risk, in minor units, instead of the problem's own.
    /// Columns `x0`, `x1` … are the options by key; the objective counts in the unit that the head tells.
    pub fn mps(&self, floor: Option<i64>) -> String {
        let plan = Plan { floor: floor.or(self.plan.floor), ..self.plan.clone() };
        let model = Model::of(&plan, &Aim::Worth, &[], &Risky::Whole);
        let all_weights = plan.all_weights() as f64;
        let mut text = format!(
            "* An objective of -1 is {} minor units.\nNAME selection\nROWS\n",
            model.unit / all_weights
        );
        let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); model.columns.len()];
        let mut line = |words: std::fmt::Arguments| {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{words}");
        };
        line(format_args!(" N obj"));
        for (at, row) in model.rows.iter().enumerate() {
            line(format_args!(" {} r{at}", if row.high.is_finite() { "L" } else { "G" }));
            row.terms.iter().for_each(|(column, term)| columns[*column].push((at, *term)));
        }
        line(format_args!("COLUMNS"));
        for (whole, mark) in [(true, "INTORG"), (false, "INTEND")] {
            line(format_args!(" m{mark} 'MARKER' '{mark}'"));
            let own = model.columns.iter().enumerate().filter(|(_, column)| column.whole == whole);
            for (at, column) in own {
                line(format_args!(" x{at} obj {}", -column.objective));
                columns[at].iter().for_each(|(row, term)| line(format_args!(" x{at} r{row} {term}")));
            }
        }
        line(format_args!("RHS"));
        for (at, row) in model.rows.iter().enumerate() {
            line(format_args!(" rhs r{at} {}", if row.high.is_finite() { row.high } else { row.low }));
        }
        line(format_args!("RANGES"));
        for (at, row) in
            model.rows.iter().enumerate().filter(|(_, row)| row.high.is_finite() && row.low.is_finite())
        {
            line(format_args!(" rng r{at} {}", row.high - row.low));
        }
        line(format_args!("BOUNDS"));
        for (at, column) in model.columns.iter().enumerate() {
            match (column.high.is_finite(), column.low.is_finite()) {
                (true, _) => line(format_args!(" UP bnd x{at} {}", column.high)),
                (false, true) => {}
                (false, false) => line(format_args!(" FR bnd x{at}")),
            }
        }
        line(format_args!("ENDATA"));
        text
    }
}
