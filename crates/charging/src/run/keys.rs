//! Keys inside a model: pools, services, objects and customers in spaces of their own, and the parts of a pool. Pure.
//!
//! ```text
//! p:CLOUD             what the pool's rule shares
//! p:CLOUD|3G          lines that name the service
//! p:CLOUD#AWS         lines that the bills of a supplier explain
//! p:CLOUD|3G#AWS      the service's own part of them, where it is a credit
//! p:CLOUD|?#AWS       the part that no rule of the bill matched
//! ```

use allocation::Key;

/// Key of a pool for lines that no mapping rule fits: its cost is a named residual.
pub const UNMAPPED: &str = "UNMAPPED";

/// `VOICE` of kind `service` → `s:VOICE`.
pub fn mark(kind: &str, key: &str) -> Key {
    format!("{}:{key}", &kind[..1]).into()
}

/// `s:VOICE` → `VOICE`.
pub fn plain(marked: &str) -> &str {
    marked.split_once(':').map_or(marked, |(_, key)| key)
}

/// A pool's part that its lines say belongs to one service: `p:CLOUD|3G`.
pub(super) fn named(pool: &str, service: &str) -> Key {
    format!("p:{pool}|{service}").into()
}

/// Where cost comes from, out of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Origin<'k> {
    /// The pool; of another node its plain key.
    pub pool: &'k str,
    /// The service that its lines name, or whose own part of a bill it is.
    pub service: Option<&'k str>,
    /// The supplier whose bills explain it.
    pub supplier: Option<&'k str>,
}

impl Origin<'_> {
    pub(super) fn of(marked: &str) -> Origin<'_> {
        let key = plain(marked);
        let (key, supplier) =
            key.split_once('#').map_or((key, None), |(key, supplier)| (key, Some(supplier)));
        let (pool, service) =
            key.split_once('|').map_or((key, None), |(pool, service)| (pool, Some(service)));
        Origin { pool, service, supplier }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_where_cost_comes_from() {
        for (key, pool, service, supplier) in [
            ("p:CLOUD", "CLOUD", None, None),
            ("p:CLOUD|3G", "CLOUD", Some("3G"), None),
            ("p:CLOUD#AWS", "CLOUD", None, Some("AWS")),
            ("p:CLOUD|3G#AWS", "CLOUD", Some("3G"), Some("AWS")),
            ("s:CARE", "CARE", None, None),
        ] {
            assert_eq!(Origin::of(key), Origin { pool, service, supplier });
        }
    }
}
