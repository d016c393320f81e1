//! Kinds of record of which not every one is told to all who are told of their kind. Their context knows which, and
//! hands it in at start; the SQL speaks of `h`, an event.

use std::sync::{PoisonError, RwLock};

use crate::Cx;

/// Which records of a kind are told to whom who does not read the whole history.
#[derive(Debug)]
pub struct Narrow {
    /// The kind.
    pub noun: &'static str,
    /// SQL: the reader is told of the record.
    pub told: fn(&Cx) -> String,
    /// SQL: the reader is told its values, too.
    pub whole: fn(&Cx) -> String,
}

static NARROWED: RwLock<Vec<&'static Narrow>> = RwLock::new(Vec::new());

/// Hands in one of them. A kind that is there already stays as it is, so that a process which opens several
/// databases may call it for each.
pub fn narrow(to: &'static Narrow) {
    let mut narrowed = NARROWED.write().unwrap_or_else(PoisonError::into_inner);
    if narrowed.iter().all(|known| known.noun != to.noun) {
        narrowed.push(to);
    }
}

/// SQL: the reader is told of the record of the event, as far as its own context says.
pub(super) fn told(cx: &Cx) -> String {
    all(|narrow| (narrow.told)(cx))
}

/// SQL: the fields of the event as the reader is told them.
pub(super) fn fields(cx: &Cx) -> String {
    format!("case when {} then h.changes else '{{}}' end", all(|narrow| (narrow.whole)(cx)))
}

/// SQL: the condition of each kind holds of its events.
fn all(condition: impl Fn(&Narrow) -> String) -> String {
    let narrowed = NARROWED.read().unwrap_or_else(PoisonError::into_inner);
    let each =
        narrowed.iter().copied().map(|one| format!("(h.noun <> '{}' or {})", one.noun, condition(one)));
    let each: Vec<String> = each.collect();
    if each.is_empty() { "true".to_owned() } else { each.join(" and ") }
}
