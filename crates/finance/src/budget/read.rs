//! Reading a budget row of a file.

use std::collections::{BTreeMap, BTreeSet};

use imports::Row;
use kernel::split::largest_remainder;
use kernel::{Currency, FiscalCalendar, Period};

use super::{BudgetName, BudgetState};

/// What an amount is of: at most one amount of a version stands for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// The period.
    pub period: Period,
    /// Of income; else of cost.
    pub income: bool,
    /// The pool, where the file names it.
    pub pool: Option<String>,
    /// The cost centre.
    pub cost_centre: Option<String>,
    /// The cost element.
    pub cost_element: Option<String>,
}

impl CellKey {
    /// As people read it: `2026-09 CLOUD`, `2026-09 4100 6400`.
    pub fn words(&self) -> String {
        let kind = self.income.then_some("income");
        let codes = [kind, self.pool.as_deref(), self.cost_centre.as_deref(), self.cost_element.as_deref()];
        let codes: Vec<&str> = codes.into_iter().flatten().collect();
        format!("{} {}", self.period, codes.join(" "))
    }
}

/// What budget rows are read against.
#[derive(Clone, Debug)]
pub struct Known {
    /// The reporting currency.
    pub base: Currency,
    /// When years begin.
    pub calendar: FiscalCalendar,
    /// Keys of the pools.
    pub pools: BTreeSet<String>,
    /// Registered cost centres; empty: any code is taken.
    pub cost_centres: BTreeSet<String>,
    /// States of the versions there are, by key.
    pub budgets: BTreeMap<String, BudgetState>,
}

/// What a row says: amounts of one version of one year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetRow {
    /// The year.
    pub fiscal_year: i32,
    /// The version.
    pub name: BudgetName,
    /// Its amounts, minor units: one for a month, twelve for a year.
    pub cells: Vec<(CellKey, i64)>,
}

/// Reads a row, or says why it cannot be written. An amount for a whole year is spread evenly over
/// its twelve months by largest remainder, the earlier months first.
pub fn read(row: &Row, known: &Known) -> Result<BudgetRow, String> {
    let told = row.text("budget").unwrap_or("original");
    let name = BudgetName::parse(told)
        .ok_or_else(|| format!("“{told}” is none of original, revised, forecast 1"))?;
    let (fiscal_year, periods) = read_time(row, known.calendar)?;
    let amount = row.money("amount").ok_or("no amount")?;
    if amount.currency() != known.base {
        return Err(format!("{} is not the reporting currency {}", amount.currency(), known.base));
    }
    let cell = read_cell(row, known, periods[0])?;
    let weights: Vec<(Period, i128)> = periods.iter().map(|period| (*period, 1)).collect();
    let parts = largest_remainder(amount.minor(), &weights).ok_or("the amount is too large")?;
    let cells =
        periods.iter().zip(parts).map(|(period, part)| (CellKey { period: *period, ..cell.clone() }, part));
    Ok(BudgetRow { fiscal_year, name, cells: cells.collect() })
}

impl BudgetRow {
    /// Refuses amounts of a version that is no draft any more. What stands in it so needs none: it is only
    /// known again.
    pub fn is_taken(&self, known: &Known) -> Result<(), String> {
        let key = self.name.key(self.fiscal_year);
        match known.budgets.get(&key).filter(|state| **state != BudgetState::Draft) {
            Some(state) => Err(format!("budget {key} is {}", state.word())),
            None => Ok(()),
        }
    }
}

fn read_time(row: &Row, calendar: FiscalCalendar) -> Result<(i32, Vec<Period>), String> {
    if let Some(period) = row.period("period") {
        return Ok((calendar.year_of(period), vec![period]));
    }
    let text = row.text("fiscal_year").ok_or("neither a period nor a fiscal year")?;
    let year =
        read_year(text).ok_or_else(|| format!("“{text}” is no fiscal year; write 2027, FY27 or 2026/27"))?;
    Ok((year, calendar.periods_of(year).collect()))
}

/// `2027`, `FY27`, `FY2027`, `2026/27`, `2026-27`, `2026/2027`: the calendar year it ends in.
fn read_year(text: &str) -> Option<i32> {
    let number =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<i32>().ok()).flatten();
    let text = text.trim();
    let text = text.strip_prefix("FY").or_else(|| text.strip_prefix("fy")).unwrap_or(text).trim();
    if let Some((from, to)) = text.split_once(['/', '-']) {
        let from = number(from).filter(|year| (1900..=9998).contains(year))?;
        let next = from + 1;
        let fits = match to.len() {
            2 => number(to)? == next % 100,
            4 => number(to)? == next,
            _ => false,
        };
        return fits.then_some(next);
    }
    match text.len() {
        2 => Some(2000 + number(text)?),
        4 => number(text).filter(|year| *year >= 1900),
        _ => None,
    }
}

