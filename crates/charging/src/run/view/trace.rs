//! What one service cost one customer, back to pools, ledger lines, batches and files.

use std::collections::BTreeMap;

use access::{Action, Cx, Params, View};
use kernel::listing::Asked;
use kernel::{Fault, Money, Quantity, Refusal, Refused, RunId, divide_half_away};
use serde_json::{Value, json};

use super::path::Paths;
use super::{period, standing};
use crate::run::POOL_STAGES;
use crate::run::repo::{self, RunRow};

/// What one service cost one customer in a period, back to pools, ledger lines, batches and files.
/// Only for those who read money: a customer's own trace ends at the basis of its charge.
pub async fn trace(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    cx.require_all(Action::ReadMoney)?;
    let period = period(cx, params).await?;
    let run = standing(cx, period).await?;
    let (sender, receiver) = (params.get("service").to_owned(), params.get("customer").to_owned());
    let rows = received(cx, run.id, &sender, &receiver).await?;
    let first = rows.first().ok_or_else(Refusal::not_found)?;
    let (mut amount, mut whole, mut parts) = (0_i64, 0_i64, Vec::new());
    let stage: String = first.get("stage")?;
    let paths = Paths::to(cx, run.id, &sender).await?;
    for (pool, part) in by_pool(&rows)? {
        let sent = sent(cx, run.id, &stage, &sender, &pool).await?;
        amount += part;
        whole += sent;
        parts.push(pool_part(cx, &run, &paths, &pool, part, sent).await?);
    }
    let off = paths.off(&mut cx.tx, &run).await?;
    let money = |minor| Money::of_minor(minor, run.currency);
    let sentence = sentence(cx, first, &sender, &receiver, money(amount), money(whole)).await?;
    Ok(View::Record(json!({
        "schema": "quarterdeck.trace.v1",
        "period": period.to_string(),
        "service": sender,
        "customer": receiver,
        "amount": money(amount),
        "of": money(whole),
        "rule": first.get::<String>("rule")?,
        "method": first.get::<String>("method")?,
        "share": { "numerator": first.get::<String>("numerator")?, "denominator": first.get::<String>("denominator")? },
        "driver": first.get::<Option<String>>("driver")?,
        "quantity": first.get::<Option<Quantity>>("quantity")?.map(|quantity| quantity.plain()),
        "quantity_total": quantity_total(first)?.map(|quantity| quantity.plain()),
        "unit": first.get::<Option<String>>("unit")?,
        "sentence": sentence,
        "parts": parts,
        "ties": parts_sum(&parts, run.currency) == amount && off.is_empty(),
        "untied": off,
    })))
}

/// What a service sent a customer. These rows share one stage and one share; a pool comes once for its lines that
/// name the service and once for the others.
async fn received(cx: &mut Cx, run: RunId, sender: &str, receiver: &str) -> Result<Vec<db::Row>, Fault> {
    let sql = format!(
        "select stage, origin, origin_service, rule, method, numerator, denominator, driver, unit, quantity, \
               quantity_total, amount from charging_shares where run_id = $1 and sender = $2 and receiver = $3 \
               and receiver_kind = 'customer' and stage not in {POOL_STAGES} order by seq"
    );
    Ok(cx.tx.query(&sql).bind(run).bind(sender).bind(receiver).rows().await?)
}

fn quantity_total(row: &db::Row) -> Result<Option<Quantity>, Fault> {
    let total: Option<String> = row.get("quantity_total")?;
    Ok(total.and_then(|total| total.parse().ok()).map(Quantity::of_millionths))
}

fn parts_sum(parts: &[Value], currency: kernel::Currency) -> i64 {
    let amount = |part: &Value| Money::parse(part["amount"]["amount"].as_str()?, currency).ok();
    parts.iter().filter_map(amount).map(|money| money.minor()).sum()
}

/// The amounts by pool, those of lines that name the service and those of the others together.
fn by_pool(rows: &[db::Row]) -> Result<BTreeMap<String, i64>, Fault> {
    let mut pools = BTreeMap::new();
    for row in rows {
        *pools.entry(row.get("origin")?).or_default() += row.get::<i64>("amount")?;
    }
    Ok(pools)
}

/// What `sender` passed on of one pool in that stage.
async fn sent(cx: &mut Cx, run: RunId, stage: &str, sender: &str, pool: &str) -> Result<i64, Refused> {
    let sql = "select cast(coalesce(sum(amount), 0) as bigint) as n from charging_shares \
               where run_id = $1 and stage = $2 and sender = $3 and origin = $4";
    let row = cx.tx.query(sql).bind(run).bind(stage).bind(sender).bind(pool).row().await?;
    Ok(row.ok_or_else(|| Fault::because("a sum gave no row"))?.get("n")?)
}

