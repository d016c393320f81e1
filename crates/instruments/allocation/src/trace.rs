//! Any amount back to its pools: who sent it, what share it is of what, and why, in one sentence.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::{Money, Quantity};
use num_bigint::BigInt;
use num_traits::One;

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

    /// The step in one sentence: “€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales
    /// has 122 of 1,357 seats.”
    pub fn sentence(&self, step: &Step) -> String {
        let money = |minor: i64| Money::of_minor(minor, self.currency).spoken();
        let (fraction, because) = self.reason_of(step);
        let rounding = match step.rounding {
            0 => String::new(),
            rounding => format!("; rounding {}", money(rounding)),
        };
        format!("{} = {fraction} of {}, because {because}{rounding}.", money(step.amount), money(step.of))
    }

    fn reason_of(&self, step: &Step) -> (String, String) {
        let to = self.name_of(&step.to);
        let from = self.name_of(&step.from);
        let share = &step.share;
        match (&share.method, &share.driver) {
            (Method::Driver, Some(used)) => {
                let (own, total) = (used.quantity.grouped(), millionths(used.total));
                let unused = match used.unused {
                    0 => String::new(),
                    unused => format!(", {} of them unused", millionths(unused)),
                };
                (format!("{own} / {total}"), format!("{to} has {own} of {total} {}{unused}", used.unit))
            }
            (Method::Fixed { weight, total }, _) => {
                let (own, total) = (weight.grouped(), millionths(*total));
                (format!("{own} / {total}"), format!("rule {} gives {to} {own} of {total} parts", share.rule))
            }
            (Method::Proportional { cost, total }, _) => {
                let own = Money::of_minor(*cost, self.currency).spoken();
                let total = i64::try_from(*total).map_or_else(
                    |_| total.to_string(),
                    |total| Money::of_minor(total, self.currency).spoken(),
                );
                (format!("{own} / {total}"), format!("{to} already carries {own} of {total} direct cost"))
            }
            (Method::Reciprocal, _) if step.from == step.to => {
                (fraction(share), format!("{to} keeps that much for those it serves in later layers"))
            }
            (Method::Reciprocal, _) => {
                let why = "when all who serve each other are solved together";
                (fraction(share), format!("that much of what {from} costs ends at {to} {why}"))
            }
            (Method::Even | Method::Driver, _) => {
                let receivers = share.ratio.denominator();
                if receivers.is_one() {
                    return ("all".to_owned(), format!("rule {} sends it to {to} alone", share.rule));
                }
                let why = format!("rule {} gives each of its {receivers} receivers the same", share.rule);
                (fraction(share), why)
            }
        }
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
    let exact = lines[0].share.ratio.of(of).expect("a share of 64 bits fits 64 bits");
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

/// `2 / 3`; a fraction too long to read as a percentage with six digits, marked `≈`.
fn fraction(share: &Share) -> String {
    const READABLE_BITS: u64 = 40;
    let (numerator, denominator) = (share.ratio.numerator(), share.ratio.denominator());
    if denominator.bits() <= READABLE_BITS {
        let grouped = |n: &BigInt| {
            i64::try_from(n).map_or_else(|_| n.to_string(), |n| millionths(i128::from(n) * 1_000_000))
        };
        return format!("{} / {}", grouped(numerator), grouped(denominator));
    }
    let millionths_of_percent = share.ratio.of(100_000_000).unwrap_or_default();
    format!("≈ {} %", Quantity::of_millionths(millionths_of_percent).plain())
}

fn millionths(sum: i128) -> String {
    match i64::try_from(sum) {
        Ok(sum) => Quantity::of_millionths(sum).grouped(),
        Err(_) => (sum / 1_000_000).to_string(),
    }
}
