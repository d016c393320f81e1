//! Any amount back to its pools: who sent it, what share it is of what, and why, in one sentence.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{Allocation, Key, Line, Method, Share};

/// All lines of one stage from one sender to one receiver: one step of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index into [`Allocation::stages`].
    pub stage: usize,
    /// The pool or node that sends.
    pub from: Key,
    /// The node that receives.
    pub to: Key,
    /// What arrives, in minor units: the sum of `parts`.
    pub amount: i64,
    /// All that the sender sent at this stage, residuals included.
    pub of: i64,
    /// The share.
    pub share: std::sync::Arc<Share>,
    /// `amount − share × of`, the latter rounded once: what splitting pool by pool made of it.
    pub rounding: i64,
    /// The amount by pool of origin.
    pub parts: Vec<Part>,
}

/// One pool's part in a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The pool.
    pub origin: Key,
    /// Minor units.
    pub amount: i64,
}

impl Allocation {
    /// Every step of the allocation, each once, sorted by stage, sender, receiver. A receiver's
    /// chain is found by following `to` and `from` backwards, or by [`Allocation::trace`].
    pub fn steps(&self) -> Vec<Step> {
        let mut sent: HashMap<(usize, &str), i64> = HashMap::new();
        for line in &self.lines {
            *sent.entry((line.stage, &*line.from)).or_default() += line.amount;
        }
        for residual in &self.residuals {
            *sent.entry((residual.stage, &*residual.node)).or_default() += residual.amount;
        }
        self.lines
            .chunk_by(|a, b| (a.stage, &a.from, &a.to) == (b.stage, &b.from, &b.to))
            .map(|lines| step(lines, sent[&(lines[0].stage, &*lines[0].from)]))
            .collect()
    }

    /// The steps that make what `receiver` ends with, or what it last sent where it sends: those
    /// into it first, then those into their senders, back to the pools. Empty for a receiver that
    /// got nothing or does not exist.
    pub fn trace(&self, receiver: &str) -> Vec<Step> {
        self.follow(receiver, None)
    }

    /// Like [`Allocation::trace`], of the part alone that `sender` sent: of one statement line.
    pub fn trace_from(&self, sender: &str, receiver: &str) -> Vec<Step> {
        self.follow(receiver, Some(sender))
    }

    fn follow(&self, receiver: &str, sender: Option<&str>) -> Vec<Step> {
        let steps = self.steps();
        let flow = Flow::of(self, &steps);
        let wanted = |at: &usize| sender.is_none_or(|sender| *steps[*at].from == *sender);
        let end = flow.sends.get(receiver).and_then(|sends| sends.last().copied()).unwrap_or(usize::MAX);
        let mut chain: Vec<usize> = flow.inputs(&steps, receiver, end).filter(wanted).collect();
        let mut seen: BTreeSet<usize> = chain.iter().copied().collect();
        let mut next = 0;
        while let Some(at) = chain.get(next) {
            let inputs = flow.inputs(&steps, &steps[*at].from, steps[*at].stage);
            chain.extend(inputs.filter(|input| seen.insert(*input)).collect::<Vec<_>>());
            next += 1;
        }
        chain.into_iter().map(|at| steps[at].clone()).collect()
    }
}

/// Which steps enter a node, and in which stages it sends.
struct Flow<'a> {
    into: BTreeMap<&'a str, Vec<usize>>,
    sends: BTreeMap<&'a str, BTreeSet<usize>>,
}

impl<'a> Flow<'a> {
    fn of(allocation: &'a Allocation, steps: &'a [Step]) -> Flow<'a> {
        let mut flow = Flow { into: BTreeMap::new(), sends: BTreeMap::new() };
        for (at, step) in steps.iter().enumerate() {
            flow.into.entry(&step.to).or_default().push(at);
            flow.sends.entry(&step.from).or_default().insert(step.stage);
        }
        for residual in &allocation.residuals {
            flow.sends.entry(&residual.node).or_default().insert(residual.stage);
        }
        flow
    }

    /// The steps that made what `node` sent at `stage`. A node sends all it holds, so they came in
    /// before that stage, and not before the stage in which it last sent.
    fn inputs(&self, steps: &[Step], node: &str, stage: usize) -> impl Iterator<Item = usize> {
        let last = self.sends.get(node).and_then(|sends| sends.range(..stage).next_back());
        let window = last.copied().unwrap_or(0)..stage;
        let into = self.into.get(node).map_or(&[][..], Vec::as_slice);
        into.iter().copied().filter(move |at| window.contains(&steps[*at].stage))
    }
}

fn step(lines: &[Line], of: i64) -> Step {
    let amount = lines.iter().map(|line| line.amount).sum();
    let exact = match lines[0].share.method {
        Method::Budgeted { fixed, variable } => fixed + variable,
        _ => lines[0].share.ratio.of(of).expect("a share of 64 bits fits 64 bits"),
    };
    Step {
        stage: lines[0].stage,
        from: lines[0].from.clone(),
        to: lines[0].to.clone(),
        amount,
        of,
        share: lines[0].share.clone(),
        rounding: amount - exact,
        parts: lines.iter().map(|l| Part { origin: l.origin.clone(), amount: l.amount }).collect(),
    }
}
