//! The result as `quarterdeck.allocation.v1`. Amounts are decimal strings of the one currency.

use kernel::{Money, Quantity};
use serde_json::{Value, json};

use crate::ratio::round_half_away;
use crate::{
    Allocation, Control, Key, Line, Ratio, Residual, Share, Solution, Solved, Solving, Step, Summary,
};

impl Summary {
    /// The result as `quarterdeck.allocation.v1`; `lines` and `trace`, which are of lines, are empty.
    pub fn to_json(&self) -> Value {
        Allocation::new(self.clone(), Vec::new(), Vec::new()).to_json()
    }
}

impl Allocation {
    /// The whole result as `quarterdeck.allocation.v1`.
    pub fn to_json(&self) -> Value {
        let stages: Vec<Value> =
            self.stages.iter().map(|stage| json!({"key": &*stage.key, "name": stage.name})).collect();
        let receivers: Vec<Value> = (self.finals.iter())
            .map(|(key, amount)| {
                json!({"key": &**key, "name": self.name_of(key), "amount": self.plain(*amount)})
            })
            .collect();
        json!({
            "schema": "quarterdeck.allocation.v1",
            "currency": self.currency.code(),
            "stages": stages,
            "lines": self.lines.iter().map(|line| self.line_json(line)).collect::<Vec<_>>(),
            "receivers": receivers,
            "residuals": self.residuals.iter().map(|residual| self.residual_json(residual)).collect::<Vec<_>>(),
            "control": self.control.iter().map(|row| self.control_json(row)).collect::<Vec<_>>(),
            "solved": self.solved.iter().map(|solved| self.solved_json(solved)).collect::<Vec<_>>(),
            "solutions": self.solutions.iter().map(|solution| self.solution_json(solution)).collect::<Vec<_>>(),
            "trace": self.steps().iter().map(|step| self.step_json(step)).collect::<Vec<_>>(),
        })
    }

    pub(super) fn plain(&self, minor: i64) -> String {
        Money::of_minor(minor, self.currency).plain()
    }

    fn stage_key(&self, stage: usize) -> &str {
        &self.stages[stage].key
    }

    fn line_json(&self, line: &Line) -> Value {
        let head = json!({
            "stage": self.stage_key(line.stage),
            "origin": &*line.origin,
            "from": &*line.from,
            "to": &*line.to,
        });
        self.with_share(head, &line.share, line.amount)
    }

    fn residual_json(&self, residual: &Residual) -> Value {
        json!({
            "stage": self.stage_key(residual.stage),
            "origin": &*residual.origin,
            "node": &*residual.node,
            "reason": residual.reason.code(),
            "says": format!("{} {}.", self.name_of(&residual.node), residual.reason.says()),
            "amount": self.plain(residual.amount),
        })
    }

    fn control_json(&self, row: &Control) -> Value {
        json!({
            "stage": self.stage_key(row.stage),
            "sent": self.plain(row.sent),
            "allocated": self.plain(row.allocated),
            "residual": self.plain(row.residual),
            "difference": self.plain(row.sent - row.allocated - row.residual),
            "held": self.plain(row.held),
            "last": self.plain(row.last),
            "residual_so_far": self.plain(row.residual_so_far),
        })
    }

    /// `gross` is rounded to the minor unit, or `null` beyond 64 bits; `gross_minor` is exact.
    fn solved_json(&self, solved: &Solved) -> Value {
        let rounded = round_half_away(solved.gross.numerator().clone(), solved.gross.denominator());
        json!({
            "stage": self.stage_key(solved.stage),
            "node": &*solved.node,
            "own": self.plain(solved.own),
            "gross": i64::try_from(rounded).ok().map(|minor| self.plain(minor)),
            "gross_minor": ratio(&solved.gross),
            "error_minor": ratio(&solved.error),
        })
    }

    /// `share_error`: no share of the layer is off by more.
    fn solution_json(&self, solution: &Solution) -> Value {
        let (method, share_error, uncertain) = match solution.method {
            Solving::Exact => ("exact", "0".to_owned(), 0),
            Solving::Bounded { error_bits, uncertain } => ("bounded", format!("2^-{error_bits}"), uncertain),
        };
        json!({
            "stage": self.stage_key(solution.stage),
            "nodes": solution.nodes,
            "method": method,
            "share_error": share_error,
            "splits": solution.splits,
            "uncertain": uncertain,
        })
    }

    /// One step of a trace: its line, what it is a share of, its parts by pool, its sentence.
    pub fn step_json(&self, step: &Step) -> Value {
        let parts: Vec<Value> = (step.parts.iter())
            .map(|part| json!({"origin": &*part.origin, "amount": self.plain(part.amount)}))
            .collect();
        let head = json!({
            "stage": self.stage_key(step.stage),
            "from": &*step.from,
            "to": &*step.to,
            "of": self.plain(step.of),
            "rounding": self.plain(step.rounding),
            "parts": parts,
            "sentence": self.sentence(step),
        });
        self.with_share(head, &step.share, step.amount)
    }

    fn with_share(&self, head: Value, share: &Share, amount: i64) -> Value {
        let Value::Object(mut row) = head else { return head };
        row.insert("rule".into(), key(&share.rule));
        row.insert("method".into(), share.method.code().into());
        row.insert("share".into(), ratio(&share.ratio));
        if let Some(basis) = self.basis(share) {
            row.insert("basis".into(), basis);
        }
        row.insert("amount".into(), self.plain(amount).into());
        Value::Object(row)
    }
}

fn key(key: &Key) -> Value {
    Value::String(key.to_string())
}

fn ratio(ratio: &Ratio) -> Value {
    json!({"numerator": ratio.numerator().to_string(), "denominator": ratio.denominator().to_string()})
}

/// Sums of quantities can pass 64 bits of millionths; then whole units are written out.
pub(super) fn millionths(sum: i128) -> String {
    match i64::try_from(sum) {
        Ok(sum) => Quantity::of_millionths(sum).plain(),
        Err(_) => kernel::Decimal::try_from_i128_with_scale(sum, 6)
            .map_or_else(|_| sum.to_string(), |d| d.normalize().to_string()),
    }
}
