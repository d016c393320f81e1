//! What the picture of a month's cost flow is made of: pools → services → customers, from the shares
//! that reached customers and the residuals that did not. Every band is the sum of linked rows.

use std::collections::BTreeMap;

use charging::run::Reached;
use kernel::listing::{Listing, Value, encode};
use kernel::{Currency, Money, Period};
use parts::chart::{Band, Column, Node};
use parts::number::{Format, Scale};
use parts::{Caption, Sankey};

use super::plain;

/// Cost that reached customers, and what is left, in minor units.
pub(super) struct Flow {
    period: Period,
    currency: Currency,
    /// (pool, service) → amount; the service is empty where a pool went straight to a customer.
    pub(super) into: BTreeMap<(String, String), i64>,
    /// (service, customer) → amount.
    pub(super) out: BTreeMap<(String, String), i64>,
    /// (pool, where it was left) → amount.
    pub(super) left: BTreeMap<(String, String), i64>,
}

impl Flow {
    /// What reached customers, and `residuals`.
    pub(super) fn of(period: Period, reached: Reached, residuals: &Listing) -> Flow {
        let Reached { currency, into, out } = reached;
        let mut left = BTreeMap::new();
        for row in &residuals.rows {
            let at = (plain(residuals, row, "origin"), plain(residuals, row, "node"));
            *left.entry(at).or_insert(0) += minor(residuals, row);
        }
        Flow { period, currency, into, out, left }
    }

    /// An amount of the run's currency.
    pub(super) fn money(&self, minor: i64) -> Money {
        Money::of_minor(minor, self.currency)
    }

    /// Customers with what reached them, largest first.
    pub(super) fn customers(&self) -> Vec<(String, i64)> {
        let mut sums = BTreeMap::new();
        for ((_, customer), amount) in &self.out {
            *sums.entry(customer.clone()).or_insert(0) += amount;
        }
        largest_first(sums)
    }

    /// Services with what they passed to customers, largest first.
    pub(super) fn services(&self) -> Vec<(String, i64)> {
        let mut sums = BTreeMap::new();
        for ((service, _), amount) in &self.out {
            *sums.entry(service.clone()).or_insert(0) += amount;
        }
        largest_first(sums)
    }

    /// The shares that reached customers, narrowed: the rows behind a figure.
    pub(super) fn rows(&self, narrowed: &[(&str, &str)]) -> String {
        let mut href = format!("/money/shares?period={}&receiver_kind=customer", self.period);
        for (name, value) in narrowed {
            href.push_str(&format!("&{name}={}", encode(value)));
        }
        href
    }

    /// The condition that leaves the shares `service` passed on; an empty one is pools themselves.
    pub(super) fn sent_by(service: &str) -> Vec<(&str, &str)> {
        if service.is_empty() { vec![("stage", "pools")] } else { vec![("sender", service)] }
    }

    /// The picture, its nodes called as `name` calls them.
    pub(super) fn sankey(&self, finding: String, name: impl Fn(&str, &str) -> String) -> Sankey {
        let pools = self.into.keys().chain(self.left.keys()).map(|(pool, _)| pool.as_str());
        let pools = nodes(pools, |key| (name("pool", key), Some(format!("/money/pools/{key}"))));
        let services = self.out.keys().map(|(service, _)| service.as_str());
        let mut middle = nodes(services, |key| match key {
            "" => ("Straight to customers".to_owned(), Some(self.rows(&Flow::sent_by("")))),
            key => (name("service", key), Some(self.rows(&Flow::sent_by(key)))),
        });
        let mut right = nodes(self.out.keys().map(|(_, customer)| customer.as_str()), |key| {
            (name("customer", key), Some(self.rows(&[("receiver", key)])))
        });
        let all_left = format!("/money/residuals?period={}", self.period);
        middle.extend(
            nodes(self.left.keys().map(|(_, node)| node.as_str()), |key| {
                let named = format!("{} (kept central)", name("service", key));
                (named, Some(format!("{all_left}&node={}", encode(key))))
            })
            .into_iter()
            .map(|node| Node { key: format!("left {}", node.key), ..node }),
        );
        if !self.left.is_empty() {
            right.push(Node { key: "left".into(), name: "Not allocated".into(), href: Some(all_left) });
        }
        let column = |label: &str, nodes| Column { label: label.to_owned(), nodes };
        let format = Format { scale: Scale::Millions(2), ..Format::default() };
        Sankey {
            caption: Caption::new(
                "flow",
                finding,
                format!("Cost of {}, {}", self.period.label(), self.currency.sign()),
            )
            .format(format),
            columns: vec![
                column("Cost pools", pools),
                column("Services", middle),
                column("Customers", right),
            ],
            bands: self.bands(),
        }
    }

    fn bands(&self) -> Vec<Band> {
        let band = |column, from: &str, to: String, minor: i64, href: String| Band {
            column,
            from: from.to_owned(),
            to,
            value: self.money(minor).into(),
            href: Some(href),
        };
        let mut bands = Vec::new();
        for ((pool, service), amount) in &self.into {
            let mut narrowed = Flow::sent_by(service);
            narrowed.push(("origin", pool));
            bands.push(band(0, pool, service.clone(), *amount, self.rows(&narrowed)));
        }
        for ((service, customer), amount) in &self.out {
            let mut narrowed = Flow::sent_by(service);
            narrowed.push(("receiver", customer));
            bands.push(band(1, service, customer.clone(), *amount, self.rows(&narrowed)));
        }
        for ((pool, node), amount) in &self.left {
            let at = format!("/money/residuals?period={}&node={}", self.period, encode(node));
            bands.push(band(
                0,
                pool,
                format!("left {node}"),
                *amount,
                format!("{at}&origin={}", encode(pool)),
            ));
            bands.push(band(1, &format!("left {node}"), "left".into(), *amount, at));
        }
        bands
    }
}

fn minor(listing: &Listing, row: &[Value]) -> i64 {
    match listing.value(row, "amount") {
        Some(Value::Money(money)) => money.minor(),
        _ => 0,
    }
}

fn largest_first(sums: BTreeMap<String, i64>) -> Vec<(String, i64)> {
    let mut sums: Vec<(String, i64)> = sums.into_iter().collect();
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums
}

fn nodes<'k>(
    keys: impl Iterator<Item = &'k str>,
    named: impl Fn(&str) -> (String, Option<String>),
) -> Vec<Node> {
    let keys: std::collections::BTreeSet<&str> = keys.collect();
    let node = |key: &str| {
        let (name, href) = named(key);
        Node { key: key.to_owned(), name, href }
    };
    keys.into_iter().map(node).collect()
}
