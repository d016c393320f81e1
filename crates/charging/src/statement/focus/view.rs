//! The reading: one dataset of a month in one version, as a list.

use access::{Cx, Params, View};
use db::{Bind, ListQuery, inline, page_of};
use kernel::listing::{Asked, Column, Kind};
use kernel::{Refusal, Refused};

use super::check::{Truth, differences};
use super::dataset::{Bundle, Dataset, Holds, Row, Version, columns};
use super::repo::{self, Facts};
use super::{charge, invoice, split};
use crate::statement::error::FOCUS_DIFFERS;
use crate::statement::view::{asked_or_newest, label};

/// What a page has room for; the rest is in the files.
const SHOWN: &[&str] = &[
    "BillingAccountId",
    "ServiceName",
    "ChargeDescription",
    "ChargeCategory",
    "PricingQuantity",
    "PricingUnit",
    "BilledCost",
    "InvoiceId",
    "InvoiceDetailDescription",
    "InvoiceIssueDate",
    "PaymentTerms",
    "AllocatedMethodId",
    "BillingPeriodStart",
    "BillingPeriodEnd",
    "BillingPeriodStatus",
    "BillingPeriodLastUpdated",
    "InvoiceIssuerName",
];

/// What is charged in `period`, else in the newest period with statements, as `dataset` of `version`.
pub async fn focus(cx: &mut Cx, params: &Params, asked: &Asked) -> Result<View, Refused> {
    let (version, dataset) = read(params)?;
    let period = asked_or_newest(cx, params).await?;
    let bundle = match period {
        Some(period) => checked(&repo::read(cx, period).await?, version)?,
        None => Bundle::default(),
    };
    let columns = shown(dataset, version);
    let (sql, binds) =
        inline(&cx.tx, &columns, bundle.rows(dataset).iter().map(|row| values(row, &columns)).collect());
    let list = ListQuery {
        name: "focus",
        caption: format!("FOCUS {} {} of {}", version.word(), dataset.id(), label(period)),
        columns,
        sql,
        binds,
        currency: cx.organisation.currency,
        order: match dataset {
            Dataset::CostAndUsage => {
                "\"BillingAccountId\", \"x_ServiceKey\" nulls last, \"SkuId\" nulls last, \"x_ChargeKey\""
            }
            // One order on both engines, whatever their collation says of capitals.
            Dataset::InvoiceDetail => "\"InvoiceId\", lower(\"InvoiceDetailId\")",
            Dataset::BillingPeriod => "\"BillingPeriodStart\"",
        },
    };
    Ok(View::List(page_of(&mut cx.tx, &list, asked).await?))
}

fn read(params: &Params) -> Result<(Version, Dataset), Refusal> {
    let word = params.optional("version").unwrap_or(Version::V1_4.word());
    let version = Version::parse(word).ok_or_else(|| {
        Refusal::field("version", format!("There is no version “{word}”; there are 1.4 and 1.2."))
    })?;
    let word = params.optional("dataset").unwrap_or(Dataset::CostAndUsage.word());
    let dataset = version.datasets().iter().find(|dataset| dataset.word() == word);
    let known: Vec<&str> = version.datasets().iter().map(|dataset| dataset.word()).collect();
    let none = || {
        let says = format!("FOCUS {} has no “{word}” here; there is {}.", version.word(), known.join(", "));
        Refusal::field("dataset", says)
    };
    Ok((version, *dataset.ok_or_else(none)?))
}

/// All datasets of the month, which add up or are refused.
fn checked(facts: &Facts, version: Version) -> Result<Bundle, Refused> {
    let bundle = Bundle {
        charges: charge::rows(facts, version, &split::parts(facts)),
        invoices: invoice::details(facts),
        periods: invoice::periods(facts),
    };
    match differences(&bundle, &Truth::of(facts)).first() {
        None => Ok(bundle),
        Some(first) => {
            let period = facts.period;
            Err(FOCUS_DIFFERS.with(&[&period.label(), first, &period.to_string()]).into())
        }
    }
}

fn shown(dataset: Dataset, version: Version) -> Vec<Column> {
    let column = |column: &super::dataset::Column| {
        let kind = match column.holds {
            Holds::Decimal => Kind::Decimal,
            Holds::Time => Kind::Time,
            Holds::Text | Holds::Json => Kind::Text,
        };
        let shown = Column::new(column.name, column.name, kind);
        let shown = match (dataset, column.name) {
            (Dataset::CostAndUsage, "BilledCost") => shown.linked("/money/trace/{x_ChargeKey}"),
            (_, "InvoiceId") => shown.linked("/money/statements/{InvoiceId}"),
            (_, "BillingAccountId") => shown.linked("/customers/{BillingAccountId}"),
            _ => shown,
        };
        let wide = dataset == Dataset::CostAndUsage && column.name.starts_with("Billing");
        let on_page = SHOWN.contains(&column.name) && (!wide || column.name == "BillingAccountId");
        if on_page { shown } else { shown.hidden() }
    };
    columns(dataset, version).map(column).collect()
}

fn values(row: &Row, columns: &[Column]) -> Vec<Bind> {
    columns.iter().map(|column| Bind::from(row.get(column.key).cloned())).collect()
}
