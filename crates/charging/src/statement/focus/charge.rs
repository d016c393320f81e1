//! Cost and Usage: a row per statement line. Pure.
//!
//! What is charged at cost has no price and no SKU: in 1.4 a quantity without a price is null, and stands in our
//! own columns; 1.2 wants one all the same, and where nothing was counted it is one month of the service.

use std::collections::BTreeMap;

use kernel::{Money, Period};
use portfolio::offering::Charging;

use super::dataset::{Row, Version};
use super::invoice;
use super::repo::{Charged, Facts};
use super::split::Part;
use super::unit::unit;

/// No service says which of FOCUS's categories it is in.
const CATEGORY: (&str, &str) = ("Other", "Other (Other)");

/// The first moment of a month.
pub fn start(period: Period) -> String {
    format!("{}T00:00:00Z", period.first_day())
}

/// The rows of all lines.
pub fn rows(facts: &Facts, version: Version, parts: &BTreeMap<String, Part>) -> Vec<Row> {
    let row = |charged: &Charged| {
        let mut row = common(facts);
        row.extend(who(charged, &facts.issuer, version));
        row.extend(what(charged));
        row.extend(costs(facts, charged));
        row.extend(counted(charged, version));
        row.extend(own(charged));
        if charged.line.charge.model == Charging::AtCost && charged.line.charge.service.is_some() {
            row.extend(allocated(facts, charged, parts.get(&charged.id())));
        }
        row
    };
    facts.lines.iter().map(row).collect()
}

type Values = Vec<(&'static str, String)>;

fn common(facts: &Facts) -> Row {
    let (begin, end) = (start(facts.period), start(facts.period.next()));
    Row::from([
        ("BillingCurrency", facts.currency.code().to_owned()),
        ("PricingCurrency", facts.currency.code().to_owned()),
        ("BillingPeriodStart", begin.clone()),
        ("BillingPeriodEnd", end.clone()),
        ("ChargePeriodStart", begin),
        ("ChargePeriodEnd", end),
        ("InvoiceIssuerName", facts.issuer.clone()),
    ])
}

/// Who pays, and who provides.
fn who(charged: &Charged, issuer: &str, version: Version) -> Values {
    let mut row = vec![
        ("BillingAccountId", charged.customer.clone()),
        ("BillingAccountName", charged.customer_name.clone()),
        ("BillingAccountType", "Customer".to_owned()),
    ];
    let providers: &[&'static str] = match version {
        Version::V1_2 => &["ProviderName", "PublisherName"],
        Version::V1_4 => &["ServiceProviderName"],
    };
    row.extend(providers.iter().map(|name| (*name, issuer.to_owned())));
    if charged.issued_at.is_some() {
        row.push(("InvoiceId", charged.statement.clone()));
        row.push(("InvoiceDetailId", invoice::detail_id(charged)));
    }
    row
}

fn what(charged: &Charged) -> Values {
    let charge = &charged.line.charge;
    let offering = charge.offering.as_ref().map_or_else(String::new, |key| format!(" ({key})"));
    let how = match (charge.model, &charge.price_number) {
        (Charging::Fixed, Some(price)) => format!("at price {price}"),
        (model, _) => model.word().to_owned(),
    };
    let mut row = vec![
        ("ServiceName", charged.service_name.clone()),
        ("ServiceCategory", CATEGORY.0.to_owned()),
        ("ServiceSubcategory", CATEGORY.1.to_owned()),
        ("ChargeCategory", invoice::USAGE.to_owned()),
        ("ChargeDescription", format!("{}{offering}, {how}", charged.service_name)),
        ("ChargeFrequency", "Usage-Based".to_owned()),
    ];
    if let Some(service) = &charge.service {
        // What is used, and what a split shares.
        row.push(("ResourceId", service.clone()));
        row.push(("ResourceName", charged.service_name.clone()));
        row.push(("ResourceType", "Service".to_owned()));
    }
    row
}

/// The charge; where there is a price, beside it what quantity × price is before it is rounded.
fn costs(facts: &Facts, charged: &Charged) -> Values {
    let charge = &charged.line.charge;
    let amount = Money::of_minor(charge.amount, facts.currency).plain();
    let exact = priced(charged).and_then(|(price, quantity)| price.checked_mul(quantity));
    let exact = exact.map_or_else(|| amount.clone(), |exact| exact.normalize().to_string());
    vec![
        ("BilledCost", amount.clone()),
        ("EffectiveCost", amount),
        ("ListCost", exact.clone()),
        ("ContractedCost", exact),
    ]
}

/// Price and quantity of a line that has a price of its own.
fn priced(charged: &Charged) -> Option<(kernel::Decimal, kernel::Decimal)> {
    let charge = &charged.line.charge;
    let fixed = charge.model == Charging::Fixed && charge.price_number.is_some();
    let price = charge.unit_price.filter(|price| fixed && !price.is_sign_negative())?;
    Some((price, charge.quantity?.decimal()))
}

fn counted(charged: &Charged, version: Version) -> Values {
    let charge = &charged.line.charge;
    let counted_in = charge.unit.as_deref().map_or_else(|| "units".to_owned(), unit);
    let has_price = priced(charged).is_some();
    let mut row = Values::new();
    if let (Some((price, _)), Some(offering), Some(number)) =
        (priced(charged), &charge.offering, &charge.price_number)
    {
        row.extend(["ListUnitPrice", "ContractedUnitPrice"].map(|name| (name, price.to_string())));
        row.extend([("SkuId", offering.clone()), ("SkuPriceId", number.clone())]);
    }
    let category = if has_price { "Standard" } else { "Other" };
    let (quantity, counted_in) = match charge.quantity {
        Some(quantity) => (quantity.plain(), counted_in),
        None => ("1".to_owned(), "Months".to_owned()),
    };
    if has_price || version == Version::V1_2 {
        row.push(("PricingCategory", category.to_owned()));
        row.extend(["PricingQuantity", "ConsumedQuantity"].map(|name| (name, quantity.clone())));
        row.extend(["PricingUnit", "ConsumedUnit"].map(|name| (name, counted_in.clone())));
    }
    row
}

fn own(charged: &Charged) -> Values {
    let charge = &charged.line.charge;
    let mut row = vec![
        ("x_ChargeKey", charged.id()),
        ("x_StatementId", charged.statement.clone()),
        ("x_ChargingModel", charge.model.word().to_owned()),
        ("x_Settlement", charge.settlement.word().to_owned()),
    ];
    row.extend(charge.service.clone().map(|service| ("x_ServiceKey", service)));
    row.extend(charge.quantity.map(|quantity| ("x_Quantity", quantity.plain())));
    row.extend(charge.unit.clone().map(|unit| ("x_Unit", unit)));
    row
}

/// By which rule the cost of the service came to the customer; and by which part of what, for whom that is.
fn allocated(facts: &Facts, charged: &Charged, part: Option<&Part>) -> Values {
    let charge = &charged.line.charge;
    let Some(rule) = &charge.rule else { return Values::new() };
    let offering = charge.offering.as_ref().map_or_else(String::new, |key| format!("/{key}"));
    let mut row = vec![
        ("AllocatedMethodId", rule.clone()),
        ("AllocatedResourceId", format!("{}{offering}", charged.customer)),
        ("AllocatedResourceName", charged.customer_name.clone()),
    ];
    if let Some(part) = part {
        row.push(("AllocatedMethodDetails", part.details()));
        row.push(("x_SplitOriginId", part.id.clone()));
        row.push(("x_SplitOriginCost", Money::of_minor(part.origin, facts.currency).plain()));
    }
    row
}
