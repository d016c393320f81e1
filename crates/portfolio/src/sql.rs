//! Small spellings the repos of this context and those above it share.

use access::{Cx, person};
use chrono::NaiveDate;
use db::{Row, Tx};
use kernel::typed::iso_day;
use kernel::{Fault, PersonId, Refusal, Refused};

/// The day in `column`, if there is one.
pub fn day_of(row: &Row, column: &str) -> Result<Option<NaiveDate>, Fault> {
    let text: Option<String> = row.get(column)?;
    let read = |text: String| {
        // A state may have begun “always”: year 1, which people cannot enter.
        let day = iso_day(&text).or_else(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok());
        day.ok_or_else(|| Fault::because(format!("{column} holds no day: {text}")))
    };
    text.map(read).transpose()
}

/// The day in `column`, which is never empty.
pub fn needed_day_of(row: &Row, column: &str) -> Result<NaiveDate, Fault> {
    day_of(row, column)?.ok_or_else(|| Fault::because(format!("{column} is empty")))
}

/// Text read by `parse`; anything it does not know is a fault of ours.
pub fn word_of<T>(row: &Row, column: &str, parse: fn(&str) -> Option<T>) -> Result<T, Fault> {
    let word: String = row.get(column)?;
    parse(&word).ok_or_else(|| Fault::because(format!("{column} holds no known word: {word}")))
}

/// The next running number of `table` (`portfolio_counters` and the like) for `name`. Its row stays
/// locked until the transaction ends, so two never get the same and none is lost by a rollback.
pub async fn next_number(tx: &mut Tx, table: &str, name: &str) -> Result<i64, Fault> {
    let sql = format!("update {table} set last = last + 1 where name = $1 returning last");
    let row = tx.query(&sql).bind(name).row().await?;
    row.ok_or_else(|| Fault::because(format!("{table} does not count {name}")))?.get("last")
}

/// The person of that username; blank is none, an unknown one is a wrong answer to `field`.
pub async fn person_named(
    tx: &mut Tx,
    field: &str,
    username: Option<&str>,
) -> Result<Option<PersonId>, Refused> {
    match username.map(str::trim).filter(|name| !name.is_empty()) {
        Some(username) => person::id_of_username(tx, username, field).await.map(Some),
        None => Ok(None),
    }
}

/// Refuses a stale version where the request says one. Steps of a record (submit, approve, end) are
/// POSTs: the state they need guards them, the version only tells that the record was seen as it is.
pub fn require_version_if_given(cx: &Cx, actual: i64) -> Result<(), Refusal> {
    if cx.expected.is_some() { cx.require_version(actual) } else { Ok(()) }
}

/// The day asked for as `as_of`, or today.
pub fn as_of(cx: &Cx, params: &access::Params) -> Result<NaiveDate, Refusal> {
    Ok(access::as_of::asked(params)?.unwrap_or_else(|| cx.today()))
}

/// SQL condition on `column` that keeps other services' rows out. Ids are UUIDs of our own making.
pub fn services_sql(reach: &access::Reach, column: &str) -> String {
    match reach {
        access::Reach::Nothing => "false".to_owned(),
        access::Reach::All => "true".to_owned(),
        access::Reach::Own { services, .. } if services.is_empty() => "false".to_owned(),
        access::Reach::Own { services, .. } => {
            let ids: Vec<String> = services.iter().map(|id| format!("'{id}'")).collect();
            format!("{column} in ({})", ids.join(", "))
        }
    }
}
