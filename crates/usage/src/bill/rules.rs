//! From a bill's exact sums to whole minor units of the reporting currency by service. Pure.

use allocation::split_whole;
use num_bigint::BigInt;

use super::entity::{Read, Sum};
use crate::exact::Exact;

/// Key under which stands what no rule matched.
pub(super) const NO_SERVICE: &str = "";

/// What each of the bill's sums amounts to, in their order; together `amount`. Split in proportion by largest
/// remainder, ties by service. What no rule matched is an amount of its own, or spread over the services. Where some
/// services have a credit and others a cost, the side that is smaller in sum keeps what `own` makes of its exact
/// sums, and the other shares the rest: a proportion to amounts of both signs means nothing.
pub(super) fn amounts<E>(
    read: &Read,
    amount: i64,
    own: impl Fn(&Exact) -> Result<i64, E>,
) -> Result<Vec<i64>, E> {
    let matched = read.sums.iter().any(|sum| sum.service != NO_SERVICE && !sum.total.is_zero());
    let counts = |sum: &Sum| sum.service != NO_SERVICE || !read.spread || !matched;
    let side = |negative: bool| -> BigInt {
        let side = read.sums.iter().filter(|sum| counts(sum) && sum.total.is_negative() == negative);
        side.map(|sum| sum.total.weight()).sum()
    };
    let (costs, credits) = (side(false), side(true));
    let mixed = costs != BigInt::ZERO && credits != BigInt::ZERO;
    let credits_keep = costs >= credits;
    let (mut kept, mut weights, mut rest) = (Vec::new(), Vec::new(), amount);
    for sum in &read.sums {
        let keeps = mixed && counts(sum) && sum.total.is_negative() == credits_keep;
        let own = if keeps { own(&sum.total)? } else { 0 };
        rest -= own;
        kept.push(own);
        weights.push(if keeps || !counts(sum) { BigInt::ZERO } else { sum.total.weight() });
    }
    let shares = split_whole(rest, &weights).unwrap_or_else(|| vec![0; kept.len()]);
    Ok(kept.iter().zip(shares).map(|(kept, share)| kept + share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(spread: bool, amount: i64, sums: &[(&str, &str)]) -> Vec<i64> {
        let sum = |(service, total): &(&str, &str)| Sum {
            service: (*service).to_owned(),
            rows: 1,
            total: Exact::parse(total).unwrap(),
        };
        let read = Read {
            supplier: "AWS".into(),
            period: "2026-09".parse().unwrap(),
            currency: kernel::Currency::EUR,
            spread,
            total: Exact::default(),
            sums: sums.iter().map(sum).collect(),
            digest: String::new(),
            rules_digest: String::new(),
        };
        amounts(&read, amount, |own| Ok::<i64, ()>(own.minor(2).unwrap())).unwrap()
    }

    #[test]
    fn a_bill_comes_to_whole_cents_that_add_up_whatever_its_signs() {
        // Thirds of a cent: largest remainder, ties by service.
        assert_eq!(split(true, 100, &[("A", "0.3333"), ("B", "0.3333"), ("C", "0.3333")]), [34, 33, 33]);
        // Unmatched 10 of 40: kept as itself, or spread over 20 and 10.
        let bill = [("", "10"), ("A", "20"), ("B", "10")];
        assert_eq!(split(false, 40_00, &bill), [10_00, 20_00, 10_00]);
        assert_eq!(split(true, 40_00, &bill), [0, 26_67, 13_33]);
        // A credit keeps its own; the others share what is left.
        assert_eq!(split(true, 25_00, &[("A", "20"), ("B", "-5"), ("C", "10")]), [20_00, -5_00, 10_00]);
        // A month that is a credit in all, with one cost in it.
        assert_eq!(split(true, -25_00, &[("A", "-20"), ("B", "5"), ("C", "-10")]), [-20_00, 5_00, -10_00]);
        // Nothing matched: there is nobody to spread it over.
        assert_eq!(split(true, 7_00, &[("", "7"), ("A", "0")]), [7_00, 0]);
        assert_eq!(split(true, 0, &[("A", "0")]), [0]);
    }
}
