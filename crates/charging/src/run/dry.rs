//! A dry run: the same computation on the facts and rules as they are now, or as they would be with a rule
//! that waits for approval, beside what stands; who would gain and who would pay. Keeps nothing.

use std::collections::BTreeMap;

use access::{Cx, Params, View};
use kernel::listing::{Asked, Column, Kind, Listing, Value};
use kernel::{Fault, Money, Period, Refusal, Refused};

use super::keys::plain;
use super::repo;
use super::start::compute;

/// Per customer: what stands, what would be, the difference.
pub async fn dry(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period: Period =
        params.get("period").parse().map_err(|says: String| Refusal::field("period", says))?;
    let (facts, out) = compute(cx, period, params.optional("rule")).await?;
    let mut rows: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (key, amount) in &out.finals {
        rows.entry(plain(key).to_owned()).or_default().1 = *amount;
    }
    if let Some(run) = repo::live(&mut cx.tx, period).await? {
        for (customer, amount) in repo::by_customer(&mut cx.tx, run.id).await? {
            rows.entry(customer).or_default().0 = amount;
        }
    }
    let money = |minor: i64| Value::from(Money::of_minor(minor, facts.currency));
    let total = rows.values().fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    let columns = vec![
        Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
        Column::new("now", "As it stands", Kind::Money).summed(),
        Column::new("then", "As it would be", Kind::Money).summed(),
        Column::new("difference", "Difference", Kind::Money).summed(),
    ];
    let count = i64::try_from(rows.len()).map_err(|error| Fault::new("counting customers", error))?;
    Ok(View::List(Listing {
        name: "dry-run",
        caption: format!("Who would gain and who would pay in {}", period.label()),
        columns,
        rows: rows
            .into_iter()
            .map(|(key, (now, then))| vec![key.into(), money(now), money(then), money(then - now)])
            .collect(),
        count,
        totals: vec![None, Some(money(total.0)), Some(money(total.1)), Some(money(total.1 - total.0))],
        asked: asked.clone(),
    }))
}
