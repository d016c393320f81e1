//! How far the work is, by a callback.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Steps that are done: of a forecast, each series now and in each round of its past; of a back-test, each method
    /// from each origin.
    pub done: usize,
    /// Of how many.
    pub of: usize,
}

/// Called after each step, from every thread.
pub type Watch<'a> = &'a (dyn Fn(Progress) + Sync);

/// A watch for those who do not mind waiting.
pub fn patient(_: Progress) {}

/// Counts for a watch.
pub(crate) struct Tally<'a> {
    done: AtomicUsize,
    of: usize,
    watch: Watch<'a>,
}

impl<'a> Tally<'a> {
    pub fn new(of: usize, watch: Watch<'a>) -> Tally<'a> {
        Tally { done: AtomicUsize::new(0), of, watch }
    }

    /// One more step is done.
    pub fn one(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        (self.watch)(Progress { done, of: self.of });
    }
}
