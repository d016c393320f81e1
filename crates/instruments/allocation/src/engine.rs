//! The stages in their order: pools, then layer by layer to the last.

use std::sync::Arc;

use crate::books::Books;
use crate::budgeted::{Charges, over_origins};
use crate::plan::{Plan, Sender};
use crate::ready::{Ready, Ruled};
use crate::reciprocal;
use crate::split::split;
use crate::weights::{Weights, Who, weigh};
use crate::{Error, Line, Reason, Share, Sharing, Solution, Solved, Stage, Summary};

/// The whole plan; lines are handed to `each` as they are reckoned.
pub(crate) fn run(plan: &Plan, each: &mut dyn FnMut(&Stage, Line)) -> Result<Summary, Error> {
    let books = Books::new(plan, each);
    let mut run = Run { plan, books, solved: Vec::new(), solutions: Vec::new() };
    run.pools()?;
    for layer in 0..plan.last_layer() {
        match &plan.model.layers[layer].sharing {
            Sharing::Direct => {}
            Sharing::StepDown { .. } => run.step_down(layer)?,
            Sharing::Reciprocal => run.reciprocal(layer)?,
        }
        run.onward(layer)?;
    }
    Ok(run.finish())
}

struct Run<'r, 'm> {
    plan: &'r Plan<'m>,
    books: Books<'r, 'm>,
    solved: Vec<Solved>,
    solutions: Vec<Solution>,
}

impl<'r, 'm> Run<'r, 'm> {
    fn pools(&mut self) -> Result<(), Error> {
        let plan = self.plan;
        let proportional = |pool: &usize| {
            let rule = plan.pool_rules[*pool].as_ref();
            rule.is_some_and(|ruled| matches!(ruled.ready, Ready::Proportional(_)))
        };
        let (later, first): (Vec<usize>, Vec<usize>) = (0..plan.pools.len()).partition(proportional);
        let senders = |pools: Vec<usize>| pools.into_iter().map(Sender::Pool).collect::<Vec<_>>();
        let anyone = |_, _| true;
        self.send_all("pools", "Pools", &senders(first), anyone, |_| true)?;
        self.send_all("pools-proportional", "Pools by direct cost", &senders(later), anyone, |_| true)
    }

    fn step_down(&mut self, layer: usize) -> Result<(), Error> {
        let plan = self.plan;
        let mut gone = vec![false; plan.nodes.len()];
        for (number, node) in plan.steps[layer].iter().enumerate() {
            gone[*node] = true;
            let key = format!("{}-{}", plan.model.layers[layer].key, number + 1);
            let name = format!("Step {}: {}", number + 1, plan.nodes[*node].name);
            self.send_all(&key, &name, &[Sender::Node(*node)], |_, to| !gone[to], |_| true)?;
        }
        Ok(())
    }

    /// Solves the layer and moves what each node holds to where it leaves the loop: to nodes that
    /// only receive from others of the layer, or to a node itself for what it sends onward.
    fn reciprocal(&mut self, layer: usize) -> Result<(), Error> {
        let plan = self.plan;
        let sharers = self.sharers(layer);
        if sharers.is_empty() {
            return Ok(());
        }
        let holds = |node: usize| self.books.holds(node);
        let outcome = reciprocal::solve(plan, layer, &sharers, holds)?;
        let definition = &plan.model.layers[layer];
        let stage = self
            .books
            .open(&format!("{}-reciprocal", definition.key), &format!("{} solved together", definition.name));
        let own: Vec<i64> = sharers.iter().map(|(node, _)| self.books.own(*node)).collect();
        for ((node, _), (gross, own)) in sharers.iter().zip(outcome.gross(&own).into_iter().zip(own)) {
            let (gross, error) = gross;
            self.solved.push(Solved { stage, node: plan.nodes[*node].key.clone(), own, gross, error });
        }
        let (mut sent, mut splits, mut uncertain) = (0, 0, 0);
        for row in outcome.rows() {
            let rule = &plan.node_rules[row.from].as_ref().expect("a sharer has a rule").rule.key;
            let holdings = self.books.take(Sender::Node(row.from));
            sent += holdings.iter().map(|(_, amount)| amount).sum::<i64>();
            let parts = holdings.iter().map(|(_, amount)| {
                let split = row.split(*amount);
                splits += 1;
                uncertain += u64::from(!split.certain);
                split.parts
            });
            let parts: Vec<Vec<i64>> = parts.collect();
            let receivers = row.receivers().zip(row.shares(rule));
            self.books.write(stage, Sender::Node(row.from), &holdings, receivers, &parts);
        }
        self.solutions.push(outcome.solution(stage, splits, uncertain));
        self.books.close(stage, sent)
    }

    /// The nodes of `layer` that serve others of it.
    fn sharers(&self, layer: usize) -> Vec<(usize, Weights)> {
        let plan = self.plan;
        let weighed = self.nodes_of(layer).filter_map(|node| {
            let ruled = plan.node_rules[node].as_ref()?;
            let who = Who { may: |to| to != node, still: |_| true };
            let weights = weigh(plan, ruled, &self.books.received, &who).ok()?;
            weights.receivers.iter().any(|(to, _)| plan.layer_of[*to] == layer).then_some((node, weights))
        });
        weighed.collect()
    }

    fn onward(&mut self, layer: usize) -> Result<(), Error> {
        let plan = self.plan;
        let steps = &plan.steps[layer];
        let senders: Vec<Sender> =
            self.nodes_of(layer).filter(|node| !steps.contains(node)).map(Sender::Node).collect();
        let definition = &plan.model.layers[layer];
        let later = |to: usize| plan.layer_of[to] > layer;
        let together = definition.sharing == Sharing::Reciprocal;
        let name = format!("{} onward", definition.name);
        self.send_all(&definition.key, &name, &senders, |_, to| together || later(to), later)
    }

