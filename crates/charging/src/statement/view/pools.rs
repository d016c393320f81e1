//! The pools a line's cost came from, each down to the ledger lines, batches and files behind it. Only
//! for those who read money.

use access::Cx;
use kernel::{Currency, Fault, Money, Period, RunId};
use serde_json::{Value, json};

use crate::run::POOL_STAGES;
use crate::run::path::{Path, Paths, REACHED, read_reached};
use crate::statement::basis::{Reached, spread};

/// Ledger lines told one by one per pool; the rest as a sum, with the link to all.
const LISTED: i64 = 50;

/// What reached `customer` from `service` (from the pools themselves where none) in a run, by pool.
pub(super) async fn reached(
    cx: &mut Cx,
    run: RunId,
    service: Option<&str>,
    customer: &str,
) -> Result<Vec<Reached>, Fault> {
    let sql = format!(
        "select {REACHED} from charging_shares h where h.run_id = $1 and h.receiver = $2 \
         and h.receiver_kind = 'customer' and case when $3 = '' then h.stage in {POOL_STAGES} \
         else h.stage not in {POOL_STAGES} and h.sender = $3 end order by h.seq"
    );
    let rows = cx.tx.query(&sql).bind(run).bind(customer).bind(service.unwrap_or("")).rows().await?;
    rows.iter().map(read_reached).collect()
}

/// How many customers `service` reached in a run.
pub(super) async fn customers_of(cx: &mut Cx, run: RunId, service: &str) -> Result<i64, Fault> {
    let sql = format!(
        "select cast(count(distinct receiver) as bigint) as n from charging_shares \
         where run_id = $1 and sender = $2 and receiver_kind = 'customer' and stage not in {POOL_STAGES}"
    );
    let row = cx.tx.query(&sql).bind(run).bind(service).row().await?;
    row.ok_or_else(|| Fault::because("a count gave no row"))?.get("n")
}

/// Where the ledger lines of a part stand.
pub(super) struct Place {
    pub period: Period,
    pub currency: Currency,
    /// How the service came to have its cost; none for cost that pools sent to the customer directly.
    pub paths: Option<Paths>,
}

/// Lines of pool `$2` in period `$1` that the bills of supplier `$4` explain; where that is empty, those that name
/// service `$3`, or (where it is empty too) none we know.
const LINES: &str = "from finance_live_lines l left join imports_batches b on b.id = l.batch_id \
    left join usage_explained_lines e on e.line_id = l.id and e.period = $1 \
    where l.period = $1 and l.kind = 'cost' and l.pool_key = $2 and coalesce(e.supplier, '') = $4 \
    and case when $4 <> '' then true when $3 = '' then l.service_key is null \
    or l.service_key not in (select key from portfolio_services) else l.service_key = $3 end";

/// A query of [`LINES`].
fn lines_of<'t>(cx: &'t mut Cx, sql: &str, place: &Place, reached: &Reached) -> db::Query<'t> {
    let (named, supplier) = (reached.named.as_deref(), reached.supplier.as_deref());
    let query = cx.tx.query(sql).bind(place.period).bind(reached.pool.as_str());
    query.bind(named.unwrap_or("")).bind(supplier.unwrap_or(""))
}

/// One pool of a line: `part` of it is the line's; by which rule the service had its cost; the batches
/// and files behind it and its largest ledger lines, each with what it contributes to the part.
pub(super) async fn part(cx: &mut Cx, place: &Place, reached: &Reached, part: i64) -> Result<Value, Fault> {
    let money = |minor| Money::of_minor(minor, place.currency);
    let sql = format!(
        "select cast(count(*) as bigint) as n, cast(coalesce(sum(l.amount), 0) as bigint) as amount {LINES}"
    );
    let all = lines_of(cx, &sql, place, reached)
        .row()
        .await?
        .ok_or_else(|| Fault::because("a count gave no row"))?;
    let (count, whole): (i64, i64) = (all.get("n")?, all.get("amount")?);
    let lines = lines(cx, place, reached, (count, whole, part)).await?;
    let mut link = format!("/money/lines?period={}&kind=cost&pool={}", place.period, reached.pool);
    if let (Some(named), None) = (&reached.named, &reached.supplier) {
        link.push_str(&format!("&service={named}"));
    }
    let bills = match &reached.supplier {
        Some(supplier) => usage::bill::behind(cx, place.period, supplier, &reached.sender).await?,
        None => Vec::new(),
    };
    let those = (reached.named.as_deref().unwrap_or(""), reached.supplier.as_deref());
    let path = place.paths.as_ref().map(|paths| paths.of(&reached.pool, Some(those)));
    Ok(json!({
        "pool": reached.pool,
        "pool_name": name_of(cx, &reached.pool).await?,
        "named_by_its_lines": reached.named.as_ref().filter(|_| reached.supplier.is_none()),
        "by_bill_of": reached.supplier,
        "bills": bills,
        "amount": money(part),
        "service_cost": money(reached.sent),
        "pool_rule": path.as_ref().and_then(Path::rule),
        "path": path.map(|path| path.told(place.currency)),
        "pool_cost": money(whole),
        "ledger_lines": count,
        "rows": link,
        "batches": batches(cx, place, reached, part).await?,
        "lines": lines.0,
        "unlisted": lines.1,
    }))
}

