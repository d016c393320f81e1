//! By what a line was shared, as the result tells it.

use serde_json::{Value, json};

use super::write::millionths;
use crate::{Allocation, DriverUse, Method, Share};

impl Allocation {
    /// The receiver's number and the sum by which the rule shared, where it is not in the share.
    pub(super) fn basis(&self, share: &Share) -> Option<Value> {
        let (variable, fixed) = (share.driver.as_ref(), share.standing.as_ref());
        match &share.method {
            Method::Even | Method::Reciprocal => None,
            Method::Driver => variable.map(used),
            Method::Fixed { weight, total } => {
                Some(json!({"quantity": weight.plain(), "total": millionths(*total)}))
            }
            Method::Proportional { cost, total } => Some(json!({
                "quantity": self.plain(*cost),
                "total": i64::try_from(*total).ok().map(|total| self.plain(total)),
            })),
            Method::DualRate { fixed: of_fixed, variable: of_variable } => Some(json!({
                "fixed": half(fixed, "part", of_fixed.to_string()),
                "variable": half(variable, "part", of_variable.to_string()),
            })),
            Method::Budgeted { fixed: of_fixed, variable: of_variable } => Some(json!({
                "fixed": half(fixed, "charge", self.plain(*of_fixed)),
                "variable": half(variable, "charge", self.plain(*of_variable)),
            })),
        }
    }
}

fn used(used: &DriverUse) -> Value {
    json!({
        "driver": &*used.driver,
        "unit": &*used.unit,
        "quantity": used.quantity.plain(),
        "total": millionths(used.total),
        "unused": millionths(used.unused),
    })
}

fn half(of: Option<&DriverUse>, name: &str, value: String) -> Value {
    let mut half = of.map_or_else(|| json!({}), used);
    half[name] = Value::from(value);
    half
}
