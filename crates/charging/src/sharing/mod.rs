//! How services share among themselves before customers: direct (not at all), step-down in a stated
//! order, or reciprocal (all at once, solved exactly). In force from a period on; direct where nothing
//! is said.

mod repo;
mod view;

pub use repo::in_force;
pub use view::list;

use access::{Cx, Done, Event, Noun, Params, Snapshot, history};
use kernel::{Fault, Refusal, Refused};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::input::{all_fine, name_wrong, optional, read_period};

/// How the history names it.
pub static NOUN: Noun =
    Noun { name: "sharing", table: "charging_sharing", personal: &[], secret: &[], children: &[] };

/// What is asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharingInput {
    /// direct, step-down or reciprocal.
    pub method: String,
    /// Keys of the serving services, first to last: step-down only.
    #[serde(default)]
    pub order: Option<String>,
    /// First period it is in force.
    pub effective_from: String,
}

/// States how services share among themselves from a period on.
pub async fn set(cx: &mut Cx, _: &Params, input: SharingInput) -> Result<Done, Refused> {
    let mut wrong = Vec::new();
    let method = input.method.trim();
    if !["direct", "step-down", "reciprocal"].contains(&method) {
        name_wrong(&mut wrong, "method", "Choose direct, step-down or reciprocal.");
    }
    let order = optional(input.order.as_deref()).map(|order| order.replace([',', ';'], " "));
    if (method == "step-down") != order.is_some() {
        name_wrong(&mut wrong, "order", "Name the order where the method is step-down, and nowhere else.");
    }
    let from = read_period("effective_from", &input.effective_from, &mut wrong);
    all_fine(wrong)?;
    let from = from.ok_or_else(|| Fault::because("a period was wrong and not named"))?;
    let id = cx.uuid().to_string();
    match repo::insert(cx, &id, method, order, from).await {
        Err(db::DbError::Unique(_)) => {
            let says = format!("The sharing from {} on is stated already.", from.label());
            return Err(Refusal::field("effective_from", says).into());
        }
        other => drop(other?),
    }
    let event = Event { noun: &NOUN, id, key: from.to_string(), action: "stated", why: None, customer: None };
    history::record(cx, event, &Snapshot::none()).await?;
    let says = format!("Services share by the {method} method from {} on.", from.label());
    Ok(Done::changed("/money/sharing", from.to_string(), says).at_version(1))
}
