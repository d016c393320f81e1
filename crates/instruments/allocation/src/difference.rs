//! What changed between two statements, in parts that add up to the cent (`domain.md` §3).
//!
//! A changed rule, new and gone are whole lines. For the rest, with `q₀` and `q₁` the quantities and `p₀`
//! the unit price before, *volume* is `(q₁ − q₀) × p₀`, rounded once, half away from zero, and what
//! remains is *price* under a priced model, *cost* at cost. At cost `p₀` is `amount₀ ÷ q₀`, exact; where
//! `q₀` is zero there is no such price, so the whole change is *cost*.
//!
//! These are the sales-volume variance `(actual − budgeted units) × budgeted price` and the selling-price
//! variance `(actual − budgeted price) × actual units` of a flexible budget, with the statement before in
//! the budget's place (Horngren, Datar & Rajan, *Cost Accounting*, 14th ed., ch. 7): quantities change
//! first, at old prices, so that what both changes make together, `(q₁ − q₀) × (p₁ − p₀)`, is in *price* or
//! *cost*. As the second part is the remainder of the difference and never reckoned for itself, the parts
//! of each change add up to `after − before` whatever was rounded; `tests/difference.rs` holds them to it.

use std::collections::BTreeMap;
use std::fmt;

use kernel::{Currency, Money, MoneyError, Price, Quantity};
use num_bigint::BigInt;

use crate::ratio::round_half_away;

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Key of the service.
    pub service: String,
    /// Key of the offering.
    pub offering: String,
    /// The rule version that made the charge.
    pub rule: String,
    /// How much was charged.
    pub quantity: Quantity,
    /// Price of one unit; `None` at cost.
    pub unit_price: Option<Price>,
    /// The charge.
    pub amount: Money,
}

/// Why a charge changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// More or fewer units.
    Volume,
    /// Another unit price.
    Price,
    /// Another cost of the same units, at cost.
    Cost,
    /// Another rule, or another charging model.
    Rule,
    /// Not there before.
    New,
    /// No longer there.
    Gone,
}

impl Cause {
    /// Every cause, in the order statements show them.
    pub const ALL: [Cause; 6] =
        [Cause::Volume, Cause::Price, Cause::Cost, Cause::Rule, Cause::New, Cause::Gone];

    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Cause::Volume => "volume",
            Cause::Price => "price",
            Cause::Cost => "cost",
            Cause::Rule => "rule",
            Cause::New => "new",
            Cause::Gone => "gone",
        }
    }
}

/// The change of one service and offering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Key of the service.
    pub service: String,
    /// Key of the offering.
    pub offering: String,
    /// The charge before; zero if there was none.
    pub before: Money,
    /// The charge after; zero if there is none.
    pub after: Money,
    /// The parts that are not zero, by cause. They add up to `after − before`.
    pub parts: BTreeMap<Cause, Money>,
}

/// Two statements compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// One row per service and offering that is in either, sorted; unchanged ones have no parts.
    pub changes: Vec<Change>,
    /// All parts together, by cause; each cause is there, zero or not.
    pub total: BTreeMap<Cause, Money>,
}

/// Why two statements cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceError {
    /// Two lines of one statement have the same service, offering and rule.
    Twice {
        /// Key of the service.
        service: String,
        /// Key of the offering.
        offering: String,
        /// The rule version.
        rule: String,
    },
    /// Amounts in two currencies, or too large to keep.
    Money(MoneyError),
}

impl fmt::Display for DifferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DifferenceError::Twice { service, offering, rule } => {
                write!(
                    f,
                    "Service {service}, offering {offering}, rule {rule}: one statement has this line twice."
                )
            }
            DifferenceError::Money(error) => write!(f, "The statements cannot be compared: {error}."),
        }
    }
}

impl std::error::Error for DifferenceError {}

impl From<MoneyError> for DifferenceError {
    fn from(error: MoneyError) -> DifferenceError {
        DifferenceError::Money(error)
    }
}

type ByRule<'a> = BTreeMap<&'a str, &'a StatementLine>;
type ByOffering<'a> = BTreeMap<(&'a str, &'a str), ByRule<'a>>;

