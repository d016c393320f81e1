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
    /// Where what no rule matches is kept: its own service, and its own customer, who has all of it in any month.
    pub(crate) kept: Option<Kept>,
}

/// A service and a customer named [`UNMATCHED`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    service: u32,
    units: [(u32, i64); 1],
}

/// The name of what no rule matches.
pub(crate) const UNMATCHED: &str = "unmatched";

impl Drivers {
    /// Reads a table with the columns service, customer, month and units. `keep` adds a service and a customer for what
    /// no rule matches.
    ///
    /// # Errors
    /// A column is missing, a cell is none of its kind, or two rows are of one service, customer and month.
    pub(crate) fn read(mut table: Table, keep: bool) -> Result<Drivers, Stop> {
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
        let kept = if keep { Some(added(&mut services, &mut customers, table.file())?) } else { None };
        let (services, service) = services.sorted();
        let (customers, customer) = customers.sorted();
        let units = met.into_iter().map(|((of, month), mut units)| {
            units.iter_mut().for_each(|(code, _)| *code = customer[*code as usize]);
            units.sort_unstable();
            units.shrink_to_fit();
            ((service[of as usize], month), units)
        });
        let (file, units) = (table.file().to_owned(), units.collect());
        let kept = kept
            .map(|(of, who)| Kept { service: service[of as usize], units: [(customer[who as usize], 1)] });
        let drivers = Drivers { file, services, customers, units, kept };
        drivers.refuse_twice()?;
        Ok(drivers)
    }

    /// Customers and their units of a service in a month, by customer.
    pub(crate) fn units_of(&self, service: u32, month: Month) -> &[(u32, i64)] {
        match &self.kept {
            Some(kept) if kept.service == service => &kept.units,
            _ => self.units.get(&(service, month)).map(Vec::as_slice).unwrap_or_default(),
        }
    }

    /// The code of what no rule matches: of its own service, or the first that is no service's.
    pub(crate) fn unmatched(&self) -> u32 {
        let after = || u32::try_from(self.services.len()).unwrap_or(u32::MAX);
        self.kept.as_ref().map_or_else(after, |kept| kept.service)
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

/// The service and the customer of what no rule matches, in the order they were met.
fn added(services: &mut Names, customers: &mut Names, file: &str) -> Result<(u32, u32), Stop> {
    if services.0.contains_key(UNMATCHED) || customers.0.contains_key(UNMATCHED) {
        return Err(Stop::Unclean(format!(
            "{file} has the name “{UNMATCHED}”, which is that of what no rule matches. Rename it, or spread that (--unmatched spread)."
        )));
    }
    Ok((services.code(UNMATCHED), customers.code(UNMATCHED)))
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
