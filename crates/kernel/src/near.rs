//! What somebody may have meant: the known keys nearest to what they typed.

/// Most that are offered.
const OFFERED: usize = 3;

/// Letters of what was typed for one slip that is forgiven; one always is.
const LETTERS_A_SLIP: usize = 3;

/// Letters from which on what was typed may be the beginning of a key.
const BEGINNING: usize = 2;

/// The known keys nearest to what was typed, nearest first: those it begins, and those it would be but for a slip in
/// each [`LETTERS_A_SLIP`] letters. Capitals are no slip.
pub fn nearest<'k>(typed: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let letters = lower(typed);
    let forgiven = (letters.len() / LETTERS_A_SLIP).max(1);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|key| (far(&letters, &lower(key)), key))
        .filter(|(far, _)| *far <= forgiven)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(OFFERED).map(|(_, key)| key).collect()
}

fn lower(text: &str) -> Vec<char> {
    text.to_lowercase().chars().collect()
}

/// Slips between the two; a beginning is one.
fn far(typed: &[char], key: &[char]) -> usize {
    let begins = typed.len() >= BEGINNING && typed.len() < key.len() && key.starts_with(typed);
    if begins { 1 } else { slips(typed, key) }
}

/// The fewest letters put in, left out, exchanged or swapped with their neighbour that make one word of the other
/// (optimal string alignment).
fn slips(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let exchanged = above[j] + usize::from(a != b);
            let mut least = exchanged.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The classical examples of Levenshtein and Damerau.
    #[test]
    fn slips_are_letters_put_in_left_out_exchanged_or_swapped() {
        for (from, to, count) in [
            ("kitten", "sitting", 3),
            ("saturday", "sunday", 3),
            ("ca", "abc", 3),
            ("voice", "vocie", 1),
            ("", "abc", 3),
            ("same", "same", 0),
        ] {
            assert_eq!(slips(&lower(from), &lower(to)), count, "{from} {to}");
            assert_eq!(slips(&lower(to), &lower(from)), count, "{to} {from}");
        }
    }

    #[test]
    fn near_is_a_slip_in_three_letters_a_beginning_or_the_same_in_other_capitals() {
        let known = ["VMAIL", "MAIL", "CARE", "CORE", "B-0012", "B-0102", "SMS", "ÅSA"];
        for (typed, near) in [
            ("vmail", vec!["VMAIL", "MAIL"]),
            ("CARR", vec!["CARE"]),
            ("VMA", vec!["VMAIL"]),
            ("B-012", vec!["B-0012", "B-0102"]),
            ("åsa", vec!["ÅSA"]),
            ("QUITE-ELSE", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(nearest(typed, known), near, "{typed}");
        }
        assert_eq!(
            nearest("A1", ["A3", "A2", "A2", "A5", "A4"]),
            ["A2", "A3", "A4"],
            "no more, and none twice"
        );
    }
}
