//! How a service came to have cost: from pools directly, or through services that serve it, step by step with
//! rule and driver.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use access::Cx;
use db::{Row, Tx};
use kernel::{Currency, Fault, Quantity, RunId};
use serde_json::{Value, json};

use super::balance;
use crate::run::POOL_STAGES;
use crate::run::repo::{RunRow, nodes};
use crate::statement::basis::{Reached, cost_sentence};

/// Columns of a share `h` as [`read_reached`] reads them, with all that its sender passed on of the pool.
pub(crate) const REACHED: &str = "h.origin, h.origin_service, h.origin_supplier, h.sender, h.rule, h.method, h.numerator, \
    h.denominator, h.driver, h.unit, h.quantity, h.quantity_total, h.amount, \
    (select cast(sum(x.amount) as bigint) from charging_shares x where x.run_id = h.run_id and x.stage = h.stage \
    and x.sender = h.sender and x.origin = h.origin \
    and coalesce(x.origin_service, '') = coalesce(h.origin_service, '') \
    and coalesce(x.origin_supplier, '') = coalesce(h.origin_supplier, '')) as sent";

/// A share of the run.
pub(crate) fn read_reached(row: &Row) -> Result<Reached, Fault> {
    let own: Option<Quantity> = row.get("quantity")?;
    let total: Option<String> = row.get("quantity_total")?;
    let total = total.and_then(|total| total.parse().ok()).map(Quantity::of_millionths);
    Ok(Reached {
        pool: row.get("origin")?,
        named: row.get("origin_service")?,
        supplier: row.get("origin_supplier")?,
        sender: row.get("sender")?,
        rule: row.get("rule")?,
        method: row.get("method")?,
        share: (row.get("numerator")?, row.get("denominator")?),
        driver: row.get("driver")?,
        unit: row.get("unit")?,
        quantity: own.zip(total),
        amount: row.get("amount")?,
        sent: row.get("sent")?,
    })
}

/// One share that a service received.
#[derive(Clone, Debug)]
struct Step {
    share: Reached,
    from_pool: bool,
    to: String,
}

/// All shares that reached a service, directly or through others; those nearest to the pools last.
pub(crate) struct Paths {
    steps: Vec<Step>,
    services: BTreeSet<String>,
    names: BTreeMap<String, String>,
}

/// The shares of one pool among them, from the pool on.
pub(crate) struct Path<'p> {
    steps: Vec<&'p Step>,
    names: &'p BTreeMap<String, String>,
}

impl Paths {
    /// Follows what reached `service` in a run, sender by sender; a loop is gone round once.
    pub async fn to(cx: &mut Cx, run: RunId, service: &str) -> Result<Paths, Fault> {
        let sql = format!(
            "select {REACHED}, case when h.stage in {POOL_STAGES} then 1 else 0 end as from_pool \
             from charging_shares h where h.run_id = $1 and h.receiver = $2 and h.receiver_kind = 'service' \
             order by h.seq"
        );
        let (mut steps, mut services) = (Vec::new(), BTreeSet::new());
        let mut next = VecDeque::from([service.to_owned()]);
        while let Some(to) = next.pop_front() {
            if !services.insert(to.clone()) {
                continue;
            }
            for row in cx.tx.query(&sql).bind(run).bind(to.as_str()).rows().await? {
                let from_pool = row.get::<i64>("from_pool")? == 1;
                let step = Step { share: read_reached(&row)?, from_pool, to: to.clone() };
                if !from_pool {
                    next.push_back(step.share.sender.clone());
                }
                steps.push(step);
            }
        }
        let named = nodes(&mut cx.tx).await?.into_iter().filter(|node| node.kind == "service");
        Ok(Paths { steps, services, names: named.map(|node| (node.key, node.name)).collect() })
    }

    /// What came of `pool`: of all its lines, or only of those that name this service (`""`: none) and that bills of
    /// this supplier explain, if so.
    pub fn of(&self, pool: &str, lines: Option<(&str, Option<&str>)>) -> Path<'_> {
        let of_pool = |step: &&Step| {
            let own = (step.share.named.as_deref().unwrap_or(""), step.share.supplier.as_deref());
            step.share.pool == pool && lines.is_none_or(|lines| lines == own)
        };
        Path { steps: self.steps.iter().filter(of_pool).rev().collect(), names: &self.names }
    }

    /// Sentences on the pools and services along the way that pass on another amount than they have.
    pub async fn off(&self, tx: &mut Tx, run: &RunRow) -> Result<Vec<String>, Fault> {
        let pools: BTreeSet<&str> = self.steps.iter().map(|step| step.share.pool.as_str()).collect();
        let off = balance::off(tx, run).await?.into_iter();
        let on_the_way = off.filter(|off| match off.pool {
            true => pools.contains(off.node.as_str()),
            false => self.services.contains(&off.node),
        });
        Ok(on_the_way.map(|off| off.says(run.currency)).collect())
    }
}

impl Path<'_> {
    /// The rule by which the cost left the pool.
    pub fn rule(&self) -> Option<&str> {
        self.steps.iter().find(|step| step.from_pool).map(|step| step.share.rule.as_str())
    }

    /// Each step as data and as a sentence.
    pub fn told(&self, currency: Currency) -> Vec<Value> {
        self.steps.iter().map(|step| self.step(step, currency)).collect()
    }

    fn step(&self, step: &Step, currency: Currency) -> Value {
        let share = &step.share;
        let name = |key: &str| self.names.get(key).map_or(key, String::as_str).to_owned();
        let counted = share.quantity;
        json!({
            "from": share.sender,
            "from_kind": if step.from_pool { "pool" } else { "service" },
            "to": step.to,
            "to_name": name(&step.to),
            "rule": share.rule,
            "method": share.method,
            "share": { "numerator": share.share.0, "denominator": share.share.1 },
            "driver": share.driver,
            "quantity": counted.map(|(own, _)| own.plain()),
            "quantity_total": counted.map(|(_, total)| total.plain()),
            "unit": share.unit,
            "amount": kernel::Money::of_minor(share.amount, currency),
            "of": kernel::Money::of_minor(share.sent, currency),
            "sentence": cost_sentence(std::slice::from_ref(share), &name(&step.to), currency),
        })
    }
}
