//! Which lines share the cost of one service, and by which part: FOCUS's split cost allocation. Pure.
//!
//! The origin is what the run brought to all customers who are charged at cost; the parts are what they are
//! charged. So the sum of the parts is not the origin by construction: `check` holds one against the other.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Quantity;
use kernel::split::largest_remainder;
use portfolio::offering::Charging;

use super::repo::{Charged, Facts, Reached};
use super::unit;

/// What a ratio is counted in.
const WHOLE: i64 = 1_000_000_000_000;

/// A line's part of a service's cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `2026-09/MAIL`.
    pub id: String,
    /// What is shared, minor units.
    pub origin: i64,
    /// In millionths of a millionth; those of one origin add up to the whole.
    ratio: i64,
    /// What was counted, where all count the same.
    unit: Option<String>,
    /// How much of it, where the line stands for all that its customer has.
    quantity: Option<Quantity>,
}

impl Part {
    /// `AllocatedMethodDetails`.
    pub fn details(&self) -> String {
        let (whole, rest) = (self.ratio / WHOLE, self.ratio % WHOLE);
        let ratio = format!("{whole}.{rest:012}");
        let ratio = ratio.trim_end_matches('0').trim_end_matches('.');
        let text = |ours: &String| serde_json::Value::from(unit::unit(ours)).to_string();
        let unit = self.unit.as_ref().map(|unit| format!(",\"UsageUnit\":{}", text(unit)));
        let quantity = self.quantity.filter(|_| unit.is_some());
        let quantity = quantity.map(|quantity| format!(",\"UsageQuantity\":{}", quantity.plain()));
        let (unit, quantity) = (unit.unwrap_or_default(), quantity.unwrap_or_default());
        format!("{{\"Elements\":[{{\"AllocatedRatio\":{ratio}{unit}{quantity}}}]}}")
    }
}

/// What must be charged at cost, by service (none: what pools send directly): what the run brought to customers
/// less what of it reached lines that are charged otherwise. None where the reader does not see all lines.
pub fn origins(facts: &Facts) -> Option<BTreeMap<Option<String>, i64>> {
    let mut origins = BTreeMap::new();
    for ((service, _), reached) in facts.reached.as_ref()? {
        *origins.entry(service.clone()).or_default() += reached.amount;
    }
    for line in facts.lines.iter().map(|charged| &charged.line.charge) {
        if line.model != Charging::AtCost {
            *origins.entry(line.service.clone()).or_default() -= line.cost;
        }
    }
    origins.retain(|_, origin| *origin != 0);
    Some(origins)
}

/// The parts by the id of their line. Where a ratio would mean nothing (amounts of both signs, several rules),
/// there are none, and what pools send directly is no service's to share.
pub fn parts(facts: &Facts) -> BTreeMap<String, Part> {
    let (Some(origins), Some(reached)) = (origins(facts), &facts.reached) else { return BTreeMap::new() };
    let mut parts = BTreeMap::new();
    for (service, origin) in origins {
        if service.is_none() {
            continue;
        }
        let of_service = |charged: &&Charged| {
            charged.line.charge.service == service && charged.line.charge.model == Charging::AtCost
        };
        let lines: Vec<&Charged> = facts.lines.iter().filter(of_service).collect();
        parts.extend(of_one(facts, origin, &lines, reached).unwrap_or_default());
    }
    parts
}

type ByCustomer = BTreeMap<(Option<String>, String), Reached>;

fn of_one(
    facts: &Facts,
    origin: i64,
    lines: &[&Charged],
    reached: &ByCustomer,
) -> Option<Vec<(String, Part)>> {
    let rules: BTreeSet<_> = lines.iter().map(|charged| &charged.line.charge.rule).collect();
    let mixed = lines.iter().any(|charged| charged.line.charge.amount.signum() * origin.signum() < 0);
    if mixed || rules.len() != 1 {
        return None;
    }
    let weights: Vec<(String, i128)> = lines
        .iter()
        .map(|charged| (charged.id(), i128::from(charged.line.charge.amount.unsigned_abs())))
        .collect();
    let ratios = largest_remainder(WHOLE, &weights)?;
    let counted: Vec<Option<&Reached>> = lines.iter().map(|charged| reached.get(&charged.taken())).collect();
    let units: BTreeSet<Option<&String>> =
        counted.iter().map(|reached| reached.and_then(|reached| reached.unit.as_ref())).collect();
    let unit = units.first().copied().flatten().filter(|_| units.len() == 1);
    let parts = lines.iter().zip(counted).zip(ratios).map(|((charged, reached), ratio)| {
        let alone = lines.iter().filter(|other| other.customer == charged.customer).count() == 1;
        let quantity = reached.and_then(|reached| reached.quantity).filter(|_| alone);
        let service = charged.line.charge.service.as_deref().unwrap_or_default();
        let id = format!("{}/{service}", facts.period);
        (charged.id(), Part { id, origin, ratio, unit: unit.cloned(), quantity })
    });
    Some(parts.collect())
}
