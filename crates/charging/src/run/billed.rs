//! Cost that bills explain: shared by what they say, before the pool's own rule. Pure.

use std::collections::BTreeMap;

use allocation::{Basis, Key};
use kernel::Quantity;
use kernel::split::largest_remainder;

/// Cost of a pool's ledger lines that the bills of a supplier explain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Billed {
    /// Key of the pool.
    pub pool: String,
    /// Key of the supplier.
    pub supplier: String,
    /// `billed` or `effective`: which cost of the bill the shares are of.
    pub basis: String,
    /// Cost of the lines, minor units.
    pub amount: i64,
    /// What the month's own bill says of each service or cost object, minor units.
    pub services: Vec<(String, i64)>,
    /// What no rule of theirs matched and is kept.
    pub unmatched: i64,
    /// The pool's part of what differs from closed months, by service.
    pub corrections: Vec<(String, i64)>,
}

/// A part of the cost with its rule.
pub(super) struct Sender {
    pub key: Key,
    /// What it is, beside the pool.
    pub about: Option<String>,
    pub amount: i64,
    pub rule: String,
    pub basis: Basis,
}

/// Services with what a bill says of each.
type Parts<'b> = Vec<(&'b str, i64)>;

/// Stands for what no rule of the bill matched.
const NO_SERVICE: &str = "?";

/// Shares corrections over the pools of one supplier, by what each holds of its lines; without lines there is
/// nothing to correct. An empty key is what no rule matched.
pub(super) fn correct(pools: &mut [&mut Billed], corrections: &[(String, i64)]) {
    let weights: Vec<(String, i128)> =
        pools.iter().map(|of| (of.pool.clone(), i128::from(of.amount.unsigned_abs()))).collect();
    for (service, amount) in corrections {
        let service = if service.is_empty() { NO_SERVICE } else { service };
        for (of, amount) in pools.iter_mut().zip(largest_remainder(*amount, &weights).unwrap_or_default()) {
            of.corrections.push((service.to_owned(), amount));
        }
    }
}

impl Billed {
    /// The senders that share it, and what the bills say nothing of: together they are the amount. What differs from
    /// closed months goes to its services as it is; the rest is shared by the month's own bill. Where there some
    /// services have a credit and others a cost, the side that is smaller in sum keeps its own amounts, and the
    /// other shares the rest.
    pub(super) fn senders(&self, receiver: impl Fn(&str) -> Key) -> (Vec<Sender>, i64) {
        let (sharing, keeping) = self.sides();
        let mut own: BTreeMap<&str, i64> = BTreeMap::new();
        let corrections = self.corrections.iter().map(|(service, amount)| (service.as_str(), *amount));
        for (service, amount) in corrections.chain(keeping) {
            *own.entry(service).or_default() += amount;
        }
        let mut rest = self.amount - own.values().sum::<i64>();
        let weights: Vec<(&str, i128)> =
            sharing.iter().map(|(service, amount)| (*service, i128::from(amount.unsigned_abs()))).collect();
        let mut by = Vec::new();
        for ((service, amount), part) in
            sharing.iter().zip(largest_remainder(rest, &weights).unwrap_or_default())
        {
            if *service == NO_SERVICE {
                *own.entry(service).or_default() += part;
                rest -= part;
            } else {
                by.push((receiver(service), Quantity::of_millionths(amount.abs())));
            }
        }
        let own = own.into_iter().filter(|(_, amount)| *amount != 0);
        let mut senders: Vec<Sender> =
            own.map(|(service, amount)| self.own(service, amount, &receiver)).collect();
        if by.is_empty() {
            return (senders, rest);
        }
        let (key, rule) = (format!("p:{}#{}", self.pool, self.supplier).into(), self.says());
        senders.push(Sender { key, about: None, amount: rest, rule, basis: Basis::Fixed { weights: by } });
        (senders, 0)
    }

    /// What the month's own bill says, on the side that shares and on the one that is smaller in sum, which keeps.
    fn sides(&self) -> (Parts<'_>, Parts<'_>) {
        let services = self.services.iter().map(|(service, amount)| (service.as_str(), *amount));
        let parts = services.chain([(NO_SERVICE, self.unmatched)]).filter(|(_, amount)| *amount != 0);
        let (costs, credits): (Parts<'_>, Parts<'_>) = parts.partition(|(_, amount)| *amount > 0);
        let sum = |side: &Parts<'_>| -> i128 { side.iter().map(|(_, amount)| i128::from(*amount)).sum() };
        if sum(&costs) >= -sum(&credits) { (costs, credits) } else { (credits, costs) }
    }

    /// A part that is one service's own, or nobody's.
    fn own(&self, service: &str, amount: i64, receiver: impl Fn(&str) -> Key) -> Sender {
        let key = format!("p:{}|{service}#{}", self.pool, self.supplier).into();
        if service == NO_SERVICE {
            let about = format!("what no rule of the bill of {} matched", self.supplier);
            let rule = format!("{}: {about}", self.pool);
            return Sender { key, about: Some(about), amount, rule, basis: Basis::Central };
        }
        let rule = format!("{}: own part of {service}", self.says());
        Sender { key, about: None, amount, rule, basis: Basis::Even { to: vec![receiver(service)] } }
    }

