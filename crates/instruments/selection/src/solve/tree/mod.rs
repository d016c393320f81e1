//! Branch and cut, for questions that mind risk: one tree, in which rows of the tail are learnt wherever a point
//! breaks them.
//!
//! A solver of mixed-integer programs would have to be run anew for every row that its set taught, and spends its
//! time before the first node; the relaxation here has few rows and is answered in a millisecond. The best bound is
//! opened first and followed down (Wolsey 2021, *Integer Programming*, chapter 7); what costs more than what is
//! missing to the best set is decided for good by its reduced cost.

mod around;
mod branching;
mod incumbent;
mod node;

use std::collections::BinaryHeap;

use self::branching::Branching;
use self::node::Node;
use crate::Error;
use crate::plan::{Broken, Set, Tail};
use crate::solve::relaxation::{Fixed, Point, Relaxation};
use crate::solve::tail::Pool;
use crate::solve::waiting::Reins;
use crate::solve::{Aim, Ask, Best, Found, cut, other_than};

/// Rounds in which the root learns rows of the tail, and any other node.
const ROOT_ROUNDS: usize = 100;
const NODE_ROUNDS: usize = 3;

/// Nodes between two looks for a better set.
const LOOK_EVERY: usize = 20;

/// What floating point may get wrong of a reduced cost, as a part of the bound.
const DOUBT: f64 = 1e-6;

/// What a node's relaxation leads to.
enum Look {
    /// Nothing better is below; the bound that was found for it, where there was a point.
    Closed(Option<f64>),
    /// A point of parts.
    Open(Point),
}

pub(super) struct Tree<'a> {
    ask: &'a Ask<'a>,
    pool: &'a mut Pool,
    tail: &'a Tail,
    relaxation: Relaxation<'a>,
    branching: Branching,
    best: Option<Set>,
    /// The best set when last it was looked around.
    looked_around: Option<Set>,
    open: BinaryHeap<Node>,
    /// The node that is looked at next.
    dive: Option<Node>,
    /// The highest bound of what was closed with something better in it perhaps, by no more than the gap.
    closed: f64,
    root: Option<Point>,
    nodes: usize,
    numbered: usize,
}

