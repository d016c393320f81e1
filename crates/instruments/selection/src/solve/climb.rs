//! From an allowed set to a safer one, by exchanges.

use crate::plan::{Plan, Set, Tail};
use crate::solve::Pool;

/// Exchanges that are tried from one set, the most promising first.
const TRIED: usize = 600;

impl Plan {
    /// The set after exchanges of one for one, additions and leavings-out, each of which makes it safer, as long as
    /// there are any; `pool` learns the tail of every set on the way.
    pub(crate) fn safer(&self, set: &Set, tail: &Tail, pool: &mut Pool) -> Set {
        let mut set = set.clone();
        loop {
            let row = pool.learn(tail, &tail.totals(&set));
            let Some(next) = self.safer_neighbour(&set, tail, pool.terms(row)) else { return set };
            set = next;
        }
    }

    /// The row of a set's tail is no less than the conditional value at risk of any other set: an exchange is worth a
    /// try only where the row's sum rises.
    fn safer_neighbour(&self, set: &Set, tail: &Tail, row: &[(usize, i128)]) -> Option<Set> {
        let mut of_column = vec![0; set.0.len()];
        row.iter().for_each(|(column, term)| of_column[*column] = *term);
        let term = |column: Option<usize>| column.map_or(0, |column| of_column[column]);
        let none = std::iter::once(None);
        let out: Vec<Option<usize>> = none.clone().chain(set.columns().map(Some)).collect();
        let into = none.chain((0..set.0.len()).filter(|column| !set.has(*column)).map(Some));
        let mut moves: Vec<(i128, Option<usize>, Option<usize>)> = into
            .flat_map(|into| out.iter().map(move |out| (*out, into)))
            .map(|(out, into)| (term(into) - term(out), out, into))
            .filter(|(more, ..)| *more > 0)
            .collect();
        moves.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let now = tail.of_set(set);
        let next = moves.into_iter().map(|(_, out, into)| set.moved(out, into));
        next.filter(|next| self.allows(next)).take(TRIED).find(|next| tail.of_set(next) > now)
    }
}
