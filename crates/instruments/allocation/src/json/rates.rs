//! The two rates of a rule, read and written: `fixed` and `variable`.

use kernel::written::Exact;
use kernel::{Currency, Money, Price, Quantity};
use serde_json::{Value, json};

use super::read::{quantity, unreadable};
use crate::{Basis, Error, Key, Portion, Standing, Usage};

/// `{"part": 60, "driver": "D"}` · `{"budget": "3000.00", "driver": "D", "over": 12}` ·
/// `{"rate": "200", "driver": "D"}`
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RateFile {
    driver: String,
    part: Option<Exact>,
    budget: Option<Exact>,
    over: Option<Exact>,
    rate: Option<Exact>,
}

/// Reads the rates of a rule at actual cost.
pub(super) fn dual_rate(
    at: &str,
    fixed: Option<RateFile>,
    variable: Option<RateFile>,
) -> Result<Basis, Error> {
    Ok(Basis::DualRate {
        fixed: needed(at, "fixed", fixed)?.portion(at, "fixed")?,
        variable: needed(at, "variable", variable)?.portion(at, "variable")?,
    })
}

/// Reads the rates of a rule at budgeted rates.
pub(super) fn budgeted(
    at: &str,
    fixed: Option<RateFile>,
    variable: Option<RateFile>,
    currency: Currency,
) -> Result<Basis, Error> {
    let fixed = fixed.map(|fixed| fixed.standing(at, currency)).transpose()?;
    let variable = variable.map(|variable| variable.usage(at, currency)).transpose()?;
    if fixed.is_none() && variable.is_none() {
        return Err(unreadable(at, "method budgeted-rate needs the field “fixed”, “variable” or both"));
    }
    Ok(Basis::Budgeted { fixed, variable })
}

fn needed<T>(at: &str, field: &str, value: Option<T>) -> Result<T, Error> {
    value.ok_or_else(|| unreadable(at, format!("needs the field “{field}”")))
}

impl RateFile {
    fn portion(self, at: &str, field: &str) -> Result<Portion, Error> {
        let at = format!("{at}, {field}");
        self.no_other(&at, &["part"])?;
        let part = quantity(&needed(&at, "part", self.part)?, &at, "part")?;
        Ok(Portion { part, driver: Key::from(self.driver) })
    }

    fn standing(self, at: &str, currency: Currency) -> Result<Standing, Error> {
        let at = format!("{at}, fixed");
        self.no_other(&at, &["budget", "over"])?;
        let budget = needed(&at, "budget", self.budget)?;
        let budget =
            Money::parse(&budget.0, currency).map_err(|error| unreadable(format!("{at}, budget"), error))?;
        let over = self.over.map(|over| quantity(&over, &at, "over")).transpose()?;
        Ok(Standing { budget: budget.minor(), driver: Key::from(self.driver), over })
    }

    fn usage(self, at: &str, currency: Currency) -> Result<Usage, Error> {
        let at = format!("{at}, variable");
        self.no_other(&at, &["rate"])?;
        let rate = needed(&at, "rate", self.rate)?;
        let rate =
            Price::parse(&rate.0, currency).map_err(|error| unreadable(format!("{at}, rate"), error))?;
        Ok(Usage { rate, driver: Key::from(self.driver) })
    }

    fn no_other(&self, at: &str, known: &[&str]) -> Result<(), Error> {
        let given = [
            ("part", self.part.is_some()),
            ("budget", self.budget.is_some()),
            ("over", self.over.is_some()),
            ("rate", self.rate.is_some()),
        ];
        match given.iter().find(|(field, given)| *given && !known.contains(field)) {
            Some((field, _)) => Err(unreadable(at, format!("“{field}” has no meaning here"))),
            None => Ok(()),
        }
    }
}

/// Writes the rates of `basis` into its rule.
pub(super) fn write(basis: &Basis, currency: Currency, rule: &mut Value) {
    match basis {
        Basis::DualRate { fixed, variable } => {
            for (field, portion) in [("fixed", fixed), ("variable", variable)] {
                rule[field] = json!({"part": portion.part.plain(), "driver": &*portion.driver});
            }
        }
        Basis::Budgeted { fixed, variable } => {
            if let Some(fixed) = fixed {
                rule["fixed"] = json!({
                    "budget": Money::of_minor(fixed.budget, currency).plain(),
                    "driver": &*fixed.driver,
                    "over": fixed.over.as_ref().map(Quantity::plain),
                });
            }
            if let Some(variable) = variable {
                let rate = variable.rate.per_unit().to_string();
                rule["variable"] = json!({"rate": rate, "driver": &*variable.driver});
            }
        }
        _ => {}
    }
}
