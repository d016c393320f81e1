//! A problem as people write it in a file.

use kernel::written::{Exact, place_of};
use kernel::{Currency, Money, Quantity};

use crate::json::file::{
    BudgetFile, CandidateFile, CapacityFile, File, OptionFile, RequiresFile, RiskFile, ShareFile, WholeFile,
};
use crate::problem::{
    Budget, Candidate, Capacity, Choice, Excludes, Pick, Problem, Requires, Risk, Share, Whole, Worth,
};
use crate::{Error, Key};

const SCHEMA: &str = "quarterdeck.selection-problem.v1";

/// Reads a problem of schema `quarterdeck.selection-problem.v1`. What it says is checked by
/// [`crate::Study::new`].
///
/// # Errors
/// [`Error::Unreadable`] with the line and column, or the record and field.
pub fn parse_problem(text: &str) -> Result<Problem, Error> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        let (at, says) = place_of(&error);
        Error::Unreadable { at, says }
    })?;
    if file.schema != SCHEMA {
        return Err(unreadable("schema", format!("“{}” is not “{SCHEMA}”", file.schema)));
    }
    let currency = Currency::parse(&file.currency).map_err(|error| unreadable("currency", error))?;
    let each = |list: Vec<String>| list.iter().map(|text| Pick::parse(text)).collect::<Vec<Pick>>();
    Ok(Problem {
        currency,
        candidates: all(file.candidates, |one| one.candidate(currency))?,
        budgets: all(file.budgets, |one| one.budget(currency))?,
        capacities: all(file.capacities, CapacityFile::capacity)?,
        mandatory: each(file.mandatory),
        requires: file.requires.iter().map(RequiresFile::requires).collect(),
        excludes: file.excludes.into_iter().map(|among| Excludes { among: each(among) }).collect(),
        shares: all(file.shares, ShareFile::share)?,
        risk: file.risk.map(|risk| risk.risk(currency)).transpose()?,
    })
}

fn all<F, T>(list: Vec<F>, one: impl Fn(F) -> Result<T, Error>) -> Result<Vec<T>, Error> {
    list.into_iter().map(one).collect()
}

fn unreadable(at: impl Into<String>, says: impl ToString) -> Error {
    Error::Unreadable { at: at.into(), says: says.to_string() }
}

impl CandidateFile {
    fn candidate(self, currency: Currency) -> Result<Candidate, Error> {
        let at = format!("candidate {}", self.key);
        let plain =
            self.value.is_some() || self.outcomes.is_some() || self.costs.is_some() || self.uses.is_some();
        let options = match self.options {
            Some(_) if plain => {
                let says = "has “options”, which take “value”, “outcomes”, “costs” and “uses”";
                return Err(unreadable(at, says));
            }
            Some(options) => options,
            None => vec![OptionFile {
                key: String::new(),
                value: self.value,
                outcomes: self.outcomes,
                costs: self.costs.unwrap_or_default(),
                uses: self.uses.unwrap_or_default(),
            }],
        };
        Ok(Candidate {
            name: self.name.unwrap_or_else(|| self.key.clone()),
            key: self.key.into(),
            tags: self.tags.0.into_iter().map(|(tag, value)| (tag.into(), value.into())).collect(),
            options: all(options, |option| option.choice(&at, currency))?,
        })
    }
}

impl OptionFile {
    fn choice(self, candidate: &str, currency: Currency) -> Result<Choice, Error> {
        let at = match self.key.as_str() {
            "" => candidate.to_owned(),
            key => format!("{candidate}, option {key}"),
        };
        let worth = match (self.value, self.outcomes) {
            (Some(value), None) => Worth::Certain(minor(&value, &format!("{at}, value"), currency)?),
            (None, Some(outcomes)) => {
                let at = format!("{at}, outcomes");
                Worth::Outcomes(all(outcomes, |outcome| minor(&outcome, &at, currency))?)
            }
            (Some(_), Some(_)) => {
                return Err(unreadable(
                    at,
                    "has “value” and “outcomes”: the value is the outcomes' mean, leave it out",
                ));
            }
            (None, None) => return Err(unreadable(at, "needs “value” or “outcomes”")),
        };
        let costs = all(self.costs.0, |(key, cost)| {
            let minor = minor(&cost, &format!("{at}, cost in {key}"), currency)?;
            Ok((Key::from(key), minor))
        })?;
        let uses = all(self.uses.0, |(key, units)| {
            let units = quantity(&units, &format!("{at}, use of {key}"))?;
            Ok((Key::from(key), units))
        })?;
        Ok(Choice { key: self.key.into(), worth, costs, uses })
    }
}

impl BudgetFile {
    fn budget(self, currency: Currency) -> Result<Budget, Error> {
        let amount = minor(&self.amount, &format!("budget {}, amount", self.key), currency)?;
        Ok(Budget { key: self.key.into(), amount })
    }
}

impl CapacityFile {
    fn capacity(self) -> Result<Capacity, Error> {
        let amount = quantity(&self.amount, &format!("capacity {}, amount", self.key))?;
        Ok(Capacity { key: self.key.into(), unit: self.unit, amount })
    }
}

impl RequiresFile {
    fn requires(&self) -> Requires {
        Requires { from: Pick::parse(&self.from), needs: Pick::parse(&self.needs) }
    }
}

impl ShareFile {
    fn share(self) -> Result<Share, Error> {
        let part = |part: Option<Exact>, field: &str| {
            part.map(|part| quantity(&part, &format!("share {}, {field}", self.key))).transpose()
        };
        Ok(Share {
            at_least: part(self.at_least, "at_least")?,
            at_most: part(self.at_most, "at_most")?,
            key: self.key.into(),
            tag: self.tag.into(),
            value: self.value.into(),
            budget: self.budget.map(Key::from),
            of: match self.of {
                WholeFile::Budget => Whole::Budget,
                WholeFile::Spent => Whole::Spent,
            },
        })
    }
}

impl RiskFile {
    fn risk(self, currency: Currency) -> Result<Risk, Error> {
        let at_least = self.at_least.map(|least| minor(&least, "risk, at_least", currency)).transpose()?;
        Ok(Risk { tail: quantity(&self.tail, "risk, tail")?, weights: self.weights, at_least })
    }
}

fn minor(exact: &Exact, at: &str, currency: Currency) -> Result<i64, Error> {
    Money::parse(&exact.0, currency).map(|money| money.minor()).map_err(|error| unreadable(at, error))
}

fn quantity(exact: &Exact, at: &str) -> Result<Quantity, Error> {
    exact.quantity().map_err(|says| unreadable(at, says))
}
