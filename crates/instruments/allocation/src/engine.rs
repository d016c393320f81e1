//! The stages in their order: pools, then layer by layer to the last.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::split::largest_remainder;

use crate::plan::{Plan, Ready, Sender};
use crate::reciprocal;
use crate::weights::{Weights, weigh};
use crate::{Allocation, Control, Error, Key, Line, Model, Reason, Residual, Share, Sharing, Solved, Stage};

/// Allocates `model`, stage by stage:
///
/// 1. pools by even, fixed and driver rules; 2. pools in proportion to what stage 1 gave;
/// 3. for each layer but the last: its own sharing (step by step, or all at once), then onward to
///    the layers after it.
///
/// Senders of one stage send at once, from what they held before it. Every (sender, origin) amount
/// is split into whole minor units by largest remainder; a tie goes to the smaller key, unused
/// capacity last.
///
/// # Errors
/// A model that contradicts itself, a closed loop without an outlet, amounts beyond 64 bits.
pub fn allocate(model: &Model) -> Result<Allocation, Error> {
    let plan = Plan::new(model)?;
    let mut run = Run::new(&plan);
    run.pools()?;
    for layer in 0..plan.last_layer() {
        match &model.layers[layer].sharing {
            Sharing::Direct => {}
            Sharing::StepDown { .. } => run.step_down(layer)?,
            Sharing::Reciprocal => run.reciprocal(layer)?,
        }
        run.onward(layer)?;
    }
    Ok(run.finish())
}

struct Run<'p, 'm> {
    plan: &'p Plan<'m>,
    unsent_pools: Vec<bool>,
    /// Per node before the last layer: origin → minor units.
    held: Vec<BTreeMap<usize, i64>>,
    received: Vec<i64>,
    stages: Vec<Stage>,
    /// Lines with their origin and receiver by number; written sorted, as senders, receivers and
    /// origins are gone through in the order of their keys.
    lines: Vec<(usize, usize, Line)>,
    residuals: Vec<Residual>,
    control: Vec<Control>,
    solved: Vec<Solved>,
}

impl<'p, 'm> Run<'p, 'm> {
    fn new(plan: &'p Plan<'m>) -> Run<'p, 'm> {
        Run {
            plan,
            unsent_pools: vec![true; plan.pools.len()],
            held: vec![BTreeMap::new(); plan.nodes.len()],
            received: vec![0; plan.nodes.len()],
            stages: Vec::new(),
            lines: Vec::new(),
            residuals: Vec::new(),
            control: Vec::new(),
            solved: Vec::new(),
        }
    }

    fn pools(&mut self) -> Result<(), Error> {
        let plan = self.plan;
        let proportional = |pool: &usize| {
            let rule = plan.pool_rules[*pool].as_ref();
            rule.is_some_and(|ruled| matches!(ruled.ready, Ready::Proportional(_)))
        };
        let (later, first): (Vec<usize>, Vec<usize>) = (0..plan.pools.len()).partition(proportional);
        let senders = |pools: Vec<usize>| pools.into_iter().map(Sender::Pool).collect::<Vec<_>>();
        self.send_all("pools", "Pools", &senders(first), |_, _| true)?;
        self.send_all("pools-proportional", "Pools by direct cost", &senders(later), |_, _| true)
    }

    fn step_down(&mut self, layer: usize) -> Result<(), Error> {
        let plan = self.plan;
        let mut gone = vec![false; plan.nodes.len()];
        for (number, node) in plan.steps[layer].iter().enumerate() {
            gone[*node] = true;
            let key = format!("{}-{}", plan.model.layers[layer].key, number + 1);
            let name = format!("Step {}: {}", number + 1, plan.nodes[*node].name);
            self.send_all(&key, &name, &[Sender::Node(*node)], |_, to| !gone[to])?;
        }
        Ok(())
    }

