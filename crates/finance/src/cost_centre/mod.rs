//! A cost centre: the unit of the organisation a ledger line is booked to. Where any is registered,
//! a line of one that is not is rejected; where none is, codes are taken as they come.

pub mod error;

use std::collections::BTreeSet;

use access::{Cx, Done, Noun, Params, View};
use db::Tx;
use kernel::listing::Asked;
use kernel::{Fault, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::input::{all_fine, name_wrong, read_words};
use crate::named::{self, Kind};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "cost centre", table: "finance_cost_centres", personal: &[], secret: &[], children: &[] };

static KIND: Kind = Kind {
    noun: &NOUN,
    begins: "Cost centre",
    name: "cost-centre",
    caption: "Cost centres",
    key: "Code",
    page: "/money/cost-centres/{key}",
    taken: |key| error::KEY_TAKEN.with(&[key]),
};

/// What is asked for a new cost centre.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostCentreInput {
    /// Its code in the ledger, at most 40 characters.
    pub key: String,
    /// Name as people say it.
    pub name: String,
}

/// What may change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostCentreChange {
    /// New name.
    #[serde(default)]
    pub name: Option<String>,
}

/// The codes of all registered cost centres.
pub async fn keys(tx: &mut Tx) -> Result<BTreeSet<String>, Fault> {
    Ok(named::keys(tx, &KIND).await?.into_iter().collect())
}

/// Registers a cost centre.
pub async fn add(cx: &mut Cx, _: &Params, input: CostCentreInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let key = input.key.trim().to_owned();
    if key.is_empty() || key.chars().count() > 40 {
        name_wrong(&mut wrong, "key", "Enter the code the ledger uses, at most 40 characters.");
    }
    let name = read_words("name", &input.name, &mut wrong);
    all_fine(wrong)?;
    named::add(cx, &KIND, key, name).await
}

/// Changes a cost centre's name. Its code is the ledger's and never changes.
pub async fn change(cx: &mut Cx, params: &Params, input: CostCentreChange) -> Result<Done, Refused> {
    named::change(cx, &KIND, params.get("key"), input.name).await
}

/// All registered cost centres.
pub async fn list(cx: &mut Cx, _: &Params, asked: &Asked) -> Result<View, Refused> {
    named::list(cx, &KIND, asked).await
}

/// One cost centre.
pub async fn show(cx: &mut Cx, params: &Params, _: &Asked) -> Result<View, Refused> {
    named::show(cx, &KIND, params.get("key")).await
}
