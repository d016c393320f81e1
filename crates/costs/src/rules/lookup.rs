//! Rules made ready: what each word of a dictionary says is worked out once, and a row costs a look-up per field.
//!
//! Most rules ask for one word of one field, always. Of those, a word knows the first that asks for it, and a row's is
//! the least of its words'. The others, which ask for more, have a bit each: a word knows which of them it does not rule
//! out, days know which are in force, and the first bit that all of a row's leave is the rule.

use std::collections::HashMap;

use super::{Rule, Rules, Test};

/// Rules made ready.
#[derive(Debug)]
pub(crate) struct Lookup {
    /// By field: a word and the first rule that asks for it alone.
    alone: Vec<HashMap<String, u32>>,
    /// The rules that ask for more, with their number.
    joint: Vec<(u32, Rule)>,
    /// The days on which another set of them comes into force, and the set; the first is of all days before.
    eras: Vec<(i64, Vec<u64>)>,
    /// The service of each rule; the last is of no rule.
    services: Vec<u32>,
}

/// What the words of one field's dictionary say. The last stands for no word.
#[derive(Debug)]
pub(crate) struct Said {
    /// The first rule that asks for the word alone.
    first: Vec<u32>,
    /// [`Lookup::width`] for each word: which of the others it leaves.
    leaves: Vec<u64>,
}

/// Bits that are held together.
const BITS: usize = 64;

impl Lookup {
    /// Makes the rules ready.
    pub(crate) fn new(rules: &Rules) -> Lookup {
        let mut alone = vec![HashMap::new(); rules.fields.len()];
        let mut joint = Vec::new();
        for (rule, number) in rules.rules.iter().zip(0..) {
            match words_alone(rule) {
                Some((field, words)) => words.for_each(|word| {
                    alone[field].entry(word.to_owned()).or_insert(number);
                }),
                None => joint.push((number, rule.clone())),
            }
        }
        let eras = eras(&joint);
        let services = rules.rules.iter().map(|rule| rule.service).chain([rules.unmatched]).collect();
        Lookup { alone, joint, eras, services }
    }

    /// What the words of a field's dictionary say.
    pub(crate) fn said<'w>(&self, field: usize, words: impl Iterator<Item = Option<&'w str>>) -> Said {
        let none = self.none();
        let mut said = Said { first: Vec::new(), leaves: Vec::new() };
        for word in words.chain([None]) {
            let first = word.and_then(|word| self.alone[field].get(word)).copied();
            said.first.push(first.unwrap_or(none));
            said.leaves.extend(bits(&self.joint, |rule| leaves(rule, field, word)));
        }
        said
    }

    /// Whether a row's day and its words together have to be looked at.
    pub(crate) fn is_joint(&self) -> bool {
        !self.joint.is_empty()
    }

    /// The number that stands for no rule: the one after the last.
    pub(crate) fn none(&self) -> u32 {
        u32::try_from(self.services.len() - 1).unwrap_or(u32::MAX)
    }

    /// The service of a rule, or of no rule.
    pub(crate) fn service(&self, rule: u32) -> u32 {
        self.services[rule as usize]
    }

    /// The first of the rules that ask for more, before `first`, on a day, of a row with these words; else `first`.
    pub(crate) fn first_joint(&self, first: u32, day: i64, words: &[(&Said, usize)]) -> u32 {
        let era = self.eras.partition_point(|(begins, _)| *begins <= day) - 1;
        for (at, force) in self.eras[era].1.iter().enumerate() {
            let width = self.eras[era].1.len();
            let left = words.iter().fold(*force, |left, (said, key)| left & said.leaves[key * width + at]);
            if left != 0 {
                let (number, _) = self.joint[at * BITS + left.trailing_zeros() as usize];
                return number.min(first);
            }
        }
        first
    }
}

impl Said {
    /// The first rule that asks for the word at `key` alone.
    #[inline]
    pub(crate) fn first(&self, key: usize) -> u32 {
        self.first[key]
    }

    /// The key that stands for no word.
    pub(crate) fn no_word(&self) -> usize {
        self.first.len() - 1
    }
}

/// The field and the words of a rule that asks for one word alone, always.
fn words_alone(rule: &Rule) -> Option<(usize, impl Iterator<Item = &str>)> {
    let [condition] = rule.when.as_slice() else { return None };
    let word = |test: &Test| matches!(test, Test::Is(_));
    if rule.from.is_some() || rule.to.is_some() || !condition.any.iter().all(word) {
        return None;
    }
    let words = condition.any.iter().filter_map(|test| match test {
        Test::Is(word) => Some(word.as_str()),
        _ => None,
    });
    Some((condition.field, words))
}

/// Whether a word of a field leaves a rule possible.
fn leaves(rule: &Rule, field: usize, word: Option<&str>) -> bool {
    let mut asked = rule.when.iter().filter(|condition| condition.field == field);
    asked.all(|condition| condition.any.iter().any(|test| test.holds(word)))
}

/// A bit for each rule.
fn bits(rules: &[(u32, Rule)], is: impl Fn(&Rule) -> bool) -> Vec<u64> {
    let chunk = |chunk: &[(u32, Rule)]| {
        let set = chunk.iter().enumerate().filter(|(_, (_, rule))| is(rule));
        set.fold(0, |bits, (at, _)| bits | 1 << at)
    };
    rules.chunks(BITS).map(chunk).collect()
}

/// When which rules are in force.
fn eras(rules: &[(u32, Rule)]) -> Vec<(i64, Vec<u64>)> {
    let ends = |(_, rule): &(u32, Rule)| [rule.from.map(i64::from), rule.to.map(|to| i64::from(to) + 1)];
    let mut begins: Vec<i64> = rules.iter().flat_map(ends).flatten().chain([i64::MIN]).collect();
    begins.sort_unstable();
    begins.dedup();
    let in_force = |day: i64, rule: &Rule| {
        rule.from.is_none_or(|from| i64::from(from) <= day) && rule.to.is_none_or(|to| day <= i64::from(to))
    };
    begins.into_iter().map(|day| (day, bits(rules, |rule| in_force(day, rule)))).collect()
}

#[cfg(test)]
mod tests;
