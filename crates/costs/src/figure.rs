//! A figure that `costs rows` opens: which one, and how it is made.

use calc::Stop;
use clap::ArgMatches;
use serde_json::{Value, json};

use crate::drivers::{Drivers, UNMATCHED};
use crate::month::Month;
use crate::plan::cells::Cell;
use crate::plan::totals::Totals;
use crate::request::Request;
use crate::share::{self, Carried, money};
use crate::usage::cost::spoken;
use crate::wrong::Wrong;

/// Which figure is asked about.
pub(crate) struct Figure {
    /// Of the service, or of what no rule matches.
    pub(crate) code: u32,
    service: String,
    pub(crate) month: Month,
    customer: Option<(u32, String)>,
}

/// How it is made.
pub(crate) struct Made {
    cell: Cell<arrow::datatypes::i256>,
    carried: Option<String>,
    amount: Option<String>,
    /// In sentences.
    pub(crate) notes: Vec<String>,
}

impl Figure {
    /// Reads the words.
    ///
    /// # Errors
    /// The month is none, or there is no such service or customer.
    pub(crate) fn read(words: &ArgMatches, request: &Request) -> Result<Figure, Stop> {
        let word = |name: &str| words.get_one::<String>(name).cloned();
        let (text, service) = (word("month").unwrap_or_default(), word("service").unwrap_or_default());
        let wrong = || Stop::Usage(format!("--month takes a month such as 2026-09, not “{text}”"));
        let month = Month::parse(&text).ok_or_else(wrong)?;
        let drivers = &request.drivers;
        let code = |name: &str, names: &[String], kind: &str| {
            let none = || Stop::Usage(format!("there is no {kind} “{name}” in {}", drivers.file));
            let at = names.iter().position(|other| other == name).ok_or_else(none)?;
            Ok::<u32, Stop>(u32::try_from(at).unwrap_or(u32::MAX))
        };
        let of = match code(&service, &drivers.services, "service") {
            Err(_) if service == UNMATCHED => drivers.unmatched(),
            code => code?,
        };
        let customer = match word("customer") {
            Some(name) => Some((code(&name, &drivers.customers, "customer")?, name)),
            None => None,
        };
        Ok(Figure { code: of, service, month, customer })
    }

    /// How the figure is made of the sums of its month.
    ///
    /// # Errors
    /// The customer that was asked about carries nothing of it.
    pub(crate) fn made(&self, totals: &Totals, request: &Request, digits: u32) -> Result<Made, Stop> {
        let (month, service, drivers) = (self.month, &self.service, &request.drivers);
        let cell = totals.cells.get(&(month, self.code)).copied().unwrap_or_default();
        let (rows, sum) = (cell.rows, spoken(cell.sum));
        let mut made = Made { cell, carried: None, amount: None, notes: Vec::new() };
        if self.code as usize >= drivers.services.len() {
            made.notes.push(format!("{rows} rows of {month} that no rule matches sum to {sum}."));
            return Ok(made);
        }
        made.notes.push(format!("{rows} rows of {service} in {month} sum to {sum}."));
        // What the rows are is asked about first; whether they can be shared is another matter.
        let carrying = match share::carrying(totals, drivers, digits) {
            Ok(carrying) => carrying,
            Err(Wrong(says)) => {
                made.notes.push(format!("What it carries cannot be said. {says}"));
                return Ok(made);
            }
        };
        let carried = carrying.services.get(&(month, self.code)).copied();
        if let Some(carried) = carried {
            let (unmatched, amount) = (spoken(carrying.unmatched), money(carried.cents, digits));
            made.notes.push(match drivers.kept {
                None => format!(
                    "With its part of the {unmatched} that no rule matches in {month}, {service} carries {amount}."
                ),
                Some(_) => format!("{service} carries {amount}."),
            });
            made.carried = Some(amount);
        }
        if let Some((customer, name)) = &self.customer {
            let (amount, says) = self.of_customer(*customer, name, carried, drivers, digits)?;
            made.notes.push(says);
            made.amount = Some(amount);
        }
        Ok(made)
    }

    /// What a customer carries of it, and why.
    fn of_customer(
        &self,
        customer: u32,
        name: &str,
        carried: Option<Carried>,
        drivers: &Drivers,
        digits: u32,
    ) -> Result<(String, String), Stop> {
        let (month, service) = (self.month, &self.service);
        let carried = carried.ok_or_else(|| {
            Wrong(format!("{name} carries nothing of {service} in {month}: it has no rows."))
        })?;
        let lines = share::lines(&[((month, self.code), carried)].into(), drivers, digits)?;
        let line = lines.iter().find(|line| line.customer == customer).ok_or_else(|| {
            Wrong(format!("{name} carries nothing of {service} in {month}: it has no units of it."))
        })?;
        let units = drivers.units_of(self.code, month);
        let all: i128 = units.iter().map(|(_, units)| i128::from(*units)).sum();
        let own = units.iter().find(|(other, _)| *other == customer).map_or(0, |(_, units)| *units);
        let amount = money(line.cents, digits);
        let says = format!("{name} has {own} of {all} units: {amount}.");
        Ok((amount, says))
    }
}

impl Made {
    /// As a record, but for the rows.
    pub(crate) fn told(&self, figure: &Figure, currency: Option<&str>) -> Value {
        json!({
            "schema": "quarterdeck.costs-rows.v1",
            "service": figure.service,
            "month": figure.month.to_string(),
            "customer": figure.customer.as_ref().map(|(_, name)| name),
            "currency": currency,
            "count": self.cell.rows,
            "total": spoken(self.cell.sum),
            "carried": self.carried,
            "amount": self.amount,
        })
    }
}
