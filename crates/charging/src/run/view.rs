//! What pages, API and command line read of runs: shares, residuals, the check, the trace.

use std::collections::BTreeMap;

use access::{Action, Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Money, Period, Quantity, Refusal, Refused, RunId, divide_half_away};
use serde_json::{Value, json};

use super::error::NOT_RUN;
use super::repo::{self, RunRow};

/// The period asked for; the newest with ledger lines where none is.
pub(crate) async fn period(cx: &mut Cx, params: &Params) -> Result<Period, Refused> {
    match params.optional("period") {
        Some(text) => text.parse().map_err(|says: String| Refusal::field("period", says).into()),
        None => Ok(finance::line::newest_period(&mut cx.tx).await?.unwrap_or_else(|| Period::of(cx.today()))),
    }
}

pub(super) async fn standing(cx: &mut Cx, period: Period) -> Result<RunRow, Refused> {
    let run = repo::live(&mut cx.tx, period).await?;
    Ok(run.ok_or_else(|| NOT_RUN.with(&[&period.to_string()]))?)
}

/// Runs, newest period first.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let list = ListQuery {
        name: "run",
        caption: "Runs of the allocation".into(),
        columns: vec![
            Column::new("period", "Period", Kind::Period).linked("/money/flow?period={period}"),
            Column::new("state", "State", Kind::State),
            Column::new("run_at", "Run", Kind::Time),
            Column::new("ledger", "Ledger", Kind::Money).summed(),
            Column::new("allocated", "Allocated", Kind::Money).summed(),
            Column::new("unallocated", "Unallocated", Kind::Money).summed(),
        ],
        sql:
            "select period, state, run_at, ledger_total as ledger, allocated, unallocated from charging_runs \
              where state <> 'reversed'"
                .into(),
        binds: Vec::new(),
        currency: cx.organisation.currency,
        order: "period desc",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// `period check`: ledger = allocated + unallocated, computed from the rows and not from the run's own
/// totals.
pub async fn check(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period: Period =
        params.get("period").parse().map_err(|says: String| Refusal::field("period", says))?;
    let run = standing(cx, period).await?;
    let sql = "select cast(coalesce(sum(amount), 0) as bigint) as n from finance_live_lines \
               where period = $1 and kind = 'cost'";
    let ledger = one(cx, sql, Bind::from(period)).await?;
    let sql = "select cast(coalesce(sum(amount), 0) as bigint) as n from charging_shares \
               where run_id = $1 and receiver_kind = 'customer'";
    let allocated = one(cx, sql, Bind::from(run.id)).await?;
    let sql =
        "select cast(coalesce(sum(amount), 0) as bigint) as n from charging_residuals where run_id = $1";
    let unallocated = one(cx, sql, Bind::from(run.id)).await?;
    let difference = ledger - allocated - unallocated;
    let plain = |minor| Money::of_minor(minor, run.currency).plain();
    Ok(View::Record(json!({
        "schema": "quarterdeck.period-check.v1",
        "period": period.to_string(),
        "run": run.state,
        "currency": run.currency.code(),
        "ledger": plain(ledger),
        "allocated": plain(allocated),
        "unallocated": plain(unallocated),
        "difference": plain(difference),
        "ok": difference == 0,
    })))
}

async fn one(cx: &mut Cx, sql: &str, bind: Bind) -> Result<i64, Refused> {
    let row = cx.tx.query(sql).bind(bind).row().await?;
    Ok(row.ok_or_else(|| Fault::because("a sum gave no row"))?.get("n")?)
}

/// The run of a period with its control figures.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period = period(cx, params).await?;
    let run = standing(cx, period).await?;
    let money = |minor| Money::of_minor(minor, run.currency);
    Ok(View::Record(json!({
        "schema": "quarterdeck.run.v1",
        "id": run.id.to_string(),
        "version": run.version,
        "period": period.to_string(),
        "state": run.state,
        "run_at": run.run_at,
        "ledger": money(run.ledger),
        "allocated": money(run.allocated),
        "unallocated": money(run.unallocated),
    })))
}

