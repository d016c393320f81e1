//! 24 months: ledger files come in, cost is allocated, variances explained, the month is closed and its
//! statements issued; September stays in review.

use charging::statement::WINDOW_DAYS;
use chrono::{Days, NaiveDate};
use kernel::{Period, Refused};
use larkfield::{Close, LedgerFile, Story};
use serde_json::{Value, json};

use super::evidence;
use super::money::{Found, HENRIK, PRIYA, import_with};
use super::portfolio;
use super::teller::Teller;

/// How “GL export v2” is read: asked once, then the same every month.
fn settings(file: &LedgerFile) -> Value {
    json!({
        "encoding": "UTF-8", "delimiter": "semicolon", "decimal_mark": "point", "thousands_mark": "none",
        "date_order": "D/M/Y", "period": file.period.to_string(), "changed": "replace",
        "control_total": file.control_total.plain(),
        "columns": {
            "Document": "document", "Line": "document_line", "Posting date": "posted_on", "Account": "account",
            "Cost centre": "cost_centre", "Supplier": "supplier", "Text": "description", "Amount": "amount",
            "Currency": "currency", "Amount EUR": "reporting_amount", "Service": "service", "Customer": "customer",
            "Rate": "rate", "Rate source": "rate_source",
        },
    })
}

/// Month by month.
pub(super) async fn tell(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    let organisation = &story.organisation;
    let policy = json!({ "amount": organisation.explain_from.plain(),
        "percent": organisation.explain_from_percent.to_string(), "blocks": "yes" });
    teller.does(PRIYA, "close-policy set", policy).await?;
    let mut period = story.organisation.first_period;
    while period <= story.organisation.last_period {
        month(teller, story, period).await?;
        period = period.next();
    }
    Ok(())
}

async fn month(teller: &mut Teller, story: &Story, period: Period) -> Result<(), Refused> {
    portfolio::endings(teller, story, period).await?;
    let (early, after): (Vec<&LedgerFile>, Vec<&LedgerFile>) = story
        .files
        .iter()
        .filter(|file| file.period == period)
        .partition(|file| file.received <= period.last_day());
    ledger(teller, &early).await?;
    evidence::of_month(teller, story, period).await?;
    ledger(teller, &after).await?;
    teller.does(PRIYA, "allocate run", json!({ "period": period.to_string() })).await?;
    explain(teller, story, period).await?;
    let at = period.to_string();
    let at = [("period", at.as_str())];
    teller.does_to(PRIYA, "period review", &at, None, json!({})).await?;
    let why = json!({ "reason": "Cloud is booked from the supplier's invoices; no usage detail is loaded." });
    teller.does_to(PRIYA, "close no-detail", &at, None, why).await?;
    teller.does(PRIYA, "statement draft", json!({ "period": period.to_string() })).await?;
    // September waits at step 8.
    match story.closes.iter().find(|close| close.period == period) {
        Some(told) => close(teller, story, told).await,
        None => Ok(()),
    }
}

/// Files of the ledger as they come in.
async fn ledger(teller: &mut Teller, files: &[&LedgerFile]) -> Result<(), Refused> {
    let mut batch = String::new();
    for file in files {
        teller.on(file.received)?;
        let (who, name, text) = (&file.imported_by, &file.name, file.csv_text.clone());
        let told = &file.expected;
        let expected = Found {
            new: told.new,
            known: told.already_there,
            changed: told.changed,
            rejected: told.rejected.len(),
        };
        let mut answers = settings(file);
        // The corrected file brings in the lines its forerunner rejected.
        if name.contains("corrected") {
            answers["mends"] = json!(batch);
        }
        batch = import_with(teller, who, "gl", name, text, answers, Some(expected)).await?;
    }
    Ok(())
}

/// A cause for each variance above the limit, confirmed by the other finance manager where it was.
async fn explain(teller: &mut Teller, story: &Story, period: Period) -> Result<(), Refused> {
    for told in story.commentary.iter().filter(|told| told.period == period) {
        let at = period.to_string();
        let at = [("period", at.as_str()), ("pool", told.pool.as_str())];
        let body = json!({ "cause": told.cause, "text": told.text });
        teller.does_to(PRIYA, "variance explain", &at, None, body).await?;
        if told.confirmed_by.is_some() {
            teller.does_to(HENRIK, "variance confirm", &at, None, json!({})).await?;
        }
    }
    Ok(())
}

/// Signed and closed by who did not prepare it; March once more; statements out and answered.
async fn close(teller: &mut Teller, story: &Story, told: &Close) -> Result<(), Refused> {
    let period = told.period.to_string();
    let at = [("period", period.as_str())];
    sign_and_close(teller, told, told.signed.1, told.closed.1).await?;
    if let Some(again) = &told.reopened {
        teller.on(again.on)?;
        teller.does_to(&again.by, "period reopen", &at, None, json!({ "reason": again.reason })).await?;
        teller.does_to(&again.with, "period reopen", &at, None, json!({})).await?;
        teller.does(PRIYA, "allocate run", json!({ "period": period })).await?;
        teller.does(PRIYA, "statement draft", json!({ "period": period })).await?;
        sign_and_close(teller, told, again.closed_again, again.closed_again).await?;
    }
    teller.on(told.statements_issued)?;
    teller.does(PRIYA, "statement issue", json!({ "period": period })).await?;
    teller.does_to(HENRIK, "period finish", &at, None, json!({})).await?;
    // What nobody answered within its window is accepted by lapse of time, as the schedule does it every day.
    let mut lapses = story.closes.iter().find(|close| close.period.next() == told.period);
    let passed = |close: &Close| close.statements_issued + Days::new(WINDOW_DAYS + 1);
    for (customer, who, day) in &told.accepted {
        if let Some(before) = lapses.take_if(|before| passed(before) <= *day) {
            teller.on(passed(before))?;
            teller.by_itself("statement lapse").await?;
        }
        teller.on(*day)?;
        let number = statement_of(teller, story, told.period, customer).await?;
        if let Some(number) = number {
            teller.does_to(who, "statement accept", &[("number", &number)], None, json!({})).await?;
        }
    }
    if let Some(before) = lapses {
        teller.on(passed(before))?;
        teller.by_itself("statement lapse").await?;
    }
    Ok(())
}

async fn sign_and_close(
    teller: &mut Teller,
    told: &Close,
    signed: NaiveDate,
    closed: NaiveDate,
) -> Result<(), Refused> {
    let period = told.period.to_string();
    let at = [("period", period.as_str())];
    teller.on(signed)?;
    teller.does_to(&told.signed.0, "period sign", &at, None, json!({})).await?;
    teller.on(closed)?;
    teller.does_to(&told.closed.0, "period close", &at, None, json!({})).await?;
    Ok(())
}

/// Number of a customer's statement of a month, as finance lists it.
async fn statement_of(
    teller: &Teller,
    story: &Story,
    period: Period,
    customer: &str,
) -> Result<Option<String>, Refused> {
    let name = story.customers.iter().find(|told| told.key == customer).map_or("", |told| told.name.as_str());
    let rows = teller.lists(PRIYA, "statement list").await?;
    let text =
        |row: &[kernel::listing::Value], key: &str| rows.value(row, key).map(kernel::listing::Value::plain);
    let found = rows.rows.iter().find(|row| {
        let own = text(row, "customer").is_some_and(|said| said == customer || said == name);
        own && text(row, "period").as_deref() == Some(period.to_string().as_str())
    });
    Ok(found.and_then(|row| text(row, "number")))
}