    /// “CLOUD by the bill of AWS, effective cost”. Keys of rules are unique in a model.
    fn says(&self) -> String {
        format!("{} by the bill of {}, {} cost", self.pool, self.supplier, self.basis)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn billed(amount: i64, services: &[(&str, i64)], unmatched: i64) -> Billed {
        let services = services.iter().map(|(key, amount)| ((*key).to_owned(), *amount)).collect();
        let (pool, supplier, basis) = ("CLOUD".to_owned(), "AWS".to_owned(), "effective".to_owned());
        Billed { pool, supplier, basis, amount, services, unmatched, corrections: Vec::new() }
    }

    /// Each sender with its amount and how it shares; what is left for the pool's rule.
    fn told(billed: &Billed) -> Vec<String> {
        let (senders, left) = billed.senders(|key| Key::from(format!("s:{key}")));
        let how = |basis: Basis| match basis {
            Basis::Fixed { weights } => {
                let weights = weights.iter().map(|(key, weight)| format!("{key}:{}", weight.millionths()));
                weights.collect::<Vec<_>>().join(" ")
            }
            Basis::Even { to } => to.iter().map(ToString::to_string).collect(),
            _ => "central".to_owned(),
        };
        let all: i64 = senders.iter().map(|sender| sender.amount).sum();
        assert_eq!(all + left, billed.amount);
        let mut told: Vec<String> = senders
            .into_iter()
            .map(|sender| format!("{} {} {}", sender.key, sender.amount, how(sender.basis)))
            .collect();
        told.sort();
        told.extend((left != 0).then(|| format!("left {left}")));
        told
    }

    #[test]
    fn the_ledgers_amount_is_shared_by_the_bills_and_never_more() {
        // 1,190.00 booked for a bill of 1,000.00: tax follows the services.
        assert_eq!(
            told(&billed(1_190_00, &[("DESK", 600_00), ("IAM", 400_00)], 0)),
            ["p:CLOUD#AWS 119000 s:DESK:60000 s:IAM:40000"]
        );
        // A tenth that nobody matched is kept.
        assert_eq!(
            told(&billed(1_190_00, &[("DESK", 600_00), ("IAM", 300_00)], 100_00)),
            ["p:CLOUD#AWS 107100 s:DESK:60000 s:IAM:30000", "p:CLOUD|?#AWS 11900 central"]
        );
        // A credit keeps its own; the others carry what is left.
        assert_eq!(
            told(&billed(1_000_00, &[("DESK", 600_00), ("IAM", -100_00), ("MAIL", 0)], 0)),
            ["p:CLOUD#AWS 110000 s:DESK:60000", "p:CLOUD|IAM#AWS -10000 s:IAM"]
        );
        // A month that is a credit in all.
        assert_eq!(
            told(&billed(-50_00, &[("DESK", -30_00), ("IAM", -20_00)], 0)),
            ["p:CLOUD#AWS -5000 s:DESK:3000 s:IAM:2000"]
        );
        // A bill of nothing says nothing.
        assert_eq!(told(&billed(50_00, &[("DESK", 0)], 0)), ["left 5000"]);
        assert_eq!(told(&billed(50_00, &[], 7_00)), ["p:CLOUD|?#AWS 5000 central"]);
    }

    /// August was closed with 5.00 too little for DESK and 5.00 too much for IAM: that much moves, the rest is shared
    /// as ever; over two pools by what each holds.
    #[test]
    fn what_differs_from_a_closed_month_goes_to_its_services_as_it_is() {
        let moved = [("DESK".to_owned(), 5_00), ("IAM".to_owned(), -5_00)];
        let mut alone = billed(100_00, &[], 0);
        correct(&mut [&mut alone], &moved);
        assert_eq!(told(&alone), ["p:CLOUD|DESK#AWS 500 s:DESK", "p:CLOUD|IAM#AWS -500 s:IAM", "left 10000"]);
        let (mut one, mut other) = (billed(75_00, &[("DESK", 10)], 0), billed(25_00, &[("DESK", 10)], 0));
        other.pool = "HOST".to_owned();
        correct(&mut [&mut one, &mut other], &moved);
        assert_eq!(
            told(&one),
            ["p:CLOUD#AWS 7500 s:DESK:10", "p:CLOUD|DESK#AWS 375 s:DESK", "p:CLOUD|IAM#AWS -375 s:IAM"]
        );
        assert_eq!(
            told(&other),
            ["p:HOST#AWS 2500 s:DESK:10", "p:HOST|DESK#AWS 125 s:DESK", "p:HOST|IAM#AWS -125 s:IAM"]
        );
    }
}