fn read_cell(row: &Row, known: &Known, period: Period) -> Result<CellKey, String> {
    let text = |field: &str| row.text(field).map(str::to_owned);
    let income = match row.text("kind").map(str::to_lowercase).as_deref() {
        None | Some("cost" | "costs" | "expense" | "expenses" | "cost of goods sold") => false,
        Some("income" | "revenue") => true,
        Some(other) => return Err(format!("kind “{other}” is neither cost nor income")),
    };
    let cell = CellKey {
        period,
        income,
        pool: text("pool"),
        cost_centre: text("cost_centre"),
        cost_element: text("cost_element"),
    };
    if let Some(pool) = cell.pool.as_ref().filter(|pool| !known.pools.contains(*pool)) {
        return Err(format!("cost pool {pool} unknown"));
    }
    let unknown = |code: &&String| !known.cost_centres.is_empty() && !known.cost_centres.contains(*code);
    if let Some(code) = cell.cost_centre.as_ref().filter(unknown) {
        return Err(format!("cost centre {code} unknown"));
    }
    if !income && cell.pool.is_none() && cell.cost_centre.is_none() && cell.cost_element.is_none() {
        return Err("neither a pool nor a cost centre nor a cost element".into());
    }
    Ok(cell)
}

#[cfg(test)]
mod tests {
    use imports::Cell;
    use kernel::Money;

    use super::*;

    fn known() -> Known {
        Known {
            base: Currency::EUR,
            calendar: FiscalCalendar::starting_in(10).unwrap(),
            pools: ["CLOUD".to_owned()].into(),
            cost_centres: ["4100".to_owned()].into(),
            budgets: [("2026-original".to_owned(), BudgetState::Approved)].into(),
        }
    }

    fn row(cells: &[(&'static str, Cell)]) -> Row {
        Row::new(2, cells.iter().cloned())
    }

    fn euro(text: &str) -> Cell {
        Cell::Money(Money::parse(text, Currency::EUR).unwrap())
    }

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn an_amount_for_a_year_is_spread_over_its_months_to_the_cent() {
        let cells = [("fiscal_year", text("FY27")), ("pool", text("CLOUD")), ("amount", euro("100.00"))];
        let read = read(&row(&cells), &known()).unwrap();
        assert_eq!((read.fiscal_year, read.name, read.cells.len()), (2027, BudgetName::Original, 12));
        assert_eq!(read.cells[0].0.period.to_string(), "2026-10");
        let parts: Vec<i64> = read.cells.iter().map(|(_, part)| *part).collect();
        assert_eq!(parts, [834, 834, 834, 834, 833, 833, 833, 833, 833, 833, 833, 833]);
    }

    #[test]
    fn a_fiscal_year_is_read_as_people_write_it() {
        for (text, year) in [
            ("2027", Some(2027)),
            ("FY27", Some(2027)),
            ("2019/20", Some(2020)),
            ("2026-2027", Some(2027)),
            ("1999/00", Some(2000)),
            ("2019/21", None),
            ("19/20", None),
            ("101", None),
            ("year", None),
        ] {
            assert_eq!(read_year(text), year, "{text}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_written_says_why() {
        let month = || ("period", Cell::Period("2026-10".parse().unwrap()));
        for (cells, why) in [
            (
                vec![month(), ("budget", text("plan")), ("amount", euro("1"))],
                "“plan” is none of original, revised, forecast 1",
            ),
            (vec![("amount", euro("1"))], "neither a period nor a fiscal year"),
            (
                vec![
                    ("period", Cell::Period("2026-09".parse().unwrap())),
                    ("pool", text("CLOUD")),
                    ("amount", euro("1")),
                ],
                "budget 2026-original is approved",
            ),
            (vec![month()], "no amount"),
            (vec![month(), ("amount", euro("1"))], "neither a pool nor a cost centre nor a cost element"),
            (vec![month(), ("amount", euro("1")), ("pool", text("CLOWN"))], "cost pool CLOWN unknown"),
            (vec![month(), ("amount", euro("1")), ("cost_centre", text("7719"))], "cost centre 7719 unknown"),
            (
                vec![month(), ("amount", euro("1")), ("kind", text("asset"))],
                "kind “asset” is neither cost nor income",
            ),
            (
                vec![
                    month(),
                    ("pool", text("CLOUD")),
                    ("amount", Cell::Money(Money::of_minor(1, Currency::USD))),
                ],
                "USD is not the reporting currency EUR",
            ),
        ] {
            let said = read(&row(&cells), &known()).and_then(|row| row.is_taken(&known()));
            assert_eq!(said.unwrap_err(), why);
        }
    }
}
