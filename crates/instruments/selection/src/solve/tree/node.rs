//! What is still to be looked at, the highest bound first.

use std::cmp::Ordering;

use crate::solve::relaxation::Fixed;
use crate::solve::tree::branching::Decision;

/// A part of the tree that is still to be looked at.
pub(super) struct Node {
    /// No set in it has more; in the model's unit.
    pub bound: f64,
    pub number: usize,
    pub fixed: Fixed,
    /// How it came from the node above.
    pub decision: Option<Decision>,
}

impl Ord for Node {
    /// The highest bound first, then the oldest.
    fn cmp(&self, other: &Node) -> Ordering {
        self.bound.total_cmp(&other.bound).then(other.number.cmp(&self.number))
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Node) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Node) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}
