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
    pub(crate) fn read(mut table: Table) -> Result<Drivers, Stop> {
        let (service, customer) = (table.column("service")?, table.column("customer")?);
        let (month, units) = (table.column("month")?, table.column("units")?);
        let (mut services, mut customers) = (Names::default(), Names::default());
        let mut met: HashMap<(u32, Month), Vec<(u32, i64)>> = HashMap::new();
        while let Some(part) = table.next()? {
            let services = part.each(service, |name| Ok(services.code(name)))?;
            let customers = part.each(customer, |name| Ok(customers.code(name)))?;
            let months = part.each(month, |text| {
                Month::parse(text).ok_or_else(|| format!("“{text}” is no month. Write it as 2026-09"))
            })?;
            let units = part.counts(units)?;
            for (row, customer) in customers.into_iter().enumerate() {
                met.entry((services[row], months[row])).or_default().push((customer, units[row]));
            }
        }
        let (services, service) = services.sorted();
        let (customers, customer) = customers.sorted();
        let units = met.into_iter().map(|((of, month), mut units)| {
            units.iter_mut().for_each(|(code, _)| *code = customer[*code as usize]);
            units.sort_unstable();
            units.shrink_to_fit();
            ((service[of as usize], month), units)
        });
        let drivers = Drivers { file: table.file().to_owned(), services, customers, units: units.collect() };
        drivers.refuse_twice()?;
        Ok(drivers)
    }

    fn refuse_twice(&self) -> Result<(), Stop> {
        for ((service, month), units) in &self.units {
            let Some(twice) = units.windows(2).find(|pair| pair[0].0 == pair[1].0) else { continue };
            let (service, customer) =
                (&self.services[*service as usize], &self.customers[twice[0].0 as usize]);
            return Err(Stop::Unclean(format!(
                "{}: {customer} has two rows for {service} in {month}, of {} and {} units. Keep one, or add them up.",
                self.file, twice[0].1, twice[1].1
            )));
        }
        Ok(())
    }
}

/// Names as they are met, each with a code.
#[derive(Debug, Default)]
struct Names(HashMap<String, u32>);

impl Names {
    fn code(&mut self, name: &str) -> u32 {
        if let Some(code) = self.0.get(name) {
            return *code;
        }
        let code = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.to_owned(), code);
        code
    }

    /// The names sorted, and for each code the place among them.
    fn sorted(self) -> (Vec<String>, Vec<u32>) {
        let mut names: Vec<(String, u32)> = self.0.into_iter().collect();
        names.sort_unstable();
        let mut places = vec![0; names.len()];
        for ((_, code), place) in names.iter().zip(0..) {
            places[*code as usize] = place;
        }
        (names.into_iter().map(|(name, _)| name).collect(), places)
    }
}
