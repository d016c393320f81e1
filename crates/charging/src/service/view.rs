//! The list of services.

use access::{Action, Cx, Params, Reach, View, as_of};
use db::{Bind, ListQuery, inline_at, page_of};
use kernel::listing::{Asked, Column, Kind, Listing, Value};
use kernel::{Fault, Period, Refused};
use portfolio::promise::Verdict;
use portfolio::sql::services_sql;

use super::rules::{PROMISES, is_asked_by_promises, worst};
use crate::promise::{self, WORST_FIRST, rank};
use crate::run::{self, RunRow};

/// What every service is called whose end has come: it is held against nothing any more.
const ENDED: &str = "retired";

/// Services there were on the day; for who reads their money, what each cost in the newest month that was run and
/// the worst judgement of its promises. On a past day there were other figures, which nobody kept: both are empty.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let day = portfolio::sql::as_of(cx, params)?;
    let reach = cx.who.reach(Action::ReadServiceMoney);
    if !reach.any() || asked.names_only {
        return Ok(View::List(portfolio::service::list(cx, day, asked).await?));
    }
    let is_past = as_of::asked(params)?.is_some();
    let run = if is_past { None } else { run::newest(&mut cx.tx).await? };
    let services = beside_cost(portfolio::service::listed(cx, day), &reach, run.as_ref());
    if !is_past && is_asked_by_promises(asked) {
        let services = beside_promises(cx, services).await?;
        return Ok(View::List(page_of(&mut cx.tx, &services, asked).await?));
    }
    let mut listing = page_of(&mut cx.tx, &without_promises(services), asked).await?;
    if !is_past {
        judge_shown(cx, &mut listing).await?;
    }
    Ok(View::List(listing))
}

/// The month whose cost is told: the newest that was run.
pub async fn month(cx: &mut Cx) -> Result<Option<Period>, Fault> {
    Ok(run::newest(&mut cx.tx).await?.map(|run| run.period))
}

/// The services with what each cost. One that received nothing in the run cost nothing; what one that has ended
/// would cost, and what is not the reader's to see, there is not.
fn beside_cost(services: ListQuery, reach: &Reach, run: Option<&RunRow>) -> ListQuery {
    let ListQuery { mut columns, mut binds, sql, .. } = services;
    let seen = services_sql(reach, "s.service_id");
    let (cost, costs) = match run {
        None => ("cast(null as bigint) as cost, cast(null as text) as cost_period".to_owned(), String::new()),
        Some(run) => {
            binds.extend([Bind::from(run.id), Bind::from(run.period)]);
            let (id, month) = (binds.len() - 1, binds.len());
            let cost = format!(
                "case when {seen} and (c.service is not null or s.state <> '{ENDED}') then coalesce(c.amount, 0) end \
                 as cost, case when c.service is not null then cast(${month} as text) end as cost_period"
            );
            let costs = format!(
                "left join charging_service_costs c on c.run_id = ${id} and c.service = s.key and {seen}"
            );
            (cost, costs)
        }
    };
    let known = run.is_some();
    let cost_column = Column::new("cost", "Cost", Kind::Money)
        .linked("/money/service-cost?period={cost_period}&service={key}");
    let at = columns.iter().position(|column| column.key == "owner").unwrap_or(columns.len());
    let beside = [
        Column { sum: known, may_not_apply: known, ..cost_column },
        Column::new("cost_period", "Cost of", Kind::Period),
        Column::new(PROMISES, "Promises", Kind::State)
            .of(WORST_FIRST.map(Verdict::word))
            .linked("/services/{key}/promises")
            .ranked("promises_rank"),
    ];
    columns.splice(at..at, beside);
    let sql = format!("select s.*, {cost} from ({sql}) s {costs}");
    ListQuery { columns, binds, sql, ..services }
}

/// With nothing said of promises yet.
fn without_promises(services: ListQuery) -> ListQuery {
    let sql = format!(
        "select s.*, cast(null as text) as promises, cast(null as bigint) as promises_rank from ({}) s",
        services.sql
    );
    ListQuery { sql, ..services }
}

/// With the worst judgement of every service, so that the list can be sorted and filtered by it.
async fn beside_promises(cx: &mut Cx, services: ListQuery) -> Result<ListQuery, Fault> {
    let judged = promise::all(cx).await?;
    let rows = worst(&judged).into_iter().map(|(service, verdict)| {
        vec![Bind::from(service), Bind::from(verdict.word()), Bind::from(rank(verdict))]
    });
    let columns = [
        Column::new("service", "Service", Kind::Code),
        Column::new(PROMISES, "Promises", Kind::State),
        Column::new("promises_rank", "Rank", Kind::Count),
    ];
    let ListQuery { mut binds, sql, .. } = services;
    let (judged, bind) = inline_at(&cx.tx, binds.len() + 1, &columns, rows.collect());
    binds.push(bind);
    // Read once and kept: SQLite would else look through all of it for every service.
    let sql = format!(
        "with p as materialized (select cast(service as text) as service, promises, promises_rank from ({judged}) j) \
         select s.*, p.promises, p.promises_rank from ({sql}) s \
         left join p on p.service = s.key and s.state <> '{ENDED}'"
    );
    Ok(ListQuery { binds, sql, ..services })
}

/// Says of the services shown how their promises stand: no other has to be judged.
async fn judge_shown(cx: &mut Cx, listing: &mut Listing) -> Result<(), Fault> {
    let place = |key: &str| listing.columns.iter().position(|column| column.key == key);
    let (Some(key), Some(state), Some(promises)) = (place("key"), place("state"), place(PROMISES)) else {
        return Ok(());
    };
    let held = listing.rows.iter_mut().filter(|row| row[state].plain() != ENDED);
    let mut held: Vec<(String, &mut Value)> =
        held.map(|row| (row[key].plain(), &mut row[promises])).collect();
    let keys: Vec<String> = held.iter().map(|(key, _)| key.clone()).collect();
    let judged = promise::of_services(cx, &keys).await?;
    let worst = worst(&judged);
    for (key, cell) in &mut held {
        if let Some(verdict) = worst.get(key.as_str()) {
            **cell = Value::from(verdict.word());
        }
    }
    Ok(())
}
