//! What everyone holds, stage by stage: nothing is lost or made.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::plan::{Plan, Sender};
use crate::{Control, Error, Key, Line, Reason, Residual, Share, Stage};

/// The books of one run. Lines are handed on as they are written and not kept.
pub(crate) struct Books<'r, 'm> {
    plan: &'r Plan<'m>,
    each: &'r mut dyn FnMut(&Stage, Line),
    unsent_pools: Vec<bool>,
    /// Per node before the last layer: origin → minor units.
    held: Vec<BTreeMap<usize, i64>>,
    /// Per node, in the stages before the open one.
    pub received: Vec<i64>,
    /// The same of the open stage, handed over when it closes.
    arriving: Vec<BTreeMap<usize, i64>>,
    arrived: Vec<i64>,
    pub stages: Vec<Stage>,
    pub residuals: Vec<Residual>,
    pub control: Vec<Control>,
    pub lines: u64,
}

impl<'r, 'm> Books<'r, 'm> {
    pub fn new(plan: &'r Plan<'m>, each: &'r mut dyn FnMut(&Stage, Line)) -> Books<'r, 'm> {
        let nodes = plan.nodes.len();
        Books {
            plan,
            each,
            unsent_pools: vec![true; plan.pools.len()],
            held: vec![BTreeMap::new(); nodes],
            received: vec![0; nodes],
            arriving: vec![BTreeMap::new(); nodes],
            arrived: vec![0; nodes],
            stages: Vec::new(),
            residuals: Vec::new(),
            control: Vec::new(),
            lines: 0,
        }
    }

    pub fn holds(&self, node: usize) -> bool {
        self.held[node].values().any(|amount| *amount != 0)
    }

    pub fn own(&self, node: usize) -> i64 {
        self.held[node].values().sum()
    }

    /// What `sender` holds, which it holds no longer.
    pub fn take(&mut self, sender: Sender) -> Vec<(usize, i64)> {
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

    /// Writes one sender's lines: `parts` per origin, in each one per receiver.
    pub fn write(
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

    fn line(
        &mut self,
        stage: usize,
        origin: usize,
        from: Sender,
        to: usize,
        share: &Arc<Share>,
        amount: i64,
    ) {
        self.arrived[to] += amount;
        if self.plan.layer_of[to] < self.plan.last_layer() {
            *self.arriving[to].entry(origin).or_default() += amount;
        }
        self.lines += 1;
        (self.each)(
            &self.stages[stage],
            Line {
                stage,
                origin: self.plan.pools[origin].key.clone(),
                from: self.plan.sender_key(from).clone(),
                to: self.plan.nodes[to].key.clone(),
                share: share.clone(),
                amount,
            },
        );
    }

    /// Leaves an amount where it is, by name.
    pub fn leave(&mut self, stage: usize, origin: usize, from: Sender, reason: Reason, amount: i64) {
        if amount != 0 {
            let (origin, node) = (self.plan.pools[origin].key.clone(), self.plan.sender_key(from).clone());
            self.residuals.push(Residual { stage, origin, node, reason, amount });
        }
    }

    pub fn open(&mut self, key: &str, name: &str) -> usize {
        self.stages.push(Stage { key: Key::from(key), name: name.to_owned() });
        self.stages.len() - 1
    }

    /// Hands what arrived to its receivers, and checks that nothing was lost or made.
    pub fn close(&mut self, stage: usize, sent: i64) -> Result<(), Error> {
        let mut allocated = 0;
        for (received, arrived) in self.received.iter_mut().zip(&mut self.arrived) {
            let arrived = std::mem::take(arrived);
            allocated += arrived;
            *received += arrived;
        }
        for (held, arriving) in self.held.iter_mut().zip(&mut self.arriving) {
            for (origin, amount) in std::mem::take(arriving) {
                *held.entry(origin).or_default() += amount;
            }
        }
        let residual = self.residuals.iter().filter(|r| r.stage == stage).map(|r| r.amount).sum();
        let residual_so_far = self.residuals.iter().map(|residual| residual.amount).sum();
        let unsent = (self.plan.pools.iter().zip(&self.unsent_pools))
            .filter_map(|(pool, unsent)| unsent.then_some(pool.amount));
        let held = unsent.sum::<i64>() + self.held.iter().flat_map(BTreeMap::values).sum::<i64>();
        let last = self.last_layer().map(|(_, amount)| amount).sum();
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

    /// What each node of the last layer has received, in the order of keys.
    pub fn last_layer(&self) -> impl Iterator<Item = (&'m Key, i64)> {
        let plan = self.plan;
        (self.received.iter().enumerate())
            .filter(|(node, _)| plan.layer_of[*node] == plan.last_layer())
            .map(|(node, amount)| (&plan.nodes[node].key, *amount))
    }
}
