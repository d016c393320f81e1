//! What pages, API and command line read of promises judged and of the cost of services.

use access::{Action, Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use kernel::listing::{Asked, Column, Kind, Listing};
use kernel::{Period, Refusal, Refused};
use portfolio::promise::rules::{adverse_share, slip_days};
use portfolio::promise::{Figure, Measure, Now, Verdict};
use portfolio::sql::services_sql;

use super::judge::{self, Judged, WORST_FIRST, rank};
use super::rules::{difference, slip};

/// Every promise of every service, the most broken first; `--sort -slip` ranks by watch limits.
pub async fn judged(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    let rows = judge::all(cx).await?;
    Ok(View::List(list(cx, &rows, asked).await?))
}

/// The list of promises that were judged, for who needs them one by one too.
pub async fn list(cx: &mut Cx, rows: &[Judged], asked: &Asked) -> Result<Listing, Refused> {
    listed(cx, "Promises, judged by what is known now".into(), rows, asked).await
}

/// The promises of one service.
pub async fn of(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let service = readable(cx, params).await?;
    let rows = judge::of_service(cx, &service).await?;
    let caption = format!("Promises of {service}, judged by what is known now");
    Ok(View::List(listed(cx, caption, &rows, asked).await?))
}

/// The key of the service the path names, where its money may be read.
pub(crate) async fn readable(cx: &mut Cx, params: &Params) -> Result<String, Refused> {
    let service = portfolio::service::find_by_key(&mut cx.tx, params.get("service")).await?;
    let reach = cx.who.reach(Action::ReadServiceMoney);
    let service = service.filter(|service| reach.admits_service(service.id));
    Ok(service.ok_or_else(Refusal::not_found)?.key)
}

async fn listed(cx: &mut Cx, caption: String, rows: &[Judged], asked: &Asked) -> Result<Listing, Refused> {
    let columns = columns();
    let (sql, binds) = inline(&cx.tx, &columns, rows.iter().map(binds).collect());
    let list = ListQuery {
        name: "promise",
        caption,
        columns,
        sql,
        binds,
        currency: cx.organisation.currency,
        order: "rank, service, due, number",
    };
    page_of(&mut cx.tx, &list, asked).await
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("number", "Promise", Kind::Code).linked("/promises/{number}"),
        Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
        Column::new("name", "Promised", Kind::Text).linked("/promises/{number}"),
        Column::new("measure", "Measure", Kind::State).of(Measure::WORDS.map(|(word, _)| word)),
        Column::new("due", "Due", Kind::Code),
        Column::new("promised", "Value promised", Kind::Code),
        Column::new("now", "Now", Kind::Code),
        Column::new("difference", "Difference", Kind::Code),
        Column::new("share", "Adverse by", Kind::Percent),
        Column::new("slip", "Watch limits", Kind::Decimal),
        Column::new("judged", "Judged", Kind::State).of(WORST_FIRST.map(Verdict::word)),
        Column::new("basis", "Basis", Kind::State),
        Column::new("says", "How it is known", Kind::Text),
        Column::new("unit", "Unit", Kind::Text),
        Column::new("currency", "Currency", Kind::Code),
        Column::new("slip_days", "Days late", Kind::Count).hidden(),
        Column::new("is_due", "Is due", Kind::Bool).hidden(),
        Column::new("due_on", "Last day", Kind::Date).hidden(),
        Column::new("rank", "Rank", Kind::Count).hidden(),
    ]
}

fn binds(judged: &Judged) -> Vec<Bind> {
    let promise = &judged.promise;
    let (now, basis) = match judged.known.now {
        Now::Actual(figure) => (Some(figure), "actual"),
        Now::Expected(figure) => (Some(figure), "expected"),
        Now::NoData => (None, "no data yet"),
    };
    let against = |of: fn(Figure, Figure) -> Option<String>| now.and_then(|now| of(promise.promised, now));
    let slip = now.and_then(|now| slip(promise.promised, promise.aim, promise.limits, now));
    vec![
        Bind::from(promise.number.as_str()),
        Bind::from(judged.service.as_str()),
        Bind::from(promise.name.as_str()),
        Bind::from(promise.measure.word()),
        Bind::from(promise.due.plain()),
        Bind::from(promise.promised.plain()),
        Bind::from(now.map(|now| now.plain())),
        Bind::from(against(difference)),
        Bind::from(now.and_then(|now| adverse_share(promise.promised, promise.aim, now))),
        Bind::from(slip),
        Bind::from(judged.verdict.word()),
        Bind::from(basis),
        Bind::from(judged.known.says.clone()),
        Bind::from(promise.unit.clone()),
        Bind::from(promise.currency.map(|currency| currency.code().to_owned())),
        Bind::from(now.and_then(|now| slip_days(promise.promised, now))),
        Bind::from(judged.known.due),
        Bind::from(promise.due_on.map(|day| day.to_string())),
        Bind::from(rank(judged.verdict)),
    ]
}

