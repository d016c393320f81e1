//! How each service is shared over customers: units by service, customer and month.

use std::collections::HashMap;

use calc::Stop;

use crate::month::Month;
use crate::table::Table;

/// Units of customers by service and month. Services and customers are codes: places in the sorted names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Drivers {
    /// The file.
    pub(crate) file: String,
    /// Names, sorted.
    pub(crate) services: Vec<String>,
    /// Names, sorted.
    pub(crate) customers: Vec<String>,
    /// By service and month: customer and units, by customer.
    pub(crate) units: HashMap<(u32, Month), Vec<(u32, i64)>>,
}

impl Drivers {
    /// Reads a table with the columns service, customer, month and units.
    ///
    /// # Errors
    /// A column is missing, a cell is none of its kind, or two rows are of one service, customer and month.
    pub(crate) fn read(table: &Table) -> Result<Drivers, Stop> {
        let (services, service) = coded(table.texts("service")?);
        let (customers, customer) = coded(table.texts("customer")?);
        let (months, units) = (table.texts("month")?, table.counts("units")?);
        let mut drivers =
            Drivers { file: table.file().to_owned(), services, customers, units: HashMap::new() };
        for (row, text) in months.iter().enumerate() {
            let says = || format!("“{text}” is no month. Write it as 2026-09");
            let month = Month::parse(text).ok_or_else(|| table.wrong(row + 1, "month", &says()))?;
            let of = drivers.units.entry((service[row], month)).or_default();
            of.push((customer[row], units[row]));
        }
        drivers.ordered()
    }

    fn ordered(mut self) -> Result<Drivers, Stop> {
        for ((service, month), units) in &mut self.units {
            units.sort_unstable();
            if let Some(twice) = units.windows(2).find(|pair| pair[0].0 == pair[1].0) {
                let (service, customer) =
                    (&self.services[*service as usize], &self.customers[twice[0].0 as usize]);
                return Err(Stop::Unclean(format!(
                    "{}: {customer} has two rows for {service} in {month}, of {} and {} units. Keep one, or add them up.",
                    self.file, twice[0].1, twice[1].1
                )));
            }
        }
        Ok(self)
    }
}

/// The names sorted, and each row's place among them.
fn coded(texts: Vec<String>) -> (Vec<String>, Vec<u32>) {
    let mut names: Vec<String> = texts.clone();
    names.sort_unstable();
    names.dedup();
    let codes: HashMap<&str, u32> = names.iter().zip(0..).map(|(name, code)| (name.as_str(), code)).collect();
    let codes = texts.iter().map(|text| codes[text.as_str()]).collect();
    (names, codes)
}