    /// Solves the layer and moves what each node holds to where it leaves the loop: to nodes that
    /// only receive from others of the layer, or to a node itself for what it sends onward.
    fn reciprocal(&mut self, layer: usize) -> Result<(), Error> {
        let plan = self.plan;
        let members: Vec<usize> = self.nodes_of(layer).collect();
        let mut sharers = Vec::new();
        for node in members {
            let Some(ruled) = &plan.node_rules[node] else { continue };
            let Ok(weights) = weigh(plan, ruled, &self.received, |to| to != node) else { continue };
            if weights.receivers.iter().any(|(to, _)| plan.layer_of[*to] == layer) {
                sharers.push((node, weights));
            }
        }
        if sharers.is_empty() {
            return Ok(());
        }
        let holds = |node: usize| self.held[node].values().any(|amount| *amount != 0);
        let outcome = reciprocal::solve(plan, layer, &sharers, holds)?;
        let definition = &plan.model.layers[layer];
        let stage = self
            .open(&format!("{}-reciprocal", definition.key), &format!("{} solved together", definition.name));
        let own: Vec<i64> = sharers.iter().map(|(node, _)| self.held[*node].values().sum()).collect();
        for ((node, _), (gross, own)) in sharers.iter().zip(outcome.gross(&own).into_iter().zip(own)) {
            self.solved.push(Solved { stage, node: plan.nodes[*node].key.clone(), own, gross });
        }
        let mut sent = 0;
        for row in &outcome.rows {
            let rule = &plan.node_rules[row.from].as_ref().expect("a sharer has a rule").rule.key;
            let shares: Vec<Arc<Share>> = row.shares(rule);
            let holdings = self.take(Sender::Node(row.from));
            sent += holdings.iter().map(|(_, amount)| amount).sum::<i64>();
            let parts: Vec<Vec<i64>> = holdings.iter().map(|(_, amount)| row.split(*amount)).collect();
            self.write(stage, Sender::Node(row.from), &holdings, row.receivers().zip(shares), &parts);
        }
        self.close(stage, sent)
    }

    fn onward(&mut self, layer: usize) -> Result<(), Error> {
        let plan = self.plan;
        let steps = &plan.steps[layer];
        let senders: Vec<Sender> =
            self.nodes_of(layer).filter(|node| !steps.contains(node)).map(Sender::Node).collect();
        let definition = &plan.model.layers[layer];
        self.send_all(&definition.key, &format!("{} onward", definition.name), &senders, |_, to| {
            plan.layer_of[to] > layer
        })
    }

    fn nodes_of(&self, layer: usize) -> impl Iterator<Item = usize> + use<'p, 'm> {
        let plan = self.plan;
        (0..plan.nodes.len()).filter(move |node| plan.layer_of[*node] == layer)
    }

    /// One stage: each sender sends all it holds to the receivers that `may` receive from it.
    fn send_all(
        &mut self,
        key: &str,
        name: &str,
        senders: &[Sender],
        may: impl Fn(Sender, usize) -> bool,
    ) -> Result<(), Error> {
        if senders.is_empty() {
            return Ok(());
        }
        let plan = self.plan;
        let stage = self.open(key, name);
        let mut sent = 0;
        for sender in senders {
            let holdings = self.take(*sender);
            if holdings.is_empty() {
                continue;
            }
            sent += holdings.iter().map(|(_, amount)| amount).sum::<i64>();
            let itself = |to: usize| *sender == Sender::Node(to);
            let weights = match plan.rule_of(*sender) {
                None if matches!(sender, Sender::Pool(_)) => Err(Reason::PoolWithoutRule),
                None => Err(Reason::NodeWithoutRule),
                Some(ruled) => weigh(plan, ruled, &self.received, |to| !itself(to) && may(*sender, to))
                    .map(|w| (ruled, w)),
            };
            match weights {
                Ok((ruled, weights)) => {
                    let share = |(_, weight): &(usize, i128)| Arc::new(weights.share(plan, ruled, *weight));
                    let shares: Vec<Arc<Share>> = weights.receivers.iter().map(share).collect();
                    self.share_out(stage, *sender, &holdings, &weights, &shares);
                }
                Err(reason) => (holdings.iter())
                    .for_each(|(origin, amount)| self.leave(stage, *origin, *sender, reason, *amount)),
            }
        }
        self.close(stage, sent)
    }

    fn share_out(
        &mut self,
        stage: usize,
        sender: Sender,
        holdings: &[(usize, i64)],
        weights: &Weights,
        shares: &[Arc<Share>],
    ) {
        let mut keyed: Vec<(usize, i128)> = weights.receivers.clone();
        if weights.unused > 0 {
            keyed.push((usize::MAX, weights.unused));
        }
        let split = |(_, amount): &(usize, i64)| {
            largest_remainder(*amount, &keyed).expect("weights are checked and above zero")
        };
        let parts: Vec<Vec<i64>> = holdings.iter().map(split).collect();
        let receivers = weights.receivers.iter().map(|(to, _)| *to);
        self.write(stage, sender, holdings, receivers.zip(shares.iter().cloned()), &parts);
        if weights.unused > 0 {
            for ((origin, _), parts) in holdings.iter().zip(&parts) {
                let unused = *parts.last().expect("unused capacity is the last part");
                self.leave(stage, *origin, sender, Reason::UnusedCapacity, unused);
            }
        }
    }

    /// Writes one sender's lines: `parts` per origin, in each one per receiver.
    fn write(
        &mut self,
        stage: usize,
        sender: Sender,
        holdings: &[(usize, i64)],
        receivers: impl Iterator<Item = (usize, Arc<Share>)>,
        parts: &[Vec<i64>],
    ) {
        for (place, (to, share)) in receivers.enumerate() {
            for ((origin, _), parts) in holdings.iter().zip(parts) {
                self.line(stage, *origin, sender, to, &share, parts[place]);
            }
        }
    }

