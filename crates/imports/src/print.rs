//! What a line is, so that it is known again whatever formats the file is written in.

use std::collections::HashMap;

use sheets::Fingerprinter;

use crate::{Cell, FieldKind, Row, Target};

/// Prints are SHA-256 cut to 128 bits: enough to tell a billion billion lines apart.
const HEX: usize = 32;

/// Digest of all values that say what the line is. An amount counts with its currency, so it makes no
/// difference whether a column or a constant named it; what is said about the import itself does not count, nor the id of our own list.
pub(crate) fn content(target: &Target, row: &Row) -> String {
    let counts = |key: &str| {
        let kind = target.field(key).map(|field| field.kind);
        !kind
            .is_some_and(|kind| matches!(kind, FieldKind::Currency | FieldKind::Id) || kind.is_about_import())
    };
    let values = row.cells.iter().filter(|(key, _)| counts(key)).map(|(key, cell)| (*key, exact(cell)));
    digest(values.collect())
}

/// Digest of the values that name the line; `None` where one of them is blank.
pub(crate) fn identity(target: &Target, row: &Row) -> Option<String> {
    let values: Vec<(&str, String)> =
        target.identity().iter().map(|key| (*key, exact(row.cell(key)))).collect();
    let named = !values.is_empty() && values.iter().all(|(_, value)| !value.is_empty());
    named.then(|| digest(values))
}

fn exact(cell: &Cell) -> String {
    match cell {
        Cell::Money(money) => format!("{} {}", money.plain(), money.currency()),
        other => other.plain(),
    }
}

fn digest(values: Vec<(&str, String)>) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let mut print = Fingerprinter::new().of(&values).0.to_string();
    print.truncate(HEX);
    print
}

/// Counts equal lines of one file.
#[derive(Default)]
pub(crate) struct Occurrences {
    seen: HashMap<u128, i64>,
    /// Lines that equal another one.
    pub equal: i64,
}

impl Occurrences {
    /// The how-many-th line of that content this is, from 1.
    pub(crate) fn next(&mut self, content: &str) -> i64 {
        let count = self.seen.entry(number(content)).or_default();
        *count += 1;
        self.equal += match *count {
            1 => 0,
            2 => 2,
            _ => 1,
        };
        *count
    }
}

/// A print as a number: a third of the memory of its text.
pub(crate) fn number(print: &str) -> u128 {
    u128::from_str_radix(print, 16).expect("a print is 32 hexadecimal digits")
}
