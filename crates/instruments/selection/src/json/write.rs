//! Answers as JSON: amounts as strings, parts as numbers, limits by kind and words.

use kernel::{Currency, Money};
use serde_json::{Map, Value, json};

use crate::answer::{Answer, Conflict, Outcome};
use crate::explain::{Binding, Change, NextStep};
use crate::frontier::{Frontier, Point, PointOutcome};
use crate::study::Study;
use crate::usage::{SetRisk, Usage};
use crate::{Limit, Pick};

impl Study<'_> {
    /// `quarterdeck.selection.v1`: `status`, `says`; for a set `value`, `bound`, `gap`, `cost`, `chosen`, `usage`,
    /// `risk`; for a conflict `conflict`, `smallest`.
    pub fn outcome_json(&self, outcome: &Outcome) -> Value {
        let mut json = Map::new();
        json.insert("schema".into(), "quarterdeck.selection.v1".into());
        json.insert("currency".into(), self.problem.currency.code().into());
        match outcome {
            Outcome::Chosen(answer) => json.append(&mut self.answer_json(answer)),
            Outcome::Conflict(conflict) => json.append(&mut conflict_json(conflict)),
            Outcome::Unknown => {
                json.insert("status".into(), "unknown".into());
                json.insert("says".into(), Outcome::Unknown.says().into());
            }
        }
        Value::Object(json)
    }

    /// A limit and what would be without it.
    pub fn binding_json(&self, binding: &Binding) -> Value {
        let mut json = limit_json(&binding.limit);
        json.insert("verdict".into(), binding.verdict.code().into());
        json.append(&mut self.change_json(&binding.change));
        Value::Object(json)
    }

    /// A budget and what a step more of it would buy.
    pub fn step_json(&self, step: &NextStep) -> Value {
        let mut json = limit_json(&step.limit);
        json.insert("step".into(), plain(step.step, self.problem.currency));
        json.append(&mut self.change_json(&step.change));
        Value::Object(json)
    }

    /// `quarterdeck.frontier.v1`: `safest`, `safest_at_most` and `points`, safest first.
    pub fn frontier_json(&self, frontier: &Frontier) -> Value {
        let currency = self.problem.currency;
        let mut json = Map::new();
        json.insert("schema".into(), "quarterdeck.frontier.v1".into());
        json.insert("currency".into(), currency.code().into());
        match frontier {
            Frontier::Points { safest, safest_at_most, points } => {
                json.insert("status".into(), "points".into());
                json.insert("safest".into(), plain(*safest, currency));
                json.insert("safest_at_most".into(), plain(*safest_at_most, currency));
                json.insert("points".into(), points.iter().map(|point| self.point_json(point)).collect());
            }
            Frontier::Conflict(conflict) => json.append(&mut conflict_json(conflict)),
            Frontier::Unknown => {
                json.insert("status".into(), "unknown".into());
                json.insert("says".into(), Outcome::Unknown.says().into());
            }
        }
        Value::Object(json)
    }

    /// One point of a frontier.
    pub fn point_json(&self, point: &Point) -> Value {
        let mut json = Map::new();
        json.insert("number".into(), point.number.into());
        json.insert("target".into(), plain(point.target, self.problem.currency));
        match &point.outcome {
            PointOutcome::Chosen(answer) => json.append(&mut self.answer_json(answer)),
            PointOutcome::Infeasible => {
                json.insert("status".into(), "infeasible".into());
                json.insert("says".into(), "infeasible: no set is as safe as that".into());
            }
            PointOutcome::Unknown => {
                json.insert("status".into(), "unknown".into());
                json.insert("says".into(), Outcome::Unknown.says().into());
            }
        }
        Value::Object(json)
    }

    /// How the set at hand changes to another, in words and amounts.
    pub fn change_json(&self, change: &Change) -> Map<String, Value> {
        let mut json = Map::new();
        json.insert("gain".into(), plain(change.gain, self.problem.currency));
        json.insert("gain_at_most".into(), plain(change.gain_at_most, self.problem.currency));
        json.insert("in".into(), picks(&change.gained));
        json.insert("out".into(), picks(&change.lost));
        json
    }

    fn answer_json(&self, answer: &Answer) -> Map<String, Value> {
        let currency = self.problem.currency;
        let mut json = Map::new();
        json.insert("status".into(), answer.status.code().into());
        json.insert("says".into(), answer.says().into());
        json.insert("value".into(), plain(answer.value, currency));
        json.insert("bound".into(), plain(answer.bound, currency));
        json.insert("gap".into(), answer.gap.into());
        json.insert("first_of_equals".into(), answer.first_of_equals.into());
        json.insert("cost".into(), plain(answer.cost, currency));
        json.insert("chosen".into(), answer.set.columns().map(|column| self.chosen_json(column)).collect());
        json.insert("usage".into(), answer.usage.iter().map(|usage| usage_json(usage, currency)).collect());
        json.insert(
            "risk".into(),
            answer.risk.as_ref().map_or(Value::Null, |risk| risk_json(risk, currency)),
        );
        json
    }

    fn chosen_json(&self, column: usize) -> Value {
        let (plan, currency) = (&self.plan, self.problem.currency);
        let column = &plan.columns[column];
        let name = self.problem.candidates.iter().find(|one| one.key == column.pick.candidate);
        json!({
            "candidate": &*column.pick.candidate,
            "option": column.pick.option.as_deref(),
            "name": name.map(|one| one.name.as_str()),
            "value": plain(plan.minor(column.worth), currency),
            "cost": plain(crate::plan::narrow(column.cost), currency),
        })
    }
}