/// The month asked for, the first of its fiscal year, and the last month of that year. `year` asks for
/// the newest month of that year with a run, else for its last.
async fn span(cx: &mut Cx, params: &Params) -> Result<(Period, Period, Period), Refused> {
    let calendar = cx.organisation.calendar;
    let period = match (params.optional("year"), params.optional("period")) {
        (Some(year), None) => {
            let wrong = || Refusal::field("year", format!("“{year}” is no fiscal year; write it as 2026."));
            let year: i32 = year.parse().map_err(|_| wrong())?;
            if !(1901..=9998).contains(&year) {
                return Err(wrong().into());
            }
            let (first, last) = (calendar.first_of(year), calendar.first_of(year).plus(11));
            let sql = "select max(period) as period from charging_runs where state <> 'reversed' \
                       and period >= $1 and period <= $2";
            let row = cx.tx.query(sql).bind(first).bind(last).row().await?;
            row.map(|row| row.get::<Option<Period>>("period")).transpose()?.flatten().unwrap_or(last)
        }
        _ => crate::run::period(cx, params).await?,
    };
    let first = calendar.first_of(calendar.year_of(period));
    Ok((period, first, first.plus(11)))
}

/// What each service cost in a month (from pools, and from other services), in the year to date and in
/// the whole fiscal year as far as it was run.
pub async fn cost(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let (period, first, last) = span(cx, params).await?;
    let reach = cx.who.reach(Action::ReadServiceMoney);
    let calendar = cx.organisation.calendar;
    let list = ListQuery {
        name: "service-cost",
        caption: format!("What services cost, {}", calendar.label(period)),
        columns: cost_columns(),
        sql: format!(
            "select s.key as service, s.name, $1 as period, {}, {}, {}, {}, {} from charging_runs r \
             join charging_service_costs c on c.run_id = r.id and r.state <> 'reversed' \
             join portfolio_services s on s.key = c.service \
             where r.period >= $2 and r.period <= $3 and {} group by s.key, s.name",
            sum("r.period = $1", "c.amount", "month"),
            sum("r.period = $1", "c.from_pools", "from_pools"),
            sum("r.period = $1", "c.amount - c.from_pools", "from_services"),
            sum("r.period <= $1", "c.amount", "to_date"),
            sum("true", "c.amount", "year"),
            services_sql(&reach, "s.id")
        ),
        binds: vec![Bind::from(period), Bind::from(first), Bind::from(last)],
        currency: cx.organisation.currency,
        order: "month desc, service",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn cost_columns() -> Vec<Column> {
    vec![
        Column::new("service", "Service", Kind::Code).linked("/services/{service}"),
        Column::new("name", "Name", Kind::Text),
        Column::new("month", "Month", Kind::Money)
            .summed()
            .linked("/services/{service}/money?period={period}"),
        Column::new("from_pools", "Of it from pools", Kind::Money).summed().linked(
            "/money/shares?period={period}&receiver={service}&receiver_kind=service&filter=stage~pools",
        ),
        Column::new("from_services", "Of it from services", Kind::Money).summed().linked(concat!(
            "/money/shares?period={period}&receiver={service}&receiver_kind=service",
            "&filter=stage!%3Dpools%20stage!%3Dpools-proportional"
        )),
        Column::new("to_date", "Year to date", Kind::Money)
            .summed()
            .linked("/money/service-cost/{service}?period={period}"),
        Column::new("year", "Fiscal year", Kind::Money)
            .summed()
            .linked("/money/service-cost/{service}?period={period}"),
        Column::new("period", "Period", Kind::Period).hidden(),
    ]
}

/// What one service cost, by the pool it came from.
pub async fn by_pool(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let service = readable(cx, params).await?;
    let (period, first, last) = span(cx, params).await?;
    let calendar = cx.organisation.calendar;
    let list = ListQuery {
        name: "service-pool",
        caption: format!("What {service} cost by pool, {}", calendar.label(period)),
        columns: vec![
            Column::new("pool", "Pool", Kind::Code).linked("/money/pools/{pool}"),
            Column::new("name", "Name", Kind::Text),
            Column::new("month", "Month", Kind::Money).summed(),
            Column::new("to_date", "Year to date", Kind::Money).summed(),
            Column::new("year", "Fiscal year", Kind::Money).summed(),
        ],
        sql: format!(
            "select c.origin as pool, p.name, {}, {}, {} from charging_runs r \
             join charging_shares c on c.run_id = r.id and r.state <> 'reversed' \
             left join finance_pools p on p.key = c.origin \
             where c.receiver = $4 and c.receiver_kind = 'service' and r.period >= $2 and r.period <= $3 \
             group by c.origin, p.name",
            sum("r.period = $1", "c.amount", "month"),
            sum("r.period <= $1", "c.amount", "to_date"),
            sum("true", "c.amount", "year"),
        ),
        binds: vec![Bind::from(period), Bind::from(first), Bind::from(last), Bind::from(service)],
        currency: cx.organisation.currency,
        order: "month desc, pool",
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn sum(when: &str, what: &str, name: &str) -> String {
    format!("cast(coalesce(sum(case when {when} then {what} else 0 end), 0) as bigint) as {name}")
}