/// Explains `after` against `before`; both in `currency`. The order of lines changes nothing.
///
/// # Errors
/// A line that is in one statement twice; mixed currencies; amounts beyond 64 bits.
pub fn difference(
    currency: Currency,
    before: &[StatementLine],
    after: &[StatementLine],
) -> Result<Difference, DifferenceError> {
    let (before, after) = (grouped(before)?, grouped(after)?);
    let mut keys: Vec<_> = before.keys().chain(after.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let none = ByRule::new();
    let mut total: BTreeMap<Cause, Money> =
        Cause::ALL.iter().map(|cause| (*cause, Money::zero(currency))).collect();
    let mut changes = Vec::with_capacity(keys.len());
    for key in keys {
        let change =
            change(currency, key, before.get(&key).unwrap_or(&none), after.get(&key).unwrap_or(&none))?;
        for (cause, amount) in &change.parts {
            add(&mut total, *cause, *amount)?;
        }
        changes.push(change);
    }
    Ok(Difference { changes, total })
}

fn grouped(lines: &[StatementLine]) -> Result<ByOffering<'_>, DifferenceError> {
    let mut groups = ByOffering::new();
    for line in lines {
        let group = groups.entry((&line.service, &line.offering)).or_default();
        if group.insert(&line.rule, line).is_some() {
            let (service, offering) = (line.service.clone(), line.offering.clone());
            return Err(DifferenceError::Twice { service, offering, rule: line.rule.clone() });
        }
    }
    Ok(groups)
}

fn change(
    currency: Currency,
    (service, offering): (&str, &str),
    before: &ByRule,
    after: &ByRule,
) -> Result<Change, DifferenceError> {
    let mut parts = BTreeMap::new();
    for (rule, old) in before {
        match after.get(rule) {
            Some(new) => compare(&mut parts, old, new)?,
            None if after.is_empty() => add(&mut parts, Cause::Gone, old.amount.negated())?,
            None => add(&mut parts, Cause::Rule, old.amount.negated())?,
        }
    }
    for (rule, new) in after {
        match before.get(rule) {
            Some(_) => {}
            None if before.is_empty() => add(&mut parts, Cause::New, new.amount)?,
            None => add(&mut parts, Cause::Rule, new.amount)?,
        }
    }
    parts.retain(|_, amount| amount.minor() != 0);
    let sum =
        |lines: &ByRule| lines.values().try_fold(Money::zero(currency), |sum, line| sum.plus(line.amount));
    let (before, after) = (sum(before)?, sum(after)?);
    Ok(Change { service: service.to_owned(), offering: offering.to_owned(), before, after, parts })
}

/// Two lines under the same rule version.
fn compare(
    parts: &mut BTreeMap<Cause, Money>,
    old: &StatementLine,
    new: &StatementLine,
) -> Result<(), DifferenceError> {
    let whole = new.amount.minus(old.amount)?;
    let (volume, rest) = match (old.unit_price, new.unit_price) {
        (Some(price), Some(_)) => (price.times(more(old, new)?)?, Cause::Price),
        (None, None) => (volume_at_cost(old, new)?, Cause::Cost),
        _ => return add(parts, Cause::Rule, whole),
    };
    add(parts, Cause::Volume, volume)?;
    add(parts, rest, whole.minus(volume)?)
}

fn more(old: &StatementLine, new: &StatementLine) -> Result<Quantity, MoneyError> {
    let more = new.quantity.millionths().checked_sub(old.quantity.millionths());
    more.map(Quantity::of_millionths).ok_or(MoneyError::TooLarge)
}

fn volume_at_cost(old: &StatementLine, new: &StatementLine) -> Result<Money, MoneyError> {
    let units = BigInt::from(old.quantity.millionths());
    if units == BigInt::ZERO {
        return Ok(Money::zero(old.amount.currency()));
    }
    let product = BigInt::from(more(old, new)?.millionths()) * old.amount.minor();
    let (product, units) = if units < BigInt::ZERO { (-product, -units) } else { (product, units) };
    let minor = i64::try_from(round_half_away(product, &units)).map_err(|_| MoneyError::TooLarge)?;
    Ok(Money::of_minor(minor, old.amount.currency()))
}

fn add(parts: &mut BTreeMap<Cause, Money>, cause: Cause, amount: Money) -> Result<(), DifferenceError> {
    let so_far = parts.entry(cause).or_insert(Money::zero(amount.currency()));
    *so_far = so_far.plus(amount)?;
    Ok(())
}