/// One pool of the trace: the customer's part, how the service came to have its cost of the pool, and the
/// ledger lines behind the pool with their batches.
async fn pool_part(
    cx: &mut Cx,
    run: &RunRow,
    paths: &Paths,
    pool: &str,
    part: i64,
    sent: i64,
) -> Result<Value, Refused> {
    let period = run.period;
    let sql = "select cast(count(*) as bigint) as n, cast(coalesce(sum(amount), 0) as bigint) as amount \
               from finance_live_lines where period = $1 and kind = 'cost' and pool_key = $2";
    let lines = cx.tx.query(sql).bind(period).bind(pool).row().await?;
    let lines = lines.ok_or_else(|| Fault::because("a count gave no row"))?;
    let sql = "select b.number, b.file_name, cast(count(*) as bigint) as n from finance_live_lines l \
               join imports_batches b on b.id = l.batch_id where l.period = $1 and l.kind = 'cost' and l.pool_key = $2 \
               group by b.number, b.file_name order by b.number";
    let mut batches = Vec::new();
    for row in cx.tx.query(sql).bind(period).bind(pool).rows().await? {
        batches.push(json!({ "batch": format!("B-{:04}", row.get::<i64>("number")?), "file": row.get::<String>("file_name")?,
            "lines": row.get::<i64>("n")? }));
    }
    let money = |minor| Money::of_minor(minor, run.currency);
    let path = paths.of(pool, None);
    Ok(json!({
        "pool": pool,
        "amount": money(part),
        "service_cost": money(sent),
        "pool_rule": path.rule(),
        "path": path.told(run.currency),
        "pool_cost": money(lines.get("amount")?),
        "ledger_lines": lines.get::<i64>("n")?,
        "rows": format!("/money/lines?period={period}&kind=cost&pool={pool}"),
        "batches": batches,
    }))
}

/// “€47,204.37 = 122 / 1,357 of €525,051.89, because Business Sales has 122 of 1,357 seats.”
async fn sentence(
    cx: &mut Cx,
    row: &db::Row,
    service: &str,
    customer: &str,
    amount: Money,
    whole: Money,
) -> Result<String, Refused> {
    let nodes = repo::nodes(&mut cx.tx).await?;
    let name = |kind: &str, key: &str| {
        let found = nodes.iter().find(|node| node.kind == kind && node.key == key);
        found.map_or_else(|| key.to_owned(), |node| node.name.clone())
    };
    let (numerator, denominator): (String, String) = (row.get("numerator")?, row.get("denominator")?);
    let used = row.get::<Option<Quantity>>("quantity")?.zip(quantity_total(row)?);
    let (share, because) = match used {
        Some((quantity, total)) => {
            let unit: String = row.get::<Option<String>>("unit")?.unwrap_or_default();
            let share = format!("{} / {}", quantity.grouped(), total.grouped());
            let has = format!(
                "{} has {} of {} {unit}",
                name("customer", customer),
                quantity.grouped(),
                total.grouped()
            );
            (share, has)
        }
        None => {
            let rule: String = row.get("rule")?;
            (
                format!("{numerator} / {denominator}"),
                format!("{rule} says so for {}", name("service", service)),
            )
        }
    };
    let rounding = rounding((&numerator, &denominator), amount, whole);
    Ok(format!("{} = {share} of {}, because {because}.{rounding}", amount.spoken(), whole.spoken()))
}

/// “ Rounding €0.01.”, where splitting pool by pool made one.
fn rounding((numerator, denominator): (&str, &str), amount: Money, whole: Money) -> String {
    let exact = allocation_share(numerator, denominator, whole.minor());
    let off = exact.map(|exact| amount.minor() - exact).filter(|off| *off != 0);
    let spoken = |off| format!(" Rounding {}.", Money::of_minor(off, amount.currency()).spoken());
    off.map_or_else(String::new, spoken)
}

/// `numerator ÷ denominator × whole`, rounded once half away from zero, where 128 bits hold it.
fn allocation_share(numerator: &str, denominator: &str, whole: i64) -> Option<i64> {
    let (n, d): (i128, i128) = (numerator.parse().ok()?, denominator.parse().ok()?);
    let exact = n.checked_mul(i128::from(whole))?;
    i64::try_from(divide_half_away(exact, d)).ok()
}
