//! What a charge rests on, in sentences, and how an amount is followed into its parts. Pure.

use kernel::{Currency, Fault, Money, Quantity};
use portfolio::offering::Charging;

use super::Charge;

/// One share of the run that a line is made of: of one pool.
#[derive(Clone, Debug)]
pub struct Reached {
    /// Key of the pool of origin.
    pub pool: String,
    /// The service the pool's lines named themselves, if so.
    pub named: Option<String>,
    /// Key of who sent it: the service, or the pool itself.
    pub sender: String,
    /// `R-14 v3`.
    pub rule: String,
    /// `driver`, `even`, `fixed`, `proportional`, `reciprocal`.
    pub method: String,
    /// The share, as whole numbers.
    pub share: (String, String),
    /// Key of the driver.
    pub driver: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Own quantity and that of all.
    pub quantity: Option<(Quantity, Quantity)>,
    /// What reached the customer, minor units.
    pub amount: i64,
    /// What the sender passed on of this pool in all.
    pub sent: i64,
}

/// How the cost was shared, without a quantity of anybody else: what a customer may read.
pub fn shared_by(reached: &Reached) -> String {
    let unit = reached.unit.as_deref().unwrap_or("units");
    match (reached.method.as_str(), reached.driver.as_deref()) {
        ("driver", Some("agreed quantity")) => format!("shared by the {unit} each customer agreed to"),
        ("driver", _) => format!("shared by {unit}"),
        ("even", _) => "shared evenly".to_owned(),
        ("fixed", _) => "shared by fixed weights".to_owned(),
        ("proportional", _) => "shared in proportion to direct cost".to_owned(),
        _ => "solved together with the services that serve each other".to_owned(),
    }
}

/// “€2,312.64 = 88 identities × €26.28.” or “€47,204.37 for 122 seats, charged at cost and shared by
/// seats: ≈ €386.9211 each.”: the end of a customer's own trace.
pub fn charge_sentence(charge: &Charge, currency: Currency, shared_by: Option<&str>) -> String {
    let amount = Money::of_minor(charge.amount, currency).spoken();
    let counted = charge
        .quantity
        .map(|quantity| format!("{} {}", quantity.grouped(), charge.unit.as_deref().unwrap_or("units")));
    let price = charge.unit_price.map(|price| format!("{}{price}", currency.sign()));
    match (charge.model, counted, price) {
        _ if charge.gone => "No longer charged.".to_owned(),
        (Charging::NotCharged, ..) => "Not charged.".to_owned(),
        (Charging::Fixed, Some(counted), Some(price)) => format!("{amount} = {counted} × {price}."),
        (_, counted, price) => {
            let what = counted.map_or_else(String::new, |counted| format!(" for {counted}"));
            let how = shared_by.map_or_else(String::new, |how| format!(" and {how}"));
            let each = price.map_or_else(String::new, |price| format!(": ≈ {price} each"));
            format!("{amount}{what}, charged at cost{how}{each}.")
        }
    }
}

/// “€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales has 122 of 1,357 seats.”, with the
/// rounding where splitting pool by pool made one.
pub fn cost_sentence(reached: &[Reached], customer: &str, currency: Currency) -> Option<String> {
    let first = reached.first()?;
    let money = |minor| Money::of_minor(minor, currency).spoken();
    let (amount, of) = sums(reached);
    let (share, because) = match &first.quantity {
        Some((own, total)) => {
            let (own, total) = (own.grouped(), total.grouped());
            let unit = first.unit.as_deref().unwrap_or("units");
            (format!("{own} / {total}"), format!("{customer} has {own} of {total} {unit}"))
        }
        None => (fraction(&first.share), format!("{} says so: {}", first.rule, shared_by(first))),
    };
    let rounding = match rounding(reached) {
        None | Some(0) => String::new(),
        Some(off) => format!("; rounding {}", money(off)),
    };
    Some(format!("{} = {share} of {}, because {because}{rounding}.", money(amount), money(of)))
}