impl Outcome {
    /// What came of it, in words.
    pub fn says(&self) -> String {
        match self {
            Outcome::Chosen(answer) => answer.says(),
            Outcome::Conflict(conflict) => conflict.says(),
            Outcome::Unknown => {
                "time limit: no allowed set was found, and there may be one; give it more time".into()
            }
        }
    }
}

impl Conflict {
    /// The conflict in words: “no set keeps all of these: budget FY27; MAIL is mandatory”.
    pub fn says(&self) -> String {
        let limits: Vec<String> = self.limits.iter().map(Limit::to_string).collect();
        let more = if self.smallest { "" } else { " (the time was up: some of them may not be needed)" };
        format!("no set keeps all of these: {}{more}", limits.join("; "))
    }
}

fn conflict_json(conflict: &Conflict) -> Map<String, Value> {
    let mut json = Map::new();
    json.insert("status".into(), "conflict".into());
    json.insert("says".into(), conflict.says().into());
    let limits = conflict.limits.iter().map(|limit| Value::Object(limit_json(limit)));
    json.insert("conflict".into(), limits.collect());
    json.insert("smallest".into(), conflict.smallest.into());
    json
}

fn limit_json(limit: &Limit) -> Map<String, Value> {
    let mut json = Map::new();
    json.insert("limit".into(), limit.to_string().into());
    json.insert("kind".into(), limit.code().into());
    json
}

fn usage_json(usage: &Usage, currency: Currency) -> Value {
    match usage {
        Usage::Budget { key, spent, amount } => json!({
            "kind": "budget", "key": &**key, "used": plain(*spent, currency), "amount": plain(*amount, currency),
        }),
        Usage::Capacity { key, unit, used, amount } => json!({
            "kind": "capacity", "key": &**key, "unit": unit, "used": used.plain(), "amount": amount.plain(),
        }),
        Usage::Share { key, part, at_least, at_most } => json!({
            "kind": "share", "key": &**key, "part": part.map(|part| part.plain()),
            "at_least": at_least.map(|part| part.plain()), "at_most": at_most.map(|part| part.plain()),
        }),
    }
}

fn risk_json(risk: &SetRisk, currency: Currency) -> Value {
    json!({
        "tail": risk.tail.plain(),
        "cvar": plain(risk.cvar, currency),
        "at_least": risk.at_least.map(|least| plain(least, currency)),
        "worst": plain(risk.worst, currency),
        "deviation": plain(risk.deviation, currency),
    })
}

fn plain(minor: i64, currency: Currency) -> Value {
    Money::of_minor(minor, currency).plain().into()
}

fn picks(picks: &[Pick]) -> Value {
    picks.iter().map(|pick| Value::from(pick.to_string())).collect()
}
