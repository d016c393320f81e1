//! The only SQL of transactions and postings.

use std::collections::BTreeMap;

use access::{Cx, as_of};
use chrono::NaiveDate;
use db::{Bind, Query, Row, Tx};
use kernel::{Currency, Fault, Money, Period, Refusal, Refused};

use super::{NewPosting, NewTransaction, Original, Posted, Source, TransactionId};
use crate::Filter;
use crate::balance::conditions;

/// A transaction without its postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Id.
    pub id: TransactionId,
    /// Running number.
    pub number: i64,
    /// Kind.
    pub kind: String,
    /// The period it counts in.
    pub period: Period,
    /// The day it happened.
    pub day: NaiveDate,
    /// What it is.
    pub text: String,
    /// What it was posted for.
    pub source: Source,
    /// The period it corrects.
    pub corrects: Option<Period>,
    /// What it reverses.
    pub reverses: Option<TransactionId>,
    /// Whether it was reversed.
    pub reversed: bool,
    /// Sum of its debits, minor units of the reporting currency.
    pub debit: i64,
}

const HEAD: &str = "select t.id, t.number, t.kind, t.period, t.day, t.note, t.source_kind, t.source_id, t.corrects, \
                    t.reverses, t.debit, case when r.id is null then 0 else 1 end as reversed \
                    from ledger_transactions t left join ledger_transactions r on r.reverses = t.id";

/// The transaction of that id.
pub(super) async fn load(tx: &mut Tx, id: TransactionId) -> Result<Head, Refused> {
    let sql = format!("{HEAD} where t.id = $1");
    let row = tx.query(&sql).bind(id).row().await?;
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// The transaction of that number, as of the end of `day` where one is given.
pub(super) async fn by_number(tx: &mut Tx, number: i64, day: Option<NaiveDate>) -> Result<Head, Refused> {
    let by = |head: &str| format!("{head} and r.posted_at < $2 where t.number = $1 and t.posted_at < $2");
    let row = match day {
        None => tx.query(&format!("{HEAD} where t.number = $1")).bind(number).row().await?,
        Some(day) => tx.query(&by(HEAD)).bind(number).bind(as_of::end_of(day)).row().await?,
    };
    Ok(read(&row.ok_or_else(Refusal::not_found)?)?)
}

/// What was posted for that source and still stands: neither reversed nor a reversal; oldest first.
pub async fn standing(tx: &mut Tx, kind: &str, id: &str) -> Result<Vec<Head>, Fault> {
    let sql = format!(
        "{HEAD} where t.source_kind = $1 and t.source_id = $2 and r.id is null and t.reverses is null order by t.number"
    );
    tx.query(&sql).bind(kind).bind(id).rows().await?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Head, Fault> {
    let reverses: Option<String> = row.get("reverses")?;
    Ok(Head {
        id: row.get("id")?,
        number: row.get("number")?,
        kind: row.get("kind")?,
        period: row.get("period")?,
        day: day(row, "day")?,
        text: row.get("note")?,
        source: Source { kind: row.get("source_kind")?, id: row.get("source_id")? },
        corrects: row.get("corrects")?,
        reverses: reverses.is_some().then(|| row.get("reverses")).transpose()?,
        reversed: row.get::<i64>("reversed")? == 1,
        debit: row.get("debit")?,
    })
}

fn day(row: &Row, column: &str) -> Result<NaiveDate, Fault> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| Fault::new(format!("reading {column} {text}"), error))
}

/// The whole of it, as it was posted.
pub(super) async fn whole(tx: &mut Tx, head: &Head) -> Result<NewTransaction, Fault> {
    let sql = "select account_id, cost_centre, project, amount, original_amount, original_currency, rate \
               from ledger_postings where transaction_id = $1 order by line";
    let rows = tx.query(sql).bind(head.id).rows().await?;
    Ok(NewTransaction {
        kind: head.kind.clone(),
        period: head.period,
        day: head.day,
        text: head.text.clone(),
        source: head.source.clone(),
        corrects: head.corrects,
        postings: rows.iter().map(read_posting).collect::<Result<_, Fault>>()?,
    })
}

fn read_posting(row: &Row) -> Result<NewPosting, Fault> {
    let currency: Currency = row.get("original_currency")?;
    let money = Money::of_minor(row.get("original_amount")?, currency);
    Ok(NewPosting {
        account: row.get("account_id")?,
        cost_centre: row.get("cost_centre")?,
        project: row.get("project")?,
        amount: row.get("amount")?,
        original: row.get::<Option<String>>("rate")?.map(|rate| Original { money, rate }),
    })
}

