//! Largest remainder: an amount split so that its parts always add up to the whole.
//!
//! Hamilton's method (Balinski & Young, *Fair Representation*, 1982): every part gets the floor of
//! its exact share, then the units left go one each to the largest remainders; equal remainders go
//! to the smaller key. The order of rows, threads and file splits therefore changes nothing.

/// Splits `total` minor units over `weights` by largest remainder, ties by key.
///
/// Returns one part per weight, in the order given; `None` if the weights do not sum to more than
/// zero (then the amount is a named residual of the caller, never dropped). Weights must not be
/// negative and their sum times `total` must fit 128 bits, else `None`. A negative total splits as
/// the mirror image of the positive one.
pub fn largest_remainder<K: Ord>(total: i64, weights: &[(K, i128)]) -> Option<Vec<i64>> {
    if weights.iter().any(|(_, weight)| *weight < 0) {
        return None;
    }
    let sum = weights.iter().try_fold(0_i128, |sum, (_, weight)| sum.checked_add(*weight))?;
    if sum == 0 {
        return None;
    }
    let magnitude = i128::from(total.unsigned_abs());
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (index, (key, weight)) in weights.iter().enumerate() {
        let share = magnitude.checked_mul(*weight)?;
        parts.push(i64::try_from(share / sum).ok()?);
        remainders.push((share % sum, key, index));
    }
    let left = i64::try_from(magnitude).ok()? - parts.iter().sum::<i64>();
    let left = usize::try_from(left).ok()?;
    if 0 < left && left < remainders.len() {
        // Which are the first is all that is asked, not their order.
        remainders.select_nth_unstable_by(left, |a, b| {
            b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)).then(a.2.cmp(&b.2))
        });
    }
    for (_, _, index) in remainders.iter().take(left) {
        parts[*index] += 1;
    }
    if total < 0 {
        parts.iter_mut().for_each(|part| *part = -*part);
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `faults.md`, "Percent shares that do not add up".
    #[test]
    fn percent_shares_add_up_in_every_order_of_the_rows() {
        let cases: &[(i64, &[(&str, i128)], &[i64])] = &[
            (2005, &[("CC-1", 33), ("CC-2", 33), ("CC-3", 34)], &[662, 661, 682]),
            (1, &[("A", 95), ("B", 5)], &[1, 0]),
            (10000, &[("A", 1), ("B", 1), ("C", 1)], &[3334, 3333, 3333]),
        ];
        for (total, weights, expected) in cases {
            assert_eq!(largest_remainder(*total, weights).unwrap(), *expected);
            let mirrored: Vec<i64> = expected.iter().map(|part| -part).collect();
            assert_eq!(largest_remainder(-*total, weights).unwrap(), mirrored);
            let backwards: Vec<_> = weights.iter().rev().copied().collect();
            let mut parts = largest_remainder(*total, &backwards).unwrap();
            parts.reverse();
            assert_eq!(parts, *expected);
        }
    }

    #[test]
    fn weights_that_sum_to_zero_leave_the_amount_to_the_caller() {
        assert_eq!(largest_remainder(100, &[("A", 0), ("B", 0)]), None);
        assert_eq!(largest_remainder::<&str>(100, &[]), None);
        assert_eq!(largest_remainder(100, &[("A", -1), ("B", 2)]), None);
    }
}
