//! Begin a version of a year's budget.

use access::{Cx, Done, Event, Params, Snapshot, history};
use kernel::Refused;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Budget, BudgetName, BudgetState, NOUN, repo};
use crate::input::{all_fine, name_wrong};

/// What is asked for a new version.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetInput {
    /// Fiscal year, named by the calendar year it ends in: `2027`.
    pub fiscal_year: String,
    /// `original`, `revised`, `forecast 1` …
    pub name: String,
}

/// Begins a version, as a draft without amounts.
pub async fn add(cx: &mut Cx, _: &Params, input: BudgetInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let year = input.fiscal_year.trim().parse::<i32>().ok().filter(|year| (1900..=9999).contains(year));
    if year.is_none() {
        name_wrong(&mut wrong, "fiscal_year", "Enter the calendar year it ends in, for example 2027.");
    }
    let name = BudgetName::parse(&input.name);
    if name.is_none() {
        name_wrong(&mut wrong, "name", "Choose original, revised or forecast 1, 2 …");
    }
    all_fine(wrong)?;
    let (Some(year), Some(name)) = (year, name) else { return Err(kernel::Refusal::not_found().into()) };
    let budget = begin(cx, year, name).await?;
    let says = format!("Began budget {}.", budget.key);
    Ok(Done::changed(format!("/money/budget/{}", budget.key), budget.key, says).at_version(1))
}

/// The version of that year and name; begun where there is none.
pub async fn ensure(cx: &mut Cx, year: i32, name: BudgetName) -> Result<Budget, Refused> {
    match repo::find(&mut cx.tx, &name.key(year)).await? {
        Some(budget) => Ok(budget),
        None => begin(cx, year, name).await,
    }
}

async fn begin(cx: &mut Cx, fiscal_year: i32, name: BudgetName) -> Result<Budget, Refused> {
    let budget = Budget {
        id: cx.uuid().to_string(),
        version: 1,
        key: name.key(fiscal_year),
        fiscal_year,
        name,
        state: BudgetState::Draft,
        author: cx.person(),
        submitted_by: None,
        approved_by: None,
    };
    repo::insert(cx, &budget).await?;
    let event = Event::of(&NOUN, &budget.id, &budget.key, "begun");
    history::record(cx, event, &Snapshot::none()).await?;
    Ok(budget)
}
