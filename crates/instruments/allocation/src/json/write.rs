//! The result as `quarterdeck.allocation.v1`. Amounts are decimal strings of the one currency.

use kernel::{Money, Quantity};
use serde_json::{Map, Value, json};

use crate::result::round_half_away;
use crate::{Allocation, Key, Method, Ratio, Share, Step};

impl Allocation {
    /// The whole result as `quarterdeck.allocation.v1`.
    pub fn to_json(&self) -> Value {
        let money = |minor: i64| Money::of_minor(minor, self.currency).plain();
        let stage = |at: usize| &*self.stages[at].key;
        let stages: Vec<Value> =
            self.stages.iter().map(|stage| json!({"key": &*stage.key, "name": stage.name})).collect();
        let lines: Vec<Value> = (self.lines.iter())
            .map(|line| {
                let head = json!({
                    "stage": stage(line.stage),
                    "origin": &*line.origin,
                    "from": &*line.from,
                    "to": &*line.to,
                });
                self.with_share(head, &line.share, money(line.amount))
            })
            .collect();
        let receivers: Vec<Value> = (self.finals.iter())
            .map(|(key, amount)| json!({"key": &**key, "name": self.name_of(key), "amount": money(*amount)}))
            .collect();
        let residuals: Vec<Value> = (self.residuals.iter())
            .map(|residual| {
                json!({
                    "stage": stage(residual.stage),
                    "origin": &*residual.origin,
                    "node": &*residual.node,
                    "reason": residual.reason.code(),
                    "says": format!("{} {}.", self.name_of(&residual.node), residual.reason.says()),
                    "amount": money(residual.amount),
                })
            })
            .collect();
        let control: Vec<Value> = (self.control.iter())
            .map(|row| {
                json!({
                    "stage": stage(row.stage),
                    "sent": money(row.sent),
                    "allocated": money(row.allocated),
                    "residual": money(row.residual),
                    "difference": money(row.sent - row.allocated - row.residual),
                    "held": money(row.held),
                    "last": money(row.last),
                    "residual_so_far": money(row.residual_so_far),
                })
            })
            .collect();
        let solved: Vec<Value> = (self.solved.iter())
            .map(|solved| {
                json!({
                    "stage": stage(solved.stage),
                    "node": &*solved.node,
                    "own": money(solved.own),
                    "gross": self.gross(&solved.gross),
                    "gross_minor": ratio(&solved.gross),
                })
            })
            .collect();
        let trace: Vec<Value> = self.steps().iter().map(|step| self.step_json(step)).collect();
        json!({
            "schema": "quarterdeck.allocation.v1",
            "currency": self.currency.code(),
            "stages": stages,
            "lines": lines,
            "receivers": receivers,
            "residuals": residuals,
            "control": control,
            "solved": solved,
            "trace": trace,
        })
    }

    /// One step of a trace: its line, what it is a share of, its parts by pool, its sentence.
    pub fn step_json(&self, step: &Step) -> Value {
        let money = |minor: i64| Money::of_minor(minor, self.currency).plain();
        let parts: Vec<Value> = (step.parts.iter())
            .map(|part| json!({"origin": &*part.origin, "amount": money(part.amount)}))
            .collect();
        let head = json!({
            "stage": &*self.stages[step.stage].key,
            "from": &*step.from,
            "to": &*step.to,
            "of": money(step.of),
            "rounding": money(step.rounding),
            "parts": parts,
            "sentence": self.sentence(step),
        });
        self.with_share(head, &step.share, money(step.amount))
    }

    fn with_share(&self, head: Value, share: &Share, amount: String) -> Value {
        let Value::Object(mut row) = head else { return head };
        row.insert("rule".into(), key(&share.rule));
        row.insert("method".into(), share.method.code().into());
        row.insert("share".into(), ratio(&share.ratio));
        if let Some(basis) = self.basis(share) {
            row.insert("basis".into(), Value::Object(basis));
        }
        row.insert("amount".into(), amount.into());
        Value::Object(row)
    }

    /// The receiver's number and the sum by which the rule shared, where it is not in the share.
    fn basis(&self, share: &Share) -> Option<Map<String, Value>> {
        let basis = match (&share.method, &share.driver) {
            (_, Some(used)) => json!({
                "driver": &*used.driver,
                "unit": &*used.unit,
                "quantity": used.quantity.plain(),
                "total": millionths(used.total),
                "unused": millionths(used.unused),
            }),
            (Method::Fixed { weight, total }, _) => {
                json!({"quantity": weight.plain(), "total": millionths(*total)})
            }
            (Method::Proportional { cost, total }, _) => json!({
                "quantity": Money::of_minor(*cost, self.currency).plain(),
                "total": i64::try_from(*total).ok().map(|total| Money::of_minor(total, self.currency).plain()),
            }),
            (Method::Even | Method::Reciprocal | Method::Driver, None) => return None,
        };
        match basis {
            Value::Object(basis) => Some(basis),
            _ => None,
        }
    }

    /// Rounded to the minor unit; beyond 64 bits `null`, the exact fraction stands beside it.
    fn gross(&self, gross: &Ratio) -> Option<String> {
        let rounded = round_half_away(gross.numerator().clone(), gross.denominator());
        i64::try_from(rounded).ok().map(|minor| Money::of_minor(minor, self.currency).plain())
    }
}

fn key(key: &Key) -> Value {
    Value::String(key.to_string())
}

fn ratio(ratio: &Ratio) -> Value {
    json!({"numerator": ratio.numerator().to_string(), "denominator": ratio.denominator().to_string()})
}

/// Sums of quantities can pass 64 bits of millionths; then whole units are written out.
fn millionths(sum: i128) -> String {
    match i64::try_from(sum) {
        Ok(sum) => Quantity::of_millionths(sum).plain(),
        Err(_) => kernel::Decimal::try_from_i128_with_scale(sum, 6)
            .map_or_else(|_| sum.to_string(), |d| d.normalize().to_string()),
    }
}
