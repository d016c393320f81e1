//! A problem as it stands in a file, field by field.

use kernel::written::{Entries, Exact};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub schema: String,
    pub currency: String,
    /// For people: what the problem is and where it comes from.
    #[serde(default, rename = "about")]
    pub _about: String,
    pub candidates: Vec<CandidateFile>,
    #[serde(default)]
    pub budgets: Vec<BudgetFile>,
    #[serde(default)]
    pub capacities: Vec<CapacityFile>,
    #[serde(default)]
    pub mandatory: Vec<String>,
    #[serde(default)]
    pub requires: Vec<RequiresFile>,
    #[serde(default)]
    pub excludes: Vec<Vec<String>>,
    #[serde(default)]
    pub shares: Vec<ShareFile>,
    pub risk: Option<RiskFile>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CandidateFile {
    pub key: String,
    pub name: Option<String>,
    #[serde(default)]
    pub tags: Entries<String>,
    pub value: Option<Exact>,
    pub outcomes: Option<Vec<Exact>>,
    pub costs: Option<Entries<Exact>>,
    pub uses: Option<Entries<Exact>>,
    pub options: Option<Vec<OptionFile>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OptionFile {
    pub key: String,
    pub value: Option<Exact>,
    pub outcomes: Option<Vec<Exact>>,
    #[serde(default)]
    pub costs: Entries<Exact>,
    #[serde(default)]
    pub uses: Entries<Exact>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BudgetFile {
    pub key: String,
    pub amount: Exact,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapacityFile {
    pub key: String,
    pub unit: String,
    pub amount: Exact,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RequiresFile {
    pub from: String,
    pub needs: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareFile {
    pub key: String,
    pub tag: String,
    pub value: String,
    pub budget: Option<String>,
    #[serde(default)]
    pub of: WholeFile,
    pub at_least: Option<Exact>,
    pub at_most: Option<Exact>,
}

#[derive(serde::Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WholeFile {
    #[default]
    Budget,
    Spent,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RiskFile {
    pub tail: Exact,
    #[serde(default)]
    pub weights: Vec<u32>,
    pub at_least: Option<Exact>,
}
