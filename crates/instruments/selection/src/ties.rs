//! Which of several sets comes first: more value, then less cost, then the one with the earlier key.

use std::cmp::Ordering;

use crate::plan::{Plan, Row, Set};
use crate::solve::{Aim, Allowance, Ask, Found, Pool, other_than};
use crate::watch::{Stage, Watch};
use crate::{Error, Settings};

impl Plan {
    /// `Less`: `a` comes first. Of two sets of equal value and cost that has the earlier key in it which has the
    /// first key that is not in both.
    pub fn order(&self, a: &Set, b: &Set) -> Ordering {
        let by_worth = self.worth(b).cmp(&self.worth(a));
        by_worth.then_with(|| self.cost(a).cmp(&self.cost(b))).then_with(|| b.0.cmp(&a.0))
    }

    /// A set that is allowed, to begin from: most value per cost first, as long as it fits. Only where choosing
    /// nothing is allowed.
    pub fn greedy(&self) -> Option<Set> {
        let mut set = Set::empty(self.columns.len());
        if !self.allows(&set) {
            return None;
        }
        let mut order: Vec<usize> =
            (0..self.columns.len()).filter(|at| self.columns[*at].worth > 0).collect();
        let per_cost = |at: usize| self.columns[at].worth as f64 / (self.columns[at].cost.max(1)) as f64;
        order.sort_by(|a, b| per_cost(*b).total_cmp(&per_cost(*a)).then(a.cmp(b)));
        for column in order {
            let mut more = set.clone();
            more.0[column] = true;
            if self.allows(&more) {
                set = more;
            }
        }
        Some(set)
    }

    /// The set after every exchange of one for one, every addition and every leaving-out that makes it come
    /// earlier in the order: the best of them first, until there is none.
    pub fn exchanged(&self, set: &Set) -> Set {
        let mut set = set.clone();
        while let Some(next) = self.neighbour(&set) {
            set = next;
        }
        set
    }

    fn neighbour(&self, set: &Set) -> Option<Set> {
        let comes_earlier = |worth: i128, cost: i128| worth > 0 || worth == 0 && cost <= 0;
        let mut moves = self.moves(set, comes_earlier).into_iter();
        moves.find(|next| self.order(next, set) == Ordering::Less && self.allows(next))
    }

    /// The best allowed set one exchange from `set` that is worth `least` or more.
    pub fn mended(&self, set: &Set, least: i128) -> Option<Set> {
        let worth = self.worth(set);
        self.moves(set, |more, _| worth + more >= least).into_iter().find(|next| self.allows(next))
    }

    /// The sets one exchange of one for one, one addition or one leaving-out from `set`, of which `wanted` holds for
    /// what they are worth and cost more; those that are worth most first.
    fn moves(&self, set: &Set, wanted: impl Fn(i128, i128) -> bool) -> Vec<Set> {
        let out: Vec<Option<usize>> = std::iter::once(None).chain(set.columns().map(Some)).collect();
        let into: Vec<Option<usize>> =
            std::iter::once(None).chain((0..set.0.len()).filter(|at| !set.has(*at)).map(Some)).collect();
        let pairs = out.iter().flat_map(|out| into.iter().map(move |into| (*out, *into)));
        let mut moves: Vec<(i128, i128, Set)> = pairs
            .map(|(out, into)| {
                let (gone, come) = (out.map(|at| &self.columns[at]), into.map(|at| &self.columns[at]));
                let more = |of: fn(&crate::plan::Column) -> i128| come.map_or(0, of) - gone.map_or(0, of);
                (out, into, more(|column| column.worth), more(|column| column.cost))
            })
            .filter(|(_, _, worth, cost)| wanted(*worth, *cost))
            .map(|(out, into, worth, cost)| (worth, cost, set.moved(out, into)))
            .collect();
        moves.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then_with(|| b.2.0.cmp(&a.2.0)));
        moves.into_iter().map(|(_, _, next)| next).collect()
    }
}

/// The first in the order of all allowed sets, given one whose value is proven to be the largest; `None`: the
/// time was up before that was proven. The second is whether it is.
pub(crate) fn first_of_equals(
    plan: &Plan,
    best: Set,
    settings: &Settings,
    pool: &mut Pool,
    watch: Watch,
) -> Result<(Set, bool), Error> {
    let mut set = best;
    loop {
        let mut others = as_good(plan, &set);
        others.rows.push(other_than(&set));
        let next = match ask(&others, Aim::LeastCost, None, settings, &mut *pool, &mut *watch)? {
            Answered::Nothing => return Ok((set, true)),
            Answered::TooLate => return Ok((set, false)),
            Answered::Set(next) => next,
        };
        let richer = plan.worth(&next) > plan.worth(&set);
        if !richer && plan.cost(&next) > plan.cost(&set) {
            return Ok((set, true));
        }
        let cheaper = plan.cost(&next) < plan.cost(&set);
        set = if richer || cheaper { next } else { set };
        if !richer {
            return first_by_key(plan, set, settings, pool, watch);
        }
    }
}

/// Of sets of this value and cost the one with the earliest keys, a few bits at a time.
fn first_by_key(
    plan: &Plan,
    mut set: Set,
    settings: &Settings,
    pool: &mut Pool,
    watch: Watch,
) -> Result<(Set, bool), Error> {
    let mut equals = as_good(plan, &set);
    let cost = (0..plan.columns.len()).map(|at| (at, plan.columns[at].cost)).filter(|(_, cost)| *cost != 0);
    equals.rows.push(Row { limit: None, terms: cost.collect(), low: None, high: Some(plan.cost(&set)) });
    for first in (0..plan.columns.len()).step_by(Aim::KEYS) {
        let bits = first..(first + Aim::KEYS).min(plan.columns.len());
        match ask(&equals, Aim::Keys(bits.clone()), Some(&set), settings, &mut *pool, &mut *watch)? {
            Answered::Set(next) => set = next,
            Answered::Nothing | Answered::TooLate => return Ok((set, false)),
        }
        for column in bits {
            let fixed = Some(i128::from(set.has(column)));
            equals.rows.push(Row { limit: None, terms: vec![(column, 1)], low: fixed, high: fixed });
        }
    }
    Ok((set, true))
}

fn as_good(plan: &Plan, set: &Set) -> Plan {
    let mut plan = plan.clone();
    let worth = plan.columns.iter().map(|column| column.worth).enumerate().filter(|(_, worth)| *worth != 0);
    let row = Row { limit: None, terms: worth.collect(), low: Some(plan.worth(set)), high: None };
    plan.rows.push(row);
    plan
}

enum Answered {
    Set(Set),
    Nothing,
    TooLate,
}

fn ask(
    plan: &Plan,
    aim: Aim,
    start: Option<&Set>,
    settings: &Settings,
    pool: &mut Pool,
    watch: Watch,
) -> Result<Answered, Error> {
    let ask = Ask { plan, aim, start, allowance: Allowance::exact(settings.seconds), stage: Stage::Ties };
    Ok(match ask.answer(pool, watch)? {
        Found::Set(best) if best.proven => Answered::Set(best.set),
        Found::Nothing => Answered::Nothing,
        Found::Set(_) | Found::Unknown => Answered::TooLate,
    })
}
