//! How healthy a relationship is, and what charge or value is at risk: visible weights, reasons before the number.

use std::fmt;

use kernel::{Currency, Money, Quantity, divide_half_away};

use crate::Error;

/// Full health, in points.
const FULL: i64 = 100;
/// Full health, in millionths of points.
const FULL_MILLIONTHS: i64 = FULL * 1_000_000;

/// One thing health is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What it is, as in "usage".
    pub name: String,
    /// What was seen, as in "20 % less than last quarter".
    pub reason: String,
    /// Its weight beside the others; above 0.
    pub weight: u32,
    /// 0 to 100.
    pub points: Quantity,
}

/// What one component takes from full health.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The component.
    pub component: Component,
    /// Points of health it could take: its weight of 100.
    pub at_most: Quantity,
    /// Points of health it takes.
    pub taken: Quantity,
}

/// The health of a relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// What takes most first; components that take the same by name.
    pub reasons: Vec<Taken>,
    /// 0 to 100: Σ weight × points ÷ Σ weight.
    pub score: Quantity,
}

impl Health {
    /// Fewest and most components: with more nobody sees what moves the number.
    pub const COMPONENTS: std::ops::RangeInclusive<usize> = 3..=5;

    /// The weighted mean of `components`.
    ///
    /// # Errors
    /// [`Error::Data`] for fewer than three or more than five; [`Error::Row`] for a weight of 0, points outside 0 to 100,
    /// or a name that is there twice.
    pub fn new(components: &[Component]) -> Result<Health, Error> {
        if !Health::COMPONENTS.contains(&components.len()) {
            let says = format!("Health has three to five components; there are {}", components.len());
            return Err(Error::data(says));
        }
        for (at, one) in components.iter().enumerate() {
            if one.weight == 0 {
                return Err(Error::row(at, "weight", "a weight is above 0: leave out what does not count"));
            }
            if !(0..=FULL_MILLIONTHS).contains(&one.points.millionths()) {
                return Err(Error::row(at, "points", "points lie between 0 and 100"));
            }
            if components[..at].iter().any(|other| other.name == one.name) {
                return Err(Error::row(at, "name", format!("{} is there twice", one.name)));
            }
        }
        let weights: i128 = components.iter().map(|one| i128::from(one.weight)).sum();
        let part = |points: i64, weight: u32| {
            let part = divide_half_away(i128::from(points) * i128::from(weight), weights);
            Quantity::of_millionths(i64::try_from(part).expect("a part of 100 points fits"))
        };
        let sum: i128 =
            components.iter().map(|one| i128::from(one.points.millionths()) * i128::from(one.weight)).sum();
        let score = i64::try_from(divide_half_away(sum, weights)).expect("a mean of points fits");
        let mut reasons: Vec<Taken> = (components.iter())
            .map(|one| Taken {
                component: one.clone(),
                at_most: part(FULL_MILLIONTHS, one.weight),
                taken: part(FULL_MILLIONTHS - one.points.millionths(), one.weight),
            })
            .collect();
        reasons.sort_by(|one, other| {
            let most = other.taken.millionths().cmp(&one.taken.millionths());
            most.then_with(|| one.component.name.cmp(&other.component.name))
        });
        Ok(Health { reasons, score: Quantity::of_millionths(score) })
    }
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for one in &self.reasons {
            let (name, reason) = (&one.component.name, &one.component.reason);
            write!(f, "{name}: {reason} (−{} of {}); ", one.taken.plain(), one.at_most.plain())?;
        }
        write!(f, "health {} of 100", self.score.plain())
    }
}

/// What one customer is charged, and their health.
#[derive(Clone, Debug, PartialEq)]
pub struct Charged {
    /// The customer.
    pub customer: String,
    /// The charge; not negative.
    pub charge: Money,
    /// 0 to 100.
    pub health: Quantity,
}

/// What one customer is worth from now on, and how likely they leave.
#[derive(Clone, Debug, PartialEq)]
pub struct Stake {
    /// The customer.
    pub customer: String,
    /// Discounted value of the relationship from now on; not negative.
    pub value: Money,
    /// Probability of leaving: 0 to 1.
    pub leaving: Quantity,
}

/// What may be lost.
#[derive(Clone, Debug, PartialEq)]
pub struct AtRisk {
    /// By customer, largest first; equal ones by name. They add up to the total.
    pub customers: Vec<(String, Money)>,
    /// All together.
    pub total: Money,
}

/// Charge at risk = Σ charge × (1 − health ÷ 100), each rounded once. All in `currency`.
///
/// # Errors
/// [`Error::Row`] for a negative charge, another currency, health outside 0 to 100, or amounts that do not fit.
pub fn charge_at_risk(currency: Currency, customers: &[Charged]) -> Result<AtRisk, Error> {
    let parts = customers.iter().enumerate().map(|(at, one)| {
        let health = one.health.millionths();
        if !(0..=FULL_MILLIONTHS).contains(&health) {
            return Err(Error::row(at, "health", "health lies between 0 and 100"));
        }
        part_at_risk(at, "charge", one.charge, FULL_MILLIONTHS - health, FULL_MILLIONTHS)
            .map(|part| (one.customer.clone(), part))
    });
    at_risk(currency, parts.collect::<Result<_, _>>()?)
}

/// Value at risk = Σ value × probability of leaving, each rounded once. All in `currency`.
///
/// # Errors
/// [`Error::Row`] for a negative value, another currency, a probability outside 0 to 1, or amounts that do not fit.
pub fn value_at_risk(currency: Currency, stakes: &[Stake]) -> Result<AtRisk, Error> {
    let certain = FULL_MILLIONTHS / FULL;
    let parts = stakes.iter().enumerate().map(|(at, one)| {
        let leaving = one.leaving.millionths();
        if !(0..=certain).contains(&leaving) {
            return Err(Error::row(at, "leaving", "a probability lies between 0 and 1"));
        }
        part_at_risk(at, "value", one.value, leaving, certain).map(|part| (one.customer.clone(), part))
    });
    at_risk(currency, parts.collect::<Result<_, _>>()?)
}

fn part_at_risk(at: usize, field: &'static str, whole: Money, part: i64, of: i64) -> Result<Money, Error> {
    if whole.minor() < 0 {
        return Err(Error::row(at, field, "an amount at risk is not negative"));
    }
    let minor = divide_half_away(i128::from(whole.minor()) * i128::from(part), i128::from(of));
    let minor = i64::try_from(minor).map_err(|_| Error::row(at, field, "the amount is too large"))?;
    Ok(Money::of_minor(minor, whole.currency()))
}

fn at_risk(currency: Currency, mut customers: Vec<(String, Money)>) -> Result<AtRisk, Error> {
    let mut total = Money::zero(currency);
    for (at, (_, amount)) in customers.iter().enumerate() {
        total = total.plus(*amount).map_err(|error| Error::row(at, "currency", error.to_string()))?;
    }
    customers.sort_by(|(name, amount), (other, more)| {
        more.minor().cmp(&amount.minor()).then_with(|| name.cmp(other))
    });
    Ok(AtRisk { customers, total })
}
