//! A dry run: the same computation on the facts and rules as they are now, or as they would be with a rule
//! or a sharing that waits for approval, beside what stands; who would gain and who would pay. Keeps nothing.

use std::collections::BTreeMap;

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refusal, Refused};

use super::keys::plain;
use super::repo;
use super::start::{WhatIf, compute};

/// Per customer: what stands, what would be, the difference.
pub async fn dry(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period: Period =
        params.get("period").parse().map_err(|says: String| Refusal::field("period", says))?;
    let (facts, out) = compute(cx, period, WhatIf::of(params)).await?;
    let mut rows: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (key, amount) in &out.finals {
        rows.entry(plain(key).to_owned()).or_default().1 = *amount;
    }
    if let Some(run) = repo::live(&mut cx.tx, period).await? {
        for (customer, amount) in repo::by_customer(&mut cx.tx, run.id).await? {
            rows.entry(customer).or_default().0 = amount;
        }
    }
    let columns = vec![
        Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}"),
        Column::new("now", "As it stands", Kind::Money)
            .summed()
            .linked("/money/shares?period={period}&receiver={customer}&receiver_kind=customer"),
        Column::new("then", "As it would be", Kind::Money).summed(),
        Column::new("difference", "Difference", Kind::Money).summed(),
        Column::new("period", "Period", Kind::Period).hidden(),
    ];
    let binds = |(key, (now, then)): (String, (i64, i64))| {
        vec![key.into(), now.into(), then.into(), (then - now).into(), Bind::from(period)]
    };
    let (sql, binds) = inline(&cx.tx, &columns, rows.into_iter().map(binds).collect());
    let list = ListQuery {
        name: "dry-run",
        caption: format!("Who would gain and who would pay in {}", period.label()),
        columns,
        sql,
        binds,
        currency: facts.currency,
        order: "customer",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}
