//! What pages, API and command line read of ledger lines.

mod show;

use access::{Cx, Params, View, as_of};
use db::{Bind, ListQuery, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Period, Refusal, Refused};

use super::{LineKind, repo};

pub use show::show;

/// The lines of one period (`period`: a month, `all`, or the newest with lines where left out).
/// Cost and assets are debits, income is a credit: the total is their balance. As of a past day: what was
/// written by then and not taken back or replaced by then, under the pools of today.
pub async fn list(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let period = asked_period(cx, params).await?;
    let mut binds: Vec<Bind> = period.map(Bind::from).into_iter().collect();
    let condition = period.map_or("true", |_| "l.period = $1");
    let (from, known) = match as_of::asked(params)? {
        None => ("finance_live_lines", "true".to_owned()),
        Some(day) => {
            binds.push(as_of::end_of(day).into());
            ("finance_lines", repo::known_sql("l", binds.len()))
        }
    };
    let list = ListQuery {
        name: "line",
        caption: period
            .map_or_else(|| "Ledger lines".into(), |period| format!("Ledger lines of {}", period.label())),
        columns: columns(),
        sql: format!(
            "select l.id, l.period, l.posted_on, l.kind, l.account_code as account, l.cost_centre, l.cost_element, \
             l.supplier, l.document, l.document_line, l.description, l.service_key as service, \
             l.customer_key as customer, l.original, l.original_currency, \
             l.original_currency as currency, l.rate, l.rate_source, l.amount, \
             l.pool_key as pool, (select 'M-' || m.number from finance_mapping_rules m where m.id = l.mapping_rule) \
             as rule, l.estimate, l.period_assumed, l.corrects, l.origin, \
             (select min(x.supplier) from finance_line_bills x where x.line_id = l.id) as explained, \
             l.batch_id as batch, l.file_line \
             from {from} l where {condition} and {known}"
        ),
        binds,
        currency: cx.organisation.currency,
        // Over all months: the order an index has.
        order: if period.is_some() { "posted_on desc, id" } else { "period desc, posted_on desc, id desc" },
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("posted_on", "Posted on", Kind::Date).linked("/money/lines/{id}"),
        Column::new("account", "Account", Kind::Code).linked("/money/ledger/accounts/{account}"),
        Column::new("cost_centre", "Cost centre", Kind::Code),
        Column::new("cost_element", "Cost element", Kind::Code),
        Column::new("supplier", "Supplier", Kind::Text),
        Column::new("description", "Text", Kind::Text),
        Column::new("pool", "Cost pool", Kind::Code).linked("/money/pools/{pool}"),
        Column::new("amount", "Amount", Kind::Money).summed(),
        Column::new("kind", "Kind", Kind::State).of(LineKind::ALL.map(LineKind::word)).hidden(),
        Column::new("rule", "Mapped by", Kind::Code).hidden(),
        Column::new("original", "Original amount", Kind::Money).hidden(),
        Column::new("currency", "Original currency", Kind::Code).hidden(),
        Column::new("rate", "Rate", Kind::Decimal).hidden(),
        Column::new("rate_source", "Source of the rate", Kind::Text).hidden(),
        Column::new("document", "Document", Kind::Code).hidden(),
        Column::new("document_line", "Line of the document", Kind::Code).hidden(),
        Column::new("service", "Service", Kind::Code).linked("/services/{service}").hidden(),
        Column::new("customer", "Customer", Kind::Code).linked("/customers/{customer}").hidden(),
        Column::new("estimate", "Estimate", Kind::Bool).hidden(),
        Column::new("period", "Period", Kind::Period).hidden(),
        Column::new("period_assumed", "Period assumed", Kind::Bool).hidden(),
        Column::new("corrects", "Corrects", Kind::Period).hidden(),
        Column::new("origin", "Origin", Kind::State).hidden(),
        Column::new("explained", "Explained by the bill of", Kind::Code).hidden(),
        Column::new("batch", "Import", Kind::Code).hidden(),
        Column::new("file_line", "Line of the file", Kind::Count).hidden(),
        Column::new("id", "Id", Kind::Code).hidden(),
    ]
}

async fn asked_period(cx: &mut Cx, params: &Params) -> Result<Option<Period>, Refused> {
    match params.optional("period") {
        Some("all") => Ok(None),
        Some(text) => Ok(Some(text.parse().map_err(|says: String| Refusal::field("period", says))?)),
        None => Ok(repo::newest_period(&mut cx.tx).await?),
    }
}