async fn name_of(cx: &mut Cx, pool: &str) -> Result<Option<String>, Fault> {
    let row = cx.tx.query("select name from finance_pools where key = $1").bind(pool).row().await?;
    row.map(|row| row.get("name")).transpose()
}

/// Batches and files behind a pool; what each contributes adds up to the part.
async fn batches(cx: &mut Cx, place: &Place, reached: &Reached, part: i64) -> Result<Vec<Value>, Fault> {
    let sql = format!(
        "select b.number, b.file_name, cast(count(*) as bigint) as n, cast(sum(l.amount) as bigint) as amount {LINES} \
         group by b.number, b.file_name order by b.number"
    );
    let rows = lines_of(cx, &sql, place, reached).rows().await?;
    let amounts = rows.iter().map(|row| row.get("amount")).collect::<Result<Vec<i64>, Fault>>()?;
    let parts = spread(part, &amounts)?;
    let told = rows.iter().zip(amounts).zip(parts).map(|((row, amount), part)| {
        Ok(json!({
            "batch": batch(row)?,
            "file": row.get::<Option<String>>("file_name")?,
            "lines": row.get::<i64>("n")?,
            "amount": Money::of_minor(amount, place.currency),
            "part": Money::of_minor(part, place.currency),
        }))
    });
    told.collect()
}

/// The largest lines of a pool, and the sum of those not told; their parts add up too.
async fn lines(
    cx: &mut Cx,
    place: &Place,
    reached: &Reached,
    (count, whole, part): (i64, i64, i64),
) -> Result<(Vec<Value>, Value), Fault> {
    let sql = format!(
        "select l.id, b.number, b.file_name, l.file_line, l.posted_on, l.account_code, l.cost_centre, l.supplier, \
         l.description, l.amount {LINES} order by abs(l.amount) desc, b.number, l.file_line, l.id limit {LISTED}"
    );
    let rows = lines_of(cx, &sql, place, reached).rows().await?;
    let mut amounts = rows.iter().map(|row| row.get("amount")).collect::<Result<Vec<i64>, Fault>>()?;
    amounts.push(whole - amounts.iter().sum::<i64>());
    let parts = spread(part, &amounts)?;
    let money = |minor| Money::of_minor(minor, place.currency);
    let told = rows.iter().zip(amounts.iter().zip(&parts)).map(|(row, (amount, part))| {
        Ok(json!({
            "id": row.get::<String>("id")?,
            "batch": batch(row)?,
            "file": row.get::<Option<String>>("file_name")?,
            "line": row.get::<Option<i64>>("file_line")?,
            "posted_on": row.get::<String>("posted_on")?,
            "account": row.get::<String>("account_code")?,
            "cost_centre": row.get::<Option<String>>("cost_centre")?,
            "supplier": row.get::<Option<String>>("supplier")?,
            "text": row.get::<Option<String>>("description")?,
            "amount": money(*amount),
            "part": money(*part),
        }))
    });
    let told = told.collect::<Result<Vec<Value>, Fault>>()?;
    let listed = rows.len();
    let rest = json!({
        "lines": count - i64::try_from(listed).map_err(|error| Fault::new("counting lines", error))?,
        "amount": money(amounts[listed]),
        "part": money(parts[listed]),
    });
    Ok((told, rest))
}

/// `B-0231`; none for a line without a batch of its own.
fn batch(row: &db::Row) -> Result<Option<String>, Fault> {
    Ok(row.get::<Option<i64>>("number")?.map(|number| format!("B-{number:04}")))
}
