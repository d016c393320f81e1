//! A rule as people write it in a file.

use kernel::Currency;
use kernel::written::{Entries, Exact};

use super::rates::{self, RateFile};
use super::read::{keys, quantities, unreadable};
use crate::{Basis, Error, Key, Rule};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    key: String,
    from: String,
    method: MethodFile,
    to: Option<Vec<String>>,
    weights: Option<Entries<Exact>>,
    driver: Option<String>,
    fixed: Option<RateFile>,
    variable: Option<RateFile>,
}

#[derive(serde::Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum MethodFile {
    Even,
    Fixed,
    Proportional,
    Driver,
    DualRate,
    BudgetedRate,
    Central,
}

impl RuleFile {
    pub(super) fn rule(self, currency: Currency) -> Result<Rule, Error> {
        let at = format!("rule {}", self.key);
        self.fields_fit(&at)?;
        let to = self.to.map(keys);
        let basis = match self.method {
            MethodFile::Even => Basis::Even { to: to.unwrap_or_default() },
            MethodFile::Proportional => Basis::Proportional { to: to.unwrap_or_default() },
            MethodFile::Fixed => {
                let weights = self.weights.map(|weights| quantities(weights, &at)).transpose()?;
                Basis::Fixed { weights: weights.unwrap_or_default() }
            }
            MethodFile::Driver => Basis::Driver { driver: Key::from(self.driver.unwrap_or_default()), to },
            MethodFile::DualRate => rates::dual_rate(&at, self.fixed, self.variable)?,
            MethodFile::BudgetedRate => rates::budgeted(&at, self.fixed, self.variable, currency)?,
            MethodFile::Central => Basis::Central,
        };
        Ok(Rule { key: Key::from(self.key), from: Key::from(self.from), basis })
    }

    /// The fields are those of the method.
    fn fields_fit(&self, at: &str) -> Result<(), Error> {
        let (name, wants, may): (&str, &[&str], &[&str]) = match self.method {
            MethodFile::Even => ("even", &["to"], &[]),
            MethodFile::Fixed => ("fixed", &["weights"], &[]),
            MethodFile::Proportional => ("proportional", &["to"], &[]),
            MethodFile::Driver => ("driver", &["driver"], &["to"]),
            MethodFile::DualRate => ("dual-rate", &["fixed", "variable"], &[]),
            MethodFile::BudgetedRate => ("budgeted-rate", &[], &["fixed", "variable"]),
            MethodFile::Central => ("central", &[], &[]),
        };
        for (field, given) in [
            ("to", self.to.is_some()),
            ("weights", self.weights.is_some()),
            ("driver", self.driver.is_some()),
            ("fixed", self.fixed.is_some()),
            ("variable", self.variable.is_some()),
        ] {
            if wants.contains(&field) && !given {
                return Err(unreadable(at, format!("method {name} needs the field “{field}”")));
            }
            if given && !wants.contains(&field) && !may.contains(&field) {
                return Err(unreadable(at, format!("method {name} has no field “{field}”")));
            }
        }
        Ok(())
    }
}
