//! Versions, datasets and their columns: the mandatory ones, and those there are facts for.

use std::collections::BTreeMap;

/// A version of the specification.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Version {
    /// 1.2, which knows one dataset.
    V1_2,
    /// 1.4.
    V1_4,
}

impl Version {
    /// `1.4`.
    pub const fn word(self) -> &'static str {
        match self {
            Version::V1_2 => "1.2",
            Version::V1_4 => "1.4",
        }
    }

    /// The version of that word.
    pub fn parse(word: &str) -> Option<Version> {
        [Version::V1_2, Version::V1_4].into_iter().find(|version| version.word() == word)
    }

    /// Its datasets that we have facts for.
    pub const fn datasets(self) -> &'static [Dataset] {
        match self {
            Version::V1_2 => &[Dataset::CostAndUsage],
            Version::V1_4 => &[Dataset::CostAndUsage, Dataset::InvoiceDetail, Dataset::BillingPeriod],
        }
    }
}

/// One of its tables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dataset {
    /// A row per charge.
    CostAndUsage,
    /// A row per part of an invoice.
    InvoiceDetail,
    /// A row per month and issuer.
    BillingPeriod,
}

impl Dataset {
    /// `cost-and-usage`.
    pub const fn word(self) -> &'static str {
        match self {
            Dataset::CostAndUsage => "cost-and-usage",
            Dataset::InvoiceDetail => "invoice-detail",
            Dataset::BillingPeriod => "billing-period",
        }
    }

    /// The specification's own id, which files are named by.
    pub const fn id(self) -> &'static str {
        match self {
            Dataset::CostAndUsage => "CostAndUsage",
            Dataset::InvoiceDetail => "InvoiceDetail",
            Dataset::BillingPeriod => "BillingPeriod",
        }
    }
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Words and ids.
    Text,
    /// An exact decimal, dot before the decimals.
    Decimal,
    /// A moment in UTC: `2026-09-01T00:00:00Z`.
    Time,
    /// An object as JSON.
    Json,
}

/// A column of a dataset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its id in the specification; ours begin with `x_`.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// The versions that have it.
    versions: &'static [Version],
}

/// A row: values by column, as files write them. What is not there is null.
pub type Row = BTreeMap<&'static str, String>;

/// All rows of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Cost and Usage.
    pub charges: Vec<Row>,
    /// Invoice Detail.
    pub invoices: Vec<Row>,
    /// Billing Period.
    pub periods: Vec<Row>,
}

impl Bundle {
    /// The rows of a dataset.
    pub fn rows(&self, dataset: Dataset) -> &[Row] {
        match dataset {
            Dataset::CostAndUsage => &self.charges,
            Dataset::InvoiceDetail => &self.invoices,
            Dataset::BillingPeriod => &self.periods,
        }
    }
}

/// The columns of `dataset` in `version`; our own come last, as the specification asks.
pub fn columns(dataset: Dataset, version: Version) -> impl Iterator<Item = &'static Column> {
    let all = match dataset {
        Dataset::CostAndUsage => CHARGES,
        Dataset::InvoiceDetail => INVOICES,
        Dataset::BillingPeriod => PERIODS,
    };
    all.iter().filter(move |column| column.versions.contains(&version))
}

const BOTH: &[Version] = &[Version::V1_2, Version::V1_4];
const OLD: &[Version] = &[Version::V1_2];
const NEW: &[Version] = &[Version::V1_4];

const fn text(name: &'static str, versions: &'static [Version]) -> Column {
    Column { name, holds: Holds::Text, versions }
}

const fn decimal(name: &'static str, versions: &'static [Version]) -> Column {
    Column { name, holds: Holds::Decimal, versions }
}

const fn time(name: &'static str, versions: &'static [Version]) -> Column {
    Column { name, holds: Holds::Time, versions }
}

const fn json(name: &'static str, versions: &'static [Version]) -> Column {
    Column { name, holds: Holds::Json, versions }
}

static CHARGES: &[Column] = &[
    text("BillingAccountId", BOTH),
    text("BillingAccountName", BOTH),
    text("BillingAccountType", NEW),
    text("BillingCurrency", BOTH),
    time("BillingPeriodStart", BOTH),
    time("BillingPeriodEnd", BOTH),
    time("ChargePeriodStart", BOTH),
    time("ChargePeriodEnd", BOTH),
    text("ResourceId", NEW),
    text("ResourceName", NEW),
    text("ResourceType", NEW),
    text("ServiceName", BOTH),
    text("ServiceCategory", BOTH),
    text("ServiceSubcategory", BOTH),
    text("ChargeCategory", BOTH),
    text("ChargeClass", BOTH),
    text("ChargeDescription", BOTH),
    text("ChargeFrequency", BOTH),
    decimal("BilledCost", BOTH),
    decimal("EffectiveCost", BOTH),
    decimal("ListCost", BOTH),
    decimal("ContractedCost", BOTH),
    text("PricingCurrency", NEW),
    text("PricingCategory", BOTH),
    decimal("PricingQuantity", BOTH),
    text("PricingUnit", BOTH),
    decimal("ListUnitPrice", BOTH),
    decimal("ContractedUnitPrice", BOTH),
    decimal("ConsumedQuantity", BOTH),
    text("ConsumedUnit", BOTH),
    // Always null: nobody is held to an amount. Rules of what is consumed ask for it.
    text("CommitmentDiscountStatus", BOTH),
    text("SkuId", BOTH),
    text("SkuPriceId", BOTH),
    text("InvoiceId", BOTH),
    text("InvoiceDetailId", NEW),
    text("InvoiceIssuerName", BOTH),
    text("ProviderName", OLD),
    text("PublisherName", OLD),
    text("ServiceProviderName", NEW),
    text("HostProviderName", NEW),
    text("AllocatedMethodId", NEW),
    json("AllocatedMethodDetails", NEW),
    text("AllocatedResourceId", NEW),
    text("AllocatedResourceName", NEW),
    text("x_ChargeKey", BOTH),
    text("x_StatementId", BOTH),
    text("x_ServiceKey", BOTH),
    text("x_ChargingModel", BOTH),
    text("x_Settlement", BOTH),
    decimal("x_Quantity", BOTH),
    text("x_Unit", BOTH),
    text("x_SplitOriginId", NEW),
    decimal("x_SplitOriginCost", NEW),
];

static INVOICES: &[Column] = &[
    text("InvoiceId", NEW),
    text("InvoiceDetailId", NEW),
    text("ReferenceInvoiceId", NEW),
    text("BillingAccountId", NEW),
    text("BillingCurrency", NEW),
    time("BillingPeriodStart", NEW),
    time("BillingPeriodEnd", NEW),
    text("ChargeCategory", NEW),
    decimal("BilledCost", NEW),
    text("InvoiceDetailDescription", NEW),
    json("InvoiceDetailGrain", NEW),
    time("InvoiceDetailCreated", NEW),
    time("InvoiceDetailLastUpdated", NEW),
    time("InvoiceIssueDate", NEW),
    text("InvoiceIssueStatus", NEW),
    text("InvoiceIssuerName", NEW),
    time("PaymentDueDate", NEW),
    text("PaymentTerms", NEW),
];

static PERIODS: &[Column] = &[
    time("BillingPeriodStart", NEW),
    time("BillingPeriodEnd", NEW),
    text("BillingPeriodStatus", NEW),
    time("BillingPeriodCreated", NEW),
    time("BillingPeriodLastUpdated", NEW),
    text("InvoiceIssuerName", NEW),
];
