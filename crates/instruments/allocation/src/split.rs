//! Largest remainder for weights of any size.

use kernel::split::largest_remainder;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::ToPrimitive;

/// `amount` over weights that are sorted, not negative and not all zero. [`largest_remainder`] where
/// 128 bits are enough; else the same in whole numbers of any size.
pub(crate) fn split(amount: i64, weights: &[(usize, i128)]) -> Vec<i64> {
    largest_remainder(amount, weights).unwrap_or_else(|| {
        let wide: Vec<BigInt> = weights.iter().map(|(_, weight)| BigInt::from(*weight)).collect();
        let total = wide.iter().sum();
        split_wide(amount, &wide.iter().collect::<Vec<_>>(), &total, None).parts
    })
}

/// `amount` over whole weights of any size by largest remainder, ties by place: what
/// [`kernel::split::largest_remainder`] does where 128 bits are enough. None if a weight is negative or all are nought.
pub fn split_whole(amount: i64, weights: &[BigInt]) -> Option<Vec<i64>> {
    let total: BigInt = weights.iter().sum();
    let none = weights.iter().any(|weight| *weight < BigInt::ZERO) || total == BigInt::ZERO;
    (!none).then(|| split_wide(amount, &weights.iter().collect::<Vec<_>>(), &total, None).parts)
}

/// An amount split.
pub(crate) struct Split {
    /// One part per weight.
    pub parts: Vec<i64>,
    /// Whether the parts are those of the exact weights, whatever the weights' error.
    pub certain: bool,
}

/// `amount` over `weights` by largest remainder, ties by place; a negative amount as the mirror image
/// of the positive one. `total` is the sum of the weights.
///
/// With an `error_bits` each weight may be off by `total ÷ 2^error_bits`. Parts `p` of exact shares `x`
/// are those of largest remainder if they add up and `max (x − p) − min (x − p) < 1`, and there are no
/// others: in another whole vector of the same sum one part is higher by one or more and one is lower,
/// so that its spread is above `2 − 1`. So the parts are certain where the spread leaves room for the
/// error at both ends.
pub(crate) fn split_wide(amount: i64, weights: &[&BigInt], total: &BigInt, error_bits: Option<u32>) -> Split {
    let magnitude = amount.unsigned_abs();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let (part, remainder) = (*weight * magnitude).div_rem(total);
        parts.push(part.to_i64().expect("a part of 64 bits fits 64 bits"));
        remainders.push((remainder, index));
    }
    let left = magnitude - parts.iter().map(|part| part.unsigned_abs()).sum::<u64>();
    let left = usize::try_from(left).expect("fewer left than receivers");
    remainders.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, index) in &remainders[..left] {
        parts[*index] += 1;
    }
    if amount < 0 {
        parts.iter_mut().for_each(|part| *part = -*part);
    }
    let certain = error_bits.is_none_or(|bits| {
        let slack = ((total * magnitude * 2_u8) >> bits) + 1;
        spread(&remainders, left, total) + slack < *total
    });
    Split { parts, certain }
}

/// `max (x − p) − min (x − p)`, in parts of `total`.
fn spread(sorted: &[(BigInt, usize)], left: usize, total: &BigInt) -> BigInt {
    let highest = &sorted[left].0;
    let lowest = match left.checked_sub(1) {
        Some(last) => &sorted[last].0 - total,
        None => sorted[sorted.len() - 1].0.clone(),
    };
    highest - lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain(amount: i64, weights: &[u32], error_bits: u32) -> bool {
        let weights: Vec<BigInt> = weights.iter().map(|weight| BigInt::from(weight * 1_000)).collect();
        split_wide(amount, &weights.iter().collect::<Vec<_>>(), &weights.iter().sum(), Some(error_bits))
            .certain
    }

    /// 100 in 1 : 2 is 33.33… and 66.66…: the cent goes to the second by a third of a cent, which an
    /// error of a 2¹⁰th of 100 cannot turn and one of a 2⁵th can. 1 : 1 of one cent is a tie.
    #[test]
    fn parts_are_certain_where_no_error_of_the_weights_could_turn_them() {
        assert!(certain(100, &[1, 2], 10));
        assert!(!certain(100, &[1, 2], 5));
        assert!(!certain(1, &[1, 1], 60));
        assert!(certain(2, &[1, 1], 60), "a whole number of cents, off by a little, is still that number");
        assert!(certain(1 << 40, &[7], 60), "all of it goes to one, whatever its weight");
    }

    #[test]
    fn weights_beyond_128_bits_split_as_their_ratio_does() {
        let big = i128::MAX / 8;
        assert_eq!(split(-100, &[(0, big), (1, big), (2, big)]), [-34, -33, -33]);
        assert_eq!(split(i64::MAX, &[(0, big), (1, 0)]), [i64::MAX, 0]);
        let wide =
            |weights: &[i128]| weights.iter().map(|weight| BigInt::from(*weight) << 128).collect::<Vec<_>>();
        assert_eq!(split_whole(-100, &wide(&[big, big, big])), Some(vec![-34, -33, -33]));
        assert_eq!((split_whole(1, &wide(&[0, 0])), split_whole(1, &wide(&[2, -1]))), (None, None));
    }
}
