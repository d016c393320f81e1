//! The parts of a difference, for any two statements: they add up, and each is what its name says.

use allocation::difference::{Cause, Change, StatementLine, difference};
use kernel::{Currency, Decimal, Money, Price, Quantity};
use proptest::prelude::*;

/// A few services, offerings and rules, so that lines meet.
fn line() -> impl Strategy<Value = StatementLine> {
    let price = proptest::option::of((0_i64..9_999_999, 0_u32..7));
    (0_u8..4, 0_u8..2, 0_u8..3, -20_000_000_i64..2_000_000_000, price, -5_000_000_i64..900_000_000).prop_map(
        |(service, offering, rule, quantity, price, amount)| StatementLine {
            service: format!("S{service}"),
            offering: format!("O{offering}"),
            rule: format!("R{rule}"),
            quantity: Quantity::of_millionths(quantity),
            unit_price: price.map(|(digits, scale)| Price::new(Decimal::new(digits, scale), Currency::EUR)),
            amount: Money::of_minor(amount, Currency::EUR),
        },
    )
}

/// Each service, offering and rule once.
fn statement() -> impl Strategy<Value = Vec<StatementLine>> {
    proptest::collection::vec(line(), 0..14).prop_map(|mut lines| {
        let key = |line: &StatementLine| (line.service.clone(), line.offering.clone(), line.rule.clone());
        lines.sort_by_key(key);
        lines.dedup_by_key(|line| key(line));
        lines
    })
}

fn of<'a>(lines: &'a [StatementLine], change: &Change) -> Vec<&'a StatementLine> {
    lines.iter().filter(|line| line.service == change.service && line.offering == change.offering).collect()
}

fn part(change: &Change, cause: Cause) -> i64 {
    change.parts.get(&cause).map_or(0, Money::minor)
}

fn sum(lines: &[&StatementLine]) -> i64 {
    lines.iter().map(|line| line.amount.minor()).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn parts_add_up_and_each_is_what_its_name_says(before in statement(), after in statement()) {
        let found = difference(Currency::EUR, &before, &after).unwrap();
        let mut total = 0;
        for change in &found.changes {
            let (old, new) = (of(&before, change), of(&after, change));
            prop_assert_eq!((change.before.minor(), change.after.minor()), (sum(&old), sum(&new)));
            let parts: i64 = change.parts.values().map(Money::minor).sum();
            prop_assert_eq!(parts, sum(&new) - sum(&old));
            prop_assert!(change.parts.values().all(|part| part.minor() != 0));
            let whole = Cause::ALL.map(|cause| part(change, cause));
            match (&*old, &*new) {
                ([], _) => prop_assert_eq!(part(change, Cause::New), parts, "{:?}", whole),
                (_, []) => prop_assert_eq!(part(change, Cause::Gone), parts, "{:?}", whole),
                ([old], [new]) if old.rule != new.rule => prop_assert_eq!(part(change, Cause::Rule), parts),
                ([old], [new]) => one_line(change, old, new)?,
                _ => prop_assert_eq!(part(change, Cause::New) + part(change, Cause::Gone), 0),
            }
            total += parts;
        }
        prop_assert_eq!(found.total.values().map(Money::minor).sum::<i64>(), total);
        let all = |lines: &[StatementLine]| lines.iter().map(|line| line.amount.minor()).sum::<i64>();
        prop_assert_eq!(total, all(&after) - all(&before));
    }

    #[test]
    fn a_statement_and_itself_differ_in_nothing(lines in statement()) {
        let found = difference(Currency::EUR, &lines, &lines).unwrap();
        prop_assert!(found.changes.iter().all(|change| change.parts.is_empty()));
    }
}

/// One line under one rule: volume is within half a cent of (q₁ − q₀) × p₀, reckoned here in fractions.
fn one_line(change: &Change, old: &StatementLine, new: &StatementLine) -> Result<(), TestCaseError> {
    let more = i128::from(new.quantity.millionths()) - i128::from(old.quantity.millionths());
    let (whole, volume) = (new.amount.minor() - old.amount.minor(), part(change, Cause::Volume));
    let (numerator, denominator) = match (old.unit_price, new.unit_price) {
        (Some(price), Some(_)) => {
            prop_assert_eq!(part(change, Cause::Price), whole - volume);
            (price.per_unit().mantissa() * more * 100, 10_i128.pow(price.per_unit().scale() + 6))
        }
        (None, None) => {
            prop_assert_eq!(part(change, Cause::Cost), whole - volume);
            match old.quantity.millionths() {
                0 => (0, 1),
                units => (i128::from(old.amount.minor()) * more, i128::from(units)),
            }
        }
        _ => {
            prop_assert_eq!(part(change, Cause::Rule), whole);
            return Ok(());
        }
    };
    let off = (i128::from(volume) * denominator - numerator).abs() * 2;
    prop_assert!(off <= denominator.abs(), "{} against {}/{}", volume, numerator, denominator);
    Ok(())
}
