//! A step in one sentence.

use kernel::{Money, Quantity};
use num_bigint::BigInt;
use num_traits::One;

use crate::{Allocation, DriverUse, Method, Share, Step};

impl Allocation {
    /// The step in one sentence: “€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales
    /// has 122 of 1,357 seats.”
    pub fn sentence(&self, step: &Step) -> String {
        let money = |minor: i64| Money::of_minor(minor, self.currency).spoken();
        let (fraction, because) = self.two_rates(step).unwrap_or_else(|| self.reason_of(step));
        let rounding = match step.rounding {
            0 => String::new(),
            rounding => format!("; rounding {}", money(rounding)),
        };
        format!("{} = {fraction} of {}, because {because}{rounding}.", money(step.amount), money(step.of))
    }

    fn reason_of(&self, step: &Step) -> (String, String) {
        let to = self.name_of(&step.to);
        let from = self.name_of(&step.from);
        let share = &step.share;
        match (&share.method, &share.driver) {
            (Method::Driver, Some(used)) => by_driver(to, used),
            (Method::Fixed { weight, total }, _) => {
                let (own, total) = (weight.grouped(), millionths(*total));
                (format!("{own} / {total}"), format!("rule {} gives {to} {own} of {total} parts", share.rule))
            }
            (Method::Proportional { cost, total }, _) => {
                let own = Money::of_minor(*cost, self.currency).spoken();
                let total = i64::try_from(*total).map_or_else(
                    |_| total.to_string(),
                    |total| Money::of_minor(total, self.currency).spoken(),
                );
                (format!("{own} / {total}"), format!("{to} already carries {own} of {total} direct cost"))
            }
            (Method::Reciprocal, _) if step.from == step.to => {
                (fraction(share), format!("{to} keeps that much for those it serves in later layers"))
            }
            (Method::Reciprocal, _) => {
                let why = "when all who serve each other are solved together";
                (fraction(share), format!("that much of what {from} costs ends at {to} {why}"))
            }
            // Two rates were said before.
            (Method::Even | Method::Driver | Method::DualRate { .. } | Method::Budgeted { .. }, _) => {
                let receivers = share.ratio.denominator();
                if receivers.is_one() {
                    return ("all".to_owned(), format!("rule {} sends it to {to} alone", share.rule));
                }
                let why = format!("rule {} gives each of its {receivers} receivers the same", share.rule);
                (fraction(share), why)
            }
        }
    }

    fn two_rates(&self, step: &Step) -> Option<(String, String)> {
        let to = self.name_of(&step.to);
        let of = |used: &Option<DriverUse>, is: &str| {
            used.as_ref().map(|used| {
                let (own, total) = (used.quantity.grouped(), millionths(used.total));
                format!("{own} of {total} {} {is}", used.unit)
            })
        };
        let (standing, usage) = (&step.share.standing, &step.share.driver);
        match &step.share.method {
            Method::DualRate { fixed, variable } => {
                let (fixed, variable) = (format!("for {fixed} parts of it"), format!("for {variable}"));
                let has: Vec<String> =
                    [of(standing, &fixed), of(usage, &variable)].into_iter().flatten().collect();
                Some((fraction(&step.share), format!("{to} has {}", has.join(" and "))))
            }
            Method::Budgeted { fixed, variable } => {
                let money = |minor: i64| format!("at {}", Money::of_minor(minor, self.currency).spoken());
                let (fixed, variable) = (money(*fixed), money(*variable));
                let has: Vec<String> =
                    [of(standing, &fixed), of(usage, &variable)].into_iter().flatten().collect();
                Some(("charged out".to_owned(), format!("budgeted rates charge {to} {}", has.join(" and "))))
            }
            _ => None,
        }
    }
}

fn by_driver(to: &str, used: &DriverUse) -> (String, String) {
    let (own, total) = (used.quantity.grouped(), millionths(used.total));
    let unused = match used.unused {
        0 => String::new(),
        unused => format!(", {} of them unused", millionths(unused)),
    };
    (format!("{own} / {total}"), format!("{to} has {own} of {total} {}{unused}", used.unit))
}

/// `2 / 3`; a fraction too long to read as a percentage with six digits, marked `≈`.
fn fraction(share: &Share) -> String {
    const READABLE_BITS: u64 = 40;
    let (numerator, denominator) = (share.ratio.numerator(), share.ratio.denominator());
    if denominator.bits() <= READABLE_BITS {
        let grouped = |n: &BigInt| {
            i64::try_from(n).map_or_else(|_| n.to_string(), |n| millionths(i128::from(n) * 1_000_000))
        };
        return format!("{} / {}", grouped(numerator), grouped(denominator));
    }
    let millionths_of_percent = share.ratio.of(100_000_000).unwrap_or_default();
    format!("≈ {} %", Quantity::of_millionths(millionths_of_percent).plain())
}

fn millionths(sum: i128) -> String {
    match i64::try_from(sum) {
        Ok(sum) => Quantity::of_millionths(sum).grouped(),
        Err(_) => (sum / 1_000_000).to_string(),
    }
}