/// Every share of a period's run: pool of origin, sender, receiver, rule, driver, amount.
pub async fn shares(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = period(cx, params).await?;
    let run = standing(cx, period).await?;
    let list = ListQuery {
        name: "share",
        caption: format!("Shares of {}", period.label()),
        columns: vec![
            Column::new("stage", "Stage", Kind::Text),
            Column::new("origin", "Pool", Kind::Code),
            Column::new("origin_service", "Named by its lines", Kind::Code).hidden(),
            Column::new("sender", "From", Kind::Code),
            Column::new("receiver", "To", Kind::Code),
            Column::new("receiver_kind", "Kind", Kind::Text),
            Column::new("rule", "Rule", Kind::Text),
            Column::new("method", "By", Kind::Text),
            Column::new("driver", "Driver", Kind::Code),
            Column::new("quantity", "Quantity", Kind::Quantity),
            Column::new("amount", "Amount", Kind::Money).summed(),
            Column::new("seq", "No.", Kind::Count).hidden(),
        ],
        sql: "select seq, stage, origin, origin_service, sender, receiver, receiver_kind, rule, method, driver, \
              quantity, amount from charging_shares where run_id = $1"
            .into(),
        binds: vec![Bind::from(run.id)],
        currency: run.currency,
        order: "seq",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// The named residuals of a period's run.
pub async fn residuals(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = period(cx, params).await?;
    let run = standing(cx, period).await?;
    let list = ListQuery {
        name: "residual",
        caption: format!("What {} leaves unallocated", period.label()),
        columns: vec![
            Column::new("node", "Where", Kind::Code),
            Column::new("origin", "Pool", Kind::Code),
            Column::new("reason", "Reason", Kind::Text).hidden(),
            Column::new("says", "Why", Kind::Text),
            Column::new("amount", "Amount", Kind::Money).summed(),
            Column::new("seq", "No.", Kind::Count).hidden(),
        ],
        sql: "select seq, node, origin, reason, says, amount from charging_residuals where run_id = $1"
            .into(),
        binds: vec![Bind::from(run.id)],
        currency: run.currency,
        order: "seq",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

/// What one service cost one customer in a period, back to pools, ledger lines, batches and files.
/// Only for those who read money: a customer's own trace ends at the basis of its charge.
pub async fn trace(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    cx.require_all(Action::ReadMoney)?;
    let period = period(cx, params).await?;
    let run = standing(cx, period).await?;
    let (sender, receiver) = (params.get("service").to_owned(), params.get("customer").to_owned());
    // Lines of one sender to one receiver share one stage and one share; a pool comes once for its lines that
    // name the service and once for the others.
    let sql = "select stage, origin, origin_service, rule, method, numerator, denominator, driver, unit, quantity, \
               quantity_total, amount from charging_shares where run_id = $1 and sender = $2 and receiver = $3 \
               and receiver_kind = 'customer' and stage <> 'pools' order by seq";
    let rows = cx.tx.query(sql).bind(run.id).bind(sender.as_str()).bind(receiver.as_str()).rows().await?;
    let first = rows.first().ok_or_else(Refusal::not_found)?;
    let (mut amount, mut whole, mut parts) = (0_i64, 0_i64, Vec::new());
    let stage: String = first.get("stage")?;
    for (pool, part) in by_pool(&rows)? {
        let sent = sent(cx, run.id, &stage, &sender, &pool).await?;
        amount += part;
        whole += sent;
        parts.push(pool_part(cx, &run, period, &sender, &pool, part, sent).await?);
    }
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
        "ties": parts_sum(&parts, run.currency) == amount,
    })))
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

/// One pool of the trace: the customer's part, what the service had of the pool and by which rule, and
/// the ledger lines behind the pool with their batches.
async fn pool_part(
    cx: &mut Cx,
    run: &RunRow,
    period: Period,
    service: &str,
    pool: &str,
    part: i64,
    sent: i64,
) -> Result<Value, Refused> {
    let sql = "select rule, method, driver, quantity, quantity_total, unit, amount from charging_shares \
               where run_id = $1 and stage = 'pools' and origin = $2 and receiver = $3 and receiver_kind = 'service' \
               order by seq limit 1";
    let into = cx.tx.query(sql).bind(run.id).bind(pool).bind(service).row().await?;
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
    let rule = into.as_ref().map(|row| row.get::<String>("rule")).transpose()?;
    Ok(json!({
        "pool": pool,
        "amount": money(part),
        "service_cost": money(sent),
        "pool_rule": rule,
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
    let exact = allocation_share(&numerator, &denominator, whole.minor());
    let rounding = exact.map(|exact| amount.minor() - exact).filter(|off| *off != 0);
    let rounding = rounding.map_or_else(String::new, |off| {
        format!(" Rounding {}.", Money::of_minor(off, amount.currency()).spoken())
    });
    Ok(format!("{} = {share} of {}, because {because}.{rounding}", amount.spoken(), whole.spoken()))
}

/// `numerator ÷ denominator × whole`, rounded once half away from zero, where 128 bits hold it.
fn allocation_share(numerator: &str, denominator: &str, whole: i64) -> Option<i64> {
    let (n, d): (i128, i128) = (numerator.parse().ok()?, denominator.parse().ok()?);
    let exact = n.checked_mul(i128::from(whole))?;
    i64::try_from(divide_half_away(exact, d)).ok()
}
