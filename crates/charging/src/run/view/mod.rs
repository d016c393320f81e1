//! What pages, API and command line read of runs: shares, residuals, the check, the trace.

mod balance;
pub(crate) mod path;
mod trace;

pub use balance::{Off, off};
pub use trace::trace;

use access::{Cx, Params, View};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Fault, Money, Period, Refusal, Refused};
use serde_json::json;

use super::error::NOT_RUN;
use super::repo::{self, RunRow};
use super::since::{Compared, Since, since};

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
            Column::new("state", "State", Kind::State).of(["draft", "final"]),
            Column::new("run_at", "Run", Kind::Time),
            Column::new("ledger", "Ledger", Kind::Money)
                .summed()
                .linked("/money/lines?period={period}&kind=cost"),
            Column::new("allocated", "Allocated", Kind::Money)
                .summed()
                .linked("/money/shares?period={period}&receiver_kind=customer"),
            Column::new("unallocated", "Unallocated", Kind::Money)
                .summed()
                .linked("/money/residuals?period={period}"),
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

/// `period check`: ledger = allocated + unallocated, and at every stage what each pool and service has is what
/// it passes on or keeps; computed from the rows and not from the run's own totals.
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
    let off = balance::off(&mut cx.tx, &run).await?;
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
        "off": off.iter().map(|off| off.says(run.currency)).collect::<Vec<_>>(),
        "ok": difference == 0 && off.is_empty(),
    })))
}

async fn one(cx: &mut Cx, sql: &str, bind: Bind) -> Result<i64, Refused> {
    let row = cx.tx.query(sql).bind(bind).row().await?;
    Ok(row.ok_or_else(|| Fault::because("a sum gave no row"))?.get("n")?)
}

/// The run of a period with its control figures, and whether what it started from changed since.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    let period = period(cx, params).await?;
    let run = standing(cx, period).await?;
    let changed = since(cx, &run, Compared::IfTold).await? != Since::Nothing;
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
        "changed": changed,
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
            Column::new("receiver_kind", "Kind", Kind::Text).of(["service", "object", "customer"]),
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