impl<'a> Tree<'a> {
    pub fn new(ask: &'a Ask<'a>, tail: &'a Tail, pool: &'a mut Pool) -> Tree<'a> {
        let columns = ask.plan.columns.len();
        let root = Node { bound: f64::INFINITY, number: 0, fixed: vec![None; columns], decision: None };
        Tree {
            ask,
            relaxation: Relaxation::new(ask.plan, &ask.aim, tail, pool),
            pool,
            tail,
            branching: Branching::new(columns),
            best: ask.start.filter(|set| ask.plan.allows(set)).cloned(),
            looked_around: None,
            open: BinaryHeap::from([root]),
            dive: None,
            closed: f64::NEG_INFINITY,
            root: None,
            nodes: 0,
            numbered: 0,
        }
    }

    /// Looks at node after node until nothing is left, or whoever holds the reins has had enough.
    pub fn grow(mut self, reins: &Reins) -> Result<Found, Error> {
        while let Some(node) = self.dive.take().or_else(|| self.open.pop()) {
            if reins.are_pulled() {
                let bound = self.bound(node.bound);
                return Ok(self.end(bound, false));
            }
            if self.is_near(node.bound) {
                self.closed = self.closed.max(node.bound);
                continue;
            }
            self.visit(node)?;
            let next = self.dive.as_ref().map_or(f64::NEG_INFINITY, |node| node.bound);
            reins.tell(self.gap(self.bound(next)));
        }
        let bound = self.bound(f64::NEG_INFINITY);
        Ok(self.end(bound, true))
    }

    /// No set has more, given that none has more than `next` in the node that is at hand; in the model's unit.
    fn bound(&self, next: f64) -> f64 {
        let open = self.open.peek().map_or(f64::NEG_INFINITY, |node| node.bound);
        open.max(next).max(self.closed)
    }

    fn end(self, bound: f64, proven: bool) -> Found {
        let unit = self.relaxation.unit;
        match self.best {
            Some(set) => {
                let merit = self.ask.aim.merit(self.ask.plan, &set) as f64 / scale(self.ask, self.tail);
                Found::Set(Best { set, bound: (bound * unit).max(merit), proven })
            }
            None if proven => Found::Nothing,
            None => Found::Unknown,
        }
    }

    fn visit(&mut self, node: Node) -> Result<(), Error> {
        self.nodes += 1;
        let mut fixed = node.fixed;
        if let Some(root) = &self.root
            && !self.fix_by_cost(root, &mut fixed)
        {
            return Ok(());
        }
        let look = self.look(&fixed)?;
        let found = match &look {
            Look::Open(point) => Some(point.bound),
            Look::Closed(bound) => *bound,
        };
        if let (Some(decision), Some(bound)) = (&node.decision, found) {
            self.branching.saw(decision, node.bound - bound);
        }
        let Look::Open(point) = look else { return Ok(()) };
        if self.nodes % LOOK_EVERY == 1 || self.best.is_none() {
            self.seek(&point);
            if self.best != self.looked_around {
                self.look_around();
                self.looked_around.clone_from(&self.best);
            }
        }
        if self.fix_by_cost(&point, &mut fixed) {
            self.branch(&point, fixed)?;
        }
        self.root.get_or_insert(point);
        Ok(())
    }

    /// Solves the relaxation until it says nothing wrong of the tail, or often enough.
    fn look(&mut self, fixed: &Fixed) -> Result<Look, Error> {
        let rounds = if self.root.is_none() { ROOT_ROUNDS } else { NODE_ROUNDS };
        for round in 0.. {
            let Some(point) = self.relaxation.solve(fixed, self.pool)? else { break };
            let whole = point.torn().next().is_none();
            if self.is_near(point.bound) || whole && self.judge(&point.rounded()) {
                self.closed = self.closed.max(point.bound);
                return Ok(Look::Closed(Some(point.bound)));
            }
            if !whole && (round >= rounds || !self.relaxation.learn(&point, self.pool)) {
                return Ok(Look::Open(point));
            }
        }
        Ok(Look::Closed(None))
    }

    /// Takes the set that is best in a node, if it is allowed to the cent and its tail no worse than was thought: whether
    /// it is. Else something is learnt from it.
    fn judge(&mut self, set: &Set) -> bool {
        let plan = self.ask.plan;
        match plan.broken(set) {
            Some(Broken::Row(row)) => {
                self.relaxation.cut(cut(plan, row, set));
                false
            }
            Some(Broken::Floor) => {
                if !self.learn(set) {
                    self.relaxation.cut(other_than(set));
                }
                self.mend(set);
                false
            }
            None => {
                self.take(set.clone());
                self.ask.aim != Aim::Safest || !self.learn(set)
            }
        }
    }

    /// Whether the tail's row of a set is one that the relaxation did not have.
    fn learn(&mut self, set: &Set) -> bool {
        let row = self.pool.learn(self.tail, &self.tail.totals(set));
        self.relaxation.take(row, self.pool)
    }

    /// Decides what would cost more than is missing to the best set; `false`: nothing better is left.
    fn fix_by_cost(&self, point: &Point, fixed: &mut Fixed) -> bool {
        let Some(enough) = self.enough() else { return true };
        let slack = point.bound - enough + DOUBT * point.bound.abs().max(1.0);
        for (column, wanted) in fixed.iter_mut().enumerate() {
            let (part, reduced) = (point.parts[column], point.reduced[column]);
            let keeps = part > 0.5;
            // What is out loses by coming in, what is in by going out.
            let costs = reduced.abs() > slack && keeps == (reduced > 0.0);
            if costs && *wanted.get_or_insert(keeps) != keeps {
                return false;
            }
        }
        true
    }
}

/// What a bound in the aim's units is multiplied by to compare with [`Aim::merit`].
fn scale(ask: &Ask, tail: &Tail) -> f64 {
    if ask.aim == Aim::Safest { tail.mass() as f64 } else { 1.0 }
}
