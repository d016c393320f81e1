//! Reading one driver quantity of a file.

use std::collections::BTreeSet;

use imports::Row;
use kernel::Period;

use super::DriverQuantity;
use crate::period::Periods;
use crate::receivers::Receivers;

/// What quantities are read against.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Keys of the drivers.
    pub drivers: BTreeSet<String>,
    /// States of the periods.
    pub periods: Periods,
    /// Services and customers.
    pub receivers: Receivers,
}

/// Reads a row, or says why it cannot be written: a sentence without its stop.
pub(super) fn read(row: &Row, known: &Known) -> Result<DriverQuantity, String> {
    let driver = row.text("driver").ok_or("no driver")?.to_owned();
    if !known.drivers.contains(&driver) {
        return Err(format!("driver {driver} unknown"));
    }
    let period = row.period("period").ok_or("no period")?;
    let quantity = row.quantity("quantity").ok_or("no quantity")?;
    if quantity.millionths() < 0 {
        return Err(format!("quantity {} is negative", quantity.plain()));
    }
    let service = known.receivers.service(row.text("service"))?;
    let customer = known.receivers.customer(row.text("customer"))?;
    if service.is_none() && customer.is_none() {
        return Err("neither a service nor a customer".into());
    }
    Ok(DriverQuantity { driver, period, service, customer, quantity })
}

/// Refuses a quantity of a period that takes none any more, or none yet. What stands there so needs none:
/// it is only known again.
pub(super) fn takes(period: Period, known: &Known) -> Result<(), String> {
    match known.periods.0.get(&period) {
        Some(state) if state.takes_facts() => Ok(()),
        other => {
            let word = other.map_or("not open yet", |state| state.word());
            Err(format!("{} is {word}", period.label()))
        }
    }
}

#[cfg(test)]
mod tests {
    use imports::Cell;
    use kernel::Quantity;

    use super::*;
    use crate::period::PeriodState;

    #[test]
    fn a_quantity_needs_a_known_driver_an_open_period_a_receiver_and_no_minus() {
        let known = Known {
            drivers: ["SEATS".to_owned()].into(),
            periods: Periods(
                [("2026-08", PeriodState::Closed), ("2026-09", PeriodState::InReview)]
                    .map(|(period, state)| (period.parse().unwrap(), state))
                    .into(),
            ),
            receivers: Receivers {
                services: ["CARE".to_owned()].into(),
                customers: ["CARE".to_owned()].into(),
            },
        };
        let text = |text: &str| Cell::Text(text.into());
        let quantity = |text: &str| Cell::Quantity(Quantity::parse(text).unwrap());
        let whole = || {
            vec![
                ("driver", text("SEATS")),
                ("period", Cell::Period("2026-09".parse().unwrap())),
                ("customer", text("CARE")),
                ("quantity", quantity("1140")),
            ]
        };
        for (field, cell, read_as) in [
            ("service", text("CARE"), Ok("1140")),
            ("quantity", quantity("0"), Ok("0")),
            ("quantity", quantity("12.5"), Ok("12.5")),
            ("driver", text("HEADS"), Err("driver HEADS unknown")),
            ("driver", Cell::Blank, Err("no driver")),
            ("customer", text("CARX"), Err("customer CARX unknown")),
            ("service", text("CARX"), Err("service CARX unknown")),
            ("period", Cell::Period("2026-08".parse().unwrap()), Err("Aug 2026 is closed")),
            ("period", Cell::Period("2026-10".parse().unwrap()), Err("Oct 2026 is not open yet")),
            ("quantity", quantity("-1"), Err("quantity -1 is negative")),
            ("quantity", Cell::Blank, Err("no quantity")),
            ("customer", Cell::Blank, Err("neither a service nor a customer")),
        ] {
            let mut cells = whole();
            cells.retain(|(key, _)| *key != field);
            cells.push((field, cell));
            let read = read(&Row::new(2, cells), &known);
            let plain = read.and_then(|read| takes(read.period, &known).map(|()| read.quantity.plain()));
            assert_eq!(plain.as_deref().map_err(|why| why.as_str()), read_as, "{field}");
        }
    }
}