/// What reached the customer and what was shared, over all pools.
pub fn sums(reached: &[Reached]) -> (i64, i64) {
    reached.iter().fold((0, 0), |(amount, of), part| (amount + part.amount, of + part.sent))
}

/// The amount less share × total rounded once: what splitting pool by pool made of it. None where the
/// pools were shared by different shares, or the share does not fit 128 bits.
pub fn rounding(reached: &[Reached]) -> Option<i64> {
    let first = reached.first()?;
    if reached.iter().any(|part| part.share != first.share) {
        return None;
    }
    let (amount, of) = sums(reached);
    let (n, d): (i128, i128) = (first.share.0.parse().ok()?, first.share.1.parse().ok()?);
    let exact = n.checked_mul(i128::from(of))?;
    let half = exact.checked_rem(d)?.unsigned_abs() >= d.unsigned_abs().div_ceil(2);
    i64::try_from(exact / d + if half { exact.signum() } else { 0 }).ok().map(|whole| amount - whole)
}

/// `3 / 8`, or a percentage where the numbers are too long to read.
fn fraction((n, d): &(String, String)) -> String {
    if n.len() <= 9 && d.len() <= 9 {
        return if n == d { "all".to_owned() } else { format!("{n} / {d}") };
    }
    // Both cut to the same length: nine digits are more than the four decimals shown.
    let cut = d.len().saturating_sub(18);
    let digits =
        |text: &str| text.get(..text.len().saturating_sub(cut)).and_then(|text| text.parse::<i128>().ok());
    match (digits(n).or(Some(0)), digits(d)) {
        (Some(n), Some(d)) if d > 0 => {
            let shown = n * 1_000_000 / d;
            format!("{}.{:04} %", shown / 10_000, shown % 10_000)
        }
        _ => "a share".to_owned(),
    }
}

/// `amount` followed into parts in proportion to `weights`, which may be negative: each is the rounded
/// sum so far less that before it, so they always add up to the amount.
///
/// # Errors
/// Weights that add up to nothing while there is an amount.
pub fn spread(amount: i64, weights: &[i64]) -> Result<Vec<i64>, Fault> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if whole == 0 {
        let nothing = Fault::because("an amount stands on lines that add up to nothing");
        return if amount == 0 { Ok(vec![0; weights.len()]) } else { Err(nothing) };
    }
    let (mut so_far, mut given) = (0_i128, 0_i128);
    let mut parts = Vec::with_capacity(weights.len());
    for weight in weights {
        so_far += i128::from(*weight);
        let upto = divided(i128::from(amount) * so_far, whole);
        parts.push(i64::try_from(upto - given).map_err(|error| Fault::new("following an amount", error))?);
        given = upto;
    }
    Ok(parts)
}