/// The next running number; the row is locked until the transaction ends, so there are no gaps.
pub(super) async fn next_number(tx: &mut Tx) -> Result<i64, Fault> {
    let row = tx.query("update ledger_counter set last = last + 1 where id = 1 returning last").row().await?;
    row.ok_or_else(|| Fault::because("the ledger has no counter"))?.get("last")
}

/// Stores a transaction with its postings.
pub(super) async fn insert(
    cx: &mut Cx,
    new: &NewTransaction,
    posted: Posted,
    reverses: Option<TransactionId>,
    debit: i64,
) -> Result<(), Fault> {
    let sql = "insert into ledger_transactions (id, version, number, kind, period, day, note, source_kind, source_id, \
               reverses, corrects, posted_by, posted_at, postings, debit, digest) \
               values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let (person, stamp) = (cx.person(), cx.stamp());
    let count = i64::try_from(new.postings.len()).map_err(|error| Fault::new("counting postings", error))?;
    let query = cx.tx.query(sql).bind(posted.id).bind(posted.number).bind(new.kind.as_str()).bind(new.period);
    let query = query.bind(new.day.to_string()).bind(new.text.as_str()).bind(new.source.kind.as_str());
    let query = query
        .bind(new.source.id.as_str())
        .bind(reverses.map(|id| id.to_string()))
        .bind(new.corrects)
        .bind(person)
        .bind(stamp);
    query.bind(count).bind(debit).bind(new.digest()).execute().await?;
    let sql = "insert into ledger_postings (transaction_id, line, account_id, cost_centre, project, amount, \
               original_amount, original_currency, rate)";
    let reporting = cx.organisation.currency;
    let rows = (1_i64..).zip(&new.postings).map(|(line, posting)| binds(posted.id, line, posting, reporting));
    cx.tx.insert_many(sql, rows.collect()).await?;
    add_to_sums(cx, new).await
}

/// Adds what the postings move to the sums of their accounts and month.
async fn add_to_sums(cx: &mut Cx, new: &NewTransaction) -> Result<(), Fault> {
    let mut sums: BTreeMap<(String, &str, &str), i64> = BTreeMap::new();
    for posting in &new.postings {
        let (centre, project) = (posting.cost_centre.as_deref(), posting.project.as_deref());
        let key = (posting.account.to_string(), centre.unwrap_or_default(), project.unwrap_or_default());
        *sums.entry(key).or_default() += posting.amount;
    }
    let row = |((account, centre, project), amount): ((String, &str, &str), i64)| {
        vec![account.into(), new.period.into(), centre.into(), project.into(), amount.into()]
    };
    let sql = "insert into ledger_sums (account_id, period, cost_centre, project, amount)";
    let add = "on conflict (account_id, period, cost_centre, project) \
               do update set amount = ledger_sums.amount + excluded.amount";
    Ok(cx.tx.upsert_many(sql, sums.into_iter().map(row).collect(), add).await?)
}

fn binds(id: TransactionId, line: i64, posting: &NewPosting, reporting: Currency) -> Vec<Bind> {
    let money = posting.original.as_ref().map_or(Money::of_minor(posting.amount, reporting), |o| o.money);
    vec![
        id.into(),
        line.into(),
        posting.account.into(),
        posting.cost_centre.clone().into(),
        posting.project.clone().into(),
        posting.amount.into(),
        money.minor().into(),
        money.currency().code().into(),
        posting.original.as_ref().map(|o| o.rate.clone()).into(),
    ]
}

/// Every posting of the transactions `filter` chooses, with what a journal says of both.
pub(super) async fn journal(tx: &mut Tx, filter: &Filter) -> Result<Vec<Row>, Fault> {
    let (conditions, mut binds) = conditions(filter, 1, "t.period");
    let from = filter.from.map_or_else(String::new, |from| from.to_string());
    binds.push(from.into());
    let sql = format!(
        "select t.number, t.period, t.day, t.note, t.corrects, o.number as reverses, a.code, a.name, a.class, \
         q.cost_centre, q.project, q.amount, q.original_amount, q.original_currency, q.line \
         from ledger_transactions t left join ledger_transactions o on o.id = t.reverses \
         join ledger_postings q on q.transaction_id = t.id join ledger_accounts a on a.id = q.account_id \
         where t.period >= ${} and exists (select 1 from ledger_postings p join ledger_accounts a on a.id = p.account_id \
         where p.transaction_id = t.id and {conditions}) order by t.number, q.line",
        binds.len()
    );
    Ok(binds.into_iter().fold(tx.query(&sql), Query::bind).rows().await?)
}
