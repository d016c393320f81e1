//! 24 months: each month's ledger files come in, its cost is allocated; September stays in review.

use kernel::{Period, Refused};
use larkfield::{LedgerFile, Story};
use serde_json::{Value, json};

use super::money::{Found, PRIYA, import_with};
use super::portfolio;
use super::teller::Teller;

/// How “GL export v2” is read: asked once, then the same every month.
fn settings(file: &LedgerFile) -> Value {
    json!({
        "encoding": "UTF-8", "delimiter": "semicolon", "decimal_mark": "point", "thousands_mark": "none",
        "date_order": "D/M/Y", "period": file.period.to_string(), "changed": "replace",
        "columns": {
            "Document": "document", "Line": "document_line", "Posting date": "posted_on", "Account": "account",
            "Cost centre": "cost_centre", "Supplier": "supplier", "Text": "description", "Amount": "amount",
            "Currency": "currency", "Amount EUR": "reporting_amount", "Service": "service", "Customer": "customer",
        },
    })
}

/// Month by month.
pub(super) async fn tell(teller: &mut Teller, story: &Story) -> Result<(), Refused> {
    let mut period = story.organisation.first_period;
    while period <= story.organisation.last_period {
        month(teller, story, period).await?;
        period = period.next();
    }
    Ok(())
}

async fn month(teller: &mut Teller, story: &Story, period: Period) -> Result<(), Refused> {
    portfolio::endings(teller, story, period).await?;
    for file in story.files.iter().filter(|file| file.period == period) {
        teller.on(file.received)?;
        let (who, name, text) = (&file.imported_by, &file.name, file.csv_text.clone());
        let told = &file.expected;
        let expected = Found {
            new: told.new,
            known: told.already_there,
            changed: told.changed,
            rejected: told.rejected.len(),
        };
        import_with(teller, who, "gl", name, text, settings(file), Some(expected)).await?;
    }
    teller.does(PRIYA, "allocate run", json!({ "period": period.to_string() })).await?;
    Ok(())
}