fn divided(n: i128, d: i128) -> i128 {
    let (n, d) = if d < 0 { (-n, -d) } else { (n, d) };
    let half = (n % d).unsigned_abs() >= d.unsigned_abs().div_ceil(2);
    n / d + if half { n.signum() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relationships::agreement::Settlement;

    fn seats(amount: i64, sent: i64) -> Reached {
        Reached {
            pool: "CLOUD".into(),
            named: None,
            sender: "CARE".into(),
            rule: "R-14 v3".into(),
            method: "driver".into(),
            share: ("122".into(), "1357".into()),
            driver: Some("SEATS".into()),
            unit: Some("seats".into()),
            quantity: Some((Quantity::of_units(122), Quantity::of_units(1357))),
            amount,
            sent,
        }
    }

    /// The panel of the mock: seven pools, each split by largest remainder.
    const PANEL: [(i64, i64); 7] = [
        (2_169_542, 24_131_706),
        (1_064_489, 11_840_255),
        (550_663, 6_125_000),
        (396_309, 4_408_128),
        (278_761, 3_100_640),
        (180_841, 2_011_490),
        (79_832, 887_970),
    ];

    #[test]
    fn the_sentence_of_the_mock_comes_from_its_pools() {
        let reached: Vec<Reached> = PANEL.iter().map(|(amount, sent)| seats(*amount, *sent)).collect();
        assert_eq!(
            cost_sentence(&reached, "Business Sales", Currency::EUR).unwrap(),
            "€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales has 122 of 1,357 seats."
        );
        assert_eq!(rounding(&reached), Some(0));
    }

    /// 122 / 1,357 of 10.00 + 10.00 is 1.80 (1.7981); pool by pool it is 0.90 + 0.90.
    #[test]
    fn a_rounding_is_named_where_splitting_by_pool_made_one() {
        let reached = [seats(90, 1_000), seats(90, 1_000)];
        assert_eq!(rounding(&reached), Some(0));
        let third = |amount, sent| Reached { share: ("1".into(), "3".into()), ..seats(amount, sent) };
        let reached = [third(34, 100), third(34, 100)];
        assert_eq!(rounding(&reached), Some(1), "0.34 twice, where a third of 2.00 is 0.67");
        assert!(cost_sentence(&reached, "BS", Currency::EUR).unwrap().ends_with("seats; rounding €0.01."));
    }

    #[test]
    fn long_shares_are_said_in_percent() {
        let of = |n: &str, d: &str| fraction(&(n.into(), d.into()));
        assert_eq!((of("3", "8"), of("5", "5")), ("3 / 8".to_owned(), "all".to_owned()));
        assert_eq!(of("122000000000", "1357000000000"), "8.9904 %");
        assert_eq!(of(&format!("122{}", "0".repeat(40)), &format!("1357{}", "0".repeat(40))), "8.9904 %");
        assert_eq!(of("1", &format!("1357{}", "0".repeat(40))), "0.0000 %");
    }

    fn charge(model: Charging, units: Option<i64>, price: Option<&str>, amount: i64) -> Charge {
        Charge {
            service: Some("CARE".into()),
            offering: None,
            rule: None,
            price_number: None,
            model,
            incomplete: false,
            settlement: Settlement::Memo,
            quantity: units.map(Quantity::of_units),
            unit: Some("seats".into()),
            unit_price: price.map(|price| price.parse().unwrap()),
            amount,
            cost: amount,
            weight: 0,
            gone: false,
        }
    }

    #[test]
    fn a_customer_reads_the_basis_of_the_charge() {
        for (charge, says) in [
            (charge(Charging::Fixed, Some(88), Some("26.28"), 231_264), "€2,312.64 = 88 seats × €26.28."),
            (
                charge(Charging::AtCost, Some(122), Some("386.9211"), 4_720_437),
                "€47,204.37 for 122 seats, charged at cost and shared by seats: ≈ €386.9211 each.",
            ),
            (charge(Charging::AtCost, None, None, 5), "€0.05, charged at cost and shared by seats."),
            (charge(Charging::NotCharged, Some(1), None, 0), "Not charged."),
        ] {
            assert_eq!(charge_sentence(&charge, Currency::EUR, Some("shared by seats")), says);
        }
        let agreed = Reached { driver: Some("agreed quantity".into()), ..seats(1, 1) };
        assert_eq!(shared_by(&agreed), "shared by the seats each customer agreed to");
        for (method, says) in [("even", "shared evenly"), ("fixed", "shared by fixed weights")] {
            assert_eq!(shared_by(&Reached { method: method.into(), ..seats(1, 1) }), says);
        }
    }

    #[test]
    fn what_an_amount_is_followed_into_adds_up_credits_included() {
        for (amount, weights, expected) in [
            (100, vec![1, 1, 1], vec![33, 34, 33]),
            (-100, vec![2, 1], vec![-67, -33]),
            (90, vec![600, -100, 400], vec![60, -10, 40]),
            (0, vec![5, -5], vec![0, 0]),
            (7, vec![3], vec![7]),
        ] {
            let parts = spread(amount, &weights).unwrap();
            assert_eq!(parts, expected, "{amount} over {weights:?}");
            assert_eq!(parts.iter().sum::<i64>(), amount);
        }
        assert!(spread(1, &[5, -5]).is_err());
    }
}