    fn nodes_of(&self, layer: usize) -> impl Iterator<Item = usize> + use<'r, 'm> {
        let plan = self.plan;
        (0..plan.nodes.len()).filter(move |node| plan.layer_of[*node] == layer)
    }

    /// One stage: each sender sends all it holds to the receivers that `may` and `still` receive from
    /// it; see [`Who`].
    fn send_all(
        &mut self,
        key: &str,
        name: &str,
        senders: &[Sender],
        may: impl Fn(Sender, usize) -> bool,
        still: impl Fn(usize) -> bool,
    ) -> Result<(), Error> {
        if senders.is_empty() {
            return Ok(());
        }
        let stage = self.books.open(key, name);
        let mut sent = 0;
        for sender in senders {
            let itself = |to: usize| *sender == Sender::Node(to);
            let who = Who { may: |to| !itself(to) && may(*sender, to), still: &still };
            sent += self.send(stage, *sender, &who);
        }
        self.books.close(stage, sent)
    }

    /// Sends all that `sender` holds, and tells how much that is.
    fn send<M: Fn(usize) -> bool, S: Fn(usize) -> bool>(
        &mut self,
        stage: usize,
        sender: Sender,
        who: &Who<M, S>,
    ) -> i64 {
        let plan = self.plan;
        let rule = plan.rule_of(sender);
        let mut holdings = self.books.take(sender);
        if let (Sender::Pool(pool), [], Some(Ruled { ready: Ready::Budgeted { .. }, .. })) =
            (sender, &*holdings, rule)
        {
            holdings.push((pool, 0));
        }
        if holdings.is_empty() {
            return 0;
        }
        let weights = match rule {
            None if matches!(sender, Sender::Pool(_)) => Err(Reason::PoolWithoutRule),
            None => Err(Reason::NodeWithoutRule),
            Some(ruled) if matches!(ruled.ready, Ready::Budgeted { .. }) => {
                self.charge(stage, sender, &holdings, ruled, |to| (who.may)(to) && (who.still)(to));
                return holdings.iter().map(|(_, amount)| amount).sum();
            }
            Some(ruled) => weigh(plan, ruled, &self.books.received, who).map(|weights| (ruled, weights)),
        };
        match weights {
            Ok((ruled, weights)) => self.share_out(stage, sender, &holdings, ruled, &weights),
            Err(reason) => (holdings.iter())
                .for_each(|(origin, amount)| self.books.leave(stage, *origin, sender, reason, *amount)),
        }
        holdings.iter().map(|(_, amount)| amount).sum()
    }

    fn share_out(
        &mut self,
        stage: usize,
        sender: Sender,
        holdings: &[(usize, i64)],
        ruled: &Ruled,
        weights: &Weights,
    ) {
        let mut keyed: Vec<(usize, i128)> = weights.receivers.clone();
        let after_all = usize::MAX - weights.left.len();
        keyed.extend(weights.left.iter().enumerate().map(|(place, (_, left))| (after_all + place, *left)));
        let parts: Vec<Vec<i64>> = holdings.iter().map(|(_, amount)| split(*amount, &keyed)).collect();
        let plan = self.plan;
        let receivers = (weights.receivers.iter())
            .map(|receiver| (receiver.0, Arc::new(weights.share(plan, ruled, *receiver))));
        self.books.write(stage, sender, holdings, receivers, &parts);
        for ((origin, _), parts) in holdings.iter().zip(&parts) {
            for ((reason, _), amount) in weights.left.iter().zip(&parts[weights.receivers.len()..]) {
                self.books.leave(stage, *origin, sender, *reason, *amount);
            }
        }
    }

    /// Charges at budgeted rates; what the cost is more or less stays by name.
    fn charge(
        &mut self,
        stage: usize,
        sender: Sender,
        holdings: &[(usize, i64)],
        ruled: &Ruled,
        may: impl Fn(usize) -> bool,
    ) {
        let plan = self.plan;
        let Ready::Budgeted { fixed, variable } = &ruled.ready else { return };
        let charges = Charges::new(plan, *fixed, *variable, may);
        let whole = holdings.iter().map(|(_, amount)| amount).sum();
        let (reason, rest) = charges.rest;
        let amounts: Vec<i64> =
            charges.receivers.iter().map(|charge| charge.amount()).chain([rest]).collect();
        let parts = over_origins(holdings, &amounts);
        let receivers = (charges.receivers.iter())
            .map(|charge| (charge.to, Arc::<Share>::new(charges.share(plan, ruled, charge, whole))));
        self.books.write(stage, sender, holdings, receivers, &parts);
        for ((origin, amount), parts) in holdings.iter().zip(&parts) {
            let rest = parts[parts.len() - 1];
            self.books.leave(stage, *origin, sender, reason, rest);
            let spending = amount - parts.iter().sum::<i64>();
            self.books.leave(stage, *origin, sender, Reason::Spending, spending);
        }
    }

    fn finish(self) -> Summary {
        let finals = self.books.last_layer().map(|(key, amount)| (key.clone(), amount)).collect();
        let mut residuals = self.books.residuals;
        residuals.sort_by(|a, b| {
            (a.stage, &a.node, a.reason, &a.origin).cmp(&(b.stage, &b.node, b.reason, &b.origin))
        });
        Summary {
            currency: self.plan.model.currency,
            stages: self.books.stages,
            lines: self.books.lines,
            residuals,
            control: self.books.control,
            solved: self.solved,
            solutions: self.solutions,
            finals,
        }
    }
}