    /// What `sender` holds, which it holds no longer.
    fn take(&mut self, sender: Sender) -> Vec<(usize, i64)> {
        let mut holdings = match sender {
            Sender::Pool(pool) => {
                self.unsent_pools[pool] = false;
                vec![(pool, self.plan.pools[pool].amount)]
            }
            Sender::Node(node) => std::mem::take(&mut self.held[node]).into_iter().collect(),
        };
        holdings.retain(|(_, amount)| *amount != 0);
        holdings
    }

    fn line(
        &mut self,
        stage: usize,
        origin: usize,
        from: Sender,
        to: usize,
        share: &Arc<Share>,
        amount: i64,
    ) {
        let line = Line {
            stage,
            origin: self.plan.pools[origin].key.clone(),
            from: self.plan.sender_key(from).clone(),
            to: self.plan.nodes[to].key.clone(),
            share: share.clone(),
            amount,
        };
        self.lines.push((origin, to, line));
    }

    fn leave(&mut self, stage: usize, origin: usize, from: Sender, reason: Reason, amount: i64) {
        if amount != 0 {
            let (origin, node) = (self.plan.pools[origin].key.clone(), self.plan.sender_key(from).clone());
            self.residuals.push(Residual { stage, origin, node, reason, amount });
        }
    }

    fn open(&mut self, key: &str, name: &str) -> usize {
        self.stages.push(Stage { key: Key::from(key), name: name.to_owned() });
        self.stages.len() - 1
    }

    /// Hands the stage's lines to their receivers, and checks that nothing was lost or made.
    fn close(&mut self, stage: usize, sent: i64) -> Result<(), Error> {
        let last_layer = self.plan.last_layer();
        let first = self.lines.partition_point(|(_, _, line)| line.stage < stage);
        let mut allocated = 0;
        for (origin, to, line) in &self.lines[first..] {
            allocated += line.amount;
            self.received[*to] += line.amount;
            if self.plan.layer_of[*to] < last_layer {
                *self.held[*to].entry(*origin).or_default() += line.amount;
            }
        }
        let residual = self.residuals.iter().filter(|r| r.stage == stage).map(|r| r.amount).sum();
        let residual_so_far = self.residuals.iter().map(|residual| residual.amount).sum();
        let unsent = (self.plan.pools.iter().zip(&self.unsent_pools))
            .filter_map(|(pool, unsent)| unsent.then_some(pool.amount));
        let held = unsent.sum::<i64>() + self.held.iter().flat_map(BTreeMap::values).sum::<i64>();
        let last = (self.received.iter().zip(&self.plan.layer_of))
            .filter_map(|(amount, layer)| (*layer == last_layer).then_some(amount))
            .sum();
        self.control.push(Control { stage, sent, allocated, residual, held, last, residual_so_far });
        self.balanced(stage)
    }

    fn balanced(&self, stage: usize) -> Result<(), Error> {
        let row = &self.control[stage];
        let whole: i128 = self.plan.pools.iter().map(|pool| i128::from(pool.amount)).sum();
        let of_stage = i128::from(row.sent) - i128::from(row.allocated) - i128::from(row.residual);
        let so_far = whole - i128::from(row.held) - i128::from(row.last) - i128::from(row.residual_so_far);
        match (of_stage, so_far) {
            (0, 0) => Ok(()),
            (0, minor) | (minor, _) => {
                Err(Error::OutOfBalance { stage: self.stages[stage].key.to_string(), minor })
            }
        }
    }

    fn finish(self) -> Allocation {
        let plan = self.plan;
        let lines = self.lines.into_iter().map(|(_, _, line)| line).collect();
        let mut residuals = self.residuals;
        residuals.sort_by(|a, b| {
            (a.stage, &a.node, a.reason, &a.origin).cmp(&(b.stage, &b.node, b.reason, &b.origin))
        });
        let mut names: Vec<(Key, String)> = (plan.pools.iter().map(|p| (p.key.clone(), p.name.clone())))
            .chain(plan.nodes.iter().map(|n| (n.key.clone(), n.name.clone())))
            .collect();
        names.sort();
        let finals = (0..plan.nodes.len())
            .filter(|node| plan.layer_of[*node] == plan.last_layer())
            .map(|node| (plan.nodes[node].key.clone(), self.received[node]))
            .collect();
        Allocation {
            currency: plan.model.currency,
            stages: self.stages,
            lines,
            residuals,
            control: self.control,
            solved: self.solved,
            finals,
            names,
        }
    }
}
