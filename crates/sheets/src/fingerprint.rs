//! Re-import detection: what a line is, and the how-many-th of its kind.

use std::collections::HashMap;
use std::fmt;

use sha2::{Digest, Sha256};

/// SHA-256 of a line's values together with the count of equal lines before it. Two real lines
/// that look alike differ by that count, and the same file again gives the same prints.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Gives the lines of one file their prints, in the order of the file. Keeps 40 bytes a line.
#[derive(Default)]
pub struct Fingerprinter {
    seen: HashMap<[u8; 32], u64>,
    equal_lines: u64,
}

impl Fingerprinter {
    /// For a new file.
    pub fn new() -> Fingerprinter {
        Fingerprinter::default()
    }

    /// The print of a line from its mapped values, as field and canonical text (ISO dates, dot
    /// decimals: never the text of the file, whose formats may change), and the line's occurrence
    /// from 1. The order of the fields does not matter.
    pub fn of(&mut self, values: &[(&str, &str)]) -> (Fingerprint, u64) {
        let mut values = values.to_vec();
        values.sort_unstable();
        let mut hash = Sha256::new();
        for part in values.iter().flat_map(|(field, text)| [field, text]) {
            // The length in front keeps "ab" + "c" and "a" + "bc" apart.
            hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let content: [u8; 32] = hash.finalize().into();
        let occurrence = self.seen.entry(content).or_default();
        *occurrence += 1;
        self.equal_lines += u64::from(*occurrence > 1);
        let print = Sha256::new().chain_update(content).chain_update(occurrence.to_be_bytes()).finalize();
        (Fingerprint(print.into()), *occurrence)
    }

    /// Lines so far that equal an earlier one: "2 equal lines in this file".
    pub fn equal_lines(&self) -> u64 {
        self.equal_lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn prints(lines: &[&str]) -> HashSet<Fingerprint> {
        let mut printer = Fingerprinter::new();
        lines
            .iter()
            .map(|line| {
                let [date, account, text, amount]: [&str; 4] =
                    line.split(';').collect::<Vec<_>>().try_into().unwrap();
                printer.of(&[("date", date), ("account", account), ("text", text), ("amount", amount)]).0
            })
            .collect()
    }

    /// `faults.md`, "Two real lines that look alike".
    #[test]
    fn look_alike_lines_stay_and_the_third_copy_is_one_new_line() {
        let (taxi, next) = ("2026-09-15;7700;Taxi;15.00", "2026-09-16;7700;Taxi;15.00");
        let first = prints(&[taxi, taxi, next]);
        assert_eq!(first.len(), 3);
        assert_eq!(prints(&[next, taxi, taxi]).difference(&first).count(), 0);
        assert_eq!(prints(&[taxi, taxi, next, taxi]).difference(&first).count(), 1);
    }

    #[test]
    fn fields_are_kept_apart_and_their_order_does_not_matter() {
        let print = |values: &[(&str, &str)]| Fingerprinter::new().of(values).0;
        assert_ne!(print(&[("a", "bc"), ("d", "")]), print(&[("a", "b"), ("d", "c")]));
        assert_eq!(print(&[("a", "1"), ("b", "2")]), print(&[("b", "2"), ("a", "1")]));
    }
}
