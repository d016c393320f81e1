//! The model as other solvers read it.

use crate::plan::Plan;
use crate::solve::Model;
use crate::study::Study;

impl Study<'_> {
    /// The model of [`Study::best`] in free MPS format, minimising the negative value: the very numbers that HiGHS
    /// is given, but that risk is written out, with a row and a column for each scenario. `floor`: with this least
    /// conditional value at risk, in minor units, instead of the problem's own. Columns `x0`, `x1` … are the options
    /// by key; the objective counts in the unit that the head tells.
    pub fn mps(&self, floor: Option<i64>) -> String {
        let plan = Plan { floor: floor.or(self.plan.floor), ..self.plan.clone() };
        let model = Model::whole(&plan);
        let unit = model.unit / plan.all_weights() as f64;
        let head = format!("* An objective of -1 is {unit} minor units.\nNAME selection\nROWS\n N obj\n");
        let parts =
            [head, rows(&model), columns(&model), sides(&model), bounds(&model), "ENDATA\n".to_owned()];
        parts.concat()
    }
}

fn rows(model: &Model) -> String {
    let kind = |high: f64| if high.is_finite() { "L" } else { "G" };
    model.rows.iter().enumerate().map(|(at, row)| format!(" {} r{at}\n", kind(row.high))).collect()
}

fn columns(model: &Model) -> String {
    let mut terms = vec![String::new(); model.columns.len()];
    for (at, row) in model.rows.iter().enumerate() {
        row.terms.iter().for_each(|(column, term)| terms[*column] += &format!(" x{column} r{at} {term}\n"));
    }
    let of_kind = |whole: bool| -> String {
        let own = model.columns.iter().enumerate().filter(|(_, column)| column.whole == whole);
        own.map(|(at, column)| format!(" x{at} obj {}\n{}", -column.objective, terms[at])).collect()
    };
    let mark = |mark: &str| format!(" m{mark} 'MARKER' '{mark}'\n");
    ["COLUMNS\n".to_owned(), mark("INTORG"), of_kind(true), mark("INTEND"), of_kind(false)].concat()
}

fn sides(model: &Model) -> String {
    let rows = || model.rows.iter().enumerate();
    let side = |high: f64, low: f64| if high.is_finite() { high } else { low };
    let right: String = rows().map(|(at, row)| format!(" rhs r{at} {}\n", side(row.high, row.low))).collect();
    let both = rows().filter(|(_, row)| row.high.is_finite() && row.low.is_finite());
    let ranges: String = both.map(|(at, row)| format!(" rng r{at} {}\n", row.high - row.low)).collect();
    format!("RHS\n{right}RANGES\n{ranges}")
}

fn bounds(model: &Model) -> String {
    let bound = model.columns.iter().enumerate().map(|(at, column)| match (column.high, column.low) {
        (high, _) if high.is_finite() => format!(" UP bnd x{at} {high}\n"),
        (_, low) if low.is_finite() => String::new(),
        _ => format!(" FR bnd x{at}\n"),
    });
    format!("BOUNDS\n{}", bound.collect::<String>())
}
