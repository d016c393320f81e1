//! What a target tells beside its fields, so that the right things are asked before a line is read.

/// Beside the fields.
#[derive(Clone, Copy, Debug)]
pub struct Hints {
    /// Every line needs one of these fields: its day or its month. Where the file has none of them, the
    /// month is asked.
    pub one_of: &'static [&'static str],
    /// Names of columns that together mean something else than each by itself: beside an original
    /// amount, “Amount” is the one in the organisation's currency. Each set holds where all its names
    /// are there.
    pub together: &'static [&'static [(&'static str, &'static str)]],
    /// How keys are made where a file has none.
    pub keys: Option<Keys>,
    /// The field by whose values the file's total is told too, because they do not add up: cost and
    /// income.
    pub split: Option<&'static str>,
}

impl Hints {
    /// Nothing to tell.
    pub const NONE: Hints = Hints { one_of: &[], together: &[], keys: None, split: None };
}

/// Keys made of names: `Acme Corporation` → `ACMECORPORAT`.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// The field that holds the key.
    pub field: &'static str,
    /// The field it is made of.
    pub of: &'static str,
    /// The switch that says so.
    pub when: &'static str,
}

impl Keys {
    /// The usual names: `key`, made of `name` where `make_keys` says yes.
    pub const OF_NAMES: Keys = Keys { field: "key", of: "name", when: "make_keys" };
}

/// The longest key records take, and the shortest.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=12;

/// The key made of a name: its letters and digits in capitals; none where too few are left.
pub(crate) fn key_of(name: &str) -> Option<String> {
    let plain = name.chars().filter(char::is_ascii_alphanumeric);
    let key: String = plain.take(*LENGTH.end()).collect::<String>().to_ascii_uppercase();
    LENGTH.contains(&key.len()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_of_the_letters_of_a_name() {
        for (name, key) in [
            ("Acme Corporation", Some("ACMECORPORAT")),
            ("dambase", Some("DAMBASE")),
            ("3G & more", Some("3GMORE")),
            ("Büro", Some("BRO")),
            ("é", None),
            ("X", None),
        ] {
            assert_eq!(key_of(name).as_deref(), key, "{name}");
        }
    }
}
