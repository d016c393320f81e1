//! How the promises of each service stand together. Pure.

use std::collections::BTreeMap;

use kernel::listing::Asked;
use portfolio::promise::Verdict;

use crate::promise::{Judged, WORST_FIRST, rank};

/// The column that says it.
pub(super) const PROMISES: &str = "promises";

/// The worst judgement of each service that has promises, by its key.
pub(super) fn worst(judged: &[Judged]) -> BTreeMap<&str, Verdict> {
    let mut worst: BTreeMap<&str, Verdict> = BTreeMap::new();
    for promise in judged {
        let known = worst.entry(&promise.service).or_insert(promise.verdict);
        if rank(promise.verdict) < rank(*known) {
            *known = promise.verdict;
        }
    }
    worst
}

/// Whether all services have to be judged before it is known which rows come first: the list is sorted or filtered
/// by its promises, or looked through for a word that a judgement has.
pub(super) fn is_asked_by_promises(asked: &Asked) -> bool {
    let sorted = asked.sort.as_ref().is_some_and(|sort| sort.column == PROMISES);
    let filtered = asked.filters.iter().any(|filter| filter.column == PROMISES);
    let words = asked.search.as_deref().unwrap_or_default().to_lowercase();
    let judges = |word: &str| WORST_FIRST.iter().any(|verdict| verdict.word().contains(word));
    sorted || filtered || words.split_whitespace().any(judges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        Asked::read(pairs.iter().copied(), &[])
    }

    #[test]
    fn only_what_asks_for_promises_has_every_service_judged() {
        for (pairs, all) in [
            (&[("state", "operational"), ("sort", "-cost")][..], false),
            (&[("filter", "cost>1e6")], false),
            (&[("q", "desktop mail")], false),
            (&[("sort", "promises")], true),
            (&[("promises", "broken")], true),
            (&[("filter", "promises!=kept")], true),
            (&[("q", "desktop Broken")], true),
        ] {
            assert_eq!(is_asked_by_promises(&asked(pairs)), all, "{pairs:?}");
        }
    }
}
